/** Evidence of which all numbers are known: of runs of tests, of the doctor, of coverage. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoveredAccount, Coverage } from '../../../cli/audit/coverage';
import { deploymentOf, type Evidence } from '../../../cli/evidence/evidence';
import type { Kept } from '../../../cli/evidence/kept';
import type { TestRun } from '../../../cli/evidence/proof';
import { loadConfigOrThrow } from '../../../config/load';
import { EXAMPLE } from '../../config/example';
import { NOW } from '../doctor/world';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const EXAMPLE_CONFIG = loadConfigOrThrow(EXAMPLE, NOW);
export const DEPLOYMENT = deploymentOf(EXAMPLE_CONFIG);

/** By a command at NOW. */
export const measuredBy = <Result>(command: string, result: Result): Evidence<Result> => ({
  ...{ made: new Date(NOW).toISOString(), command, commit: '0'.repeat(40), clean: true, environment: DEPLOYMENT, result },
});

/** A run in which two suites prove something: 10 facts of two promises, 20 of a third. */
export function runOf(commit: string, changed: Partial<Evidence<TestRun>> & { failed?: number } = {}): Evidence<TestRun> {
  const { failed = 0, ...rest } = changed;
  const proofs: TestRun['proofs'] = [
    { path: 'test/world/order.test.ts', proves: ['lost', 'repeated'], passed: 10, failed: 0, skipped: 0 },
    { path: 'test/iam/proof.test.ts', proves: ['rights'], passed: 20 - failed, failed, skipped: 1 },
  ];
  return {
    made: new Date(NOW - 2 * HOUR).toISOString(),
    command: 'npm test',
    commit: commit.padEnd(40, '0'),
    clean: true,
    environment: 'Node 20.19.0, linux',
    result: { suites: 480, passed: 5396 - failed, failed, skipped: 1, proofs },
    ...rest,
  };
}

export type DoctorEvidence = NonNullable<Kept['doctor']>;

export function doctorOf(commit: string, changed: Partial<DoctorEvidence> = {}): DoctorEvidence {
  const one = (id: string, title: string, verdict: 'pass' | 'warn' | 'fail', found: string) => ({
    id,
    group: 'Coverage',
    title,
    verdict,
    found,
  });
  return {
    made: new Date(NOW - 26 * HOUR).toISOString(),
    command: 'npm run doctor',
    commit: commit.padEnd(40, '0'),
    clean: true,
    environment: DEPLOYMENT,
    result: [
      one('members', 'Members', 'pass', 'all 9 accounts in 3 Regions'),
      one('aws-config', 'AWS Config', 'warn', '1 account without'),
    ],
    ...changed,
  };
}

export function keep(folder: string, name: keyof Omit<Kept, 'unreadable'>, evidence: unknown): void {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(evidence));
}

/** Of each kind: what counts, what is of another commit, what is too old, and what cannot be read. */
export function everything(code: string): Kept {
  const commit = code.replace('+', '');
  const account = (id: number, ou: string, more: Partial<CoveredAccount> = {}): CoveredAccount => ({
    ...{ id: `${id}`.repeat(12), name: `account-${id}`, ou, covered: ['ap-northeast-1'], uncovered: {}, silent: [] },
    ...{ untold: 0, waiting: 0, muted: 0, told: new Date(NOW - DAY).toISOString(), ...more },
  });
  const covered: Coverage = {
    ...{ regions: ['ap-northeast-1'], silentDays: 7, standards: true },
    ledger: { asked: true, since: new Date(NOW - 20 * DAY).toISOString(), looked: 4, complete: true },
    accounts: [
      account(1, 'Root'),
      account(2, 'Security', { told: undefined }),
      account(3, 'Security', { uncovered: { 'ap-northeast-1': 'no member' } }),
      account(4, 'Workloads/Prod', {
        untold: 2,
        examples: [
          {
            ...{
              id: `arn:aws:securityhub:ap-northeast-1:${'4'.repeat(12)}:security-control/S3.2/finding/0a1b2c3d-0000-4000-8000-9f8e7d6c5b4a`,
            },
            ...{ severity: 'CRITICAL', product: 'aws/securityhub', by: 'not-in-ledger' },
            ...{ since: new Date(NOW - 9 * DAY).toISOString(), updated: new Date(NOW - 3 * HOUR).toISOString() },
          },
          { ...{ id: '', severity: '', product: '', since: 'yesterday', updated: '' }, by: 'unreadable' },
        ],
      }),
      account(5, 'Workloads/Prod', { silent: ['ap-northeast-1'], told: undefined }),
      account(6, 'Workloads/Prod', { told: undefined, muted: 1 }),
      account(7, 'Workloads/Prod', { waiting: 1 }),
    ],
  };
  return {
    coverage: measuredBy('npm run hub -- audit coverage', covered),
    doctor: doctorOf(commit, { made: new Date(NOW - 30 * DAY).toISOString() }),
    test: runOf(commit),
    'test-slow': runOf('1234567', { command: 'npm run test:slow' }),
    unreadable: [{ file: 'out/evidence/test-deploy.json', why: 'Unexpected end of JSON input' }],
  };
}
