/** What nobody ever learns the owner of: two weeks of the minute's questions. */
import { UNKNOWN_OWNERS } from '../../handlers/domain/problem/rows';
import { story } from './passed-on';
import { HOUR, MINUTE, START } from './world';

test('an owner that nobody ever learns is asked for each minute of a week, and leaves no row', async () => {
  const { world } = story();
  await world.run(START + HOUR);
  const waiting = () => world.ledger.keys().filter(({ pk }) => pk.startsWith(UNKNOWN_OWNERS)).length;
  // Four findings, and their two accounts.
  expect(waiting()).toBe(4 + 2);
  await world.run(START + 14 * 24 * HOUR);
  const asked = world.logs.filter(({ message, details }) => message === 'ticked' && Number(details.accounts) > 0);
  expect(asked.length).toBeGreaterThan(7 * 24 * 60 - 10);
  expect(asked.filter(({ at }) => at > START + 7 * 24 * HOUR + 2 * MINUTE)).toEqual([]);
  expect(waiting()).toBe(0);
});
