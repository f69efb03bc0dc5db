/**
 * One problem from its first finding to its last: told to two receivers, it grows over three accounts, closes, comes
 * back in time, closes again and comes back too late. The facts that must hold in the end, whatever failed on the way.
 */
import type { Routes } from '../../config/schema';
import { config } from './config';
import { control, findingId } from './events';
import { type Random, seeded } from '../../cli/simulate/world/random';
import { readable, type Told } from '../../cli/simulate/world/slack';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const ROOT = 'C0SECOPS001';
export const CHANNELS = { 'prod-oncall': 'C0PRODONC01', workloads: 'C0WORKLD001' } as const;

const ROUTES: Routes = {
  receivers: Object.fromEntries(
    Object.entries({ 'sec-ops': ROOT, ...CHANNELS }).map(([name, channel]) => [
      name,
      { channel, language: 'en' as const, securityAccountAccess: false },
    ]),
  ),
  route: {
    receiver: 'sec-ops',
    routes: [
      { match: { ou: 'Workloads', severity: 'CRITICAL' }, receiver: 'prod-oncall', continue: true },
      { match: { ou: 'Workloads' }, receiver: 'workloads' },
    ],
  },
};

const FINDINGS = [
  { account: '555555555555', bucket: 'alpha' },
  { account: '666666666666', bucket: 'bravo' },
  { account: '777777777777', bucket: 'carol' },
];
export const POISON = { 'detail-type': 'Security Hub Findings - Imported', id: 'poison', detail: { findings: [{ Id: 'x' }] } };

export type Length = 'short' | 'long';

/**
 * A seed varies how close things come to each other, and what the queue hands out first. The short story ends when the
 * problem has come back; in the long one it grows twice, closes again, and comes back so late that a new message begins.
 */
export function story(seed: number, length: Length): World {
  const random = seeded(seed);
  const world = new World({ config: config({ routes: ROUTES }), random });
  const early: string[] = [];
  markedEarly.set(world, early);
  world.hub.onMark = (findings) => {
    for (const { id } of findings) {
      const untold = receiversOf(world, id).filter((receiver) => !heardOf(world, receiver, id));
      if (untold.length > 0) early.push(`${id} is marked before ${untold.join()} was told`);
    }
  };
  const [alpha, bravo, carol] = FINDINGS;
  const open = (finding: typeof alpha, at: number, firstObservedAt = START) =>
    world.send(control({ ...finding, updatedAt: START + at, firstObservedAt }), at);
  const pass = (finding: typeof alpha, at: number) =>
    world.send(
      control({ ...finding, compliance: 'PASSED', severity: 'INFORMATIONAL', updatedAt: START + at, firstObservedAt: START + at }),
      at,
    );
  open(alpha, 0);
  world.send(POISON, SECOND);
  open(bravo, gap(random));
  open(carol, (length === 'long' ? 30 * MINUTE : 0) + gap(random));
  pass(alpha, 3 * HOUR);
  pass(bravo, 3 * HOUR + gap(random));
  pass(carol, 3 * HOUR + gap(random));
  open(alpha, 8 * HOUR, START + 8 * HOUR);
  if (length === 'long') {
    pass(alpha, 10 * HOUR);
    open(alpha, 40 * HOUR, START + 40 * HOUR);
  }
  return world;
}

/** What was marked before all its receivers were told, which the facts name. */
const markedEarly = new WeakMap<World, string[]>();

/** Whom intake said it would tell of a finding. */
function receiversOf({ decisions }: World, id: string): string[] {
  const told = decisions.flatMap((decision) => ('receivers' in decision && decision.finding.id === id ? [decision.receivers] : []));
  return told.at(-1) ?? [];
}
/** Each account has one bucket, so whoever heard of the account, by name or by number, heard of its finding. */
function heardOf({ slack }: World, receiver: string, id: string): boolean {
  const account = id.split(':')[4] ?? '';
  const ways = [`account-${account.slice(-3)}`, account, account.replace(/^(.{4})(.{4})(.{4})$/, '$1-$2-$3')];
  const channel = { ...CHANNELS, 'sec-ops': ROOT }[receiver];
  return slack.told.some((message) => message.channel === channel && ways.some((way) => readable(message).includes(way)));
}

