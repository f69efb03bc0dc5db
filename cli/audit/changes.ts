/** What differs between two deployments. What no list here names is found among the other properties: nothing is passed over. */
import { object } from '../../handlers/domain/text/reading';
import type { AuditedResource, Change, ChangeKind, Deployed } from './audited';
import { sayIn, termText } from './answers/answer';
import { conditionText, type Right } from './rights';
import { versionOf } from './version';

/** @property role of a statement. */
type Told = { of: string; says: string; anchor?: string; role?: string };

/** @param commit of what stood before, where its synth could not know it: it had no history. */
export function changesBetween(before: Deployed, after: Deployed, commit?: string): Change[] {
  return [
    ...differing('rights', ...unlike(rights(before), rights(after))),
    ...differing('access', access(before), access(after)),
    ...differing('egress', egress(before), egress(after)),
    ...differing('encryption', keys(before), keys(after)),
    ...differing('retention', retention(before), retention(after)),
    ...differing('alarms', alarms(before), alarms(after)),
    ...differing('routes', routes(before), routes(after)),
    ...others(before, after),
    ...differing('code', versions(before, commit), versions(after)),
  ];
}

function differing(kind: ChangeKind, before: readonly Told[], after: readonly Told[]): Change[] {
  const was = new Map(before.map((each) => [each.of, each]));
  const is = new Map(after.map((each) => [each.of, each]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((of): Change[] => {
    const [old, now] = [was.get(of), is.get(of)];
    if (old?.says === now?.says) return [];
    return [{ kind, of, before: old?.says ?? '', after: now?.says ?? '', anchor: now?.anchor }];
  });
}

/** Statements are the same by what they say: their Sid counts them, so that one more gives others new ones. */
function unlike(before: readonly Told[], after: readonly Told[]): [Told[], Told[]] {
  const key = ({ role, says }: Told) => `${role} ${says}`;
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  const alone = (these: readonly Told[], others: Set<string>) => these.filter((each) => each.role === undefined || !others.has(key(each)));
  return [alone(before, is), alone(after, was)];
}

/** What differs in the code itself is not looked at. */
function versions({ resources, stacks }: Deployed, commit?: string): Told[] {
  const places = new Map(stacks.map(({ name, place }) => [name, place]));
  return resources.flatMap(({ type, name, stack, body, anchor }) => {
    const version = versionOf({ type, body });
    if (!version) return [];
    const says = `${commit?.slice(0, 7) ?? version.code}, configuration ${version.hash}`;
    return [{ of: `${places.get(stack)} · ${name}`, says, anchor }];
  });
}

function rights({ roles }: Deployed): Told[] {
  return roles.flatMap(({ name, place, rights: its, trusts, managed, anchor }) => {
    const role = `${place} · ${name}`;
    const each = its.map((right, index) => ({ of: `${role} · ${right.sid || index}`, says: rightText(right), anchor, role }));
    return [
      { of: `${role} · trusts`, says: trusts.join('; '), anchor },
      ...(managed.length > 0 ? [{ of: `${role} · managed policies`, says: managed.join(', '), anchor }] : []),
      ...each,
    ];
  });
}

export function rightText({ effect, actions, resources, conditions }: Right): string {
  const on = resources.map(({ text }) => text).sort();
  const when = conditions.map(conditionText).sort();
  return `${effect} ${[...actions].sort().join(', ')} on ${on.join(', ')}${when.length > 0 ? ` if ${when.join(' and ')}` : ''}`;
}

function access({ letIn }: Deployed): Told[] {
  const byResource = new Map<string, Told>();
  for (const { of, effect, who, actions, conditions, anchor } of letIn) {
    const key = `${of} · ${who} · ${effect}`;
    const when = conditions.map(conditionText).sort();
    const says = `${[...actions].sort().join(', ')}${when.length > 0 ? ` if ${when.join(' and ')}` : ''}`;
    const known = byResource.get(key);
    byResource.set(key, { of: key, says: known ? `${known.says}; ${says}` : says, anchor });
  }
  return [...byResource.values()];
}

function egress({ ways, openings, slack, model, hearers }: Deployed): Told[] {
  const calls = (each: Deployed['ways'][number]) => each.calls.map(({ service, by }) => `${service} by ${by}`).join(', ');
  return [
    ...ways.map((way) => ({
      of: `${way.place} · ${way.name}`,
      says: [way.network, calls(way), ...way.egress].filter(Boolean).join('; '),
      anchor: way.anchor,
    })),
    ...openings.map(({ anchor, type, name }) => ({ of: `${type} ${name}`, says: 'is there', anchor })),
    { of: 'Slack', says: slack.address, anchor: slack.anchor },
    { of: 'the model', says: model.enabled ? `${model.profiles.join(', ')} in ${model.regions.join(', ')}` : 'off' },
    { of: 'third-party products whose words the model reads', says: model.trustText.join(', ') },
    ...hearers.map(({ topic, protocol, endpoint, anchor }) => ({ of: `${topic} → ${endpoint}`, says: protocol, anchor })),
  ];
}

function keys({ kept }: Deployed): Told[] {
  return kept.map(({ place, name, kind, key, anchor }) => ({ of: `${place} · ${kind} ${name}`, says: key.text, anchor }));
}

function retention({ kept }: Deployed): Told[] {
  return kept.map(({ place, name, kind, seconds, until, removal, anchor }) => ({
    of: `${place} · ${kind} ${name}`,
    says: `${seconds === undefined ? until : termText(seconds, sayIn('en'))}; with the stack: ${removal}`,
    anchor,
  }));
}

function alarms({ alarms: all }: Deployed): Told[] {
  return all.map(({ name, rings, missing, tells, anchor }) => ({
    of: name,
    says: `${rings}; missing data: ${missing}; tells ${tells.join(', ') || 'nobody'}`,
    anchor,
  }));
}

function routes({ units, mutes, slack, severities }: Deployed): Told[] {
  const receivers = slack.receivers.map(({ name, address, language, minimumSeverity, mentions }) => {
    const whom = Object.entries(mentions).map(([severity, ids]) => `${severity} mentions ${ids.join(', ')}`);
    return {
      of: `receiver ${name}`,
      says: [address, language, minimumSeverity && `${minimumSeverity} and above`, ...whom].filter(Boolean).join('; '),
    };
  });
  const told = units.flatMap(({ path, told: by, also }) => {
    const of = ['Root', ...path].join('/');
    const special = also.map(({ asks, receiver, mute }) => `${asks} → ${mute ? 'muted' : receiver}`);
    return [
      ...by.map(({ severity, receivers: who, muted }) => ({ of: `${of} · ${severity}`, says: muted ? 'muted' : who.join(', ') })),
      { of: `${of} · beside that`, says: special.join('; ') },
    ];
  });
  const muted = mutes.map(({ route, reason, until, ended }) => ({
    of: `mute ${route}`,
    says: `${reason}; ${ended ? 'ended with' : 'until'} ${until ?? 'no end'}`,
  }));
  return [...receivers, ...told, ...muted, { of: 'severities that are told', says: severities.join(', ') }];
}

/** What the lists above say of a resource, by its type. Whether it is there they say as well. */
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
  // The members' stack is read by itself.
  'AWS::CloudFormation::StackSet': ['TemplateBody'],
};

/** Each resource whose template differs in something that is named nowhere above. */
function others(before: Deployed, after: Deployed): Change[] {
  const [was, is] = [byName(before), byName(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Change[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const resource = (now ?? old) as AuditedResource;
    const said = SAID[resource.type];
    const differ = { kind: 'other', of: `${resource.type} ${resource.name}`, anchor: now?.anchor } as const;
    if (!old || !now) return said ? [] : [{ ...differ, before: old ? 'is there' : '', after: now ? 'is there' : '' }];
    const [a, b] = [contentOf(old), contentOf(now)];
    const keys = Object.keys({ ...a, ...b }).filter((one) => !said?.includes(one) && JSON.stringify(a[one]) !== JSON.stringify(b[one]));
    if (keys.length === 0) return [];
    const pairs = keys.map((one) => ({ one, pair: shownPair(a[one], b[one]) }));
    const side = (which: 0 | 1) => pairs.map(({ one, pair }) => `${one} ${pair[which]}`).join('; ');
    return [{ ...differ, before: side(0), after: side(1) }];
  });
}

/** By its place in the code: the ids of versions change with what they are versions of. */
function byName({ resources, stacks }: Deployed): Map<string, AuditedResource> {
  const places = new Map(stacks.map(({ name, place }) => [name, place]));
  return new Map(
    resources.map((resource) => [`${places.get(resource.stack)} ${resource.stack} ${resource.type} ${resource.name}`, resource]),
  );
}

/**
 * Without the metadata, which says where in the code it stands and changes nothing; and without the version of the code, which
 * stands in four places of each function and is told by itself. The hash of a bundle is left out: nothing is bundled for an audit.
 */
function contentOf({ body }: AuditedResource): Record<string, unknown> {
  const { Properties, Metadata: _metadata, ...rest } = body;
  const { Code, Description, ...properties } = object(Properties);
  const described = String(Description).replace(/ · \S+ · rows (\d+)$/, ' · rows $1');
  const all = {
    ...properties,
    ...(Description === undefined ? {} : { Description: described }),
    ...(object(Code).ZipFile ? { Code } : {}),
    ...rest,
  };
  const text = JSON.stringify(all)
    .replace(/"INTERPRETER_VERSION":"[^"]*",?/, '')
    .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1');
  return JSON.parse(text) as Record<string, unknown>;
}

const LONGEST = 160;
/** So much of what is alike stands before the first difference. */
const BEFORE = 40;

/** Two values; of long ones the part where they differ. */
function shownPair(before: unknown, after: unknown): [string, string] {
  const [a, b] = [before, after].map((value) => JSON.stringify(value) ?? 'absent') as [string, string];
  if (a.length <= LONGEST && b.length <= LONGEST) return [a, b];
  let alike = 0;
  while (alike < a.length && a[alike] === b[alike]) alike++;
  const from = Math.max(0, alike - BEFORE);
  const part = (text: string) => `${from > 0 ? '…' : ''}${text.slice(from, from + LONGEST)}${from + LONGEST < text.length ? '…' : ''}`;
  return [part(a), part(b)];
}
