/** The name people call a resource by, from the many shapes of its identifier. */
import { entryOf } from '../text/reading';

/** Everything behind the last separator of an ARN's resource part; other identifiers as they are. */
export function resourceName(id: string): string {
  const account = /^AWS::::Account:(\d{12})$/.exec(id);
  if (account?.[1]) return account[1];
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
};

/**
 * `AwsRdsDbInstance` and `AWS::RDS::DBInstance` are one type: the new Security Hub writes types as CloudFormation
 * does, and the account as `AWS::::Account`. Unknown shapes stay as they are.
 */
export function resourceType(type: string): string {
  const trimmed = type.trim();
  if (trimmed === 'AWS::::Account') return 'AwsAccount';
  const [, service, name] = /^AWS::(\w+)::(\w+)$/.exec(trimmed) ?? [];
  return service && name ? `Aws${entryOf(SERVICES, service) ?? capitalized(service)}${capitalized(name)}` : trimmed;
}

/** ASFF writes acronyms as words: `Ec2`, `DbInstance`, `WebAcl`. */
function capitalized(word: string): string {
  return word.replace(/([A-Z])([A-Z]+)(?![a-z])/g, (_run, first: string, rest: string) => first + rest.toLowerCase());
}
