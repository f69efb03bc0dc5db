/**
 * Each role of each stack, with every switch that adds a right: what it asks for is permitted, nothing else is, and nothing is unused.
 * @proves rights
 */
import { EXCEPTIONS } from './exceptions';
import { prove } from './proof';
import { recordedBefore } from './record';
import { CONFIGURATIONS, hubOf, managementOf } from './stacks';

const CALLS = recordedBefore();
const used = new Set<unknown>();

test.each(Object.entries(CONFIGURATIONS))('%s', (_name, configured) => {
  const config = configured();
  const stacks = [hubOf(config), ...managementOf(config)];
  for (const stack of stacks) {
    const proof = prove(stack, CALLS);
    for (const each of proof.used) used.add(each);
    expect({ stack: stack.name, problems: proof.problems }).toEqual({ stack: stack.name, problems: [] });
  }
});

test('each exception is needed', () => {
  expect(EXCEPTIONS.filter((exception) => !used.has(exception))).toEqual([]);
});
