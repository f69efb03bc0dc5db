/** The flags of `routes`. */
import { suggestion } from '../../config/nearest';
import { SEVERITIES, type Severity } from '../../config/schema';
import { tagsTogether } from '../../handlers/domain/finding/tags';
import { type Asked, CONFIG, JSON_FLAG, WrongUse } from '../frame/command';

/** Any of them asks about one finding. */
const FINDING = {
  account: { value: 'ID', about: 'the account, 12 digits (needed)' },
  severity: { value: 'WORD', about: `${SEVERITIES.join(', ')} (needed)` },
  ou: { value: 'PATH', about: 'names from the top, such as Workloads/Prod, or the id of an OU' },
  tag: { value: 'KEY=VALUE', about: 'a tag of the account; may be repeated', repeatable: true },
  'resource-tag': { value: 'KEY=VALUE', about: 'a tag of its resource, as AWS reports it; may be repeated', repeatable: true },
  product: { value: 'NAME', about: 'company/product, such as aws/guardduty, or guardduty alone' },
  control: { value: 'ID', about: 'the security control id, such as S3.2' },
  type: { value: 'TYPE', about: 'a finding type; may be repeated', repeatable: true },
  'resource-type': { value: 'TYPE', about: 'such as AwsS3Bucket; may be repeated', repeatable: true },
  region: { value: 'CODE', about: 'a Region; the home Region where it is not given' },
  organization: { value: 'FILE', about: 'takes OU and tags of the account from a tree in JSON' },
} as const;

export const FLAGS = { ...FINDING, ...CONFIG, ...JSON_FLAG } as const;

/** A finding as far as the flags describe it. */
export interface FindingFlags {
  account: string;
  severity: Severity;
  ou?: string;
  tags: Record<string, string>;
  resourceTags: Record<string, string[]>;
  product?: string;
  control?: string;
  types: string[];
  resourceTypes: string[];
  region?: string;
  organization?: string;
}

/**
 * @returns undefined where the tree is asked for.
 * @throws WrongUse with everything that is wrong with the flags, one line each.
 */
export function findingFlags(values: Asked<typeof FLAGS>['flags']): FindingFlags | undefined {
  const names = Object.keys(FINDING) as (keyof typeof FINDING)[];
  if (names.every((name) => values[name] === undefined || values[name]?.length === 0)) return undefined;
  const wrong = [
    ...checked('account', values.account, /^\d{12}$/, 'an AWS account id has exactly 12 digits', true),
    ...checkedSeverity(values.severity),
    ...checked('ou', values.ou, /^[^/]+(\/[^/]+)*$/, 'an OU is a path of names such as Workloads/Prod, or an id'),
    ...(values.ou !== undefined && values.organization !== undefined
      ? ['--ou and --organization both say where the account is: give one of them.']
      : []),
    ...(['tag', 'resource-tag'] as const).flatMap((name) =>
      values[name].flatMap((tag) => checked(name, tag, /^[^=]+=/, 'a tag is written key=value')),
    ),
    ...checked('product', values.product, /^[^\s/]+(\/[^\s/]+)?$/, 'a product is written aws/guardduty, or guardduty alone'),
    ...checked('control', values.control, /^\S+$/, 'a control id looks like S3.2'),
    ...checked('region', values.region, /^[a-z]{2,4}(-[a-z]+)+-\d$/, 'a Region looks like ap-northeast-1'),
  ];
  if (wrong.length > 0) throw new WrongUse(wrong.join('\n'));
  return {
    account: values.account ?? '',
    severity: severityOf(values.severity) ?? 'CRITICAL',
    ou: values.ou,
    tags: tagsIn(values.tag),
    resourceTags: tagsTogether(values['resource-tag'].map((tag) => tagsIn([tag]))),
    product: values.product?.toLowerCase(),
    control: values.control,
    types: values.type,
    resourceTypes: values['resource-type'],
    region: values.region,
    organization: values.organization,
  };
}

function tagsIn(written: readonly string[]): Record<string, string> {
  return Object.fromEntries(written.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]));
}

function checked(name: string, value: string | undefined, pattern: RegExp, rule: string, needed = false): string[] {
  if (value === undefined) return needed ? [`--${name} is missing: ${rule}.`] : [];
  return pattern.test(value) ? [] : [`--${name} ${JSON.stringify(value)}: ${rule}.`];
}

function checkedSeverity(value: string | undefined): string[] {
  if (value === undefined) return [`--severity is missing: one of ${SEVERITIES.join(', ')}.`];
  return severityOf(value) ? [] : [`--severity ${JSON.stringify(value)} is not known.  ${suggestion(value, SEVERITIES, '')}`];
}

function severityOf(value: string | undefined): Severity | undefined {
  return SEVERITIES.find((severity) => severity === value?.toUpperCase());
}
