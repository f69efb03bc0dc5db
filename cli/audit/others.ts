/**
 * All that no list of changes.ts told of: of resources, of what templates have beside them, of stacks and of the configuration. What
 * those lists know how to say and did not is found here as well.
 */
import { object } from '../../handlers/domain/text/reading';
import { templateIn } from './assembly';
import type { Change, Deployed } from './audited';

/** What is compared: a resource, or what stands in a template or in the configuration beside them. */
interface Part {
  /** By its place in the code: the ids of versions change with what they are versions of. */
  key: string;
  of: string;
  anchor?: string;
  content: Record<string, unknown>;
  /** Of the content what the lists say. */
  said: readonly string[];
}

/** What the lists of changes.ts say of a resource, by its type. */
const SAID: Record<string, readonly string[]> = {
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::Lambda::Permission': ['Action', 'Principal', 'SourceArn', 'SourceAccount', 'PrincipalOrgID'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::DynamoDB::Table': ['SSESpecification', 'TimeToLiveSpecification', 'DeletionPolicy'],
  'AWS::SQS::Queue': ['SqsManagedSseEnabled', 'KmsMasterKeyId', 'MessageRetentionPeriod', 'DeletionPolicy'],
  'AWS::Logs::LogGroup': ['RetentionInDays', 'KmsKeyId', 'DeletionPolicy'],
  'AWS::SNS::Topic': ['KmsMasterKeyId', 'DeletionPolicy'],
  'AWS::SNS::Subscription': ['Protocol', 'Endpoint'],
  'AWS::Lambda::Function': ['VpcConfig', 'KmsKeyArn', 'DeletionPolicy'],
  'AWS::CloudWatch::Alarm': [
    'AlarmActions',
    'Threshold',
    'ComparisonOperator',
    'EvaluationPeriods',
    'DatapointsToAlarm',
    'TreatMissingData',
  ],
};

/** What the lists say of the configuration, whether or not the templates say it too. */
const SAID_OF_CONFIGURATION = [
  /^settings\.(model\.(enabled|profiles)|trustText|severities)$/,
  /^routes\.route$/,
  /^routes\.receivers\.[^.]+\.(channel|language|minimumSeverity|mentions)$/,
];

/** @param touched resources of which a list told a difference, by their anchors. */
export function others(before: Deployed, after: Deployed, touched: ReadonlySet<string>): Change[] {
  const [was, is] = [before, after].map((each) => uniquely(partsOf(each), ({ key }) => key)) as [Map<string, Part>, Map<string, Part>];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Change[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const part = (now ?? old) as Part;
    const told = [old, now].some((each) => each?.anchor !== undefined && touched.has(each.anchor));
    const differ = { kind: 'other', of: part.of, anchor: now?.anchor } as const;
    if (!old || !now) return told ? [] : [{ ...differ, before: old ? 'is there' : '', after: now ? 'is there' : '' }];
    const keys = Object.keys({ ...old.content, ...now.content }).filter(
      (one) => !(told && part.said.includes(one)) && shown(old.content[one]) !== shown(now.content[one]),
    );
    if (keys.length === 0) return [];
    const pairs = keys.map((one) => ({ one, pair: shownPair(shown(old.content[one]), shown(now.content[one])) }));
    const side = (which: 0 | 1) => pairs.map(({ one, pair }) => `${one} ${pair[which]}`).join('; ');
    return [{ ...differ, before: side(0), after: side(1) }];
  });
}

/** Two of one name are two: neither hides the other. */
export function uniquely<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const one of all) {
    let name = nameOf(one);
    for (let n = 2; found.has(name); n++) name = `${nameOf(one)} (${n})`;
    found.set(name, one);
  }
  return found;
}

function partsOf({ resources, stacks, beside, configuration }: Deployed): Part[] {
  const places = new Map(stacks.map(({ name, place }) => [name, place]));
  return [
    ...resources.map(({ type, name, stack, anchor, body }) => ({
      key: `${places.get(stack)} ${stack} ${type} ${name}`,
      of: `${type} ${name}`,
      anchor,
      content: contentOf(type, body),
      said: SAID[type] ?? [],
    })),
    ...stacks.map(({ name, place, regions, protectedFromDeletion }) => ({
      key: `${place} ${name} template`,
      of: `${place} · stack ${name}`,
      content: withoutVersions({ regions: [...regions].sort(), protectedFromDeletion, ...beside[name] }),
      said: [],
    })),
    { key: 'configuration', of: 'configuration', content: Object.fromEntries(leavesOf(configuration, '')), said: [] },
  ];
}

/** Lists are leaves: their order may mean something. */
function leavesOf(value: unknown, path: string): [string, unknown][] {
  if (SAID_OF_CONFIGURATION.some((said) => said.test(path))) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, path === '' ? key : `${path}.${key}`));
}

/**
 * Without the metadata, which says where in the code it stands and changes nothing; and without the version of the code, which
 * stands in four places of each function and is told by itself. The hash of a bundle is left out: nothing is bundled for an audit.
 * The template in a StackSet is compared as a stack of its own.
 */
function contentOf(type: string, body: Record<string, unknown>): Record<string, unknown> {
  const { Properties, Metadata: _metadata, ...rest } = body;
  const { Code, Description, TemplateBody, ...properties } = object(Properties);
  const { S3Key: _hash, ...code } = object(Code);
  return withoutVersions({
    ...properties,
    ...(Description === undefined ? {} : { Description: String(Description).replace(/ · \S+ · rows (\d+)$/, ' · rows $1') }),
    ...(Code === undefined ? {} : { Code: type === 'AWS::Lambda::Function' ? code : Code }),
    ...(TemplateBody === undefined || templateIn(body) ? {} : { TemplateBody }),
    ...rest,
  });
}

function withoutVersions(content: Record<string, unknown>): Record<string, unknown> {
  const written = JSON.stringify(content)
    .replace(/"INTERPRETER_VERSION":"[^"]*",?/, '')
    .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1');
  return JSON.parse(written) as Record<string, unknown>;
}

export const shown = (value: unknown): string => JSON.stringify(value) ?? 'absent';

const LONGEST = 160;
/** So much of what is alike stands before the first difference. */
const BEFORE = 40;

/** Two values; of long ones the part where they differ. */
function shownPair(a: string, b: string): [string, string] {
  if (a.length <= LONGEST && b.length <= LONGEST) return [a, b];
  let alike = 0;
  while (alike < a.length && a[alike] === b[alike]) alike++;
  const from = Math.max(0, alike - BEFORE);
  const part = (text: string) => `${from > 0 ? '…' : ''}${text.slice(from, from + LONGEST)}${from + LONGEST < text.length ? '…' : ''}`;
  return [part(a), part(b)];
}