function gap(random: Random): number {
  return Math.floor(random() ** 2 * 15 * MINUTE);
}

export interface Facts {
  /** Messages that told nobody anything new. */
  repeats: number;
  /** What does not stand as it must; empty when all is well. */
  wrong: string[];
}

/**
 * Looks at Slack and Security Hub as people would, after everything has come to rest.
 * @param unnamed whether Organizations failed, so that findings went to the root's receiver.
 */
export function factsOf(world: World, length: Length, unnamed = false): Facts {
  const channels = Object.keys(CHANNELS).map((receiver) => channelFacts(world, receiver as keyof typeof CHANNELS, length, unnamed));
  const wrong = [...channels.flatMap((each) => each.wrong), ...(markedEarly.get(world) ?? [])];
  for (const finding of FINDINGS)
    if (!world.hub.marked.some(({ id }) => id === findingId(finding))) wrong.push(`${finding.bucket} was not marked NOTIFIED`);
  const dead = world.dead.filter(({ body }) => !body.includes('"poison"'));
  if (dead.length > 0) wrong.push(`dead letters: ${dead.map(({ reason }) => reason).join('; ')}`);
  if (dead.length === world.dead.length) wrong.push('the poison is nowhere');
  return { repeats: channels.reduce((sum, each) => sum + each.repeats, 0), wrong };
}

function channelFacts({ slack }: World, receiver: keyof typeof CHANNELS, length: Length, unnamed: boolean): Facts {
  const standing = slack.posts.filter(({ channel }) => channel === CHANNELS[receiver]);
  const chapters = standing.filter(({ blocks }) => JSON.stringify(blocks).includes('acme.slack.com/archives'));
  const factsHeard = new Set<string>();
  let repeats = 0;
  for (const message of slack.told.filter(({ channel }) => channel === CHANNELS[receiver])) {
    const said = saidBy(
      message,
      chapters.some(({ ts }) => ts === message.ts),
    );
    if (said.every((fact) => factsHeard.has(fact))) repeats++;
    for (const fact of said) factsHeard.add(fact);
  }
  // Whose account Organizations could not name is told to the root's receiver, which said so.
  const root = slack.told.filter(({ channel }) => channel === ROOT).map(readable);
  const elsewhere = (fact: string) =>
    unnamed &&
    root.some((text) => text.includes(fact === 'end 1' ? 'all of it passes' : fact)) &&
    root.some((text) => text.includes('OU unknown'));
  const wrong = ['first', 'alpha', 'bravo', 'carol', 'end 1', 'return', ...(length === 'long' ? ['end 2', 'chapter 2'] : [])]
    .filter((fact) => !factsHeard.has(fact) && !elsewhere(fact))
    .map((fact) => `${receiver} never heard: ${fact}`);
  const last = standing.at(-1);
  const lastText = last ? readable(last) : '';
  if (!lastText.includes('account-555') || !/\b1 open\b/.test(lastText))
    wrong.push(`${receiver}: the last message does not show what is open`);
  if (length === 'long' && !standing.slice(0, -1).some(({ text }) => text.startsWith('✅')))
    wrong.push(`${receiver}: no message ends as resolved`);
  return { repeats, wrong };
}

/** What a message tells to who reads the channel from its beginning. */
function saidBy(message: Told, chapter: boolean): string[] {
  const text = `${message.text}\n${readable(message)}`;
  const hours = (message.at - START) / HOUR;
  // Plain text, where Slack takes no blocks, names the account only; each has one bucket.
  const buckets = FINDINGS.filter(({ bucket, account }) => text.includes(bucket) || text.includes(`account-${account.slice(-3)}`)).map(
    ({ bucket }) => bucket,
  );
  const end = /all of it passes|✅/.test(text) ? [`end ${hours < 8 ? 1 : 2}`] : [];
  const returned = hours >= 8 && hours < 24 && end.length === 0 ? ['return'] : [];
  if (message.thread !== undefined) return text.includes('Spread further') ? buckets : [...end, ...returned];
  // Where its message was gone a problem is told anew, with a link to the old one: that is said once more knowingly.
  return [chapter ? `chapter ${hours < 24 ? 'anew' : 2}` : 'first', ...buckets, ...end, ...returned];
}
