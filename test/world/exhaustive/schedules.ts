/** The tests of scenarios that must end well in every schedule, and of wrong variants that must not in one. */
import type { Scenario } from './scenarios';
import { search } from './search';

export function testSchedules(right: readonly Scenario[], wrongVariants: readonly Scenario[]): void {
  test.each(right.map((each) => [each.name, each] as const))('%s: every schedule ends well', async (name, each) => {
    const { runs, states, complete, wrong } = await search(each);
    console.log(`${name}: ${runs} schedules, ${states} states`);
    expect(wrong).toBeUndefined();
    expect(complete).toBe(true);
  });

  test.each(wrongVariants.map((each) => [each.name, each] as const))('a schedule shows what is wrong with %s', async (_name, each) => {
    const { wrong } = await search(each);
    expect(wrong?.what).toBeDefined();
  });
}
