/** What a telling reads does not grow with its problem. So many tellings that the log of the problem's row fills and empties once. */
import { problemOf } from '../../bench/scenarios';

test('what one more resource of a problem costs is the same at 200 and at 2,000', async () => {
  const [small, large] = [await problemOf(200, 65), await problemOf(2000, 65)];
  for (const change of ['growth', 'closing'] as const) {
    expect(Math.abs(large[change].rowsRead / small[change].rowsRead - 1)).toBeLessThanOrEqual(0.2);
    expect(Math.abs(large[change].bytesRead / small[change].bytesRead - 1)).toBeLessThanOrEqual(0.2);
  }
});
