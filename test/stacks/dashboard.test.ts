/** The dashboard shows what is counted and nothing else; its queries ask for what is logged. */
import type { Template } from 'aws-cdk-lib/assertions';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { labelsOf, type Widget, widgetsOf } from '../../scripts/dashboard';
import { withHub } from '../../scripts/example-hub';
import { LINE_METRICS, type LineMetricName, METRICS, type MetricSpec } from '../../config/metrics';
import { HERE, QUERIES } from '../../stacks/constructs/queries';
import { SlackFailure, Unavailable } from '../../handlers/domain/failure';
import { MemorySlack } from '../../cli/simulate/world/slack';
import { control } from '../world/events';
import { HOUR, START, World } from '../world/world';
import { withSettings } from './example-config';
import { hubTemplate, listOf, statementsOf } from './synthesize';

let template: Template;
let widgets: Widget[];
beforeAll(() => {
  template = hubTemplate();
  widgets = withHub('stack-sets', widgetsOf);
});

/** What a row of a graph shows: `...` and `.` stand for what the row before has. */
function metricsIn(rows: readonly unknown[][]): string[][] {
  let before: string[] = [];
  return rows.flatMap((row) => {
    const said = row.filter((part) => typeof part === 'string');
    if (said.length === 0) return [];
    const [first, ...rest] = said;
    const missing = first === '...' ? before.slice(0, before.length - rest.length) : [];
    before = (first === '...' ? [...missing, ...rest] : said).map((part, index) => (part === '.' ? (before[index] ?? part) : part));
    return [before];
  });
}
const shown = () => widgets.flatMap(({ properties }) => metricsIn(properties.metrics ?? []));
const searches = () =>
  widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .flatMap((row) => (row.at(-1) as { expression?: string }).expression ?? [])
    .filter((expression) => expression.startsWith('SEARCH'));

test('answers four questions, in this order', () => {
  expect(widgets.flatMap(({ properties }) => properties.markdown ?? [])).toEqual([
    '## Is it working?',
    '## Is it behind?',
    '## Who is told what?',
    '## What does it cost?',
  ]);
});

test('each metric of the table is on it', () => {
  const own = new Set(shown().flatMap(([namespace, name]) => (namespace === 'SecurityHubInterpreter' ? [name] : [])));
  const searched = searches().map((expression) => /MetricName="(\w+)"/.exec(expression)?.[1]);
  // Of what an alarm alone reads there is the alarm.
  const alarmsAlone = ['FindingsSeen', 'ReadingsRefused', 'Ticks', 'AccountsNotEnrolled', 'WrittenSentences'];
  expect([...own, ...searched, ...alarmsAlone].sort()).toEqual([...Object.keys(METRICS), ...Object.keys(LINE_METRICS)].sort());
});

test.each(['ModelCalls', 'ModelTokens', 'JudgedSentences'] as const)(
  '%s is on it with everything that its labels may say together',
  (name) => {
    const said = shown().filter(([namespace, metric]) => namespace === 'SecurityHubInterpreter' && metric === name);
    const combinations = Object.values(METRICS[name].by as Record<string, readonly string[]>).reduce(
      (all, values) => all * values.length,
      1,
    );
    expect(new Set(said.map((row) => row.join(' '))).size).toBe(combinations);
  },
);

test('what it names of our own metrics is written so by the functions: the name, every dimension, and a label of the closed set', () => {
  for (const [namespace, name = '', ...pairs] of shown().filter(([first]) => first === 'SecurityHubInterpreter')) {
    const labels = Object.fromEntries(Array.from({ length: pairs.length / 2 }, (_, index) => pairs.slice(2 * index, 2 * index + 2)));
    const spec: MetricSpec | undefined = Object.entries(METRICS).find(([known]) => known === name)?.[1];
    const { service, ...others } = labels;
    expect([namespace, name, service]).toEqual([namespace, name, spec ? 'security-hub-interpreter' : undefined]);
    expect([name, Object.keys(others).sort()]).toEqual([name, Object.keys(spec?.by ?? {}).sort()]);
    for (const [dimension, label] of Object.entries(others)) expect(spec?.by[dimension]).toContain(label);
  }
  for (const expression of searches()) {
    const [, dimensions = '', name = ''] = /\{"SecurityHubInterpreter",([\w,]+)\} MetricName="(\w+)"/.exec(expression) ?? [];
    const spec: MetricSpec | undefined = Object.entries(METRICS).find(([known]) => known === name)?.[1];
    expect(dimensions.split(',').sort()).toEqual([...Object.keys(spec?.by ?? {}), 'service'].sort());
  }
});

test('each metric that is made of log lines is made of those that the table names, of that log', () => {
  const filters = withHub('stack-sets', (hub) =>
    hub.node.findAll().flatMap((each) => {
      if (!(each instanceof CfnMetricFilter)) return [];
      const [made] = each.metricTransformations as CfnMetricFilter.MetricTransformationProperty[];
      return [[made?.metricName ?? '', each.filterPattern, each.node.path]] as const;
    }),
  );
  expect(filters.map(([name]) => name).sort()).toEqual(Object.keys(LINE_METRICS).sort());
  for (const [name, pattern, path] of filters) {
    const { words, log } = LINE_METRICS[name as LineMetricName];
    expect([name, pattern.includes(`"${words}"`), new RegExp(`/${log}/`, 'i').test(path)]).toEqual([name, true, true]);
  }
});

