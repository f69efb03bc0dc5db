/**
 * The name by which people know a resource, from its ARN: AWS appends ids, revisions and stages to some, and puts the cluster in
 * front of others. A reader's name and nothing else: what makes two spellings one is resourceKey.
 * The formats are those of the Service Authorization Reference, page by page "Resource types defined by …".
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { at, entryOf, text } from '../text/reading';
import { resourceName } from './resource';
import type { Tags } from './tags';

/** Of a service's ARN what stands behind the account, and which of its parts are the name. As of November 2026. */
const FORMATS: Readonly<Record<string, readonly [resource: RegExp, name: string][]>> = {
  amplify: [[/^apps\/([^/]+)\/branches\/([^/]+)$/, '$1/$2']],
  apigateway: [
    [/^\/(?:restapis|apis)\/([^/]+)\/stages\/([^/]+)$/, '$1/$2'],
    [/^\/(?:restapis|apis|domainnames|vpclinks)\/([^/]+)(?:\/.*)?$/s, '$1'],
  ],
  autoscaling: [[/^scalingPolicy:[^:]+:autoScalingGroupName\/([^:]+):policyName\/(.+)$/, '$1/$2']],
  batch: [[/^job-definition\/([^/:]+:\d+)$/, '$1']],
  cloudformation: [
    [/^(?:stack|changeSet)\/([^/]+)\/[^/]+$/, '$1'],
    [/^stackset\/([^:]+):[^:]+$/, '$1'],
  ],
  cloudwatch: [[/^alarm:(.+)$/s, '$1']],
  codeartifact: [[/^repository\/([^/]+\/[^/]+)$/, '$1']],
  codedeploy: [[/^deploymentgroup:([^/]+\/.+)$/, '$1']],
  'cognito-identity': [[/^identitypool\/(.+)$/, '$1']],
  ecr: [
    [/^repository\/(.+)\/(sha256:[0-9a-f]{12})[0-9a-f]*$/, '$1@$2'],
    [/^repository\/(.+)$/, '$1'],
  ],
  ecs: [
    [/^task-definition\/([^/:]+:\d+)$/, '$1'],
    [/^(?:service|task|container-instance)\/([^/]+\/[^/]+)$/, '$1'],
    [/^container\/([^/]+)\/[^/]+\/([^/]+)$/, '$1/$2'],
  ],
  eks: [
    [/^(?:nodegroup|fargateprofile|addon)\/([^/]+\/[^/]+)\/[^/]+$/, '$1'],
    [/^podidentityassociation\/([^/]+\/[^/]+)$/, '$1'],
    [/^access-entry\/([^/]+)\/[^/]+\/[^/]+\/([^/]+)\/[^/]+$/, '$1/$2'],
  ],
  elasticbeanstalk: [[/^(?:environment|applicationversion)\/([^/]+\/[^/]+)$/, '$1']],
  elasticloadbalancing: [
    [/^(?:loadbalancer|listener|listener-rule)\/(?:app|net|gwy)\/([^/]+)\/.+$/s, '$1'],
    [/^(?:targetgroup|truststore)\/([^/]+)\/[^/]+$/, '$1'],
  ],
  events: [[/^rule\/([^/]+\/[^/]+)$/, '$1']],
  glue: [[/^table\/([^/]+\/[^/]+)$/, '$1']],
  // The path of a role says whose it is made for, not who it is; a provider's is its address.
  iam: [
    [/^oidc-provider\/(.+)$/, '$1'],
    [/^(?:role|user|group|policy|instance-profile)\/(?:.+\/)?([^/]+)$/, '$1'],
  ],
  imagebuilder: [[/^(?:image|image-recipe|container-recipe|component)\/([^/]+\/[^/]+)(?:\/.*)?$/s, '$1']],
  kafka: [[/^cluster\/([^/]+)\/[^/]+$/, '$1']],
  lambda: [[/^layer:([^:]+:\d+)$/, '$1']],
  lex: [[/^bot-alias\/([^/]+\/[^/]+)$/, '$1']],
  logs: [[/^log-group:([^:]+)(?::.*)?$/, '$1']],
  mq: [[/^(?:broker|configuration):([^:]+):[^:]+$/, '$1']],
  rds: [[/^(?:snapshot|cluster-snapshot):(.+)$/, '$1']],
  s3: [[/^accesspoint\/([^/]+)(?:\/.*)?$/s, '$1']],
  secretsmanager: [[/^secret:(.+)-[A-Za-z0-9]{6}$/, '$1']],
  // A topic's subscriptions have an id behind its name.
  sns: [[/^([^:]+)(?::[0-9a-f-]{36})?$/, '$1']],
  ssm: [[/^parameter\/(.+)$/, '/$1']],
  // Who is behind a session is the role: it is named by whoever opened it.
  sts: [[/^(?:assumed-role|federated-user)\/(.+)$/, '$1']],
  wafv2: [[/^(?:regional|global)\/(?:webacl|ipset|rulegroup|regexpatternset)\/([^/]+)\/[^/]+$/, '$1']],
};

