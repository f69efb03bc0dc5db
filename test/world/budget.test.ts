/** The model's budget: past it words pause and messages go on, rows and messages say why, and it resumes by itself. */
import { UnusableAnswer } from '../../handlers/domain/interpretation/briefing';
import type { SpentRow } from '../../handlers/domain/interpretation/budget';
import type { DeliveryRow, ProblemRow } from '../../handlers/domain/problem/problem-row';
import { readable } from '../../cli/simulate/world/slack';
import type { Analyst, Directory } from '../../handlers/ports';
import { config } from './config';
import { control } from './events';
import { answer, HOUR, MINUTE, SECOND, START, World } from './world';

const DAY = 24 * HOUR;
/** From the beginning of the world to the next day of UTC. */
const TO_MIDNIGHT = DAY - (START % DAY);
const PROFILE = 'jp.anthropic.claude-haiku-4-5-20251001-v1:0';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const another = (n: number, parts: object = {}) => control({ control: `S3.${n}`, title: `Control ${letters[n]}`, ...parts });

/** In no OU of the workloads: told to somebody else. */
const ELSEWHERE = '888888888888';
const directory: Directory = {
  account: async (id) => ({ name: id, parentIds: id === ELSEWHERE ? ['r-ab12'] : ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
  organizationalUnitName: async () => 'Workloads',
};

/** Each call takes a thousand tokens and hundred. */
function limited(budget: object, { workers = 1, takes = 0 } = {}): World {
  const analyst: Analyst = {
    interpret: async () => {
      if (takes > 0) await world.sleep(takes);
      return { content: answer, model: PROFILE, inputTokens: 1000, outputTokens: 100 };
    },
  };
  const world: World = new World({
    config: config({ settings: { model: { profiles: [PROFILE], judge: 'off', budget } } }),
    analyst,
    directory,
    workers,
  });
  return world;
}

const spent = (world: World) =>
  world.ledger.all().flatMap(({ key, value }) => (key.pk.startsWith('spent#') ? [[key.pk, value as SpentRow] as const] : []));
const deliveries = (world: World) =>
  world.ledger.all().flatMap(({ key, value }) => (key.sk.startsWith('delivery#') ? [value as DeliveryRow] : []));
const withWords = (world: World) => world.slack.posts.map((post) => readable(post).includes(answer.summary));

test('each call is written once, by its day and month, with what it cost', async () => {
  const world = limited({ tokensPerMonth: 100_000 });
  for (let n = 0; n < 3; n++) world.send(another(n), n * MINUTE);
  await world.run(START + HOUR);
  const [month, day] = [new Date(START).toISOString().slice(0, 7), new Date(START).toISOString().slice(8, 10)];
  // A million tokens in 1.10 USD, out 5.50: a geographic profile.
  const sum = { tokens: 3300, microUsd: 3 * (1100 + 550) };
  expect(spent(world)).toEqual([[`spent#${month}`, { ...sum, days: { [day]: sum } }]]);
});

test('nothing is written where no budget is set', async () => {
  const world = new World();
  world.send(control());
  await world.run(START + HOUR);
  expect(spent(world)).toEqual([]);
});

test.each([
  ['tokens', { tokensPerDay: 2000 }],
  ['dollars', { usdPerDay: 0.01 }],
])('past the day’s %s messages go on without words, and rows, messages and the log say why', async (what, budget) => {
  const world = limited(budget);
  const paid = what === 'tokens' ? 2 : 7;
  for (let n = 0; n < 10; n++) world.send(another(n), n * MINUTE);
  await world.run(START + HOUR);
  expect(world.asks).toBe(paid);
  expect(world.slack.posts).toHaveLength(10);
  expect(withWords(world)).toEqual(Array.from({ length: 10 }, (_, n) => n < paid));
  for (const post of world.slack.posts.slice(paid)) {
    expect(readable(post)).toContain('AI paused: the day’s budget is used up');
    expect(readable(post)).not.toContain('No AI interpretation yet');
  }
  expect(deliveries(world).filter(({ withoutWords }) => withoutWords?.includes('budget of the day'))).toHaveLength(10 - paid);
  expect(world.logs.filter(({ message }) => message === 'words paused').length).toBeGreaterThanOrEqual(10 - paid);
});

test('what is known already is shown past the budget', async () => {
  const world = limited({ tokensPerDay: 1000 });
  world.send(another(0));
  // The same, for other readers: a question that was answered.
  world.send(another(0, { account: ELSEWHERE }), MINUTE);
  world.send(another(1), 2 * MINUTE);
  await world.run(START + HOUR);
  expect(world.asks).toBe(1);
  expect(withWords(world)).toEqual([true, true, false]);
});

test('the next day asks for what is new; a message that stands gets its words with its next edit, and no edit for them', async () => {
  const world = limited({ tokensPerDay: 1000 });
  world.send(another(0));
  world.send(another(1), MINUTE);
  world.send(another(2), TO_MIDNIGHT + MINUTE);
  await world.run(START + TO_MIDNIGHT + HOUR);
  expect(withWords(world)).toEqual([true, false, true]);
  expect(world.asks).toBe(2);
  // Two days later, so that the third day's budget is untouched.
  const at = START + TO_MIDNIGHT + DAY + HOUR;
  world.send(another(1, { bucket: 'grown', updatedAt: at, time: at }), at - world.now);
  await world.run(at + HOUR);
  expect(withWords(world)).toEqual([true, true, true]);
  expect(readable(world.slack.posts[1] ?? fail())).not.toContain('AI paused');
});

test('what waits for its words costs nothing while the budget is used up: no look, no write', async () => {
  const world = limited({ tokensPerDay: 1000 });
  world.send(another(0));
  world.send(another(1), MINUTE);
  await world.run(START + HOUR);
  const before = { ...world.ledger.calls };
  await world.run(START + 3 * HOUR);
  expect(world.ledger.calls.write).toBe(before.write);
  expect(world.ledger.calls.writeAll).toBe(before.writeAll);
});

test('a month that is used up pauses beyond its days, until the next begins', async () => {
  const world = limited({ tokensPerMonth: 1000 });
  world.send(another(0));
  world.send(another(1), DAY);
  const next = Date.UTC(new Date(START).getUTCFullYear(), new Date(START).getUTCMonth() + 1, 1);
  world.send(another(2, { updatedAt: next, time: next }), next + MINUTE - START);
  await world.run(START + 2 * DAY);
  expect(withWords(world)).toEqual([true, false]);
  expect(readable(world.slack.posts[1] ?? fail())).toContain('AI paused: the month’s budget is used up');
  await world.run(next + HOUR);
  expect(withWords(world)).toEqual([true, false, true]);
  expect(spent(world).map(([pk]) => pk)).toHaveLength(2);
});

test('an answer of no use is paid for as well: it is counted, and ends the budget', async () => {
  const world: World = new World({
    config: config({ settings: { model: { profiles: [PROFILE], budget: { tokensPerDay: 3000 } } } }),
    analyst: {
      interpret: async () => {
        throw new UnusableAnswer('the model ran out of tokens', { usage: { model: PROFILE, inputTokens: 1000, outputTokens: 1500 } });
      },
    },
  });
  for (let n = 0; n < 6; n++) world.send(another(n), n * MINUTE);
  await world.run(START + 3 * MINUTE);
  expect(world.asks).toBe(2);
  expect(spent(world)[0]?.[1].tokens).toBe(5000);
  expect(world.metrics.total('ModelTokens', { direction: 'out' })).toBe(3000);
  await world.run(START + HOUR);
  expect(world.asks).toBe(2);
});

test('where it ends between two questions of one answer, the second is not put to it, nor the first to another model', async () => {
  const other = 'jp.anthropic.claude-haiku-5-5';
  const asked: string[] = [];
  const content = { ...answer, summary: `${answer.summary} Account 100000000000 is lost.` };
  const world: World = new World({
    config: config({ settings: { model: { profiles: [PROFILE, other], judge: 'off', budget: { tokensPerDay: 1000 } } } }),
    analyst: {
      interpret: async (_request, { profile }) => {
        asked.push(profile);
        await world.sleep(SECOND);
        return { content, model: profile, inputTokens: 1000, outputTokens: 100 };
      },
    },
  });
  world.send(another(0));
  world.send(another(1), MINUTE);
  await world.run(START + HOUR);
  expect(asked).toEqual([PROFILE]);
  expect(withWords(world)).toEqual([true, false]);
  expect(world.metrics.total('ModelCalls')).toBe(1);
});

test('the judge is asked within it too: where it ends before the verdicts, nothing is shown that nobody judged, and the next day judges what is there', async () => {
  const world: World = new World({
    config: config({ settings: { model: { profiles: [PROFILE], judge: 'on', budget: { tokensPerDay: 1000 } } } }),
    analyst: { interpret: async () => ({ content: answer, model: PROFILE, inputTokens: 1000, outputTokens: 100 }) },
    directory,
  });
  world.send(another(0));
  await world.run(START + HOUR);
  expect([world.asks, world.judgings, withWords(world)]).toEqual([1, 0, [false]]);
  expect(deliveries(world)[0]).toMatchObject({ withoutWords: expect.stringContaining('budget of the day') });
  world.send(another(0, { bucket: 'second', updatedAt: START + TO_MIDNIGHT + HOUR, time: START + TO_MIDNIGHT + HOUR }), TO_MIDNIGHT + HOUR);
  await world.run(START + TO_MIDNIGHT + 2 * HOUR);
  expect([world.asks, world.judgings, withWords(world)]).toEqual([1, 1, [true]]);
});

test('where it ends before the verdicts, whoever waited for the same words pauses as well, and counts no failure', async () => {
  const receiver = (channel: string) => ({ channel, language: 'en' as const, securityAccountAccess: false });
  const world: World = new World({
    workers: 2,
    config: config({
      settings: { model: { profiles: [PROFILE], judge: 'on', budget: { tokensPerDay: 1000 } } },
      routes: {
        receivers: { one: receiver('C0FIRST0001'), two: receiver('C0OTHER0001') },
        route: { receiver: 'one', routes: ['one', 'two'].map((name) => ({ match: { ou: 'Workloads' }, receiver: name, continue: true })) },
      },
    }),
    analyst: {
      interpret: async () => {
        await world.sleep(3 * SECOND);
        return { content: answer, model: PROFILE, inputTokens: 1000, outputTokens: 100 };
      },
    },
  });
  world.send(control());
  await world.run(START + HOUR);
  const headers = world.ledger.all().flatMap(({ key, value }) => (key.sk === 'header' ? [(value as ProblemRow).interpretation] : []));
  expect(headers).toEqual([expect.objectContaining({ paused: 'day', tries: 0 }), expect.objectContaining({ paused: 'day', tries: 0 })]);
  expect([world.asks, world.judgings, withWords(world)]).toEqual([1, 0, [false, false]]);
});

test('ten workers at once spend no more than the budget and the calls under way', async () => {
  const world = limited({ tokensPerDay: 5000 }, { workers: 10, takes: 4 * SECOND });
  for (let n = 0; n < 24; n++) world.send(another(n), n * 200);
  await world.run(START + HOUR);
  const [[, { tokens }] = fail()] = spent(world);
  expect(tokens).toBe(world.asks * 1100);
  // Below five thousand are four calls and a fifth; ten under way are the most.
  expect(world.asks).toBeGreaterThanOrEqual(5);
  expect(world.asks).toBeLessThanOrEqual(4 + 10);
  expect(world.slack.posts).toHaveLength(24);
});

function fail(): never {
  throw new Error('there is none');
}
