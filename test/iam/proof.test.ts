/**
 * The proof of rights on the hub as it is without a word. All stacks, and weakenings: *.slow.test.ts.
 * @proves rights
 */
import { exampleConfig } from '../stacks/example-config';
import type { Stack } from './deployed';
import { prove } from './proof';
import { recordedBefore } from './record';
import { hubOf } from './stacks';

const CALLS = recordedBefore();
let hub: Stack;
beforeAll(() => {
  hub = hubOf(exampleConfig);
});

test('the roles of the hub may do what they are recorded to do, and nothing else', () => {
  const { problems, permitted, refused } = prove(hub, CALLS);
  expect(problems).toEqual([]);
  expect(permitted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(2000);
});

test('a call that is recorded and has no right fails it', () => {
  const more = { by: 'TickRunFunction', call: 'dynamodb:PutItem', on: 'LedgerTable' };
  expect(prove(hub, [...CALLS, more]).problems).toEqual([
    expect.stringMatching(/TickRunRole may not dynamodb:PutItem on .*, and has to: TickRunFunction calls/),
  ]);
});

test('a call that is not recorded any more leaves a right that nothing uses', () => {
  const fewer = CALLS.filter(({ by, on }) => by !== 'IntakeFunction' || on !== 'TickQueue');
  expect(prove(hub, fewer).problems).toContainEqual(
    expect.stringMatching(/IntakeRole has sqs:SendMessage on .*TickQueue.*, which nothing uses/),
  );
});
