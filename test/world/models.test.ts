/** Models in order of preference: what is wrong with one is not silence, each is left alone by itself, and nobody waits longer. */
import type { Routes } from '../../config/schema';
import { awsError } from '../../cli/simulate/world/limits';
import { readable } from '../../cli/simulate/world/slack';
import { UnusableAnswer } from '../../handlers/domain/interpretation/briefing';
import { Denied, Unavailable } from '../../handlers/domain/failure';
import type { ProblemRow } from '../../handlers/domain/problem/problem-row';
import type { Analyst, AnalystAnswer } from '../../handlers/ports';
import { config } from './config';
import { control } from './events';
import { only } from './only';
import { purged } from './purged';
import { answer, HOUR, MINUTE, SECOND, START, World } from './world';

const FIRST = 'jp.anthropic.claude-haiku-5-5';
const SECOND_ONE = 'jp.anthropic.claude-haiku-4-5-20251001-v1:0';
type Does = (at: number) => AnalystAnswer | Promise<AnalystAnswer>;
const said = (model: string): AnalystAnswer => ({ content: answer, model, inputTokens: 10, outputTokens: 5 });

/** A world whose models do as each is told here; `asked` has who was asked, when, and how long it had. */
function models(of: Record<string, Does>, routes?: Routes) {
  const asked: { profile: string; at: number; timeoutMs: number }[] = [];
  const analyst: Analyst = {
    interpret: async (_request, { profile, timeoutMs }) => {
      asked.push({ profile, at: (world.now - START) / SECOND, timeoutMs });
      const does = of[profile];
      return does ? does(world.now) : said(profile);
    },
  };
  const world: World = new World({ analyst, config: config({ settings: { model: { profiles: [FIRST, SECOND_ONE] } }, routes }) });
  return { world, asked };
}
const refuse = (error: Error) => () => {
  throw error;
};
const critical = (n: number) => control({ control: `S3.${n}`, title: `Control ${'abcdefghijklmnop'[n]}` });

test('the first that answers is asked alone', async () => {
  const { world, asked } = models({});
  world.send(control());
  await world.run(START + MINUTE);
  expect(asked).toEqual([{ profile: FIRST, at: 0, timeoutMs: 10 * SECOND }]);
  expect(world.metrics.total('ModelFailures')).toBe(0);
});

