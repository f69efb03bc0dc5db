/** The metrics of many findings as they really were are what the replay of them says. */
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { EXAMPLE } from '../config/example';
import { shared, testWithShared } from '../where-there';
import { expectToAgree, replayed } from './counted';

let assembly: Assembly;
beforeAll(async () => {
  assembly = await synthesize(EXAMPLE);
}, 60_000);
afterAll(() => assembly.remove());

testWithShared('findings')(
  'the real findings beside the checkout are counted as their summary counts them',
  async () => {
    const all = await replayed(assembly.folder, [shared('findings')]);
    expectToAgree(all);
    expect(all.summary.messages).toBeGreaterThan(20);
    console.log(JSON.stringify(all.summary));
  },
  240_000,
);