/** @param named what the finding itself calls it, for an id that no person knows. */
export function readersName(id: string, named?: string): string {
  const elsewhere = nameElsewhere(id);
  if (elsewhere) return elsewhere;
  const [, service = '', resource = ''] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(id) ?? [];
  const format = Object.hasOwn(FORMATS, service) ? FORMATS[service]?.find(([shape]) => shape.test(resource)) : undefined;
  if (format) return resource.replace(...format);
  const name = (service !== 's3' && namedWithin(resource)) || resourceName(id);
  return named && isOpaque(name) ? named : name;
}

/**
 * In Azure what stands behind the types (`/subscriptions/…/providers/Microsoft.Sql/servers/pay/databases/cards`: `pay/cards`), at Google the
 * last of a path. https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules,
 * https://cloud.google.com/asset-inventory/docs/resource-name-format
 */
function nameElsewhere(id: string): string | undefined {
  if (id.length > 2048) return undefined;
  if (/^\/\/[a-z0-9-]+\.googleapis\.com\//i.test(id)) return id.split('/').filter(Boolean).at(-1);
  const [, behind] = /^\/subscriptions\/[^/]+\/.*\/providers\/[^/]+\/(.+)$/is.exec(id) ?? [];
  return behind
    ?.split('/')
    .filter((part, index) => index % 2 === 1 && part !== '')
    .join('/');
}

/**
 * As AWS builds most ARNs: one thing within another (`database/iot/table/metrics`), or an id that AWS appends to a name
 * (`service/shop-web/8fe1e103…`). Of other shapes nothing.
 */
function namedWithin(resource: string): string | undefined {
  const parts = resource.slice(0, 2048).replace(/^\//, '').split(/[/:]/);
  const [, first = '', third = '', last = ''] = parts;
  if (parts.length === 4 && first && last && resource.split('/').length >= 4) return `${first}/${last}`;
  return parts.length === 3 && first && isOpaque(third) && !/^\d{12}$/.test(third) && !isOpaque(first) ? first : undefined;
}

/**
 * By what the details of a resource name it, where its id says nothing; `HostedZone.Name` is a path. Of types that are not here, Name.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resourcedetails.html
 */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  AwsBackupBackupPlan: ['BackupPlan', 'BackupPlanName'],
  AwsBackupRecoveryPoint: ['BackupVaultName'],
  AwsCertificateManagerCertificate: ['DomainName'],
  AwsDmsEndpoint: ['EndpointIdentifier'],
  AwsDmsReplicationInstance: ['ReplicationInstanceIdentifier'],
  AwsDmsReplicationTask: ['Id'],
  AwsRoute53HostedZone: ['HostedZone', 'Name'],
};

/** What the finding itself calls a resource: in its details, else in its tag Name. */
export function nameInDetails(type: string, details: unknown, tags: Tags): string | undefined {
  return text(at(details, type, ...(entryOf(NAMED_BY, type) ?? ['Name']))) ?? entryOf(tags, 'Name');
}

function isOpaque(name: string): boolean {
  return OPAQUE.test(name) || CAPITALS.test(name);
}

/** A UUID or some 12 and more hexadecimal digits, with a number behind it or not, or milliseconds. */
const OPAQUE = /^(?:(?:[0-9a-f]{12,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-s?\d{1,2})?|\d{13,})$/i;
/** As Route 53 and DMS make ids. */
const CAPITALS = /^(?=[A-Z]*\d)[A-Z0-9]{13,}$/;
