/**
 * What calls.json says of the functions is what they call: the proof of their rights (proof.test.ts) reads it.
 * @proves rights
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedBefore } from './record';
import { recordedCalls } from './recorded';

const CALLS = join(__dirname, 'calls.json');

/** `WRITE_CALLS=1 npm run test:slow -- test/iam/recorded` writes the file anew. */
test('the functions call what calls.json says, and nothing else', async () => {
  const calls = await recordedCalls();
  if (process.env.WRITE_CALLS) writeFileSync(CALLS, `[\n${calls.map((call) => `  ${JSON.stringify(call)}`).join(',\n')}\n]\n`);
  expect(calls).toEqual(recordedBefore());
}, 900_000);
