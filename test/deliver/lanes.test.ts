/** In which lane a problem waits for its turn. */
import { laneOf } from '../../handlers/deliver/turns';

test('an account whose importer names a product for each of its findings has four lanes and no more', () => {
  const lanes = Array.from({ length: 1000 }, (_, n) => laneOf('999999999999', `product-${n}`));
  expect(new Set(lanes).size).toBe(4);
  expect(lanes).not.toContain(laneOf('555555555555', 'aws/securityhub'));
});
