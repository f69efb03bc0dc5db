/**
 * Wider bounds than exhaustive.test.ts: zombies, closings, rises, and a problem whose states no longer stand in one row.
 * @proves lost, repeated
 */
import { SLOW } from './exhaustive/wrong';
import { scenario } from './exhaustive/scenarios';
import { testSchedules } from './exhaustive/schedules';
import { MINUTE, SECOND } from './world';

const ONE_INTAKE = { workers: { intake: 1 } };
/** Each revision comes when the one before was told. */
const TOLD = { gap: 2 * MINUTE, inOrder: true, ...ONE_INTAKE };

const RIGHT = [
  scenario('a zombie and a fault', { alpha: ['CRITICAL'] }, { zombies: 1, faults: 1 }, ONE_INTAKE),
  scenario('one opens and closes, another opens', { alpha: ['HIGH', 'PASSED'], bravo: ['CRITICAL'] }, { preemptions: 1 }),
  scenario('a rise, two intakes', { alpha: ['HIGH', 'CRITICAL'] }, { preemptions: 2 }, { inOrder: true }),
  scenario(
    'a told one closes, and a zombie',
    { alpha: ['CRITICAL', 'PASSED'] },
    { zombies: 1, preemptions: 1 },
    { ...TOLD, zombiesWait: true },
  ),
  scenario('a told one rises, and a fault', { alpha: ['HIGH', 'CRITICAL'] }, { faults: 1 }, TOLD),
  scenario(
    'a told one closes while changes gather, and a fault',
    { alpha: ['CRITICAL', 'PASSED'] },
    { faults: 1 },
    { ...TOLD, gap: 10 * SECOND },
  ),
  scenario('two findings, a crash for good', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { lost: 1 }),
  scenario(
    'a problem that leaves its one row',
    { alpha: ['HIGH'] },
    { faults: 1 },
    { full: true, faultsAt: (call) => /^ledger.write(Newer)?$/.test(call), ...ONE_INTAKE },
  ),
  scenario('two findings in one batch, a fault', { alpha: ['CRITICAL'], bravo: ['HIGH'] }, { faults: 1 }, { batch: true }),
  scenario('two findings in one batch, a crash for good', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { lost: 1 }, { batch: true }),
  scenario(
    'one finding for two receivers, a fault',
    { alpha: ['CRITICAL'] },
    { faults: 1 },
    { ...ONE_INTAKE, receivers: ['workloads', 'others'] },
  ),
  scenario(
    'one finding for two receivers, a crash for good and a preemption',
    { alpha: ['CRITICAL'] },
    { lost: 1, preemptions: 1 },
    { receivers: ['workloads', 'others'] },
  ),
  scenario(
    'a told one rises, and reads that fail',
    { alpha: ['HIGH', 'CRITICAL'] },
    { faults: 2 },
    { ...TOLD, faultsAt: (call) => call.startsWith('ledger.') && !call.startsWith('ledger.write') && !call.startsWith('ledger.remove') },
  ),
  scenario(
    'one finding marked by the look that tells it, a fault',
    { alpha: ['CRITICAL'] },
    { faults: 1 },
    { ...ONE_INTAKE, writeBack: true },
  ),
  scenario(
    'one finding that waits for its turns, a fault',
    { alpha: ['CRITICAL'] },
    { faults: 1 },
    { ...ONE_INTAKE, writeBack: true, busy: ['securityhub', 'slack-C0WORKLD001'] },
  ),
  scenario(
    'two that wait to be marked, and a zombie',
    { alpha: ['CRITICAL'], bravo: ['CRITICAL'] },
    { zombies: 1, preemptions: 1 },
    { ...ONE_INTAKE, writeBack: true, busy: ['securityhub'], zombiesWait: true, batch: true },
  ),
  scenario(
    'one finding marked for two receivers, a fault',
    { alpha: ['CRITICAL'] },
    { faults: 1 },
    {
      ...ONE_INTAKE,
      writeBack: true,
      busy: ['securityhub'],
      receivers: ['workloads', 'others'],
      faultsAt: (call) => !call.startsWith('slack.'),
    },
  ),
  scenario(
    'another comes while what was told is marked',
    { alpha: ['CRITICAL'], bravo: [undefined, 'CRITICAL'] },
    { preemptions: 1 },
    { ...ONE_INTAKE, writeBack: true, busy: ['securityhub'], gap: 29 * SECOND, inOrder: true },
  ),
  scenario('two zombies', { alpha: ['CRITICAL'] }, { zombies: 2, preemptions: 1 }, { ...ONE_INTAKE, zombiesWait: true }),
  scenario(
    'another takes in what is first of a problem, and dies',
    { alpha: ['CRITICAL'] },
    { faults: 2, zombies: 1, preemptions: 1 },
    {
      staleDeletes: true,
      workers: { intake: 1 },
      zombiesAt: (call) => call === 'ledger.list',
      faultsAt: (call) => ['slack.post', 'ledger.writeAll'].includes(call),
    },
  ),
];

testSchedules(RIGHT, SLOW);
