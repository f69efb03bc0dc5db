/** Words, judge, budget, purge and endings where one of them meets another. */
import { readable } from '../../cli/simulate/world/slack';
import { Unavailable } from '../../handlers/domain/failure';
import { type AnswerRow, isKept } from '../../handlers/domain/interpretation/answer';
import type { Analyst, AnalystAnswer, Directory } from '../../handlers/ports';
import { config } from './config';
import { control, imported, threatFinding } from './events';
import { only } from './only';
import { purged } from './purged';
import { answer, HOUR, MINUTE, START, World, type WorldOptions } from './world';

const PROFILE = 'jp.anthropic.claude-haiku-4-5-20251001-v1:0';
const verdicts = (verdict: string, sentences = 4): AnalystAnswer => ({
  content: { verdicts: Array.from({ length: sentences }, (_, index) => ({ number: index + 1, verdict })) },
  model: 'judging',
  inputTokens: 900,
  outputTokens: 90,
});

/** In no OU of the workloads: told to somebody else. */
const ELSEWHERE = '888888888888';
const directory: Directory = {
  account: async (id) => ({ name: id, parentIds: id === ELSEWHERE ? ['r-ab12'] : ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
  organizationalUnitName: async () => 'Workloads',
};
const world = (judge: 'on' | 'shadow' | 'off', interpret: Analyst['interpret'], options: WorldOptions = {}, model: object = {}) =>
  new World({
    config: config({ settings: { model: { profiles: [PROFILE], judge, ...model } } }),
    judge: { interpret },
    directory,
    ...options,
  });
const answers = ({ ledger }: World) =>
  ledger.all().flatMap(({ key, value }) => (key.pk.startsWith('briefing#') ? [{ key, value: value as AnswerRow }] : []));
const elsewhere = (at: number) => control({ account: ELSEWHERE, updatedAt: START + at, time: START + at });
const throttled = async (): Promise<AnalystAnswer> => Promise.reject(new Unavailable('Bedrock answered ThrottlingException (HTTP 429)'));

describe('an answer of which the judge withholds all', () => {
  const OTHER = { ...answer, summary: 'Strangers may read this bucket.' };
  /** The first answer is dismissed, any other is good. */
  const harsh: Analyst['interpret'] = async ({ prompt }) => verdicts(prompt.includes(answer.summary) ? 'dismisses' : 'supported');
  const learning = () => {
    let asked = 0;
    return { interpret: async () => ({ content: asked++ === 0 ? answer : OTHER, model: 'test', inputTokens: 1, outputTokens: 1 }) };
  };

  test('is asked for four times a problem, and no more', async () => {
    const system = world('on', async () => verdicts('dismisses'));
    system.send(control());
    await system.run(START + 24 * HOUR);
    for (let day = 1; day < 4; day++) {
      system.send(
        control({ bucket: `b${day}`, updatedAt: START + day * 24 * HOUR, time: START + day * 24 * HOUR }),
        START + day * 24 * HOUR - system.now,
      );
      await system.run(START + (day + 1) * 24 * HOUR);
    }
    expect([system.asks, system.judgings]).toEqual([4, 4]);
  });

  test('that was kept while the judge was away is asked for anew once it was judged', async () => {
    const system: World = world('on', (...all) => (system.now < START + MINUTE ? throttled() : harsh(...all)), { analyst: learning() });
    system.send(control());
    await system.run(START + 24 * HOUR);
    expect(readable(only(system.slack.posts))).toContain(OTHER.summary);
    expect(system.asks).toBe(2);
  });

  test.each(['off', 'shadow'] as const)(
    'that was kept with the judge %s is asked for anew by the next problem once it is on',
    async (judge) => {
      const system: World = world(judge, harsh, { analyst: learning() });
      system.send(control());
      await system.run(START + HOUR);
      system.config.settings.model.judge = 'on';
      system.send(elsewhere(2 * HOUR), HOUR);
      await system.run(START + 24 * HOUR);
      expect(readable(system.slack.posts[1] as never)).toContain(OTHER.summary);
      expect(system.asks).toBe(2);
      // And the one that stands, with its next edit.
      system.send(control({ bucket: 'second', updatedAt: START + 25 * HOUR, time: START + 25 * HOUR }), HOUR);
      await system.run(START + 26 * HOUR);
      expect(system.slack.posts.map((post) => [answer.summary, OTHER.summary].map((said) => readable(post).includes(said)))).toEqual([
        [false, true],
        [false, true],
      ]);
      expect(system.asks).toBe(2);
      // Another answer has another name.
      expect(only(answers(system)).value.edition).toBe(2);
    },
  );
});

describe('what is asked in vain is asked four times', () => {
  const bad = 'Account 123456789012 is lost.';
  const BAD = { summary: bad, impact: bad, actions: [bad] };

  test('also with edits of words that stand, of another model: with its second question eight times, however often it is edited', async () => {
    let content = answer;
    const analyst: Analyst = { interpret: async () => ({ content, model: PROFILE, inputTokens: 1, outputTokens: 1 }) };
    const system = world('off', throttled, { analyst });
    system.send(control());
    await system.run(START + HOUR);
    system.config.settings.model = { ...system.config.settings.model, profiles: ['jp.anthropic.claude-haiku-5-5'] };
    content = BAD;
    for (let n = 1; n < 12; n++) {
      const at = START + n * HOUR;
      system.send(control({ bucket: `b-${n}`, updatedAt: at, time: at }), at - system.now);
      await system.run(at + 30 * MINUTE);
    }
    expect(system.asks).toBe(1 + 8);
    expect(readable(only(system.slack.posts))).toContain(answer.summary);
  });

  test('and a finding that leads after that, of another brief, is asked about', async () => {
    const interpret: Analyst['interpret'] = async ({ prompt }) =>
      prompt.includes('NOT_APPLICABLE') ? { content: answer, model: PROFILE, inputTokens: 1, outputTokens: 1 } : throttled();
    const system = world('off', throttled, { analyst: { interpret } });
    system.send(control({ severity: 'HIGH' }));
    await system.run(START + 24 * HOUR);
    expect(system.asks).toBe(4);
    const at = START + 24 * HOUR;
    system.send(control({ bucket: 'worse', reason: 'CONFIG_RETURNS_NOT_APPLICABLE', updatedAt: at, time: at }));
    await system.run(START + 26 * HOUR);
    expect(readable(only(system.slack.posts))).toContain(answer.summary);
  });
});

test('trust in an importer that was taken back holds for what is asked from then on, also of what was kept before', async () => {
  const prompts: string[] = [];
  const interpret: Analyst['interpret'] = async ({ prompt }) => {
    prompts.push(prompt);
    if (prompts.length === 1) return throttled();
    return { content: answer, model: PROFILE, inputTokens: 1, outputTokens: 1 };
  };
  const system = world('on', throttled, { analyst: { interpret } });
  system.config.settings.trustText = ['prowler/prowler'];
  const finding = threatFinding({ severity: 'CRITICAL', title: 'A door that anybody opens' });
  system.send(imported({ ...finding, ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/prowler/prowler' }));
  await system.run(START + MINUTE);
  system.config.settings.trustText = [];
  system.config.settings.model.judge = 'off';
  await system.run(START + HOUR);
  expect(prompts.map((prompt) => prompt.includes('A door that anybody opens'))).toEqual([true, false]);
  expect(readable(only(system.slack.posts))).toContain(answer.summary);
});

test('switched on, off and on again, the judge is asked once, and its verdicts hold again', async () => {
  const system = world('on', async () => ({
    ...verdicts('supported'),
    content: { verdicts: ['dismisses', 'supported', 'general-advice', 'general-advice'].map((verdict, n) => ({ number: n + 1, verdict })) },
  }));
  const shows = async (n: number, judge: 'on' | 'off') => {
    system.config.settings.model.judge = judge;
    system.send(control({ bucket: `b-${n}`, updatedAt: START + n * HOUR, time: START + n * HOUR }), START + n * HOUR - system.now);
    await system.run(START + n * HOUR + 30 * MINUTE);
    return readable(only(system.slack.posts)).includes(answer.summary);
  };
  expect([await shows(0, 'on'), await shows(1, 'off'), await shows(2, 'on')]).toEqual([false, true, false]);
  expect([system.asks, system.judgings]).toEqual([1, 1]);
});

test('an answer that is purged while the judge is away is asked for anew, under the next name, and judged when the judge is back', async () => {
  let away = false;
  const system: World = world('on', async () => (away ? throttled() : verdicts('supported')));
  system.send(control());
  await system.run(START + HOUR);
  const name = only(answers(system)).key.pk.slice('briefing#'.length);
  away = true;
  await purged(system, name);
  await system.run(system.now + 2 * MINUTE);
  expect(readable(only(system.slack.posts))).not.toContain(answer.summary);
  expect([system.asks, only(answers(system)).value.edition]).toEqual([2, 2]);
  // Words that nobody judged, and no message shows, can be taken back as well.
  const stopped = { sleep: async () => undefined };
  expect(await purged(system, `${name}.2`, stopped)).toMatchObject({ was: 'kept', messages: [] });
  expect(isKept(only(answers(system)).value)).toBe(false);
  away = false;
  await system.run(system.now + 24 * HOUR);
  expect(readable(only(system.slack.posts))).toContain(answer.summary);
  expect(only(answers(system)).value.edition).toBe(3);
});

describe('what has ended has no words to wait for', () => {
  const of = (parts: object, at: number) => control({ ...parts, firstObservedAt: START + at, updatedAt: START + at, time: START + at });
  const mended = (at: number) => of({ compliance: 'PASSED', severity: 'INFORMATIONAL' }, at);

  test('where the model fails, it is not asked for them any more, until it is open again', async () => {
    const system = world('off', throttled, { analyst: { interpret: throttled } });
    system.send(control());
    system.send(mended(MINUTE), MINUTE);
    await system.run(START + 24 * HOUR);
    expect([system.asks, system.slack.replies.length]).toEqual([1, 1]);
    system.send(of({}, 25 * HOUR), HOUR);
    await system.run(START + 26 * HOUR);
    expect(system.asks).toBeGreaterThan(1);
  });

  test('where its budget was used up, its last edit asks for nothing', async () => {
    const interpret = async () => ({ content: answer, model: PROFILE, inputTokens: 1000, outputTokens: 100 });
    const system = world('off', throttled, { analyst: { interpret } }, { budget: { tokensPerDay: 1000 } });
    system.send(control({ control: 'S3.9', title: 'Another' }));
    system.send(control(), MINUTE);
    system.send(mended(24 * HOUR), 24 * HOUR);
    await system.run(START + 26 * HOUR);
    expect([system.asks, system.slack.replies.length]).toEqual([1, 1]);
  });
});

describe('what was waited for, and is no longer wanted, wakes nobody', () => {
  test('the model is switched off while its words are awaited', async () => {
    const system = world('off', throttled, { analyst: { interpret: throttled } });
    system.send(control());
    await system.run(START + MINUTE);
    system.config.settings.model.enabled = false;
    await system.run(START + 10 * MINUTE);
    const looks = system.invocations;
    await system.run(START + HOUR);
    expect(system.invocations - looks).toBeLessThan(5);
    expect(system.asks).toBe(1);
  });

  test('the judge is switched on, fails, and is switched off while its verdicts are awaited', async () => {
    const system = world('off', throttled);
    system.send(control());
    await system.run(START + HOUR);
    system.config.settings.model.judge = 'on';
    system.send(control({ bucket: 'second', updatedAt: START + HOUR, time: START + HOUR }));
    await system.run(START + HOUR + 2 * MINUTE);
    expect([system.judgings, readable(only(system.slack.posts)).includes(answer.summary)]).toEqual([1, false]);
    system.config.settings.model.judge = 'off';
    await system.run(START + HOUR + 10 * MINUTE);
    expect(readable(only(system.slack.posts))).toContain(answer.summary);
    const looks = system.invocations;
    await system.run(START + 2 * HOUR);
    expect(system.invocations - looks).toBeLessThan(5);
    expect(system.judgings).toBe(1);
  });
});