test('every alarm of the stack is on it, and every rule', () => {
  const { alarms = [] } = widgets.find(({ type }) => type === 'alarm')?.properties ?? {};
  const count = Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length;
  // The stack of the docs has the alarms on silence and on the model's budget as well.
  expect(new Set(alarms).size).toBe(count + 2);
  expect(labelsOf(widgets.find(({ properties }) => properties.title === 'Events, by rule and as read') as Widget)).toEqual([
    'admit',
    'custom-action',
    'closed',
    'admit-v2',
    'closed-v2',
    'read: asff',
    'read: ocsf',
    'read: custom-action',
  ]);
});

test('it is named after the stack, so that two of them stand side by side', () => {
  const names = withHub('none', (hub) => hub.node.findAll().flatMap((each) => (each instanceof CfnDashboard ? [each.dashboardName] : [])));
  expect(names).toEqual(['SecurityHubInterpreter']);
});

describe('saved queries', () => {
  const queries = () => Object.values(template.findResources('AWS::Logs::QueryDefinition')).map(({ Properties }) => Properties);

  test('stand in a folder of the stack’s name, each over the logs of all functions', () => {
    expect(queries().map(({ Name }) => Name)).toEqual(QUERIES.map(({ name }) => `SecurityHubInterpreter/${name}`));
    const logs = Object.keys(template.findResources('AWS::Logs::LogGroup')).map((id) => ({ Ref: id }));
    for (const { LogGroupNames } of queries()) expect(LogGroupNames).toEqual(logs);
  });

  test('a person is told where to write what he looks for', () => {
    const asking = QUERIES.filter(({ lines }) => lines.join().includes(HERE));
    expect(asking.map(({ name }) => name)).toEqual(['Where is a finding', 'What was told to a receiver']);
    for (const { says } of asking) expect(says).toMatch(/Write in/);
  });

  test('ask for fields and words that the functions write', async () => {
    const slack = new MemorySlack();
    const world: World = new World({
      slack,
      analyst: {
        interpret: async () => {
          throw new Unavailable('Bedrock answered ThrottlingException');
        },
      },
    });
    slack.before = () => {
      if (world.now < START + HOUR / 2) throw new SlackFailure('unavailable', 'Slack answered 503', 0);
    };
    world.hub.refuses = () => (world.now < START + HOUR ? 'InternalException' : undefined);
    world.send(control());
    await world.run(START + 3 * HOUR);
    const words = new Set(world.lines.map(({ entry }) => entry.message));
    const fields = new Set(world.lines.flatMap(({ entry }) => Object.keys(entry)));
    // What CloudWatch and Lambda add, and what the metrics' own lines have.
    const added = ['@timestamp', '@message', '@log', 'level', 'type', 'record', 'ModelTokens', 'direction'];
    for (const { name, lines } of QUERIES) {
      const text = lines.join('\n');
      const made = [...text.matchAll(/ as (\w+)/g)].map(([, each = '']) => each);
      for (const [, word] of text.matchAll(/message !?= '([^']+)'/g))
        expect([name, [...words]]).toEqual([name, expect.arrayContaining([word])]);
      const bare = text
        .replace(/'[^']*'/g, '')
        .replace(/\b(fields|filter|stats|sort|limit|by|and|in|like|as|asc|desc|count|sum|max|min|bin|ispresent|1d)\b/g, ' ');
      for (const [field] of bare.matchAll(/@?[A-Za-z][A-Za-z]*/g))
        if (!/^(metrics|billedDurationMs|durationMs|maxMemoryUsedMB)$/.test(field))
          expect([name, [...fields, ...added, ...made]]).toEqual([name, expect.arrayContaining([field])]);
    }
  });
});

describe('X-Ray', () => {
  const FUNCTIONS = ['Intake', 'Deliver', 'Tick', 'Enroll'] as const;

  test('traces no function unless settings.yaml asks for it, and no role may write a trace', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::Lambda::Function')))
      expect(Properties.TracingConfig).toBeUndefined();
    expect(JSON.stringify(template.toJSON())).not.toContain('xray:');
  });

  test('with tracing: true traces each of them, and its role may write traces and nothing else of X-Ray', () => {
    const traced = hubTemplate(withSettings({ tracing: true }));
    const lambdas = Object.values(traced.findResources('AWS::Lambda::Function'));
    expect(lambdas.map(({ Properties }) => Properties.TracingConfig)).toEqual(Array(4).fill({ Mode: 'Active' }));
    for (const name of FUNCTIONS) {
      const rights = statementsOf(traced, name).filter(({ Action }) => listOf(Action).some((action) => action.startsWith('xray:')));
      expect(rights).toMatchObject([
        { Sid: 'Trace', Effect: 'Allow', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*' },
      ]);
    }
  });
});
