/** No line of what operators read most is wider than their terminal. */
import { typed } from './terminal';
import { tooWide } from './width';

const GOV = 'config/examples/govcloud-central-configuration';
const FINDING = ['--account', '777777777777', '--ou', 'Workloads/Prod/Regulated', '--severity', 'CRITICAL', '--product', 'guardduty'];

describe.each([40, 60, 80, 100])('at %d columns', (width) => {
  test.each([
    ['the tree of routes', ['routes']],
    ['the tree of routes of the other example', ['routes', '--config', GOV]],
    ['who is told of a finding', ['routes', ...FINDING]],
    ['what is told to nobody', ['routes', '--account', '999999999999', '--ou', 'Sandbox', '--severity', 'HIGH', '--control', 'EC2.8']],
    ['the prerequisites', ['prerequisites']],
    ['the prerequisites of the other example', ['prerequisites', '--config', GOV]],
    ['errors of a configuration', ['routes', '--config', 'no/such/folder']],
  ])('%s', async (_what, argv) => {
    const { out, err } = await typed(argv, { width, now: () => Date.UTC(2026, 10, 24) });
    expect(out + err).not.toBe('');
    expect(tooWide(out, width)).toEqual([]);
    expect(tooWide(err, width)).toEqual([]);
  });
});
