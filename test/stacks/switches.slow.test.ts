/** Every two values of two switches together: accepted, cdk-nag is silent, and so is cfn-lint where it is installed. */
import { lintErrors, testWithLinter } from '../where-there';
import { synthesized } from './switched';
import { covering } from './switches';

const templates: string[] = [];

test.each(covering())('$network | keys: $keys | $provisioned | $mode | $where', (choice) => {
  const { templates: made, said } = synthesized(choice);
  expect(said).toEqual([]);
  expect(made.length).toBeGreaterThan(0);
  templates.push(...made);
});

testWithLinter()('no template has an error for cfn-lint (skipped where it is not installed)', () => {
  expect(templates.length).toBeGreaterThanOrEqual(covering().length);
  expect(lintErrors(...templates)).toEqual([]);
});
