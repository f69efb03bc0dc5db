/** Whether the model's words say more than the entry of the phrasebook. The pairs were written before the rule. */
import { beyond } from '../../../handlers/domain/interpretation/beyond';
import type { CheckedBriefing } from '../../../handlers/domain/interpretation/briefing';
import type { Phrase } from '../../../handlers/domain/phrasebook/phrase';

const EN: Phrase = {
  id: 'S3.2',
  headline: 'Anyone can read an S3 bucket',
  meaning: 'The bucket policy or an ACL allows anonymous reads, and Block Public Access does not stop it.',
  impact: 'Anyone on the internet can list or download objects, and sensitive data can leak.',
  steps: [
    'Confirm with the owner whether the bucket is meant to be public.',
    'If it is not intended, turn on Block Public Access for the bucket.',
    'Look in the access logs for what was read.',
  ],
};
const JA: Phrase = {
  id: 'S3.2',
  headline: 'S3 バケットを誰でも読み取れる',
  meaning: 'バケットポリシーまたは ACL が匿名の読み取りを許可し、ブロックパブリックアクセスでも止められていません。',
  impact: 'インターネット上の誰でもオブジェクトを閲覧、ダウンロードでき、機密データが漏えいするおそれがあります。',
  steps: [
    '公開が意図したものか、所有者に確認してください。',
    '意図しない公開であれば、バケットのブロックパブリックアクセスを有効にしてください。',
    'アクセスログで、読み取られた形跡を調べてください。',
  ],
};
const BRIEFING: CheckedBriefing = { summary: '', impact: '', actions: [], withheld: [] };

describe.each([
  ['an English', EN],
  ['a Japanese', JA],
])('beside %s entry', (_which, phrase) => {
  const isJa = phrase === JA;
  const RESTATED = isJa
    ? [
        'この S3 バケットは誰でも読み取れる状態です。',
        'バケットポリシーまたは ACL により匿名の読み取りが許可されています。',
        'ブロックパブリックアクセスで止められていないため、インターネット上の誰でもオブジェクトを読み取れます。',
        '機密データが漏えいするおそれがあります。',
        '誰でもオブジェクトをダウンロードできます。',
      ]
    : [
        'Anyone can read this S3 bucket.',
        'The bucket allows anonymous reads through its policy or an ACL.',
        'Block Public Access does not stop anonymous reads of the bucket.',
        'Anyone on the internet can download the objects.',
        'Sensitive data in the bucket can leak.',
      ];
  const MORE = isJa
    ? [
        '暗号化されていないバケットで、外部アカウントにも書き込みが許可されています。',
        '同じ設定の結果が複数のアカウントに広がっており、テンプレートからの展開が疑われます。',
        'CloudFront のオリジンとして使われている場合は、署名付き URL だけで配信する構成に変えられます。',
        '書き込みも許可されていれば、配布ファイルを改ざんされ、利用者の端末が感染するおそれがあります。',
      ]
    : [
        'Writing is granted to another account as well, and default encryption is off.',
        'Several accounts show the same fault, which points at a shared template or module.',
        'Where CloudFront serves the content, origin access control makes a private configuration possible.',
        'With write permission an intruder could replace published files and infect visitors.',
      ];

  test.each(RESTATED)('says nothing more: %s', (summary) => {
    expect(beyond({ ...BRIEFING, summary, impact: summary }, phrase)).toEqual({ steps: [] });
  });

  test.each(MORE)('says more: %s', (summary) => {
    expect(beyond({ ...BRIEFING, summary, impact: summary }, phrase)).toEqual({ summary, impact: summary, steps: [] });
  });

  test('where a sentence was withheld, summary and impact do not stand first: what is left of them may say the opposite', () => {
    const withheld: CheckedBriefing['withheld'] = [{ sentence: 'x', kind: 'number', reason: 'y' }];
    expect(beyond({ ...BRIEFING, summary: MORE[0] ?? '', impact: MORE[1] ?? '', withheld }, phrase)).toEqual({ steps: [] });
  });

  test('of the steps stand those that the entry’s do not say already', () => {
    const said = isJa
      ? [
          '所有者に公開が意図したものか確認する。',
          'バケットのブロックパブリックアクセスを有効にする。',
          'アクセスログで読み取りの形跡を調べる。',
        ]
      : [
          'Ask the owner whether the bucket is meant to be public.',
          'Turn on Block Public Access for the bucket.',
          'Look in the access logs for reads.',
        ];
    const fresh = isJa
      ? ['展開に使ったテンプレートを修正する。', '漏えいした認証情報があればローテーションする。']
      : ['Mend the template that made it.', 'Rotate credentials that were stored in it.'];
    expect(
      beyond({ ...BRIEFING, actions: [said[0] ?? '', fresh[0] ?? '', said[1] ?? '', said[2] ?? '', fresh[1] ?? ''] }, phrase).steps,
    ).toEqual(fresh);
  });

  test('the same step is not said twice by the model either, and no more than five stand in all', () => {
    const fresh = isJa
      ? ['展開に使ったテンプレートを修正する。', 'テンプレートを修正する。', '鍵をローテーションする。', '監督部署に連絡する。']
      : ['Mend the template that made it.', 'Mend that template.', 'Rotate stored credentials.', 'Tell the data protection officer.'];
    expect(beyond({ ...BRIEFING, actions: fresh }, phrase).steps).toEqual([fresh[0], fresh[2]]);
  });
});
