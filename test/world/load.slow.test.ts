/** 10,000 findings against a Slack that enforces its limits and answers 429 at random, in virtual time. */
import type { Routes } from '../../config/schema';
import { SlackFailure } from '../../handlers/domain/failure';
import type { ProblemRow } from '../../handlers/domain/problem/problem-row';
import { rowKeys } from '../../handlers/domain/problem/rows';
import { config } from './config';
import { control, threat } from './events';
import { seeded } from '../../cli/simulate/world/random';
import { MemorySlack, readable, type Standing } from '../../cli/simulate/world/slack';
import { MINUTE, SECOND, START, World } from './world';

const RECEIVERS = 12;
const CONTROLS = 30;
const ACCOUNTS = 200;
const account = (n: number) => String(200000000000 + n);
const accounts = Array.from({ length: ACCOUNTS }, (_, n) => account(n));

function twelveReceivers(): Routes {
  const names = Array.from({ length: RECEIVERS }, (_, n) => `team-${n}`);
  const receiver = (n: number) => ({
    channel: `C0TEAM${String(n).padStart(4, '0')}`,
    language: 'en' as const,
    securityAccountAccess: false,
  });
  return {
    receivers: Object.fromEntries(names.map((name, n) => [name, receiver(n)])),
    route: {
      receiver: 'team-0',
      routes: names.slice(1).map((name, n) => ({ match: { account: accounts.filter((_, a) => a % RECEIVERS === n + 1) }, receiver: name })),
    },
  };
}

/** What was sent of one problem. */
interface Sent {
  members: number;
  critical: boolean;
  /** When its first finding came, in epoch milliseconds. */
  firstAt: number;
}

/** 9,500 control findings and 500 threats within two minutes, in any order. */
function sendAll(world: World, random: () => number): Map<string, Sent> {
  const sent = new Map<string, Sent>();
  const send = (event: object, of: number, fingerprint: string, critical: boolean) => {
    const delay = Math.floor(random() * 120) * SECOND;
    world.send(event, delay);
    const key = `team-${of % RECEIVERS}|${fingerprint}`;
    const known = sent.get(key);
    sent.set(key, {
      members: (known?.members ?? 0) + 1,
      critical,
      firstAt: Math.min(known?.firstAt ?? Number.POSITIVE_INFINITY, START + delay),
    });
  };
  for (let n = 0; n < 9500; n++) {
    const [of, number] = [Math.floor(n / CONTROLS) % ACCOUNTS, n % CONTROLS];
    const severity = number % 3 === 0 ? 'CRITICAL' : 'HIGH';
    const event = control({ control: `EC2.${number}`, title: `Control ${number}`, account: account(of), bucket: `r-${n}`, severity });
    send(event, of, `aws:control:EC2.${number}`, severity === 'CRITICAL');
  }
  for (let n = 0; n < 500; n++) {
    const severity = n % 5 === 0 ? 'CRITICAL' : 'HIGH';
    const type = `Trojan:EC2-Type${n % 5}`;
    const event = threat({ account: account(n % 10), type, instance: `i-${n}`, severity });
    send(event, n % 10, `aws:guardduty:${type.replace('-', '/')}:${account(n % 10)}`, severity === 'CRITICAL');
  }
  return sent;
}

/** When each critical problem could be told at best: one message a second and channel, in the order in which they came. */
function bestTimes(sent: Map<string, Sent>): Map<string, number> {
  const best = new Map<string, number>();
  const lastOf = new Map<string, number>();
  for (const [key, { firstAt }] of [...sent].filter(([, { critical }]) => critical).sort(([, a], [, b]) => a.firstAt - b.firstAt)) {
    const [receiver = ''] = key.split('|');
    const at = Math.max(firstAt, (lastOf.get(receiver) ?? 0) + SECOND);
    lastOf.set(receiver, at);
    best.set(key, at);
  }
  return best;
}

async function postOf(world: World, key: string): Promise<Standing | undefined> {
  const [receiver = '', fingerprint = ''] = key.split('|');
  const header = await world.ledger.read<ProblemRow>(rowKeys.header({ receiver, fingerprint }));
  return world.slack.posts.find(({ ts }) => ts === header?.value.message?.ts);
}

test('10,000 findings of some 400 problems: nothing lost, nothing repeated, critical first, few calls', async () => {
  const random = seeded(7);
  const slack = new MemorySlack(true);
  let limited = 0;
  slack.before = () => {
    if (random() < 0.05 && ++limited) throw new SlackFailure('rate-limited', 'Slack answered 429', 1 + Math.floor(random() * 5));
  };
  const world = new World({ config: config({ routes: twelveReceivers() }), slack, random });
  const sent = sendAll(world, random);
  await world.run();

  expect(world.dead).toEqual([]);
  // The limits that Slack enforces were never met: turns are reserved before a call.
  expect(slack.refused).toBe(0);
  expect(slack.posts).toHaveLength(sent.size);
  const best = bestTimes(sent);
  let late = 0;
  for (const [key, { members }] of sent) {
    const post = await postOf(world, key);
    expect({ key, open: /(\d+) open/.exec(post ? readable(post) : '')?.[1] }).toEqual({ key, open: String(members) });
    late = Math.max(late, (post?.at ?? Number.POSITIVE_INFINITY) - (best.get(key) ?? Number.POSITIVE_INFINITY));
  }
  const replies = slack.replies.map(({ thread, blocks }) => `${thread} ${JSON.stringify(blocks)}`);
  expect(new Set(replies).size).toBe(replies.length);

  const perProblem = slack.calls.length / sent.size;
  console.log(
    `findings 10000 · problems ${sent.size} · posts ${slack.posts.length} · replies ${slack.replies.length} · edits ${slack.count('update')} · calls a problem ${perProblem.toFixed(2)} · ` +
      `critical ${best.size}, the last ${(late / SECOND).toFixed(0)} s after the best · 429 at random ${limited}, by the limits ${slack.refused} · ` +
      `invocations ${world.invocations} · model asked ${world.asks} · virtual ${((world.now - START) / MINUTE).toFixed(0)} min`,
  );
  expect(late).toBeLessThanOrEqual(60 * SECOND);
  // A broadcast is short, and its thread gets the list.
  expect(perProblem).toBeLessThanOrEqual(5);
}, 300_000);
