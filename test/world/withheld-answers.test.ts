/** An answer of which nothing may be shown is no answer: nobody else gets it, the model is asked again, and it is counted. */
import type { DeliveryRow } from '../../handlers/domain/problem/problem-row';
import { isKept, type AnswerRow } from '../../handlers/domain/interpretation/answer';
import { readable } from '../../cli/simulate/world/slack';
import type { Analyst, Directory } from '../../handlers/ports';
import { control } from './events';
import { only } from './only';
import { answer, HOUR, MINUTE, START, World } from './world';

const BAD = { summary: 'Visit https://evil.example now.', impact: 'It costs 99 dollars.', actions: ['Run `rm -rf /`.'] };

/** In no OU of the workloads: told to somebody else. */
const ELSEWHERE = '888888888888';
const directory: Directory = {
  account: async (id) => ({ name: id, parentIds: id === ELSEWHERE ? ['r-ab12'] : ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
  organizationalUnitName: async () => 'Workloads',
};

/** Where sentences are withheld it is asked once more at once. @param bad how many times in vain, both answers of each. */
function answering(bad: number): { world: World; asked: number[] } {
  const asked: number[] = [];
  const analyst: Analyst = {
    interpret: async () => {
      asked.push((world.now - START) / MINUTE);
      return { content: asked.length <= 2 * bad ? BAD : answer, model: 'test', inputTokens: 100, outputTokens: 10 };
    },
  };
  const world: World = new World({ analyst, directory });
  return { world, asked };
}

const deliveries = (world: World) =>
  world.ledger.all().flatMap(({ key, value }) => (key.sk.startsWith('delivery#') ? [value as DeliveryRow] : []));
const answers = (world: World) =>
  world.ledger.all().flatMap(({ key, value }) => (key.pk.startsWith('briefing#') && isKept(value as AnswerRow) ? [value] : []));

test('the model is asked again after five minutes, and the message gets its words', async () => {
  const { world, asked } = answering(1);
  world.send(control());
  await world.run(START + MINUTE);
  expect(readable(only(world.slack.posts))).not.toContain(answer.summary);
  expect(answers(world)).toEqual([]);
  await world.run(START + HOUR);
  expect(asked.map(Math.round)).toEqual([0, 0, 5]);
  expect(readable(only(world.slack.posts))).toContain(answer.summary);
  expect(answers(world)).toHaveLength(1);
});

test('its row names no model, and says why there are no words', async () => {
  const { world } = answering(1);
  world.send(control());
  await world.run(START + HOUR);
  const [first, second] = deliveries(world);
  expect(first).toMatchObject({
    action: 'post',
    withoutWords: expect.stringMatching(/nothing of the model's answer may be shown.*"link":1/),
  });
  expect(first).not.toHaveProperty('model');
  expect(second).toMatchObject({ action: 'update', model: 'test', answer: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(second).not.toHaveProperty('withoutWords');
});

test('it is counted, with its sentences by kind, each time', async () => {
  const { world } = answering(2);
  world.send(control());
  await world.run(START + 3 * HOUR);
  expect(world.metrics.total('WithheldAnswers')).toBe(2);
  expect(world.metrics.total('WithheldSentences', { kind: 'link' })).toBe(2);
  expect(world.metrics.total('ShownSentences')).toBe(4);
});

test('after four in vain the message stays as it is; the next problem asks anew', async () => {
  const { world, asked } = answering(4);
  world.send(control());
  await world.run(START + 24 * HOUR);
  expect(asked.map(Math.round)).toEqual([0, 0, 5, 5, 65, 65, 425, 425]);
  world.send(control({ account: ELSEWHERE, updatedAt: START + 24 * HOUR }));
  await world.run(START + 25 * HOUR);
  expect(asked).toHaveLength(9);
  expect(world.slack.posts.map((post) => readable(post).includes(answer.summary))).toEqual([false, true]);
});

test('what is withheld of an answer of which the rest stands is counted by kind in its row', async () => {
  const world = new World({
    analyst: {
      interpret: async () => ({
        content: { ...answer, actions: [...answer.actions, 'Open https://evil.example.'] },
        model: 'test',
        inputTokens: 1,
        outputTokens: 1,
      }),
    },
  });
  world.send(control());
  await world.run(START + HOUR);
  expect(deliveries(world)[0]).toMatchObject({ model: 'test', withheld: { link: 1 } });
});

test('words that may be shown of one severity and not of another: then the row names no model', async () => {
  const said = {
    summary: 'This is a critical problem.',
    impact: 'For its owner this is a critical problem.',
    actions: ['Look into it, as this is a critical problem.'],
  };
  const world = new World({ analyst: { interpret: async () => ({ content: said, model: 'test', inputTokens: 1, outputTokens: 1 }) } });
  world.send(control());
  await world.run(START + HOUR);
  expect(deliveries(world)).toMatchObject([{ severity: 'CRITICAL', model: 'test' }]);
  world.send(control({ severity: 'HIGH', updatedAt: START + HOUR, time: START + HOUR }));
  await world.run(START + 3 * HOUR);
  const update = deliveries(world).find(({ severity }) => severity === 'HIGH');
  expect(update).toMatchObject({ withheld: { severity: 3 }, withoutWords: 'nothing of the answer may be shown' });
  expect(update).not.toHaveProperty('model');
});

describe('an answer whose row a person deletes', () => {
  const WRONG = { ...answer, summary: 'Strangers may read the bucket, as they should.' };
  const deleted = (world: World) => {
    for (const { key } of world.ledger.all()) if (key.pk.startsWith('briefing#')) void world.ledger.remove(key);
  };
  function wrongFirst(): { world: World; asked: () => number } {
    let asks = 0;
    const words = () => ({ content: asks++ === 0 ? WRONG : answer, model: 'test', inputTokens: 1, outputTokens: 1 });
    return { world: new World({ analyst: { interpret: async () => words() }, directory }), asked: () => asks };
  }

  test('leaves its messages with their next edit, those of others too', async () => {
    const { world, asked } = wrongFirst();
    world.send(control());
    world.send(control({ account: ELSEWHERE }));
    await world.run(START + HOUR);
    for (const post of world.slack.posts) expect(readable(post)).toContain(WRONG.summary);
    deleted(world);
    for (const [hour, account] of [undefined, ELSEWHERE].entries()) {
      const at = (2 + hour) * HOUR;
      world.send(control({ bucket: 'another', account, updatedAt: START + at, time: START + at }), at - (world.now - START));
      await world.run(START + at + HOUR / 2);
      expect(readable(world.slack.posts[hour] as (typeof world.slack.posts)[number])).toContain(answer.summary);
    }
    expect(asked()).toBe(2);
  });

  test('stands until then: nobody is woken for it, and the model is not asked', async () => {
    const { world, asked } = wrongFirst();
    world.send(control());
    await world.run(START + HOUR);
    deleted(world);
    await world.run(START + 5 * HOUR);
    expect([asked(), readable(only(world.slack.posts)).includes(WRONG.summary)]).toEqual([1, true]);
  });
});
