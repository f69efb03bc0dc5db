/** The model is never in the way: it hangs, fails, is asked once by many, is left alone for a while, and is asked again. */
import type { Routes } from '../../config/schema';
import { awsError } from '../../cli/simulate/world/limits';
import type { Analyst } from '../../handlers/ports';
import { config } from './config';
import { control, threat } from './events';
import { seeded } from '../../cli/simulate/world/random';
import { seeds } from './seeds';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { answer, HOUR, MINUTE, SECOND, START, World } from './world';

const ANSWER = { content: answer, model: 'test', inputTokens: 1, outputTokens: 1 };

/** Everything is told to so many receivers. */
function toAll(receivers: number): Routes {
  const names = Array.from({ length: receivers }, (_, n) => `team-${n}`);
  return {
    receivers: Object.fromEntries(
      names.map((name, n) => [name, { channel: `C0TEAM000${n}`, language: 'en' as const, securityAccountAccess: false }]),
    ),
    route: { receiver: 'team-0', routes: names.map((receiver) => ({ match: { ou: 'Workloads' }, receiver, continue: true })) },
  };
}

/** A world with ten workers whose model takes so long and then answers or fails. */
function slow(seconds: number, fails: boolean, { routes = toAll(4), seed = 1 } = {}): World {
  const world: World = new World({
    config: config({ routes }),
    workers: 10,
    random: seeded(seed),
    analyst: {
      interpret: async () => {
        await world.sleep(seconds * SECOND);
        if (fails) throw new Error('ModelTimeoutException');
        return ANSWER;
      },
    },
  });
  return world;
}

describe('with a model that hangs for fifteen seconds and then fails', () => {
  test.each(seeds(3))('forty critical problems are posted within 30 s of their events (seed %i)', async (seed) => {
    const world = slow(15, true, { seed });
    for (let n = 0; n < 10; n++) world.send(control({ control: `S3.${n}`, title: `Control ${'abcdefghij'[n]}` }));
    await world.run(START + MINUTE);
    expect(world.slack.posts).toHaveLength(40);
    expect(Math.max(...world.slack.posts.map(({ at }) => at - START))).toBeLessThanOrEqual(30 * SECOND);
    for (const post of world.slack.posts) expect(readable(post)).toContain('No AI interpretation yet');
  });

  test('so is what turns critical while its problem waits for siblings', async () => {
    for (const second of [1, 3, 9, 17, 28]) {
      const world = slow(15, true, { routes: toAll(1) });
      world.send(threat({ severity: 'HIGH' }));
      world.send(threat({ severity: 'CRITICAL', instance: 'i-0bbbbbbbbbbbbbbbb' }), second * SECOND);
      await world.run(START + 2 * MINUTE);
      const post = only(world.slack.posts);
      expect(post.text).toContain('CRITICAL');
      expect({ second, late: (post.at - START) / SECOND - second <= 30 }).toEqual({ second, late: true });
    }
  });

  test('a HIGH problem goes forty seconds after its event: its siblings had their time, and the model had its own', async () => {
    const world = slow(15, true, { routes: toAll(1) });
    world.send(threat({ severity: 'HIGH' }));
    await world.run(START + 2 * MINUTE);
    expect(only(world.slack.posts).at - START).toBe(40 * SECOND);
  });
});

test.each(seeds(6))('the same brief of twelve problems that are told at once is asked once (seed %i)', async (seed) => {
  const routes = toAll(6);
  const world = slow(seed % 2 === 0 ? 4 : 0, false, { routes, seed });
  world.send(control());
  world.send(threat({ severity: 'CRITICAL' }));
  await world.run(START + MINUTE);
  expect(world.slack.posts).toHaveLength(12);
  for (const post of world.slack.posts) expect(readable(post)).toContain(answer.summary);
  expect(world.asks).toBe(2);
});

describe('a model that fails', () => {
  const failing = (until: number) => {
    const asked: number[] = [];
    const analyst: Analyst = {
      interpret: async () => {
        asked.push(Math.round((world.now - START) / SECOND));
        if (world.now < START + until) throw awsError('ThrottlingException', 'Rate exceeded');
        return ANSWER;
      },
    };
    const world: World = new World({ analyst });
    return { world, asked };
  };
  const critical = (n: number) => control({ control: `S3.${n}`, title: `Control ${'abcdefghijklmnop'[n]}` });

  test('is left alone after three failures in a row: others go without being asked for, and at once', async () => {
    const { world, asked } = failing(HOUR);
    for (let n = 0; n < 8; n++) world.send(critical(n), n * 2 * SECOND);
    await world.run(START + 30 * SECOND);
    expect(asked).toEqual([0, 2, 4]);
    expect(world.slack.posts.map(({ at }) => (at - START) / SECOND)).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
  });

  test.each([
    ['an answer of no use', { content: { summary: 7 }, model: 'm', inputTokens: 1, outputTokens: 1 }],
    ['a no to what it was asked', awsError('ValidationException', 'Input is too long')],
  ])('is not left alone for %s to some briefs: the others are asked for, and get their words', async (_what, given) => {
    const useless = new Set(['S3.0', 'S3.1', 'S3.2', 'S3.3']);
    const world: World = new World({
      analyst: {
        interpret: async ({ prompt }) => {
          if (![...useless].some((control) => prompt.includes(`"${control}"`))) return ANSWER;
          if (given instanceof Error) throw given;
          return given;
        },
      },
    });
    for (let n = 0; n < 8; n++) world.send(critical(n), n * 2 * SECOND);
    await world.run(START + 30 * SECOND);
    expect(world.asks).toBe(8);
    expect(world.slack.posts.map((post) => readable(post).includes(answer.summary))).toEqual([
      ...Array(4).fill(false),
      ...Array(4).fill(true),
    ]);
  });

  test('is asked again by and by, and every message gets its words later', async () => {
    const { world, asked } = failing(3 * MINUTE);
    for (let n = 0; n < 8; n++) world.send(critical(n), n * 2 * SECOND);
    world.send(critical(9), 10 * MINUTE);
    world.send(critical(10), 10 * MINUTE + SECOND);
    await world.run();
    for (const post of world.slack.posts) expect(readable(post)).toContain(answer.summary);
    expect(world.slack.posts).toHaveLength(10);
    // Three in vain, and then each of ten briefs once.
    expect(asked.length).toBe(13);
    expect(world.dead).toEqual([]);
  });
});

test('words that never come are tried four times, and the message says that they will not', async () => {
  const asked: number[] = [];
  const world: World = new World({
    analyst: {
      interpret: async () => {
        asked.push((world.now - START) / MINUTE);
        throw new Error('AccessDeniedException');
      },
    },
  });
  world.send(control());
  await world.run(START + 24 * HOUR);
  expect(asked.map(Math.round)).toEqual([0, 5, 65, 425]);
  const text = readable(only(world.slack.posts));
  expect(text).not.toContain('No AI interpretation yet');
  expect(text).toContain('This control checks whether');
});
