/** Entries of whoever deploys: checked as the project's own are, all mistakes at once, each in its place. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../config/load';
import { compile } from '../../config/phrases/compile';
import { loadPhrasebook, readPhrasebook } from '../../config/phrases/load';
import type { Entry } from '../../config/phrases/schema';
import { folderWith, NOW, removeFolders } from '../config/folder';

afterAll(removeFolders);

const whole = (headline = 'The vault is open') => `
  headline: {ja: 保管庫が開いている, en: ${headline}}
  meaning: {ja: 保管庫の扉に鍵がありません。, en: The door of the vault has no lock.}
  impact: {ja: 誰でも中の物を持ち出せるおそれがあります。, en: Anyone can take what is inside.}
  steps:
    - {ja: 所有者に確認してください。, en: Ask the owner.}
`;

function own(files: Record<string, string>) {
  const dir = folderWith();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, 'phrasebook', name)), { recursive: true });
    writeFileSync(join(dir, 'phrasebook', name), text);
  }
  const { config, mistakes } = loadConfig(dir, NOW);
  return { config, said: mistakes.map(({ level, file, line, message }) => `${level} ${file.slice(dir.length + 1)}:${line} ${message}`) };
}

test('an entry may be added, and what is said otherwise stands in the compiled book beside the rest', () => {
  const { config, said } = own({ 'ours.yaml': `Vault.1:${whole()}` });
  expect(said).toEqual([]);
  expect(compile({}, config?.phrases ?? {}, 'en').entries['vault.1']).toEqual({
    id: 'Vault.1',
    headline: 'The vault is open',
    meaning: 'The door of the vault has no lock.',
    impact: 'Anyone can take what is inside.',
    steps: ['Ask the owner.'],
    own: true,
  });
});

test('of an entry that is there a part may be said otherwise, or a runbook added, which is no word of its', () => {
  const entry = {
    headline: { ja: '表', en: 'Face' },
    meaning: { ja: '意', en: 'M' },
    impact: { ja: '影', en: 'I' },
    steps: [{ ja: '一', en: 'One' }],
  } as Entry;
  const book = (its: object) => compile({ 'S3.2': entry }, { 'S3.2': its }, 'en').entries['s3.2'];
  expect(book({ runbook: 'https://wiki.example.com/s3' })).toEqual({
    id: 'S3.2',
    headline: 'Face',
    meaning: 'M',
    impact: 'I',
    steps: ['One'],
    runbook: 'https://wiki.example.com/s3',
  });
  expect(book({ headline: { ja: '顔', en: 'Front' } })).toMatchObject({ headline: 'Front', meaning: 'M', own: true });
  const byType = book({ resources: { AwsS3Bucket: { impact: { ja: '響', en: 'Other' } } } });
  expect(byType).toMatchObject({ impact: 'I', resources: { AwsS3Bucket: { impact: 'Other' } }, own: true });
});

test('all mistakes are told at once, each with its file and line, beside those of the other files', () => {
  const { config, said } = own({
    'a.yaml': `Vault.1:${whole('A headline that is far too long to be shown whole on any phone that is sold')}Vault-2:${whole()}`,
    'b/c.yaml': `Vault.3:${whole().replace('Ask the owner.', 'Turn off GuardDuty.')}  runbook: http://example.com\nVault.4:\n  steps: []\n`,
    'd.yaml': `Vault.5:${whole().replace('所有者に', 'オーナーに')}  colour: red\nVault.1:\n  runbook: https://example.com\n`,
  });
  expect(config).toBeUndefined();
  expect(said).toEqual([
    'error phrasebook/a.yaml:2 "A headline that is far too long to be shown whole on any phone that is sold": at most 70 characters is wanted here',
    'error phrasebook/a.yaml:7 "Vault-2" is the id of no finding',
    'error phrasebook/b/c.yaml:7 "http://example.com": an address that begins with https:// is wanted here',
    'error phrasebook/b/c.yaml:9 at least 1 is wanted here',
    'error phrasebook/d.yaml:7 the key "colour" is not known here',
    'error phrasebook/d.yaml:8 Vault.1 is not in the phrasebook, so all of it is wanted here',
  ]);
});

test('what weakens is refused; a word of another style is let pass with a warning', () => {
  const weak = own({ 'a.yaml': `Vault.1:${whole().replace('Ask the owner.', 'Turn off GuardDuty.')}` });
  expect(weak.config).toBeUndefined();
  expect(weak.said).toEqual([expect.stringMatching(/^error phrasebook\/a\.yaml:6 it advises to weaken what protects/)]);
  const styled = own({ 'a.yaml': `Vault.1:${whole().replace('所有者に', 'オーナーに')}` });
  expect(styled.said).toEqual(['warning phrasebook/a.yaml:6 "オーナー" is not the word for owner']);
  expect(styled.config?.phrases).toHaveProperty(['Vault.1']);
});

test('a secret in an entry is refused and not repeated', () => {
  const { said } = own({ 'a.yaml': `Vault.1:${whole()}  runbook: https://hooks.slack.com/services/T000/B000/abcdef\n` });
  expect(said.join('\n')).toMatch(/Slack webhook address/);
  expect(said.join('\n')).not.toContain('abcdef');
});

test('prose may be folded over lines', () => {
  const folded = whole().replace(
    '{ja: 保管庫の扉に鍵がありません。, en: The door of the vault has no lock.}',
    '\n    ja: 保管庫の扉に鍵がありません。\n    en: >-\n      The door of the vault\n      has no lock.',
  );
  const { config, said } = own({ 'a.yaml': `Vault.1:${folded}` });
  expect(said).toEqual([]);
  expect(config?.phrases?.['Vault.1']?.meaning?.en).toBe('The door of the vault has no lock.');
});

test('without a folder of entries nothing is other than before', () => {
  expect(own({}).config).not.toHaveProperty('phrases');
});

test('in the project’s own folder a key of a form that nothing looks for is a mistake, and one that stands twice', () => {
  const dir = folderWith();
  mkdirSync(join(dir, 'controls'));
  mkdirSync(join(dir, 'guardduty'));
  rmSync(join(dir, 'settings.yaml'));
  rmSync(join(dir, 'routes.yaml'));
  writeFileSync(join(dir, 'controls/a.yaml'), `S3:${whole()}S3.1:${whole()}`);
  writeFileSync(join(dir, 'controls/b.yaml'), `S3.1:${whole()}`);
  writeFileSync(join(dir, 'guardduty/iam.yaml'), `Recon:${whole()}`);
  writeFileSync(join(dir, 'macie.yaml'), 'Policy:IAMUser/X: {\n');
  writeFileSync(join(dir, 'others.yaml'), `Recon:${whole()}`);
  const { entries, mistakes } = readPhrasebook(dir);
  expect(Object.keys(entries)).toEqual(['S3.1', 'guardduty/iam/Recon']);
  expect(mistakes.map(({ file, line, message }) => `${file.slice(dir.length + 1)}:${line} ${message}`)).toEqual([
    'controls/a.yaml:1 "S3" is no key of this file',
    'controls/b.yaml:1 S3.1 stands in two files',
    expect.stringMatching(/^macie\.yaml:1 this \{ is not closed/),
    'others.yaml:1 nothing is looked up in this file',
  ]);
});

test('a runbook alone may be added to an entry that ships', () => {
  const [id = ''] = Object.keys(loadPhrasebook());
  const { config, said } = own({ 'a.yaml': `"${id}":\n  runbook: https://wiki.example.com/it\n` });
  expect(said).toEqual([]);
  expect(config?.phrases).toEqual({ [id]: { runbook: 'https://wiki.example.com/it' } });
});
