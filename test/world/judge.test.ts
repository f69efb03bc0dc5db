/** The judge in the system: what it withholds is withheld and said, it costs no message any time, and is asked once an answer. */
import type { Routes } from '../../config/schema';
import { readable } from '../../cli/simulate/world/slack';
import { Unavailable } from '../../handlers/domain/failure';
import type { DeliveryRow } from '../../handlers/domain/problem/problem-row';
import type { Analyst, AnalystAnswer } from '../../handlers/ports';
import { config } from './config';
import { control } from './events';
import { only } from './only';
import { answer, HOUR, MINUTE, SECOND, START, World, type WorldOptions } from './world';

const [SUMMARY, IMPACT, CONFIRM, CLOSE] = [answer.summary, answer.impact, ...answer.actions];
const verdicts = (...all: string[]): AnalystAnswer => ({
  content: { verdicts: all.map((verdict, index) => ({ number: index + 1, verdict })) },
  model: 'judging',
  inputTokens: 900,
  outputTokens: 90,
});
const FINE = verdicts('supported', 'supported', 'general-advice', 'general-advice');
const world = (judge: 'on' | 'shadow' | 'off', options: WorldOptions = {}, routes?: Routes) =>
  new World({
    config: config({
      settings: { model: { profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'], judge } },
      ...(routes ? { routes } : {}),
    }),
    ...options,
  });
const judging = (interpret: Analyst['interpret']) => ({ judge: { interpret } });
const deliveries = (system: World) =>
  system.ledger
    .all()
    .filter(({ key }) => key.sk.startsWith('delivery#'))
    .map(({ value }) => value as DeliveryRow);

describe('on', () => {
  test('only what it lets pass is shown; the message says how many it withheld, and each is counted by its verdict', async () => {
    const system = world(
      'on',
      judging(async () => verdicts('supported', 'contradicts', 'general-advice', 'weakens')),
    );
    system.send(control());
    await system.run();
    const told = readable(only(system.slack.posts));
    expect([SUMMARY, IMPACT, CONFIRM, CLOSE].map((sentence) => told.includes(sentence ?? ''))).toEqual([true, false, true, false]);
    expect(told).toContain('2 sentences of the AI’s answer withheld by a second AI that checks it');
    const judged = (verdict: 'supported' | 'contradicts' | 'weakens' | 'dismisses') => system.metrics.total('JudgedSentences', { verdict });
    expect([judged('supported'), judged('contradicts'), judged('weakens'), judged('dismisses')]).toEqual([1, 1, 1, 0]);
    expect([
      system.metrics.total('WrittenSentences'),
      system.metrics.total('ShownSentences'),
      system.metrics.total('WithheldSentences'),
    ]).toEqual([4, 2, 0]);
  });

  test('what it cost and said stands in the delivery’s row and in the metrics, apart from the words', async () => {
    const system = world(
      'on',
      judging(async () => FINE),
    );
    system.send(control());
    await system.run();
    expect(only(deliveries(system))).toMatchObject({
      inputTokens: 1000,
      judge: { model: 'judging', inputTokens: 900, outputTokens: 90, verdicts: { supported: 2, 'general-advice': 2 } },
    });
    const tokens = (asked: 'words' | 'judge', direction: 'in' | 'out') => system.metrics.total('ModelTokens', { asked, direction });
    expect([tokens('words', 'in'), tokens('words', 'out'), tokens('judge', 'in'), tokens('judge', 'out')]).toEqual([1000, 100, 900, 90]);
    expect(system.metrics.total('ModelCalls', { asked: 'judge', result: 'answered' })).toBe(1);
  });

  test('it is asked once an answer, and not once a message', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const routes: Routes = {
      receivers: Object.fromEntries(
        names.map((name, n) => [name, { channel: `C0TEAM000${n}`, language: 'en', securityAccountAccess: false }]),
      ),
      route: { receiver: 'one', routes: names.map((receiver) => ({ match: { ou: 'Workloads' }, receiver, continue: true })) },
    };
    const system = world('on', {}, routes);
    system.send(control());
    await system.run();
    expect([system.slack.posts.length, system.asks, system.judgings]).toEqual([4, 1, 1]);
  });

  test.each([
    ['fails', async (): Promise<AnalystAnswer> => Promise.reject(new Unavailable('Bedrock answered ThrottlingException (HTTP 429)'))],
    ['answers uselessly', async () => ({ ...FINE, content: 'all fine' })],
    ['speaks of other sentences', async () => verdicts('supported', 'supported', 'supported', 'supported', 'supported')],
  ])('where it %s the message goes without the words; they come by an edit, and are not asked for twice', async (_what, fails) => {
    const system: World = world(
      'on',
      judging(async () => (system.now < START + MINUTE ? fails() : FINE)),
    );
    system.send(control());
    await system.run(START + 2 * MINUTE);
    const before = readable(only(system.slack.posts));
    expect(before).not.toContain(SUMMARY);
    // Nobody judged them: that is not the same as withheld.
    expect(before).not.toContain('withheld');
    expect(before).toContain('No AI interpretation yet');
    expect(only(system.slack.posts).at).toBe(START);
    await system.run(START + HOUR);
    expect(readable(only(system.slack.posts))).toContain(SUMMARY);
    expect([system.asks, system.judgings]).toEqual([1, 2]);
    expect(system.slack.replies).toEqual([]);
  });

  test.each([
    [0, 15],
    [6, 15],
    [13, 15],
    [14.5, 14.5],
  ])('an answer that took %f s leaves it the rest of fifteen: the message goes after %f s', async (took, posted) => {
    const given: number[] = [];
    const system: World = world('on', {
      analyst: {
        interpret: async () => {
          await system.sleep(took * SECOND);
          return { content: answer, model: 'test', inputTokens: 1000, outputTokens: 100 };
        },
      },
      ...judging(async (_request, { timeoutMs }) => {
        given.push(timeoutMs);
        await system.sleep(timeoutMs);
        throw new Unavailable('Bedrock cannot be reached: TimeoutError');
      }),
    });
    system.send(control());
    await system.run(START + MINUTE);
    expect((only(system.slack.posts).at - START) / SECOND).toBe(posted);
    // With half a second left it would be asked for nothing.
    expect(given).toEqual(took > 14 ? [] : [(15 - took) * SECOND]);
  });

  test('the model that wrote the answer judges it, and the next one where that fails', async () => {
    const profiles = ['jp.anthropic.claude-haiku-5-5', 'jp.anthropic.claude-haiku-4-5-20251001-v1:0'];
    for (const failing of [[profiles[0]], []]) {
      const judges: string[] = [];
      const system = new World({
        config: config({ settings: { model: { profiles, judge: 'on' } } }),
        analyst: {
          interpret: async (_request, { profile }) => {
            if (failing.includes(profile)) throw new Unavailable('Bedrock answered ThrottlingException (HTTP 429)');
            return { content: answer, model: profile, inputTokens: 1, outputTokens: 1 };
          },
        },
        ...judging(async (_request, { profile }) => {
          judges.push(profile);
          if (judges.length === 1) throw new Unavailable('Bedrock answered ModelErrorException (HTTP 424)');
          return FINE;
        }),
      });
      system.send(control());
      await system.run(START + MINUTE);
      expect(judges).toEqual(failing.length > 0 ? [...profiles].reverse() : profiles);
      expect(readable(only(system.slack.posts))).toContain(SUMMARY);
    }
  });

  test.each([
    [5, 2],
    [6, 1],
  ])('an answer that took %i s is asked for %i times, so that the judge has its time as well', async (took, asks) => {
    const system: World = world('on', {
      analyst: {
        interpret: async () => {
          await system.sleep(took * SECOND);
          const content = { ...answer, summary: `${answer.summary} Account 123456789012 is lost.` };
          return { content, model: 'test', inputTokens: 1, outputTokens: 1 };
        },
      },
    });
    system.send(control());
    await system.run(START + MINUTE);
    expect([system.asks, system.judgings]).toEqual([asks, 1]);
    expect((only(system.slack.posts).at - START) / SECOND).toBe(took * asks);
  });

  test('of an answer of which the gate lets nothing through it is not asked', async () => {
    const bad = 'Account 123456789012 is lost.';
    const system = world('on', {
      analyst: {
        interpret: async () => ({ content: { summary: bad, impact: bad, actions: [bad] }, model: 'm', inputTokens: 1, outputTokens: 1 }),
      },
    });
    system.send(control());
    await system.run();
    // Its author, who is told why, once more, and so again at each of the three later tries; the judge not at all.
    expect([system.asks, system.judgings]).toEqual([8, 0]);
  });

  test('where it is switched on later, words that stand unjudged are judged, and not asked for anew', async () => {
    const system = world(
      'off',
      judging(async () => verdicts('dismisses', 'supported', 'general-advice', 'general-advice')),
    );
    system.send(control());
    await system.run();
    expect(readable(only(system.slack.posts))).toContain(SUMMARY);
    system.config.settings.model.judge = 'on';
    system.send(control({ bucket: 'second', updatedAt: START + HOUR, time: START + HOUR }), HOUR);
    await system.run();
    const told = readable(only(system.slack.posts));
    expect([told.includes(SUMMARY), told.includes(CONFIRM ?? '')]).toEqual([false, true]);
    expect([system.asks, system.judgings]).toEqual([1, 1]);
  });
});

test('words that stand unjudged are not shown while the judge that was switched on fails', async () => {
  const system = world(
    'off',
    judging(async () => Promise.reject(new Unavailable('Bedrock answered ThrottlingException (HTTP 429)'))),
  );
  system.send(control());
  await system.run();
  expect(readable(only(system.slack.posts))).toContain(SUMMARY);
  system.config.settings.model.judge = 'on';
  system.send(control({ bucket: 'second', updatedAt: START + HOUR, time: START + HOUR }), HOUR);
  await system.run();
  const told = readable(only(system.slack.posts));
  expect([told.includes(SUMMARY), told.includes('withheld')]).toEqual([false, false]);
  expect(system.asks).toBe(1);
});

describe('in shadow', () => {
  test('its verdicts are recorded and change nothing', async () => {
    const system = world(
      'shadow',
      judging(async () => verdicts('dismisses', 'dismisses', 'dismisses', 'dismisses')),
    );
    system.send(control());
    await system.run();
    const told = readable(only(system.slack.posts));
    expect([SUMMARY, IMPACT, CONFIRM, CLOSE].map((sentence) => told.includes(sentence ?? ''))).toEqual([true, true, true, true]);
    expect(told).not.toContain('withheld');
    expect(only(deliveries(system)).judge?.verdicts).toEqual({ dismisses: 4 });
    expect(system.metrics.total('JudgedSentences', { verdict: 'dismisses' })).toBe(4);
    expect(system.metrics.total('ShownSentences')).toBe(4);
  });

  test('where it fails the words go out all the same, and nobody asks again', async () => {
    const system = world(
      'shadow',
      judging(async () => Promise.reject(new Unavailable('Bedrock answered ThrottlingException (HTTP 429)'))),
    );
    system.send(control());
    await system.run(START + MINUTE);
    expect(readable(only(system.slack.posts))).toContain(SUMMARY);
    await system.run(START + 24 * HOUR);
    expect([system.asks, system.judgings]).toEqual([1, 1]);
  });
});

test('off, nobody asks it', async () => {
  const system = world(
    'off',
    judging(async () => verdicts('dismisses', 'dismisses', 'dismisses', 'dismisses')),
  );
  system.send(control());
  await system.run();
  expect(readable(only(system.slack.posts))).toContain(SUMMARY);
  expect(system.judgings).toBe(0);
  expect(only(deliveries(system)).judge).toBeUndefined();
});
