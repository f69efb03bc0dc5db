/** 10,000 findings against a Slack that enforces its limits and answers 429 at random, in virtual time. */
import type { Routes } from '../../config/schema';
import { SlackFailure } from '../../handlers/domain/failure';
import { config } from './config';
import { control, threat } from './events';
import { MemorySlack, readable } from './slack';
import { START, World } from './world';

const SECOND = 1000;

/** mulberry32: a small seeded generator. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const RECEIVERS = 12;
const CONTROLS = 30;
const ACCOUNTS = 200;

function twelveReceivers(): Routes {
  const names = Array.from({ length: RECEIVERS }, (_, n) => `team-${n}`);
  return {
    receivers: Object.fromEntries(
      names.map((name, n) => [
        name,
        { channel: `C0TEAM${String(n).padStart(4, '0')}`, language: 'en' as const, securityAccountAccess: false },
      ]),
    ),
    route: {
      receiver: 'team-0',
      routes: names.slice(1).map((receiver, n) => ({
        match: { account: Array.from({ length: ACCOUNTS }, (_, a) => account(a)).filter((_, a) => a % RECEIVERS === n + 1) },
        receiver,
      })),
    },
  };
}
function account(n: number): string {
  return String(200000000000 + n);
}

test('10,000 findings of some 400 problems: nothing lost, nothing repeated, critical first, few calls', async () => {
  const random = seeded(7);
  const slack = new MemorySlack({ channelInterval: SECOND, channelBurst: 1, editsPerMinute: 50 });
  slack.before = () => {
    if (random() < 0.05) throw new SlackFailure('rate-limited', 'Slack answered 429', 1 + Math.floor(random() * 5));
  };
  const world = new World({ config: config({ routes: twelveReceivers() }), slack, random });
  const perChannel = new Map<string, number>();
  let findings = 0;
  for (let n = 0; n < 9500; n++) {
    const c = n % CONTROLS;
    world.send(
      control({
        control: `EC2.${c}`,
        title: `Control ${c}`,
        account: account(Math.floor(n / CONTROLS) % ACCOUNTS),
        bucket: `r-${n}`,
        severity: c % 3 === 0 ? 'CRITICAL' : 'HIGH',
      }),
      Math.floor(random() * 120) * SECOND,
    );
    findings++;
  }
  for (let n = 0; n < 500; n++) {
    world.send(
      threat({
        account: account(n % 10),
        type: `Trojan:EC2-Type${n % 5}`,
        instance: `i-${n}`,
        severity: n % 5 === 0 ? 'CRITICAL' : 'HIGH',
      }),
      Math.floor(random() * 120) * SECOND,
    );
    findings++;
  }
  await world.run();

  const problems = new Set(
    world.decisions.flatMap(({ fingerprint, receivers }) => receivers.map((receiver) => `${receiver}/${fingerprint}`)),
  );
  expect(world.dead).toEqual([]);
  expect(world.slack.posts).toHaveLength(problems.size);
  const counted = world.slack.posts.reduce((sum, post) => sum + Number(/(\d+) open/.exec(readable(post))?.[1] ?? 0), 0);
  expect(counted).toBe(findings);

  // How soon a channel could have told its critical problems at best: one a second from the first finding on.
  const critical = world.slack.posts.filter((post) => post.text.startsWith('🔴'));
  const firsts = new Map<string, number>();
  for (const { fingerprint, receivers } of world.decisions) for (const receiver of receivers) firsts.set(`${receiver}/${fingerprint}`, 0);
  let latest = 0;
  for (const post of critical) {
    const place = (perChannel.get(post.channel) ?? 0) + 1;
    perChannel.set(post.channel, place);
    latest = Math.max(latest, post.at - START - place * SECOND);
  }
  const calls = slack.calls.length / problems.size;
  console.log(
    `findings ${findings} · problems ${problems.size} · posts ${slack.posts.length} · replies ${slack.replies.length} · edits ${slack.calls.filter(({ operation }) => operation === 'update').length} · ` +
      `calls a problem ${calls.toFixed(2)} · critical ${critical.length}, the last ${(latest / SECOND).toFixed(0)} s after its place in line · 429 by the limits ${slack.refused} · invocations ${world.invocations} · ` +
      `virtual ${((world.now - START) / 60_000).toFixed(0)} min · model asked ${world.asks}`,
  );
  expect(calls).toBeLessThanOrEqual(4);
  expect(slack.refused).toBe(0);
}, 300_000);
