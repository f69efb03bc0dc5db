/** Sends inputs through the deployed code on the local cloud and says of each finding what became of it. */
import type { DecisionLine } from '../../handlers/domain/problem/decision';
import { basename } from 'node:path';
import { admit, closingOf, type Status, statusOf } from '../../handlers/domain/finding/admission';
import { parseFinding } from '../../handlers/domain/finding/event';
import type { Finding } from '../../handlers/domain/finding/finding';
import { findingKey } from '../../handlers/domain/finding/key';
import type { MessageReference } from '../../handlers/domain/problem/problem-row';
import { problemsOf } from '../../handlers/domain/problem/marks';
import { at, text, time } from '../../handlers/domain/text/reading';

import { type Cloud, startCloud } from '../../local/cloud';
import type { CloudOptions } from '../../local/cloud-types';
import type { DrainOptions } from '../../local/drain';
import { parseOrganization } from '../../local/organizations/organization-tree';
import { LOCAL_SLACK_TOKEN } from '../../local/slack/slack';
import { ALL } from '../../local/slack/slack-gate';
import { nextDue } from './due';
import type { Input } from './inputs';
import { placeOf, tellings } from './told';

export interface Outcome {
  file: string;
  findingId: string | null;
  title: string | null;
  severity: string | null;
  accountId: string | null;
  ouPath: string | null;
  admitted: boolean;
  reason: string;
  receivers: string[];
  outcome: 'posted' | 'updated' | 'unchanged' | 'filtered' | 'muted' | 'invalid' | 'failed';
  /** Those that tell it, each channel's newest; for who reads the messages, not for the JSON lines. */
  messages?: readonly MessageReference[];
}

export interface RunOptions
  extends DrainOptions,
    Pick<
      CloudOptions,
      'organization' | 'webhookSecrets' | 'now' | 'bedrock' | 'slack' | 'stateDir' | 'transcript' | 'slackLimits' | 'realTime' | 'onLog'
    > {
  assembly: string;
  /** Where each receiver is reached, by its name: for the reasons of what was not told. */
  addresses?: ReadonlyMap<string, string>;
  /** Each event comes at its own time, instead of all at once. */
  asTheyHappened?: boolean;
  settings: { severities: readonly Finding['severity'][]; includeSamples: boolean; tokenSecret?: string };
}

export interface RunResult {
  outcomes: Outcome[];
  cloud: Cloud;
  aborted: boolean;
}

/** The cloud is still up when it answers, to be looked at; the caller closes it. */
export async function run(inputs: readonly Input[], options: RunOptions): Promise<RunResult> {
  const decisions = new Map<string, DecisionLine[]>();
  const cloud = await startCloud({
    ...options,
    secrets: options.settings.tokenSecret
      ? {
          [options.settings.tokenSecret]: options.slack === 'live' ? (process.env.SLACK_BOT_TOKEN ?? LOCAL_SLACK_TOKEN) : LOCAL_SLACK_TOKEN,
        }
      : {},
    nextDue,
    onLog: (line) => {
      options.onLog?.(line);
      const { entry } = line;
      if (entry?.message !== 'finding') return;
      const decision = entry as unknown as DecisionLine;
      const key = decisionKey(decision.eventId, decision.finding);
      decisions.set(key, [...(decisions.get(key) ?? []), decision]);
    },
  });
  const pending: { input: Input; rules: string[]; sentAt: number }[] = [];
  for (const input of options.asTheyHappened ? [...inputs].sort((a, b) => happenedAt(a) - happenedAt(b)) : inputs) {
    if (options.asTheyHappened) await cloud.drain({ ...options, until: Math.max(cloud.clock.now(), happenedAt(input)) });
    const sentAt = cloud.clock.now();
    pending.push({ input, sentAt, rules: input.event ? cloud.putEvent(input.event).rules : [] });
  }
  const { ended } = await cloud.drain(options);
  const told = tellings(cloud);
  const ous = organizationPaths(options.organization);
  const outcomes: Outcome[] = [];
  const known: Knowledge = { told, earlier: new Map(), cloud, settings: options.settings, addresses: options.addresses, ous };
  for (const { input, rules, sentAt } of pending) {
    if (!input.event) {
      outcomes.push({ ...nothing(input.file), reason: input.problem ?? 'it is no event', outcome: 'invalid' });
      continue;
    }
    for (const raw of input.findings) {
      const eventId = text(input.event.id) ?? '';
      const finding = readable(raw);
      const taken = decisions.get(decisionKey(eventId, finding instanceof Error ? undefined : findingKey(finding)));
      const decision = taken && taken.length > 1 ? taken.shift() : taken?.[0];
      outcomes.push(await outcomeOf({ file: input.file, sentAt }, raw, finding, decision, rules, known));
    }
  }
  return { outcomes, cloud, aborted: ended === 'aborted' };
}