/** As adapters/aws-failure.ts tells Bedrock's errors: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
test.each<[string, Error, string]>([
  ['retired', new Denied('Bedrock answered ResourceNotFoundException (HTTP 404)'), 'absent'],
  ['denied', new Denied('Bedrock answered AccessDeniedException (HTTP 403): no access'), 'denied'],
  ['throttled', new Unavailable('Bedrock answered ThrottlingException (HTTP 429)'), 'throttled'],
  ['failing', new Unavailable('Bedrock answered InternalServerException (HTTP 500)'), 'failed'],
  ['refusing the request', awsError('ValidationException', 'toolChoice'), 'refused'],
  ['useless', new UnusableAnswer('no JSON'), 'unusable'],
])('where the first is %s, the second answers in the same message; why is in journal and metric', async (_what, error, why) => {
  const { world, asked } = models({ [FIRST]: refuse(error) });
  world.send(control());
  await world.run(START + MINUTE);
  expect(asked.map(({ profile }) => profile)).toEqual([FIRST, SECOND_ONE]);
  const post = only(world.slack.posts);
  expect(post.at).toBe(START);
  expect(readable(post)).toContain(answer.summary);
  expect(readable(post)).toContain('Claude Haiku 4.5');
  expect(world.metrics.total('ModelFailures', { why })).toBe(1);
  expect(world.metrics.total('ModelCalls', { asked: 'words' })).toBe(2);
  const lines = world.logs.filter(({ message }) => message === 'a model gave no answer');
  expect(lines).toEqual([expect.objectContaining({ details: expect.objectContaining({ model: FIRST, why }) })]);
});

test('the time that a model is given is whole milliseconds, which is all that a timer takes', async () => {
  const { world, asked } = models({});
  world.config.settings.model.timeoutSeconds = 1;
  world.send(control());
  await world.run(START + MINUTE);
  expect(asked).toEqual([{ profile: FIRST, at: 0, timeoutMs: 666 }]);
  expect(() => AbortSignal.timeout(666.67)).toThrow(/out of range/);
});

test('a model that hangs leaves the next one time, and the message waits no longer than for one', async () => {
  const { world, asked } = models({
    [FIRST]: async () => {
      await world.sleep(10 * SECOND);
      throw new Unavailable('Bedrock cannot be reached: TimeoutError');
    },
    [SECOND_ONE]: async () => {
      await world.sleep(4 * SECOND);
      return said(SECOND_ONE);
    },
  });
  world.send(control());
  await world.run(START + MINUTE);
  expect(asked).toEqual([
    { profile: FIRST, at: 0, timeoutMs: 10 * SECOND },
    { profile: SECOND_ONE, at: 10, timeoutMs: 5 * SECOND },
  ]);
  const post = only(world.slack.posts);
  expect((post.at - START) / SECOND).toBe(14);
  expect(readable(post)).toContain(answer.summary);
});

test('each is left alone by itself: after three failures only the second is asked, until the first may be asked again', async () => {
  const { world, asked } = models({
    [FIRST]: (at) => {
      if (at < START + 3 * MINUTE) throw new Unavailable('Bedrock answered ThrottlingException (HTTP 429)');
      return said(FIRST);
    },
  });
  for (let n = 0; n < 6; n++) world.send(critical(n), n * 2 * SECOND);
  world.send(critical(7), 10 * MINUTE);
  await world.run(START + HOUR);
  const by = (profile: string) => asked.filter((each) => each.profile === profile).map(({ at }) => at);
  expect(by(FIRST)).toEqual([0, 2, 4, 600]);
  expect(by(SECOND_ONE)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(world.slack.posts).toHaveLength(7);
  for (const post of world.slack.posts) expect(readable(post)).toContain(answer.summary);
});

test('an answer of the second stands when the first is back: the same question is not paid for again', async () => {
  const receiver = (channel: string) => ({ channel, language: 'en' as const, securityAccountAccess: false });
  const { world, asked } = models(
    {
      [FIRST]: (at) => {
        if (at < START + MINUTE) throw new Denied('Bedrock answered AccessDeniedException (HTTP 403): no access');
        return said(FIRST);
      },
    },
    {
      receivers: { one: receiver('C0FIRST0001'), other: receiver('C0OTHER0001') },
      route: { receiver: 'one', routes: [{ match: { account: '444444444444' }, receiver: 'other' }] },
    },
  );
  world.send(control());
  world.send(control({ account: '444444444444' }), 2 * HOUR);
  await world.run(START + 3 * HOUR);
  expect(asked.map(({ profile }) => profile)).toEqual([FIRST, SECOND_ONE]);
  expect(world.metrics.total('ModelCacheHits')).toBe(1);
  expect(world.slack.posts).toHaveLength(2);
  for (const post of world.slack.posts) expect(readable(post)).toContain(answer.summary);
});

test('where none answers, the message goes without, and says in the journal what each said', async () => {
  const { world } = models({
    [FIRST]: refuse(new Denied('Bedrock answered ResourceNotFoundException (HTTP 404)')),
    [SECOND_ONE]: refuse(new Unavailable('Bedrock answered ThrottlingException (HTTP 429)')),
  });
  world.send(control());
  await world.run(START + MINUTE);
  expect(only(world.slack.posts).at).toBe(START);
  const line = world.logs.find(({ message }) => message === 'no interpretation');
  expect(String(line?.details.reason)).toMatch(/haiku-5-5: .*ResourceNotFound.*; jp\.anthropic\.claude-haiku-4-5.*Throttling/);
});

test('the second’s answer that is purged when the first is back is asked of the first; where that is purged too and away, of the second again', async () => {
  const NEW = 'Strangers may read this bucket.';
  let away = true;
  const { world, asked } = models({
    [FIRST]: () => {
      if (away) throw new Unavailable('Bedrock answered ThrottlingException (HTTP 429)');
      return { ...said(FIRST), content: { ...answer, summary: NEW } };
    },
  });
  const shown = () => {
    const { interpretation } = only(world.ledger.all().filter(({ key }) => key.sk === 'header')).value as ProblemRow;
    const text = readable(only(world.slack.posts));
    return [interpretation?.answer?.edition, text.includes(answer.summary), text.includes(NEW), interpretation?.answer?.key ?? ''] as const;
  };
  world.send(control());
  await world.run(START + HOUR);
  const first = shown();
  away = false;
  await purged(world, first[3]);
  await world.run(world.now + HOUR);
  const second = shown();
  away = true;
  await purged(world, second[3]);
  await world.run(world.now + HOUR);
  expect([first, second, shown()]).toEqual([
    [1, true, false, first[3]],
    [1, false, true, second[3]],
    [2, true, false, first[3]],
  ]);
  expect(asked.map(({ profile }) => profile)).toEqual([FIRST, SECOND_ONE, FIRST, FIRST, SECOND_ONE]);
});
