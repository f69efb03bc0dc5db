/** The flags of `npm run routes`. */
import { parseArgs } from 'node:util';
import { suggestion } from '../../config/nearest';
import { SEVERITIES, type Severity } from '../../config/schema';

export const USAGE = `npm run routes                    the tree of routes
npm run routes -- FLAGS           who is told of one finding, and why

  --account ID        the account, 12 digits (needed)
  --severity WORD     ${SEVERITIES.join(', ')} (needed)
  --ou PATH           names from the top, such as Workloads/Prod, or the id of an OU
  --tag KEY=VALUE     a tag of the account; may be repeated
  --product NAME      company/product, such as aws/guardduty, or guardduty alone
  --control ID        the security control id, such as S3.2
  --type TYPE         a finding type; may be repeated
  --resource-type T   such as AwsS3Bucket; may be repeated
  --region CODE       default: the home Region
  --organization FILE takes OU and tags of the account from a tree in JSON
  --config DIR        default: config
  --json              one JSON object instead of text`;

/** A finding as far as the flags describe it. */
export interface FindingFlags {
  account: string;
  severity: Severity;
  ou?: string;
  tags: Record<string, string>;
  product?: string;
  control?: string;
  types: string[];
  resourceTypes: string[];
  region?: string;
  organization?: string;
}

export interface Flags {
  config: string;
  json: boolean;
  help: boolean;
  /** Absent: the tree is asked for. */
  finding?: FindingFlags;
}

/** Everything that is wrong with the flags, one line each. */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const GENERAL = { config: text, json: flag, help: { ...flag, short: 'h' } } as const;
const FINDING = {
  account: text,
  severity: text,
  ou: text,
  tag: texts,
  product: text,
  control: text,
  type: texts,
  'resource-type': texts,
  region: text,
  organization: text,
} as const;

/** @throws FlagError */
export function parseFlags(argv: string[]): Flags {
  const values = read(argv);
  const general = { config: values.config ?? 'config', json: values.json ?? false, help: values.help ?? false };
  if (general.help || Object.keys(FINDING).every((name) => !Object.hasOwn(values, name))) return general;
  const wrong = [
    ...checked('account', values.account, /^\d{12}$/, 'an AWS account id has exactly 12 digits', true),
    ...checkedSeverity(values.severity),
    ...checked('ou', values.ou, /^[^/]+(\/[^/]+)*$/, 'an OU is a path of names such as Workloads/Prod, or an id'),
    ...(values.ou !== undefined && values.organization !== undefined
      ? ['--ou and --organization both say where the account is: give one of them.']
      : []),
    ...(values.tag ?? []).flatMap((tag) => checked('tag', tag, /^[^=]+=/, 'a tag is written key=value')),
    ...checked('product', values.product, /^[^\s/]+(\/[^\s/]+)?$/, 'a product is written aws/guardduty, or guardduty alone'),
    ...checked('control', values.control, /^\S+$/, 'a control id looks like S3.2'),
    ...checked('region', values.region, /^[a-z]{2,4}(-[a-z]+)+-\d$/, 'a Region looks like ap-northeast-1'),
  ];
  if (wrong.length > 0) throw new FlagError(wrong.join('\n'));
  const tags = (values.tag ?? []).map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]);
  return {
    ...general,
    finding: {
      account: values.account ?? '',
      severity: severityOf(values.severity) ?? 'CRITICAL',
      ou: values.ou,
      tags: Object.fromEntries(tags),
      product: values.product?.toLowerCase(),
      control: values.control,
      types: values.type ?? [],
      resourceTypes: values['resource-type'] ?? [],
      region: values.region,
      organization: values.organization,
    },
  };
}

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: { ...GENERAL, ...FINDING }, strict: true }).values;
  } catch (error) {
    const reason = (error as Error).message;
    const unknown = /^Unknown option '--([^']+)'/.exec(reason)?.[1];
    if (unknown === undefined) throw new FlagError(reason);
    const known = Object.keys({ ...GENERAL, ...FINDING });
    throw new FlagError(`--${unknown} is not a flag.  ${suggestion(unknown, known, '')}`);
  }
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