function happenedAt({ event }: Input): number {
  return time(event?.time) ?? 0;
}

function decisionKey(eventId: string, finding: string | undefined): string {
  return `${eventId} ${finding ?? ''}`;
}

interface Knowledge {
  told: ReturnType<typeof tellings>;
  /** What was told of each resource last, by its problems and its id. */
  earlier: Map<string, { file: string; status: Status; id: string }>;
  cloud: Cloud;
  settings: RunOptions['settings'];
  addresses?: ReadonlyMap<string, string>;
  ous: Map<string, string>;
}

async function outcomeOf(
  { file, sentAt }: { file: string; sentAt: number },
  raw: unknown,
  finding: Finding | Error,
  decision: DecisionLine | undefined,
  rules: string[],
  known: Knowledge,
): Promise<Outcome> {
  if (finding instanceof Error)
    return {
      ...nothing(file),
      findingId: text(at(raw, 'Id')) ?? null,
      title: text(at(raw, 'Title')) ?? null,
      reason: finding.message,
      outcome: 'invalid',
    };
  const base = {
    file,
    findingId: finding.id,
    title: finding.title,
    severity: finding.severity,
    accountId: finding.accountId,
    ouPath: decision?.ouPath || (known.ous.get(finding.accountId) ?? null),
    admitted: decision?.admitted ?? false,
    receivers: decision?.receivers ?? [],
  };
  if (!decision && rules.length === 0) {
    const admission = admit(finding, known.settings);
    return { ...base, admitted: false, reason: admission.admitted ? 'no rule takes this event' : admission.reason, outcome: 'filtered' };
  }
  if (!decision)
    return { ...base, reason: deadLetterReason(known.cloud, finding.id) ?? 'the event is still in a queue', outcome: 'failed' };
  if (decision.outcome !== 'recorded') return { ...base, reason: decision.reason, outcome: decision.outcome };

  const { fingerprint = '', fingerprints, memberId = '' } = (await placeOf(finding, known.cloud)) ?? decision;
  const problems = problemsOf({ receivers: decision.receivers, fingerprint, fingerprints });
  const ways = await Promise.all(problems.map((problem) => known.told(problem, memberId)));
  const missing = [...new Set(problems.filter((_, index) => ways[index] === undefined).map(({ receiver }) => receiver))];
  if (missing.length > 0)
    return {
      ...base,
      reason: `not told to ${missing.join(', ')}: ${refusalOf(missing, known) ?? deadLetterReason(known.cloud, fingerprint) ?? 'its wake-up is still in a queue'}`,
      outcome: 'failed',
    };
  const telling = { ...base, messages: ways.flatMap((way) => way?.message ?? []) };
  const place = JSON.stringify([problems, memberId]);
  const before = known.earlier.get(place);
  const status = statusOf(finding);
  known.earlier.set(place, { file, status, id: finding.id });
  // A further report of a resource that fails one control is nothing new; a further weakness, or a further object, is.
  if (before?.status === status && (finding.kind === 'control' || before.id === finding.id))
    return { ...telling, reason: `the same as ${basename(before.file)}, of which was told`, outcome: 'unchanged' };
  const closing = decision.admitted ? undefined : closingOf(status);
  const reason = closing ? `${closing.replaceAll('-', ' ')}: its message says so` : decision.reason;
  const posted = ways.some((way) => way?.by === 'post' && way.postedAt >= sentAt);
  return { ...telling, reason, outcome: posted ? 'posted' : 'updated' };
}

function readable(raw: unknown): Finding | Error {
  try {
    return parseFinding(raw);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What the real Slack said to a receiver that was given up. */
function refusalOf(receivers: readonly string[], { cloud, addresses }: Knowledge): string | undefined {
  const refusals = cloud.slackRefusals();
  for (const receiver of receivers) {
    const address = addresses?.get(receiver) ?? '';
    const reason = refusals.get(address) ?? refusals.get(ALL);
    if (reason !== undefined) return `Slack refuses ${address}: ${reason}`;
  }
  return undefined;
}

function deadLetterReason(cloud: Cloud, about: string): string | undefined {
  const letters = Object.values(cloud.deadLetters()).flat();
  return letters.find(({ body }) => body.includes(JSON.stringify(about).slice(1, -1)))?.attributes.reason;
}

function nothing(file: string): Omit<Outcome, 'reason' | 'outcome'> {
  return { file, findingId: null, title: null, severity: null, accountId: null, ouPath: null, admitted: false, receivers: [] };
}

function organizationPaths(organization: CloudOptions['organization']): Map<string, string> {
  const { accounts } = parseOrganization(organization, 'The organization');
  const path = (unit: { name: string; parent?: { name: string; parent?: unknown } } | undefined): string[] =>
    unit ? [...path(unit.parent as typeof unit), unit.name] : [];
  return new Map([...accounts].map(([id, { parent }]) => [id, path(parent).join('/')]));
}
