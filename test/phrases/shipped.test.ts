/** The phrasebook that ships: nothing to object to, and an entry for all that AWS lists as CRITICAL, HIGH or a threat. */
import { readFileSync } from 'node:fs';
import { compile, listed } from '../../config/phrases/compile';
import type { Phrasebook } from '../../config/phrases/compiled';
import { loadPhrasebook, readPhrasebook } from '../../config/phrases/load';
import { formatMistakes } from '../../config/mistake';
import { LANGUAGES } from '../../config/schema';
import { phraseIn } from '../../handlers/domain/phrasebook/phrase';

const { entries, mistakes } = readPhrasebook();
const book: Phrasebook = compile(entries, {}, 'en');
const lacks = (ids: readonly string[]) => ids.filter((id) => !phraseIn(book, [id], ''));

test('the linter has nothing to say of it', () => expect(formatMistakes(mistakes)).toBe(''));

test('what is built in is what the linter read', () => expect(loadPhrasebook()).toEqual(entries));

test('every CRITICAL and HIGH control of FSBP and of CIS 3 and 5 has an entry', () => {
  const ids = listed('controls.tsv').map(([id = '']) => id);
  expect(ids.length).toBeGreaterThan(90);
  expect(lacks(ids)).toEqual([]);
});

test('every purpose of GuardDuty in every family, and every attack sequence, has an entry', () => {
  const types = listed('guardduty.tsv').map(([type = '']) => type);
  expect(types.length).toBeGreaterThan(240);
  expect(lacks(types)).toEqual([]);
});

const MACIE = [
  ...['S3BlockPublicAccessDisabled', 'S3BucketEncryptionDisabled', 'S3BucketPublic', 'S3BucketReplicatedExternally'],
  ...['S3BucketSharedExternally', 'S3BucketSharedWithCloudFront'],
].map((type) => `Policy:IAMUser/${type}`);
const SENSITIVE = ['Credentials', 'CustomIdentifier', 'Financial', 'Multiple', 'Personal'].map((type) => `SensitiveData:S3Object/${type}`);

test('every type of Macie has an entry, and every kind of the others', () => {
  const kinds = ['inspector/package', 'inspector/code', 'inspector/reachability', 'exposure/*', 'general/unchecked', 'general/other-aws'];
  const access = ['External', 'Internal', 'Unused'].map((kind) => `access-analyzer/${kind}/*`);
  expect(lacks([...MACIE, ...SENSITIVE, ...kinds, ...access])).toEqual([]);
});

// Which of its identifiers matched stands in a finding and above the words, and is another in each: ADDRESS and NAME are no passport.
// https://docs.aws.amazon.com/macie/latest/user/mdis-reference-quick.html
const OF_ONE_FINDING =
  /passport|driver|insurance|card|bank account|secret access key|private key|PCI DSS|パスポート|免許|保険|カード番号|口座|シークレット|秘密鍵/i;
/** Kinds of weakness, and of ways in, that Inspector names in a finding. */
const OF_ONE_WEAKNESS = /injection|hardcoded|cryptography|peering|gateway|インジェクション|埋め込まれた|暗号|ピアリング|ゲートウェイ/i;

test('what was found is said by the facts: no meaning or impact of Macie or Inspector names particulars that a finding may lack', () => {
  const said = (ids: readonly string[], particulars: RegExp) =>
    LANGUAGES.flatMap((language) =>
      ids.flatMap((id) => {
        const its = phraseIn(compile(entries, {}, language), [id], '');
        return [its?.meaning, its?.impact].filter((words) => words === undefined || particulars.test(words));
      }),
    );
  expect(said(SENSITIVE, OF_ONE_FINDING)).toEqual([]);
  expect(said(['inspector/code', 'inspector/reachability'], OF_ONE_WEAKNESS)).toEqual([]);
});

test('no entry brings a link: a runbook is of whoever deploys', () => {
  expect(Object.entries(entries).flatMap(([id, { runbook }]) => (runbook ? [id] : []))).toEqual([]);
});

test('each entry is said in each language, and the two are not the same', () => {
  const [ja, en] = LANGUAGES.map((language) => compile(entries, {}, language).entries);
  const same = Object.keys(ja ?? {}).filter((id) => ja?.[id]?.meaning === en?.[id]?.meaning);
  expect(same).toEqual([]);
  expect(Object.keys(ja ?? {})).toEqual(Object.keys(en ?? {}));
});

test('the lists agree on a control that stands in both', () => {
  const ours = new Map(listed('controls.tsv').map(([id, severity]) => [id, severity]));
  const simulated = readFileSync('cli/simulate/population/controls.tsv', 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t'));
  expect(simulated.filter(([id = '', severity]) => ours.has(id) && ours.get(id) !== severity)).toEqual([]);
});
