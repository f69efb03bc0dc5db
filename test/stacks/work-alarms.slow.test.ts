/** Alarms on the work: driven over their thresholds by what the functions count and log in a world; those of AWS by name and threshold. */
import type { Template } from 'aws-cdk-lib/assertions';
import { MemorySlack } from '../../cli/simulate/world/slack';
import { SlackFailure, Unavailable } from '../../handlers/domain/failure';
import type { Analyst } from '../../handlers/ports';
import { config as testConfig } from '../world/config';
import { control } from '../world/events';
import { answer, HOUR, MINUTE, START, World } from '../world/world';
import { alarmNamed, ringsOver } from './alarm-over-metrics';
import { alarmOn } from './alarm-over-logs';
import { emfOf } from './emf-of';
import { exampleConfig, withSettings } from './example-config';
import { hubTemplate } from './synthesize';

let template: Template;
beforeAll(() => {
  template = hubTemplate(withSettings({ alarms: { ...exampleConfig.settings.alarms, silenceHours: 6 } }));
});

const variablesOf = (name: string) => {
  const [found] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) => id.startsWith(name));
  return found?.[1].Properties.Environment.Variables as Record<string, unknown>;
};
const rings = (name: string, { metrics, now }: World) =>
  ringsOver(alarmNamed(template, name), emfOf(metrics.counted, variablesOf('Deliver').POWERTOOLS_METRICS_NAMESPACE), START, now);
/** CloudWatch's periods begin with the clock's hours: which of them, from the one in which the world begins. */
const hours = (all: number[]) => all.map((at) => Math.floor(at / HOUR) - Math.floor(START / HOUR));

/** Problems of their own, one each so many milliseconds, as each is another check. */
function problems(world: World, count: number, every: number): void {
  for (let n = 0; n < count; n++) world.send(control({ control: `S3.${100 + n}`, title: `Check ${n}` }), n * every);
}

const failingModel = (fails: () => boolean): Analyst => ({
  interpret: async () => {
    if (fails()) throw new Unavailable('Bedrock answered ServiceUnavailableException (HTTP 503)');
    return { content: answer, model: 'test', inputTokens: 1000, outputTokens: 100 };
  },
});

describe('model-failing', () => {
  test('rings in the hour in which the model fails, and is over when it answers', async () => {
    const world: World = new World({ analyst: failingModel(() => world.now < START + 100 * MINUTE) });
    problems(world, 30, 10 * MINUTE);
    await world.run(START + 6 * HOUR);
    expect(hours(rings('model-failing', world))).toEqual([0, 1]);
  });

  test('does not for failures among answers', async () => {
    let asked = 0;
    const world = new World({ analyst: failingModel(() => asked++ % 3 === 0) });
    problems(world, 20, 10 * MINUTE);
    await world.run(START + 5 * HOUR);
    expect(world.metrics.total('ModelCalls', { result: 'failed' })).toBeGreaterThan(3);
    expect(rings('model-failing', world)).toEqual([]);
  });

  test('rings where the judge alone fails: words that nobody judged are not shown', async () => {
    const world = new World({ judge: failingModel(() => true) });
    problems(world, 6, 5 * MINUTE);
    await world.run(START + 30 * MINUTE);
    expect(world.metrics.total('ModelCalls', { asked: 'words', result: 'answered' })).toBe(6);
    expect(hours(rings('model-failing', world))).toEqual([0]);
  });

  test('does for answers of no use', async () => {
    const world = new World({
      analyst: { interpret: async () => ({ content: 'no JSON', model: 'test', inputTokens: 1, outputTokens: 1 }) },
    });
    problems(world, 6, 5 * MINUTE);
    await world.run(START + 30 * MINUTE);
    expect(hours(rings('model-failing', world))).toEqual([0]);
  });
});

describe('words-withheld', () => {
  const says = (summary: string): Analyst => ({
    interpret: async () => ({ content: { ...answer, summary }, model: 'test', inputTokens: 1000, outputTokens: 100 }),
  });
  const bad = Array.from({ length: 8 }, (_, n) => `Account ${100000000000 + n} is lost.`).join(' ');

  test('rings where most of what the model writes names what it may not', async () => {
    const world = new World({ analyst: says(bad) });
    problems(world, 6, MINUTE);
    await world.run(START + HOUR);
    expect(rings('words-withheld', world)).toHaveLength(1);
    expect(world.metrics.total('WithheldSentences', { kind: 'identifier' })).toBe(48);
  });

  test('does not for one such answer, nor where the most may be shown', async () => {
    const few = new World({ analyst: says(bad) });
    problems(few, 1, MINUTE);
    await few.run(START + HOUR);
    const some = new World({ analyst: says(`${answer.summary} Account 100000000000 is lost.`) });
    problems(some, 20, MINUTE);
    await some.run(START + HOUR);
    expect([rings('words-withheld', few), rings('words-withheld', some)]).toEqual([[], []]);
    expect(some.metrics.total('WithheldSentences')).toBe(20);
  });
});

