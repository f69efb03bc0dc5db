/** What a page says of evidence is true of it: where there is none, where it is old, of another commit, of another deployment. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sayIn } from '../../../cli/audit/answers/answer';
import { coverage } from '../../../cli/audit/answers/coverage';
import { measuredTable } from '../../../cli/audit/answers/measured';
import { works } from '../../../cli/audit/answers/works';
import type { Audit } from '../../../cli/audit/audited';
import type { CoveredAccount, Coverage } from '../../../cli/audit/coverage';
import { type Kept, readEvidence } from '../../../cli/evidence/kept';
import { RUNS } from '../../../cli/evidence/proof';
import { temporaryFolder } from '../../stacks/temporary-folder';
import { NOW } from '../doctor/world';
import { DEPLOYMENT, doctorOf, keep, measuredBy, runOf } from './known-evidence';
import { rows } from './rows';

const DAY = 86_400_000;
const HERE = 'abcdef0';
const OTHER = '1234567';
const daysAgo = (days: number) => new Date(NOW - days * DAY).toISOString();

const SILENT: Coverage = {
  ...{ regions: ['ap-northeast-1'], silentDays: 7, standards: true },
  ledger: { asked: true, since: daysAgo(20), looked: 0, complete: true },
  accounts: [
    {
      ...{ id: '555555555555', name: 'payments-prod', ou: 'Workloads', covered: ['ap-northeast-1'], uncovered: {} },
      ...{ silent: ['ap-northeast-1'], untold: 0, waiting: 0, muted: 0 },
    },
  ],
};
const COVERAGE = measuredBy('npm run hub -- audit coverage', SILENT);
const [SILENT_ACCOUNT] = SILENT.accounts as [CoveredAccount];
const coveredWith = (change: Partial<CoveredAccount>) =>
  measuredBy('npm run hub -- audit coverage', { ...SILENT, accounts: [{ ...SILENT_ACCOUNT, silent: [], ...change }] });
const WELL = coveredWith({});
const ALL = {
  coverage: WELL,
  test: runOf(HERE),
  'test-slow': runOf(HERE, { command: RUNS['test-slow'] }),
  'test-deploy': runOf(HERE, { command: RUNS['test-deploy'] }),
};

/** @param code as the functions of the template say it. */
function auditWith(evidence: Partial<Kept>, code = HERE): Audit {
  const Description = `Tells. · ${code}.12345678 · rows 3`;
  return {
    made: new Date(NOW).toISOString(),
    deployment: DEPLOYMENT,
    organization: { securityAccount: '222222222222', home: 'ap-northeast-1', linked: [], mode: 'stack-sets' },
    resources: [{ type: 'AWS::Lambda::Function', body: { Properties: { Description } } }],
    alarms: [{ anchor: 'r-a', name: 'tick-stopped', missing: 'breaching', tells: ['Topic'] }],
    hearers: [{ endpoint: 'a@example.com', protocol: 'email' }],
    ...{ stacks: [], stopping: [] },
    checks: [{ id: 'members', group: 'Coverage', title: 'Members' }],
    evidence: { unreadable: [], ...evidence },
  } as unknown as Audit;
}

const inEnglish = sayIn('en');
const promises = (audit: Audit) => new Map(rows(works(audit, inEnglish), /prove/).map(([promise, ...rest]) => [promise, rest]));

