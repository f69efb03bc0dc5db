/** What deliver takes of memory does not grow with its problem; `npm run bench` looks at 100,000 as well. */
import { LIMIT, memoryOf } from '../../bench/memory';

test(`the bundle of deliver tells of a problem of 10,000 resources within ${LIMIT} MB, and uses no more than for 100`, async () => {
  const [small, large] = [await memoryOf(100), await memoryOf(10_000)];
  // A message, and a reply for each that came.
  expect([small.told, large.told]).toEqual([11, 11]);
  expect(large.used).toBeLessThan(LIMIT);
  expect(large.used / small.used).toBeLessThan(1.2);
}, 300_000);
