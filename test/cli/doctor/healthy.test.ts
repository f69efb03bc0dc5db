/** A healthy organization. */
import { type Clinic, openClinic } from './doctor';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

test('a healthy organization passes every check, and only the model is not asked', async () => {
  const { code, checks } = await clinic.examine();
  expect(checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict, found }) => `${id} ${verdict} ${found}`)).toEqual([
    expect.stringMatching(/^model\.answers skipped not asked/),
  ]);
  expect(code).toBe(0);
  console.log((await clinic.run([], { width: 80 })).out);
});
