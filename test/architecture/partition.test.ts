/** What is deployed works in every partition and Region: none is written into its code. The linter holds it. */
import { lint } from './linter';

const written = (file: string, text: string) => lint(file, `export const value = ${text};\n`).includes('is written into what is deployed');

test.each([
  ['an ARN', "'arn:aws:s3:::bucket'"],
  ['an ARN of another partition', "'arn:aws-us-gov:iam::aws:policy/x'"],
  ['a Region', "'ap-northeast-1'"],
  ['a Region in a template', '`https://securityhub.$' + "{'x'}.us-gov-west-1`"],
  ['an endpoint', "'https://sts.amazonaws.com'"],
])('%s is refused in the functions and in the stacks', (_what, text) => {
  expect([written('handlers/deliver/x.ts', text), written('stacks/constructs/x.ts', text)]).toEqual([true, true]);
});

test('service principals are the same everywhere, and the configuration names Regions', () => {
  expect(written('stacks/x.ts', "'lambda.amazonaws.com'")).toBe(false);
  expect(written('config/x.ts', "'ap-northeast-1'")).toBe(false);
});
