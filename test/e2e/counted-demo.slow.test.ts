/** The metrics of the demo's findings are what the replay of them says. */
import { METRICS, type MetricSpec, REMOVED } from '../../config/metrics';
import { loadConfig } from '../../config/load';
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { EXAMPLE } from '../config/example';
import { NOW } from '../config/folder';
import { total } from '../stacks/emf';
import { expectToAgree, replayed, type Replayed } from './counted';

let assembly: Assembly;
let demo: Replayed;
beforeAll(async () => {
  assembly = await synthesize(EXAMPLE);
  demo = await replayed(assembly.folder, ['cli/demo/findings']);
}, 120_000);
afterAll(() => assembly.remove());

test('what the functions count is what the summary, Slack, Bedrock and Organizations count', () => {
  expectToAgree(demo);
  expect(demo.summary.messages).toBeGreaterThan(10);
  expect(total(demo.points, 'ModelTokens')).toBeGreaterThan(1000);
  expect(total(demo.points, 'ShownSentences')).toBeGreaterThan(20);
});

test('no metric and no label is outside the table, and none has a name that an importer chose', () => {
  const receivers = [...Object.keys(loadConfig(EXAMPLE, NOW).config?.routes.receivers ?? {}), REMOVED];
  for (const { name, unit, dimensions, namespace } of demo.points) {
    const spec: MetricSpec | undefined = Object.entries(METRICS).find(([known]) => known === name)?.[1];
    const { service, ...labels } = dimensions;
    expect([namespace, service, name, unit]).toEqual(['SecurityHubInterpreter', 'security-hub-interpreter', name, spec?.unit]);
    expect([name, Object.keys(labels).sort()]).toEqual([name, Object.keys(spec?.by ?? {}).sort()]);
    for (const [dimension, label] of Object.entries(labels)) {
      const closed = spec?.by[dimension] ?? [];
      expect([name, dimension, closed.length === 0 ? receivers : closed]).toEqual([name, dimension, expect.arrayContaining([label])]);
    }
  }
});
