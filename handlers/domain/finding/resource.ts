/** What a resource is called, and what tells that two spellings are of one. */
import { entryOf } from '../text/reading';
import type { Resource } from './finding';

/** Everything behind the last separator of an ARN's resource part; other identifiers as they are. */
export function resourceName(id: string): string {
  const account = /^AWS::::Account:(\d{12})$/.exec(id);
  if (account?.[1]) return account[1];
  const key = /^AWS::IAM::AccessKey:(\w+)$/.exec(id);
  if (key?.[1]) return key[1];
  const arn = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(id);
  if (!arn?.[2]) return id;
  // An S3 object keeps its whole key; a log group its whole path.
  if (arn[1] === 's3') return arn[2];
  const container = arn[1] === 'ecr' ? /^repository\/(.+)\/(sha256:[0-9a-f]{12})/.exec(arn[2]) : undefined;
  if (container) return `${container[1]}@${container[2]}`;
  // The version or alias behind a function's name is not its name.
  if (arn[1] === 'lambda') return arn[2].split(':')[1] ?? arn[2];
  const last = arn[2].replace(/:\*$/, '').split(/[/:]/).filter(Boolean).at(-1);
  return last ?? arn[2];
}

/** CloudFormation's names of services that ASFF spells otherwise than by their capitals alone. */
const SERVICES: Record<string, string> = {
  ElasticLoadBalancing: 'Elb',
  ElasticLoadBalancingV2: 'Elbv2',
  WAFv2: 'Wafv2',
  WAFRegional: 'WafRegional',
  StepFunctions: 'StepFunction',
  XRay: 'Xray',
  // What AWS Config calls AWS::ACM::Certificate.
  ACM: 'CertificateManager',
};

/** And of one thing. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resourcedetails-awsevent.html */
const THINGS: Record<string, string> = { AwsEventsEventBus: 'AwsEventsEventbus' };

/**
 * `AwsRdsDbInstance` and `AWS::RDS::DBInstance` are one type: the new Security Hub writes types as CloudFormation
 * does, and the account as `AWS::::Account`. Unknown shapes stay as they are.
 */
export function resourceType(type: string): string {
  const trimmed = type.trim();
  if (trimmed === 'AWS::::Account') return 'AwsAccount';
  if (trimmed === 'AWS::Container::Container') return 'Container';
  const [, service, name] = /^AWS::(\w+)::(\w+)$/.exec(trimmed) ?? [];
  if (!service || !name) return trimmed;
  const spelled = `Aws${entryOf(SERVICES, service) ?? capitalized(service)}${capitalized(name)}`;
  return entryOf(THINGS, spelled) ?? spelled;
}

/** ASFF writes acronyms as words: `Ec2`, `DbInstance`, `WebAcl`. */
function capitalized(word: string): string {
  return word.replace(/([A-Z])([A-Z]+)(?![a-z])/g, (_run, first: string, rest: string) => first + rest.toLowerCase());
}

/** What has the id of an account is one, whatever type it has or lacks; the number alone where no type says otherwise. */
export function typeOfId(id: string, type = 'Other'): string | undefined {
  return /^AWS::::Account:/.test(id) || (type === 'Other' && /^\d{12}$/.test(id)) ? 'AwsAccount' : undefined;
}

/** Where there is only one thing of a type by its name within account and Region: no path, and no version behind it. */
const TYPE_AND_NAME = /^arn:[^:]*:(?!s3:::|apigateway:)[^:]*:[^:]*:[^:]*:(?:[^/:]+[/:])?([^/:]+)$/;

/** IAM's names are unique in an account whatever their path; AWS's own policies are in none. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const IAM_NAME = /^arn:[^:]*:iam::\d{12}:(?:role|user|group|policy|instance-profile)\/(?:[^:]*\/)?([^/:]+)$/;

/**
 * The same for both Security Hubs, within account and Region: one names resources by ARN, the other often by the bare
 * name. Type and name where that is enough, else the identifier as it is.
 */
export function resourceKey({ type, id }: Pick<Resource, 'type' | 'id'>): string {
  if (type === 'AwsAccount') return 'account';
  // Of a type that says nothing, two services may have things of one name.
  if (type === 'Other') return id;
  if (type === 'AwsEcrContainerImage') return `${type}/${imageOf(id)}`;
  if (type === 'AwsLambdaFunction') return `${type}/${id.startsWith('arn:') ? resourceName(id) : (id.split(':')[0] ?? id)}`;
  if (type === 'AwsS3Bucket' || type === 'AwsIamAccessKey') return `${type}/${resourceName(id)}`;
  return `${type}/${TYPE_AND_NAME.exec(id)?.[1] ?? IAM_NAME.exec(id)?.[1] ?? id}`;
}

/** `555555555555.dkr.ecr.ap-northeast-1.amazonaws.com/` in front of a repository of ECR. */
const ECR_REGISTRY = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\//;

/** A reference without the registry of ECR, which account and Region say already. */
export function withoutRegistry(reference: string): string {
  return reference.replace(ECR_REGISTRY, '');
}

/** Repository and digest, whether an ARN says them (`…:repository/shop/api/sha256:…`) or a reference (`shop/api@sha256:…`), which may be cut short. */
function imageOf(id: string): string {
  const [, repository, digest] =
    /^(?:arn:[^:]*:ecr:[^:]*:[^:]*:repository\/)?(.+?)[/@]sha256:([0-9a-f]{12})/.exec(withoutRegistry(id)) ?? [];
  return repository && digest ? `${repository}@${digest}` : id;
}

/** The bucket that a finding about objects is in. */
export function bucketOf(resources: readonly Pick<Resource, 'type' | 'id'>[]): string | undefined {
  const bucket = resources.find(({ type }) => type === 'AwsS3Bucket');
  if (bucket) return resourceName(bucket.id);
  return resources.map(({ id }) => /^arn:[^:]*:s3:::([^/]+)\//.exec(id)?.[1]).find(Boolean);
}

const AUTO_SCALING_GROUP = 'aws:autoscaling:groupName';
const LAUNCH_TEMPLATE = 'aws:ec2launchtemplate:id';

/**
 * What an instance was launched by, where its tags say so: the group before its template. Only AWS can set tags that
 * begin with `aws:`. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function launchedBy(tags: Readonly<Record<string, string | undefined>>): string | undefined {
  const [group, template] = [entryOf(tags, AUTO_SCALING_GROUP), entryOf(tags, LAUNCH_TEMPLATE)];
  return group ? `autoscaling/${group}` : template ? `launch-template/${template}` : undefined;
}
