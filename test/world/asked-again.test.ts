/** An answer of which sentences are withheld is asked for once more, with the reasons, and never again. */
import { readable } from '../../cli/simulate/world/slack';
import { Unavailable } from '../../handlers/domain/failure';
import type { Briefing } from '../../handlers/domain/interpretation/briefing';
import { control } from './events';
import { only } from './only';
import { answer, HOUR, MINUTE, SECOND, START, World } from './world';

const PARTLY: Briefing = { ...answer, actions: [...answer.actions, 'Turn on WAF.', 'There are 12 buckets.'] };

/** What the model answers to its first question, its second, and so on, and how long each takes. */
function answering(...answers: (Briefing | Error)[]) {
  const prompts: Record<string, unknown>[] = [];
  let seconds = 2;
  const world: World = new World({
    analyst: {
      interpret: async ({ prompt }, { timeoutMs }) => {
        prompts.push(JSON.parse(prompt));
        await world.sleep(Math.min(seconds * SECOND, timeoutMs));
        const given = answers[Math.min(prompts.length, answers.length) - 1];
        if (!given || given instanceof Error) throw given;
        return { content: given, model: 'test', inputTokens: 100, outputTokens: 10 };
      },
    },
  });
  const run = async (takes = 2) => {
    seconds = takes;
    world.send(control());
    await world.run(START + HOUR);
    return only(world.slack.posts);
  };
  return { world, prompts, run };
}

test('the second is told which sentences were withheld and why; the better stands in the message; both are counted and paid for', async () => {
  const { world, prompts, run } = answering(PARTLY, answer);
  const post = await run();
  expect(prompts).toHaveLength(2);
  expect(prompts[0]).not.toHaveProperty('withheld');
  expect(prompts[1]?.withheld).toEqual([
    { sentence: 5, kind: 'service', reason: expect.any(String) },
    { sentence: 6, kind: 'number', reason: expect.any(String) },
  ]);
  expect((post.at - START) / SECOND).toBe(4);
  expect(readable(post)).toContain(answer.summary);
  expect(readable(post)).not.toContain('withheld');
  expect(world.metrics.total('ModelCalls', { result: 'answered' })).toBe(2);
  expect(world.metrics.total('ModelTokens', { direction: 'in' })).toBe(200);
});

test('there is no third, whatever the second says; what could be shown of the better one is', async () => {
  const { prompts, run } = answering(PARTLY, { ...answer, actions: ['There are 12 buckets.'] });
  const post = await run();
  expect(prompts).toHaveLength(2);
  expect(readable(post)).toContain(answer.actions[0]);
});

test('it is cached with the answer: the same question is not asked again, nor again', async () => {
  const receiver = (channel: string) => ({ channel, language: 'en' as const, securityAccountAccess: false });
  const { world, prompts } = answering(PARTLY, PARTLY);
  world.config.routes.receivers = { one: receiver('C0FIRST0001'), other: receiver('C0OTHER0001') };
  world.config.routes.route = { receiver: 'one', routes: [{ match: { account: '444444444444' }, receiver: 'other' }] };
  world.send(control());
  world.send(control({ account: '444444444444' }), 2 * HOUR);
  await world.run(START + 3 * HOUR);
  expect(world.slack.posts).toHaveLength(2);
  expect(prompts).toHaveLength(2);
});

test('a good answer is not asked for again', async () => {
  const { prompts, run } = answering(answer);
  await run();
  expect(prompts).toHaveLength(1);
});

test('a message waits no longer for it: with less time left than the first took, it is not asked', async () => {
  const { prompts, run } = answering(PARTLY, answer);
  const post = await run(8);
  expect(prompts).toHaveLength(1);
  expect((post.at - START) / SECOND).toBe(8);
  expect(readable(post)).toContain(answer.summary);
});

test('a second that fails takes nothing from the first, and is not held against the model', async () => {
  const { world, prompts, run } = answering(PARTLY, new Unavailable('Bedrock answered ThrottlingException (HTTP 429)'));
  const post = await run();
  expect(prompts).toHaveLength(2);
  expect((post.at - START) / MINUTE).toBeLessThan(1);
  expect(readable(post)).toContain(answer.summary);
  expect(world.metrics.total('ModelCalls', { result: 'failed' })).toBe(1);
  expect(world.logs.some(({ message }) => message === 'a model was asked again in vain')).toBe(true);
  expect(world.logs.some(({ message }) => message === 'a model gave no answer')).toBe(false);
});
