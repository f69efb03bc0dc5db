/** What is said of the last deployment: what was measured of it, by whom, against the commit of the page and against other measures. */
import { spawnSync } from 'node:child_process';
import { sayIn } from '../../../cli/audit/answers/answer';
import { coverage } from '../../../cli/audit/answers/coverage';
import { measuredTable } from '../../../cli/audit/answers/measured';
import { changed } from '../../../cli/audit/answers/routes';
import { works } from '../../../cli/audit/answers/works';
import type { Audit } from '../../../cli/audit/audited';
import { committedAt } from '../../../cli/audit/blame';
import { type Kept, readEvidence } from '../../../cli/evidence/kept';
import { type Clinic, openClinic } from '../doctor/doctor';
import { NOW } from '../doctor/world';
import { DEPLOYMENT, doctorOf, everything } from './known-evidence';
import { rows } from './rows';

const HERE = 'abcdef0';
const AT = '2026-11-20T03:04:05.000Z';
const inEnglish = sayIn('en');
const before = (minutes: number, time: string) => new Date(Date.parse(time) - minutes * 60_000).toISOString();

/** As the doctor found it. */
const doctor = (at?: string, changedBy: Partial<NonNullable<Kept['doctor']>> = {}) => {
  const stack = { id: 'system.stack', group: 'This system', title: 'Hub stack', verdict: 'pass' as const, found: 'UPDATE_COMPLETE' };
  return doctorOf(HERE, { result: [{ ...stack, ...(at ? { at } : {}) }], ...changedBy });
};
function coverageOf(made: string, deployed?: string): NonNullable<Kept['coverage']> {
  const { coverage: measured } = everything(HERE);
  if (!measured) throw new Error('no coverage');
  const { result } = measured;
  return { ...measured, made, result: { ...result, ledger: { ...result.ledger, ...(deployed ? { deployed } : {}) } } };
}

const auditWith = (evidence: Partial<Kept>, committed?: string) =>
  ({
    made: new Date(NOW).toISOString(),
    deployment: DEPLOYMENT,
    organization: { securityAccount: '222222222222', home: 'ap-northeast-1', linked: [], mode: 'stack-sets', targets: [] },
    resources: [{ type: 'AWS::Lambda::Function', body: { Properties: { Description: `Tells. · ${HERE}.12345678 · rows 3` } } }],
    ...{ stacks: [], stopping: [], alarms: [], hearers: [], checks: [] },
    ...(committed ? { committed } : {}),
    evidence: { unreadable: [], ...evidence },
  }) as unknown as Audit;
const said = (evidence: Partial<Kept>, committed?: string) => changed(auditWith(evidence, committed), inEnglish).verdict;

describe('what changed', () => {
  test('a stack that was deployed before the commit of the page is said not to have it', () => {
    expect(said({ doctor: doctor(AT) }, before(-5, AT))).toContain(
      'The stack was deployed last at 2026-11-20 03:04 UTC, as `npm run doctor` found at 2026-11-20 07:00 UTC: BEFORE the commit of this page (abcdef0, 2026-11-20 03:09 UTC), which is not deployed yet.',
    );
  });

  test('one that was deployed after it is said to be, and where it stands which commit that was', () => {
    expect(said({ doctor: doctor(AT) }, before(5, AT))).toMatch(
      /: after the commit of this page \(abcdef0, 2026-11-20 02:59 UTC\); .*npm run hub -- versions/,
    );
    expect(said({ doctor: doctor(AT) })).toContain('found at 2026-11-20 07:00 UTC. ');
  });

  test.each([
    ['nothing', {}],
    ['no date', { doctor: doctor() }],
    ['another deployment', { doctor: doctor(AT, { environment: 'dev-SecurityHubInterpreter, 222222222222, ap-northeast-1' }) }],
  ])('where %s was measured, that is said', (_, evidence) => {
    expect(said(evidence, AT)).toContain('When the stack was deployed last was not measured: `npm run doctor` asks it.');
  });

  test('of two that measured it, the later deployment counts', () => {
    const later = before(-60, AT);
    expect(said({ doctor: doctor(AT), coverage: coverageOf(before(-90, AT), later) })).toContain(
      'deployed last at 2026-11-20 04:04 UTC, as `npm run hub -- audit coverage` found',
    );
  });
});

describe('what was measured before the last deployment', () => {
  const OLD = { doctor: doctor(AT), coverage: coverageOf(before(60, AT)) };

  test('is said to be, wherever it is spoken of', () => {
    const words = '(BEFORE THE LAST DEPLOYMENT, 2026-11-20 03:04 UTC)';
    const audit = auditWith(OLD);
    expect(coverage(audit, inEnglish).verdict).toContain(`${words}:`);
    expect(works(audit, inEnglish).verdict).toContain(`1 day before this page${words.replace('(', ' (')}: `);
    const table = rows({ tables: [measuredTable(audit, inEnglish)] }, /measured/);
    expect(table.filter((row) => row.at(-1)?.includes(words)).map(([command]) => command)).toEqual(['npm run hub -- audit coverage']);
  });

  test('also of the doctor, where coverage found a later deployment', () => {
    const found = { doctor: doctor(AT), coverage: coverageOf(before(-24 * 60, AT), before(-20 * 60, AT)) };
    const table = rows({ tables: [measuredTable(auditWith(found), inEnglish)] }, /measured/);
    expect(table.filter((row) => row.at(-1)?.includes('BEFORE THE LAST')).map(([command]) => command)).toEqual(['npm run doctor']);
  });

  test('and is not, where it was measured after it', () => {
    const table = measuredTable(auditWith({ doctor: doctor(AT), coverage: coverageOf(before(-1, AT)) }), inEnglish);
    expect(JSON.stringify(table)).not.toContain('BEFORE THE LAST');
  });
});

test('version control knows when a commit was made, and of a release or a foreign commit nothing is said', () => {
  const head = spawnSync('git', ['log', '-1', '--format=%h %cI'], { cwd: __dirname, encoding: 'utf8' }).stdout.trim();
  // A checkout without history knows none.
  const [commit, at] = head.split(' ');
  expect(committedAt(`${commit}+`)).toBe(head === '' ? undefined : new Date(at ?? '').toISOString());
  expect(committedAt('0.1.0')).toBeUndefined();
  expect(committedAt('fffffff')).toBeUndefined();
  expect(committedAt(undefined)).toBeUndefined();
});

describe('the doctor', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic();
  });
  afterAll(() => clinic.close());

  test('keeps when the stack’s last deployment began, and nothing of a stack that is not there', async () => {
    const atOf = async () => {
      await clinic.run([]);
      const { doctor: kept, unreadable } = readEvidence(`${clinic.config}/evidence`, NOW + 3_600_000);
      expect(unreadable).toEqual([]);
      return kept?.result.find(({ id }) => id === 'system.stack');
    };
    expect(await atOf()).toMatchObject({ at: '2026-11-20T03:04:05.000Z', found: 'UPDATE_COMPLETE since 2026-11-20 03:04 UTC' });
    clinic.world.stack = undefined;
    expect(await atOf()).not.toHaveProperty('at');
  });
});
