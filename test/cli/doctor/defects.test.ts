/** Each seeded defect is named by its own check, with the right remedy, and nothing else is. */
import type { Defect } from './defect';
import { ALARM_DEFECTS } from './defects-alarms';
import { COVERAGE_DEFECTS } from './defects-coverage';
import { MESSAGE_DEFECTS } from './defects-messages';
import { ORGANIZATION_DEFECTS } from './defects-organization';
import { type Clinic, openClinic } from './doctor';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

test.each([...ORGANIZATION_DEFECTS, ...COVERAGE_DEFECTS, ...MESSAGE_DEFECTS, ...ALARM_DEFECTS])('$name', async (defect: Defect) => {
  defect.breaks(clinic.world, clinic);
  const { code, checks } = await clinic.examine(defect.argv);
  const verdicts = Object.fromEntries(checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict]));
  expect(verdicts).toEqual({ ...(defect.argv ? {} : { 'model.answers': 'skipped' }), ...defect.verdicts });
  const [own] = checks.filter(({ verdict }) => ['fail', 'warn', 'unknown'].includes(verdict));
  expect(own?.found).toMatch(defect.found);
  expect(own?.remedies.map(({ say, command = '' }) => `${say}\n${command}`).join('\n')).toMatch(defect.remedy);
  expect(code).toBe(Object.values(defect.verdicts).includes('fail') ? 1 : 0);
});
