/** The command of docs/operations.md that makes a finding's hash makes the one that the log has. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findingKey } from '../../handlers/domain/finding/key';

const [, script = ''] = /^```sh\nnode -e '\n([\s\S]*?)\n' asff/m.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
const hashOf = (...name: string[]) => execFileSync(process.execPath, ['-e', script, ...name], { encoding: 'utf8' }).trim();

test.each([
  ['asff', '555555555555', 'arn:aws:securityhub:us-east-1:555555555555:product/555555555555/default', 'scan/42'],
  ['asff', '555555555555', 'arn:aws:securityhub:us-east-1::product/aws/inspector', 'with "quotes", \\ and 日本語'],
  ['ocsf', '555555555555', 'arn:aws:securityhub:us-east-1::productv2/aws/guardduty', '0af1'],
] as const)('%s %s %s %s', (format, accountId, productArn, id) => {
  expect(hashOf(format, accountId, productArn, id)).toBe(findingKey({ format, accountId, productArn, id }));
});

test('the command as it stands there', () => {
  const [block = ''] = /^node -e '\n[\s\S]*?^```$/m.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
  const answer = execFileSync('bash', ['-c', block.replace(/```$/, '')], { encoding: 'utf8' }).trim();
  const productArn = 'arn:aws:securityhub:us-east-1:555555555555:product/555555555555/default';
  expect(answer).toBe(findingKey({ format: 'asff', accountId: '555555555555', productArn, id: 'scan/42' }));
});
