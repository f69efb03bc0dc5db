/**
 * The real functions in every schedule within small bounds: what must hold at rest holds in each, and a wrong variant of the
 * protocol is found. The wider bounds are in exhaustive.slow.test.ts.
 * @proves lost, repeated
 */
import { QUICK } from './exhaustive/wrong';
import { scenario } from './exhaustive/scenarios';
import { testSchedules } from './exhaustive/schedules';

const RIGHT = [
  scenario('one finding, a fault', { alpha: ['CRITICAL'] }, { faults: 1 }),
  scenario('one finding, a crash for good', { alpha: ['CRITICAL'] }, { lost: 1 }),
  scenario('two findings, two intakes, one preemption', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { preemptions: 1 }),
  scenario('two posts that nobody knows of', { alpha: ['CRITICAL'] }, { faults: 2 }, { faultsAt: (name) => name === 'slack.post' }),
];

testSchedules(RIGHT, QUICK);