describe('how it is known that it works', () => {
  test('of this commit the facts are counted by promise, from what the runs came to', () => {
    const audit = auditWith({ ...ALL, doctor: doctorOf(HERE) });
    const answer = works(audit, inEnglish);
    expect(answer).toMatchObject({ fine: true });
    expect(answer.open).toBeUndefined();
    expect(answer.verdict).toMatch(/^At the commit of this page \(abcdef0\): `npm test` 5,396 of 5,396 facts hold, 480 suites, 1 skipped/);
    expect(answer.verdict).toMatch(/2026-11-20 07:00 UTC, 1 day before this page: of 2 checks 1 pass, 1 \(AWS Config\) warn, 0 fail/);
    expect(answer.verdict).toContain('Of 10 promises 3 hold in these tests, 0 fail, 7 were not measured.');
    expect(answer.verdict).not.toMatch(/Not known/);
    // Each of the three runs has the same two suites: they count once.
    expect(promises(audit).get('no finding is lost')).toEqual(['holds in the tests', '10', '0', '0', 'test/world/order.test.ts (10)']);
    expect(promises(audit).get('each right is used, and none is wider')?.slice(0, 4)).toEqual(['holds in the tests', '20', '0', '1']);
    expect(promises(audit).get('a weakened stack is noticed')).toEqual(['not measured', '0', '0', '0', '–']);
  });

  test('what was not run is missing from what holds, by name', () => {
    const { test: alone } = ALL;
    const audit = auditWith({ test: alone });
    expect(works(audit, inEnglish)).toMatchObject({ fine: true, open: true });
    expect(works(audit, inEnglish).verdict).toContain(
      'Not known of this commit: `npm run test:slow` (not measured), `npm run test:deploy` (not measured).',
    );
    expect(promises(audit).get('no finding is lost')?.[0]).toBe(
      'holds in the tests, without what npm run test:slow, npm run test:deploy would add',
    );
  });

  test.each<[string, Partial<Kept>, string, RegExp]>([
    ['nothing', {}, HERE, /not measured/],
    ['another commit', { test: runOf(OTHER) }, HERE, /OF ANOTHER COMMIT: proves nothing of this one/],
    ['changes that were not committed', { test: runOf(HERE, { clean: false }) }, HERE, /OF CHANGES NOT COMMITTED/],
    ['a commit, where the page has more', { test: runOf(HERE) }, `${HERE}+`, /OF CHANGES NOT COMMITTED/],
    ['a commit, where the page knows none', { test: runOf(HERE) }, '0.1.0', /OF ANOTHER COMMIT/],
    ['no commit at all', { test: { ...runOf(HERE), commit: '' } }, HERE, /OF ANOTHER COMMIT/],
  ])('a run of %s proves nothing of this page', (_, evidence, code, said) => {
    const audit = auditWith(evidence, code);
    const answer = works(audit, inEnglish);
    expect(answer).toMatchObject({ fine: true, open: true, verdict: expect.stringMatching(said) });
    expect(answer.verdict).toMatch(/^No test run that was kept counts for the code of this page/);
    expect([...promises(audit).values()].map(([so]) => so)).toEqual(Array(10).fill('not measured'));
    expect(rows({ tables: [measuredTable(audit, inEnglish)] }, /measured/)[0]?.at(-1)).toMatch(said);
  });

  test('a run of this commit is no older for the days since; one that fails is no proof', () => {
    expect(works(auditWith({ ...ALL, test: runOf(HERE, { made: daysAgo(90) }) }), inEnglish).verdict).toContain('90 days before this page');
    const audit = auditWith({ ...ALL, test: runOf(HERE, { failed: 2 }), doctor: doctorOf(HERE) });
    expect(works(audit, inEnglish)).toMatchObject({
      fine: false,
      verdict: expect.stringMatching(/^TESTS FAIL at the commit of this page/),
    });
    expect(promises(audit).get('each right is used, and none is wider')?.slice(0, 3)).toEqual(['FAILS', '18', '2']);
    expect(promises(audit).get('no finding is lost')?.[0]).toBe('holds in the tests');
  });

  test('a verdict of the doctor that fails is not fine, unless it is too old to say, or of another deployment', () => {
    const failing = doctorOf(HERE);
    const doctor = { ...failing, result: failing.result.map((each) => ({ ...each, verdict: 'fail' as const })) };
    const of = (given: typeof doctor) => works(auditWith({ ...ALL, doctor: given }), inEnglish);
    expect(of(doctor)).toMatchObject({ fine: false, verdict: expect.stringContaining('2 (Members, AWS Config) fail') });
    expect(of({ ...doctor, made: daysAgo(8) })).toMatchObject({ fine: true, open: true, verdict: expect.stringContaining('TOO OLD') });
    const elsewhere = of({ ...doctor, environment: 'dev-SecurityHubInterpreter, 222222222222, ap-northeast-1' });
    expect(elsewhere).toMatchObject({ fine: true, open: true, verdict: expect.stringContaining('is of another deployment (dev-') });
    expect(rows(elsewhere, /Checks/)).toEqual([['Coverage', 'Members', 'not measured', '–']]);
    expect(rows(of(doctor), /Checks of the doctor, 2026-11-20 07:00 UTC, 1 day before/)).toEqual([
      ['Coverage', 'Members', 'fail', 'all 9 accounts in 3 Regions'],
      ['Coverage', 'AWS Config', 'fail', '1 account without'],
    ]);
  });

  test('findings that were not told are said here too, and it is not fine, as long as that is new and of this deployment', () => {
    const of = (given: typeof WELL | undefined) => works(auditWith({ ...ALL, doctor: doctorOf(HERE), coverage: given }), inEnglish);
    expect(of(WELL).verdict).toContain('no finding is known that was not told; 0 of 1 accounts in failure.');
    const untold = coveredWith({ untold: 2 });
    expect(of(untold)).toMatchObject({
      fine: false,
      verdict: expect.stringContaining('2 FINDINGS WERE NOT TOLD, of 1 account; 1 of 1 accounts in failure.'),
    });
    expect(of(COVERAGE)).toMatchObject({ fine: false });
    expect(of({ ...untold, made: daysAgo(8) })).toMatchObject({ fine: true, open: true, verdict: expect.stringContaining('(TOO OLD') });
    for (const none of [undefined, { ...untold, environment: 'dev-SecurityHubInterpreter, 222222222222, ap-northeast-1' }])
      expect(of(none)).toMatchObject({ fine: true, open: true, verdict: expect.stringContaining('was not measured here') });
    const { ledger } = SILENT;
    const unasked = { ...WELL, result: { ...WELL.result, ledger: { ...ledger, asked: false } } };
    expect(of(unasked)).toMatchObject({ fine: true, open: true, verdict: expect.stringContaining('the ledger was not asked') });
  });

  test('measured by the code of another commit, or of none, is said of the organization’s answers too', () => {
    const commits = (evidence: Partial<Kept>) =>
      rows({ tables: [measuredTable(auditWith(evidence), inEnglish)] }, /measured/).map((row) => row[2]);
    expect(commits({ doctor: doctorOf(OTHER), coverage: { ...COVERAGE, commit: '', clean: false } }).slice(3)).toEqual([
      '1234567, another than this page’s',
      'unknown: no repository',
    ]);
    expect(commits({ doctor: { ...doctorOf(HERE), clean: false } })[3]).toBe('abcdef0, with uncommitted changes somewhere in the checkout');
  });
});

