/** The sets of switches, and the one of them that turns most on; all: switches.slow.test.ts. */
import { lintErrors, testWithLinter } from '../where-there';
import { synthesized } from './switched';
import { allPairs, type Choice, configurationOf, covering, pairsIn, SWITCHES } from './switches';

test('in the sets every two values of two switches meet, and they are few', () => {
  const met = new Set(covering().flatMap(pairsIn));
  expect([...allPairs()].filter((pair) => !met.has(pair))).toEqual([]);
  expect(allPairs().size).toBeGreaterThan(100);
  expect(covering().length).toBeLessThanOrEqual(20);
});

test('each value of each switch is accepted by itself, beside what is so without a word', () => {
  for (const [name, values] of Object.entries(SWITCHES))
    for (const value of Object.keys(values)) expect([name, value, configurationOf({ [name]: value }).errors]).toEqual([name, value, []]);
});

const others = (choice: Choice) => Object.entries(choice).filter(([name, value]) => value !== Object.keys(SWITCHES[name] ?? {})[0]).length;
const most = [...covering()].sort((a, b) => others(b) - others(a)).slice(0, 1);
const templates: string[] = [];

test.each(most)('$network | keys: $keys | $provisioned | $mode | $where: cdk-nag is silent', (choice) => {
  const { templates: made, said } = synthesized(choice);
  expect(said).toEqual([]);
  templates.push(...made);
});

testWithLinter()('cfn-lint has no error (skipped where it is not installed)', () => {
  expect(templates.length).toBeGreaterThanOrEqual(most.length);
  expect(lintErrors(...templates)).toEqual([]);
});
