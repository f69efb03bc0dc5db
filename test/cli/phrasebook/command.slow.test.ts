/** `hub phrasebook`: an entry as a message, what findings lack, and all that there is; with entries of whoever deploys. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderWith, NOW, removeFolders } from '../../config/folder';
import { EXAMPLE } from '../../config/example';
import { shared, testWithShared } from '../../where-there';
import { typed } from '../terminal';
import { tooWide } from '../width';

const folder = mkdtempSync(join(tmpdir(), 'findings-'));
afterAll(() => {
  removeFolders();
  rmSync(folder, { recursive: true });
});

const OWN = `Vault.1:
  headline: {ja: 保管庫が開いている, en: The vault is open}
  meaning: {ja: 保管庫の扉に鍵がありません。, en: The door of the vault has no lock.}
  impact: {ja: 誰でも中の物を持ち出せるおそれがあります。, en: Anyone can take what is inside.}
  steps:
    - {ja: 所有者に確認してください。, en: Ask the owner.}
    - {ja: 扉に鍵を付けてください。, en: Put a lock on the door.}
  resources:
    AwsS3Bucket:
      headline: {ja: バケットが開いている, en: The bucket is open}
  runbook: https://wiki.example.com/vault
`;
function configured(own = OWN): string {
  const dir = folderWith();
  mkdirSync(join(dir, 'phrasebook'));
  writeFileSync(join(dir, 'phrasebook/ours.yaml'), own);
  return dir;
}
const run = (argv: string[], config: string, width = 100) => typed(['phrasebook', '--config', config, ...argv], { now: () => NOW, width });

test('an entry is shown as a message in the language asked for, once for each type of resource of which something else is said', async () => {
  const { code, out, err } = await run(['vault.1', '--language', 'en'], configured());
  expect([code, err]).toEqual([0, '']);
  const at = [
    'The vault is open',
    'The door of the vault has no lock.',
    'Anyone can take what is inside.',
    '1. Ask the owner.',
    '2. Put a lock on the door.',
  ];
  expect(at.map((words) => out.indexOf(words))).toEqual([...at.map((words) => out.indexOf(words))].sort((a, b) => a - b));
  expect(at.filter((words) => !out.includes(words))).toEqual([]);
  expect(out).toContain('https://wiki.example.com/vault');
  expect(out).toContain('The bucket is open');
  expect((await run(['Vault.1', '--language', 'ja'], configured())).out).toContain('保管庫が開いている');
});

test('an id that nothing has is answered by the nearest, with status 1', async () => {
  const { code, err } = await run(['Vault.2'], configured());
  expect([code, err]).toEqual([1, expect.stringContaining('Did you mean Vault.1?')]);
});

test('a mistake in an entry of one’s own is told with its place, and nothing is shown', async () => {
  const { code, out, err } = await run(['Vault.1'], configured(OWN.replace('Ask the owner.', 'Turn off CloudTrail.')));
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/ours\.yaml:6:\d+\s+error\s+\["Vault\.1"\]\.steps\[0\]\.en: it advises to\s+weaken/);
});

const control = (id: string, severity: string, product = 'arn:aws:securityhub:us-east-1::product/aws/securityhub') => ({
  Id: `f-${id}-${severity}`,
  ProductArn: product,
  AwsAccountId: '555555555555',
  Region: 'us-east-1',
  GeneratorId: `security-control/${id}`,
  Title: `The rule of ${id}`,
  Severity: { Label: severity },
  Compliance: { Status: 'FAILED', SecurityControlId: id },
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::invoices' }],
});

test('--missing lists what one’s findings lack, the worst first, and says how many have words', async () => {
  const file = join(folder, 'findings.json');
  const custom = 'arn:aws:securityhub:us-east-1:555555555555:product/555555555555/default';
  writeFileSync(
    file,
    JSON.stringify([
      control('Vault.1', 'HIGH'),
      control('Vault.8', 'MEDIUM'),
      control('Vault.8', 'LOW'),
      control('Vault.9', 'CRITICAL'),
      control('X.1', 'HIGH', custom),
      { no: 'finding' },
    ]),
  );
  const config = configured();
  const { code, out } = await run(['--missing', file], config, 300);
  expect(code).toBe(1);
  expect(out.split('\n')).toEqual([
    'Vault.9  1 finding, CRITICAL: The rule of Vault.9',
    'Vault.8  2 findings, MEDIUM, LOW: The rule of Vault.8',
    '',
    '1 of 4 findings of AWS’s products have words (25 %); CRITICAL and HIGH: 1 of 2 (50 %)',
    '1 finding of other products: told in their own words',
    '1 could not be read as findings',
  ]);
  const { lacking } = JSON.parse((await run(['--missing', '--json', file], config)).out);
  expect(lacking[0]).toEqual({ id: 'Vault.9', title: 'The rule of Vault.9', findings: 1, severities: ['CRITICAL'] });
  expect((await run(['--missing'], config)).code).toBe(2);
  expect((await run(['--missing', join(folder, 'none')], config)).code).toBe(2);
});

test.each([40, 80])('all entries are listed within %i columns', async (width) => {
  const { out } = await run([], configured(), width);
  expect(out).toContain('Vault.1');
  expect(tooWide(out.replace(/^.*\.yaml:.*$/gm, ''), width)).toEqual([]);
});

test('every finding of AWS’s products in the demo has words, in both languages', async () => {
  for (const language of ['ja', 'en']) {
    const { findings, told } = JSON.parse((await run(['--missing', '--json', '--language', language, 'cli/demo/findings'], EXAMPLE)).out);
    expect(findings).toBeGreaterThan(20);
    expect(told).toBe(findings);
  }
});

testWithShared('findings')('nine of ten CRITICAL and HIGH findings that others published have words, in both languages', async () => {
  for (const language of ['ja', 'en']) {
    const { worst } = JSON.parse((await run(['--missing', '--json', '--language', language, shared('findings')], EXAMPLE)).out);
    expect(worst.findings).toBeGreaterThan(40);
    expect(worst.told / worst.findings).toBeGreaterThanOrEqual(0.9);
  }
});
