/** The doctor says what the last evaluation of the model measured, and warns where few explanations survive. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clinic, openClinic } from './doctor';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
afterEach(() => rmSync(join(clinic.config, 'eval.json'), { force: true }));

const PROFILE = 'jp.anthropic.claude-haiku-4-5-20251001-v1:0';
const measured = (parts: object = {}) => ({
  at: '2026-11-26T10:00:00.000Z',
  profile: PROFILE,
  standIn: false,
  survives: 0.8,
  survival: [
    { language: 'en', asked: 15 },
    { language: 'ja', asked: 15 },
  ],
  ...parts,
});
async function examined(content: string) {
  writeFileSync(join(clinic.config, 'eval.json'), content);
  return (await clinic.examine()).checks.find(({ id }) => id === 'model.evaluation');
}

test('where nothing was measured nothing is said', async () => {
  expect((await clinic.examine()).checks.map(({ id }) => id)).not.toContain('model.evaluation');
});

test.each([
  [0.7, 'pass', '70 % of 30 explanations of jp.anthropic.claude-haiku-4-5-20251001-v1:0 survived gate and judge whole, on 2026-11-26'],
  [
    0.69,
    'warn',
    '69 % of 30 explanations of jp.anthropic.claude-haiku-4-5-20251001-v1:0 survived gate and judge whole, on 2026-11-26: the others are paid for and say little or nothing',
  ],
])('%f survive: %s', async (survives, verdict, found) => {
  const check = await examined(JSON.stringify(measured({ survives })));
  expect(check).toMatchObject({ verdict, found });
  const commands = check?.remedies.map(({ command }) => command);
  expect(commands).toEqual(verdict === 'warn' ? [expect.stringMatching(/^npm run hub -- eval .*--bedrock live$/)] : []);
});

test.each([
  ['the stand-in', measured({ standIn: true, survives: 0 }), /stand-in/],
  ['another model', measured({ profile: 'eu.anthropic.claude-haiku-5-5', survives: 0 }), /of another model than jp\./],
  ['nothing', measured({ survives: undefined }), /says nothing/],
])('of %s it judges nothing', async (_what, content, says) => {
  expect(await examined(JSON.stringify(content))).toMatchObject({ verdict: 'skipped', found: expect.stringMatching(says) });
});

test('a file that cannot be read measures nothing', async () => {
  expect(await examined('{"survives": 0')).toMatchObject({ verdict: 'skipped' });
});