describe('words-paused', () => {
  test('rings from the hour in which the budget is used up, for a day; not below it', async () => {
    const budgeted = (budget: object) => withSettings({ model: { ...exampleConfig.settings.model, budget } });
    const over = hubTemplate(budgeted({ tokensPerDay: 3000 }));
    const worldWith = (budget: object) => {
      const world = new World({ config: { ...testConfig(), settings: { ...testConfig().settings, ...budgeted(budget).settings } } });
      problems(world, 5, 10 * MINUTE);
      return world;
    };
    const world = worldWith({ tokensPerDay: 3000 });
    await world.run(START + 2 * HOUR);
    const on = hours(alarmOn(over, 'words-paused', world.lines, START + 40 * HOUR));
    expect(on).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
    const below = worldWith({ tokensPerDay: 30_000 });
    await below.run(START + 2 * HOUR);
    expect(alarmOn(over, 'words-paused', below.lines, START + 40 * HOUR)).toEqual([]);
  });
});

describe('work-failing', () => {
  const FIRST_PERIOD = Math.floor(START / (5 * MINUTE)) * 5 * MINUTE;
  const refusing = (until: number) => {
    const slack = new MemorySlack();
    const world = new World({ slack });
    slack.before = () => {
      if (world.now < until) throw new SlackFailure('refused', 'Slack answered something_new', 0);
    };
    return world;
  };

  test('rings where much of the work fails for a quarter of an hour, and is over when it works', async () => {
    const world = refusing(START + 40 * MINUTE);
    problems(world, 120, 15_000);
    await world.run(START + HOUR);
    const on = rings('work-failing', world);
    // The third period that is full of it, and the last in which it still is.
    expect(on[0]).toBe(FIRST_PERIOD + 15 * MINUTE);
    expect(on.at(-1)).toBeGreaterThanOrEqual(FIRST_PERIOD + 25 * MINUTE);
    expect(on.at(-1)).toBeLessThanOrEqual(FIRST_PERIOD + 45 * MINUTE);
  });

  test('does not for five minutes of it, nor for work that waits', async () => {
    const short = refusing(START + 4 * MINUTE);
    problems(short, 80, 15_000);
    await short.run(START + HOUR);
    const slack = new MemorySlack();
    const waiting = new World({ slack });
    slack.before = () => {
      if (waiting.now < START + HOUR) throw new SlackFailure('unavailable', 'Slack answered 503', 0);
    };
    problems(waiting, 80, 15_000);
    await waiting.run(START + HOUR);
    expect([rings('work-failing', short), rings('work-failing', waiting)]).toEqual([[], []]);
    expect(waiting.metrics.total('TellingFailures', { kind: 'unavailable', receiver: 'workloads' })).toBeGreaterThan(5);
  });
});

describe('silence', () => {
  test('rings when no finding came for the hours of the settings, and is over with the next', async () => {
    const world = new World();
    world.send(control());
    world.send(control({ control: 'S3.9', title: 'Another' }), 10 * HOUR);
    await world.run();
    const on = hours(alarmOn(template, 'silence', world.lines, START + 12 * HOUR));
    expect(on).toEqual([6, 7, 8, 9]);
  });

  test('there is none where the settings name no hours', () => {
    const names = Object.values(hubTemplate().findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmName);
    expect(names.filter((name) => name.endsWith('-silence'))).toEqual([]);
    expect(names).toContain('SecurityHubInterpreter-work-failing');
  });
});

test.each([
  ['intake', 'Intake', 48_000],
  ['deliver', 'Deliver', 72_000],
])('%s-slow watches the longest run of its function against four fifths of its time-out', (name, id, threshold) => {
  const alarm = alarmNamed(template, `${name}-slow`);
  expect(alarm).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'Duration',
    Statistic: 'Maximum',
    Period: 300,
    EvaluationPeriods: 3,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  const [lambda] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([each]) => each.startsWith(id));
  expect(alarm.Dimensions).toEqual([{ Name: 'FunctionName', Value: { Ref: lambda?.[0] } }]);
  expect((lambda?.[1].Properties.Timeout * 1000 * 4) / 5).toBe(threshold);
});

test('without metrics there are no alarms on them, and the functions count nothing', () => {
  const without = hubTemplate(withSettings({ metrics: false }));
  const names = Object.values(without.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmName);
  expect(names.filter((name) => /(work-failing|model-failing|words-withheld)$/.test(name))).toEqual([]);
  expect(names.filter((name) => /-slow$/.test(name))).toHaveLength(2);
  without.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  for (const [id, { Properties }] of Object.entries(without.findResources('AWS::Lambda::Function')))
    expect([id, Properties.Environment.Variables.POWERTOOLS_METRICS_DISABLED]).toEqual([
      id,
      /^(Intake|Deliver)/.test(id) ? 'true' : undefined,
    ]);
});
