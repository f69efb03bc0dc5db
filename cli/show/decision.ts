/** Who is told of one finding, and why: the steps through the tree, then what they came to. */
import type { Config } from '../../config/schema';
import { addressOf } from '../../config/routing/address';
import { mentionsOf, taggedOwner } from '../../config/routing/owner-tags';
import type { RouteDecision, RoutingSubject } from '../../config/routing/walk';
import { type Paint, table } from './columns';
import { folded } from './wrap';

/** What `--json` prints: the decision, with what each receiver is. */
export interface ExplainedDecision {
  receivers: { name: string; channel: string; language: string; mentions: string[]; path: string[] }[];
  /** By the tags that settings.yaml names. */
  owner?: { value: string; tag: string; mentions: string[] };
  mutes: RouteDecision['mutes'];
  steps: RouteDecision['steps'];
  /** What was not asked for, and what was taken instead. */
  assumptions: string[];
}

export function explainDecision(
  decision: RouteDecision,
  subject: RoutingSubject,
  config: Config,
  assumptions: string[],
): ExplainedDecision {
  const receivers = decision.receivers.map(({ name, path }) => {
    const receiver = config.routes.receivers[name];
    return {
      name,
      channel: receiver ? addressOf(receiver) : '',
      language: receiver?.language ?? config.settings.language,
      mentions: receiver?.mentions?.[subject.severity] ?? [],
      path,
    };
  });
  const owner = taggedOwner(config.settings.ownerTags, subject.tags, subject.resourceTags);
  const its = owner && {
    value: owner.value,
    tag: `${owner.of}:${owner.key}`,
    mentions: mentionsOf(owner.value, subject.severity, config.routes.owners),
  };
  return { receivers, ...(its ? { owner: its } : {}), mutes: decision.mutes, steps: decision.steps, assumptions };
}

export function renderDecision(
  explained: ExplainedDecision,
  subject: RoutingSubject,
  { paint, width }: { paint: Paint; width: number },
): string {
  const dim = (text: string) => paint('dim', text);
  const steps = explained.steps.map(({ path, matched, why }) => [
    { text: matched ? '  ✓' : '  ✗', paint: (text: string) => paint(matched ? 'green' : 'red', text) },
    { text: path, paint: matched ? undefined : dim },
    { text: why, paint: matched ? undefined : dim },
  ]);
  const told = explained.receivers.map(({ name, channel, language, mentions, path }) => [
    { text: `  → ${name}`, paint: (text: string) => paint('green', text) },
    { text: channel },
    { text: language },
    {
      text: [mentions.length > 0 ? `mentions ${mentions.join(', ')}` : '', `by ${path.join(' > ')}`].filter(Boolean).join('; '),
      paint: dim,
    },
  ]);
  const muted = explained.mutes.map(({ reason, until, path }) => [
    { text: '  muted', paint: (text: string) => paint('yellow', text) },
    { text: until === undefined ? 'without an end' : `until ${until}` },
    { text: reason },
    { text: `by ${path.join(' > ')}`, paint: dim },
  ]);
  const outcome = told.length > 0 ? 'Told' : 'Told to nobody';
  return [
    ...folded(subjectText(subject), width, 2).map((line) => paint('bold', line)),
    ...explained.assumptions.flatMap((assumption) => folded(assumption, width - 2, 0).map((line) => paint('yellow', `  ${line}`))),
    '',
    ...table(steps, width),
    '',
    paint('bold', outcome),
    ...table(told, width),
    ...table(muted, width),
    ...(explained.owner ? ['', ...folded(ownerText(explained.owner), width, 2)] : []),
  ].join('\n');
}

function ownerText({ value, tag, mentions }: NonNullable<ExplainedDecision['owner']>): string {
  return `Owner ${value} (${tag})${mentions.length > 0 ? `, whom messages mention as ${mentions.join(', ')}` : ''}`;
}

function subjectText(subject: RoutingSubject): string {
  const ou = subject.ouKnown ? ['Root', ...subject.ouPath.map((unit) => unit.name)].join('/') : 'unknown';
  const tags = Object.entries(subject.tags).map(([name, value]) => `${name}=${value}`);
  const resourceTags = Object.entries(subject.resourceTags).flatMap(([name, values]) => values.map((value) => `${name}=${value}`));
  const parts = [
    `${subject.severity} in account ${subject.accountId}`,
    `OU ${ou}`,
    ...(tags.length > 0 ? [`tags ${tags.join(', ')}`] : []),
    ...(resourceTags.length > 0 ? [`resource tags ${resourceTags.join(', ')}`] : []),
    ...[subject.product, subject.controlId ?? '', ...subject.types, ...subject.resourceTypes, subject.region].filter(Boolean),
  ];
  return parts.join(' · ');
}
