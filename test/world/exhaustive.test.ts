/**
 * The real functions in every schedule within small bounds: what must hold at rest holds in each, and a wrong variant of the
 * protocol is found. The wider bounds are in exhaustive.slow.test.ts.
 */
import { QUICK } from './exhaustive/wrong';
import { scenario } from './exhaustive/scenarios';
import { search } from './exhaustive/search';

const RIGHT = [
  scenario('one finding, a fault', { alpha: ['CRITICAL'] }, { faults: 1 }),
  scenario('one finding, a crash for good', { alpha: ['CRITICAL'] }, { lost: 1 }),
  scenario('two findings, two intakes, one preemption', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { preemptions: 1 }),
  scenario('two posts that nobody knows of', { alpha: ['CRITICAL'] }, { faults: 2 }, { faultsAt: (name) => name === 'slack.post' }),
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

test.each(RIGHT.map((each) => [each.name, each] as const))('%s: every schedule ends well', async (name, each) => {
  const { runs, states, complete, wrong } = await search(each);
  console.log(`${name}: ${runs} schedules, ${states} states`);
  expect(wrong).toBeUndefined();
  expect(complete).toBe(true);
});

test.each(QUICK.map((each) => [each.name, each] as const))('a schedule shows what is wrong with %s', async (_name, each) => {
  const { wrong } = await search(each);
  expect(wrong?.what).toBeDefined();
});
