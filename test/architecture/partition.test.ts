/** What is deployed works in every partition and Region: none is written into its code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PRODUCT = ['handlers', 'stacks'];

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name))
    .map((name) => join(folder, name));
}

/** Without comments: those may name examples. */
function code(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

function linesWith(pattern: RegExp, allowed: readonly RegExp[] = []): string[] {
  return PRODUCT.flatMap(sources).flatMap((file) =>
    code(file)
      .split('\n')
      .filter((line) => pattern.test(line) && !allowed.some((each) => each.test(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

test('the sources are found', () => {
  expect(PRODUCT.flatMap(sources).length).toBeGreaterThan(80);
});

test('no ARN names a partition', () => {
  expect(linesWith(/arn:aws(-[a-z]+)*:/)).toEqual([]);
});

test('no Region is written into code', () => {
  expect(
    linesWith(/\b(us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d\b/),
  ).toEqual([]);
});

test('no endpoint of AWS is written into code', () => {
  // Service principals are the same in every partition; consoles and documentation are pages for people.
  const principals = /\b(lambda|cloudwatch|events|securityhub|dynamodb|sqs)\.amazonaws\.com/;
  expect(linesWith(/amazonaws\.com/, [principals])).toEqual([]);
});
