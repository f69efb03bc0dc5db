/** The whole quarter is planned, not played: what would be asked of the model, each question once. */
import { BEGIN, DAY } from '../../cli/simulate/population/calendar';
import { PopulationHub } from '../../cli/simulate/population/hub';
import { organizationOf } from '../../cli/simulate/population/organization';
import { populate } from '../../cli/simulate/population/population';
import { BriefCount } from './brief-count';

test('at most one different brief to a hundred and fifty findings, of vulnerabilities no more than there are kinds', () => {
  const count = new BriefCount();
  let now = BEGIN;
  const hub = new PopulationHub({
    clock: { now: () => now },
    severities: ['CRITICAL', 'HIGH'],
    all: false,
    send({ matching, event, copy, state }) {
      // Of a threat the brief says about how often it was seen; all others say the same each time.
      if (matching && event && (state.count === 1 || copy.source === 'guardduty'))
        count.count((event.detail as { findings: unknown[] }).findings);
    },
  });
  const { agenda } = populate({ organization: organizationOf(1, 1), hub, scale: 1, seed: 1, days: 90 });
  for (let at = agenda.nextAt; at !== undefined && at < BEGIN + 90 * DAY; at = agenda.nextAt) {
    now = at;
    agenda.next();
  }
  const kinds = ['control', 'inspector', 'guardduty', 'macie', 'access-analyzer', 'third-party'].map((kind) => count.of(kind));
  const [findings, briefs] = [kinds.reduce((sum, each) => sum + each.findings, 0), kinds.reduce((sum, each) => sum + each.briefs, 0)];
  console.log(`${count.table()}\nall: ${findings} findings, ${briefs} briefs`);
  expect(findings).toBeGreaterThan(20_000);
  expect(briefs).toBeLessThan(findings / 150);
  expect(count.of('inspector').briefs).toBeLessThan(12);
});