describe('which accounts are covered', () => {
  const said = (given: Partial<Kept>) => coverage(auditWith(given), inEnglish);

  test('silence of a covered account is a failure, as long as the measure is new', () => {
    expect(said({ coverage: COVERAGE })).toMatchObject({ fine: false, verdict: expect.stringContaining('1 account is in failure') });
    const old = said({ coverage: { ...COVERAGE, made: daysAgo(8) } });
    expect(old).toMatchObject({ fine: true, open: true });
    expect(old.verdict).toMatch(/^Too old to say how it is now. It was measured 2026-11-13 09:00 UTC, 8 days before this page, and then:/);
    expect(said({ coverage: { ...COVERAGE, made: daysAgo(7) } }).fine).toBe(false);
  });

  test('of another deployment, and of none, nothing is said but how to ask', () => {
    for (const given of [{}, { coverage: { ...COVERAGE, environment: 'dev-SecurityHubInterpreter, 222222222222, ap-northeast-1' } }]) {
      const answer = said(given);
      expect(answer).toMatchObject({ fine: true, open: true, tables: [] });
      expect(answer.verdict).toMatch(/^Not measured\..* with credentials of account 222222222222/);
      expect(answer.verdict.includes('is of another deployment')).toBe('coverage' in given);
    }
  });
});

test('what cannot be read counts as not measured, and is named with the reason', () => {
  const folder = temporaryFolder();
  keep(folder, 'test', { ...runOf(HERE), result: { suites: 'many' } });
  keep(folder, 'test-slow', runOf(HERE, { made: daysAgo(-1) }));
  keep(folder, 'doctor', doctorOf(HERE));
  writeFileSync(join(folder, 'coverage.json'), '{');
  const kept = readEvidence(folder, NOW);
  expect(Object.keys(kept).sort()).toEqual(['doctor', 'unreadable']);
  expect(kept.unreadable.map(({ file }) => file.slice(folder.length + 1))).toEqual(['coverage.json', 'test.json', 'test-slow.json']);
  expect(kept.unreadable[2]?.why).toMatch(/still to come/);
  const shown = rows({ tables: [measuredTable(auditWith(kept), inEnglish)] }, /measured/);
  expect(shown.filter((row) => row.at(-1) === 'CANNOT BE READ: not measured')).toHaveLength(3);
  expect(shown[0]?.at(-1)).toBe('not measured');
});
