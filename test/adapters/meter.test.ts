/** What the functions count, as lines that CloudWatch reads. */
import { emfMeter } from '../../handlers/adapters/meter';
import { datapointsIn } from '../stacks/emf';

process.env.POWERTOOLS_METRICS_NAMESPACE = 'SecurityHubInterpreter';

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((line) => {
      printed.push(String(line));
      return true;
    });
});
afterEach(() => jest.restoreAllMocks());

const points = () => printed.flatMap((line) => line.split('\n')).flatMap(datapointsIn);

test('counts of one invocation are one value, with the unit and the dimensions of the table', () => {
  const meter = emfMeter();
  meter.count('Findings', { outcome: 'recorded' });
  meter.count('Findings', { outcome: 'recorded' });
  meter.count('Findings', { outcome: 'muted' }, 3);
  meter.publish();
  expect(points()).toMatchObject([
    {
      namespace: 'SecurityHubInterpreter',
      name: 'Findings',
      unit: 'Count',
      dimensions: { service: 'security-hub-interpreter', outcome: 'recorded' },
      value: 2,
    },
    { name: 'Findings', dimensions: { outcome: 'muted' }, value: 3 },
  ]);
});

test('each duration is a value of its own, so that percentiles can be taken', () => {
  const meter = emfMeter();
  for (const seconds of [0, 31.5, 400]) meter.count('SecondsToSlack', { severity: 'HIGH' }, seconds);
  meter.publish();
  expect(points().map(({ unit, value }) => [unit, value])).toEqual([
    ['Seconds', 0],
    ['Seconds', 31.5],
    ['Seconds', 400],
  ]);
});

test('what is split alike shares a line, and what is not split has the service alone', () => {
  const meter = emfMeter();
  meter.count('Problems', { severity: 'CRITICAL' });
  meter.count('SecondsToSlack', { severity: 'CRITICAL' }, 7);
  meter.count('ModelCacheHits', {});
  meter.publish();
  expect(printed).toHaveLength(2);
  expect(points().map(({ name, dimensions }) => [name, Object.keys(dimensions)])).toEqual([
    ['Problems', ['service', 'severity']],
    ['SecondsToSlack', ['service', 'severity']],
    ['ModelCacheHits', ['service']],
  ]);
});

test('where the settings leave metrics out, nothing is written', () => {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const meter = emfMeter();
  delete process.env.POWERTOOLS_METRICS_DISABLED;
  meter.count('ModelCacheHits', {});
  meter.publish();
  expect(printed).toEqual([]);
});

test('nothing counted, nothing written; and what was published is not published again', () => {
  const meter = emfMeter();
  meter.publish();
  expect(printed).toEqual([]);
  meter.count('ModelCacheHits', {});
  meter.publish();
  meter.publish();
  expect(printed).toHaveLength(1);
});
