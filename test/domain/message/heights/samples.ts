/** Messages as a phone shows them, whose heights are measured: threat, grown problem, vulnerability, third party, a broadcast, in both languages. */
import type { Language } from '../../../../config/schema';
import type { Fact } from '../../../../handlers/domain/facts/fact';
import { renderMessage } from '../../../../handlers/domain/message/message';
import type { Rendering } from '../../../../handlers/domain/message/rendering';
import type { Phrase } from '../../../../handlers/domain/phrasebook/phrase';
import { renderReply } from '../../../../handlers/domain/message/reply';
import type { TextRow } from '../../../../handlers/domain/problem/rows';
import type { SlackMessage } from '../../../../handlers/ports';
import { closed, HOUR, MINUTE, member, NOW, owner, receiver, type Reported, rendering, report, text } from '../../made';

type Said = Record<Language, { summary: string; impact: string; actions: string[] }>;

const production = (accountId: string, accountName: string) =>
  owner({
    accountId,
    accountName,
    ouPath: [
      { id: 'ou-1', name: 'ワークロード' },
      { id: 'ou-2', name: '本番' },
    ],
  });

const THREAT: TextRow = {
  kind: 'guardduty',
  product: 'aws/guardduty',
  title: 'Potential credential compromise of IAMUser/release-bot indicated by a sequence of actions.',
  description:
    'Several steps that fit together were seen with the credentials of release-bot in account 555555555555: a look around, a policy attached to a role, and CloudTrail logging stopped, all from a Tor exit node.',
  types: ['TTPs/AttackSequence:IAM-CompromisedCredentials'],
  facts: [
    { label: 'who', groups: [[{ code: 'release-bot' }, { word: 'iam-user' }, { plain: ',' }, { word: 'without-mfa' }]], decides: 1 },
    { label: 'did', groups: [[{ code: 'iam:AttachRolePolicy' }, { plain: '→' }, { code: 'cloudtrail:StopLogging' }]], decides: 1 },
    { label: 'from', groups: [[{ code: '203.0.113.140' }], [{ word: 'tor' }]], decides: 2 },
    { label: 'when', groups: [[{ times: 4 }], [{ at: NOW - HOUR, until: NOW - 40 * MINUTE }]] },
  ] satisfies Fact[],
  brief: text.brief,
};
const THREAT_SAID: Said = {
  ja: {
    summary: 'このアカウントの認証情報が、普段と異なる方法で利用されています。',
    impact: '認証情報が漏れている場合、無効にするまで、許可された操作をすべて実行されるおそれがあります。',
    actions: [
      '利用者本人に、心当たりのある操作かどうかを確認してください。',
      '心当たりがなければ、直ちにセッションを失効させ、認証情報を無効にしてください。',
      '実行された操作を洗い出し、不正な変更を元に戻してください。',
    ],
  },
  en: {
    summary: 'Credentials of this account are used in a way that does not fit their usual owner.',
    impact: 'Whoever holds them can do everything that they allow, until they are revoked.',
    actions: [
      'Ask the owner whether the calls were theirs.',
      'If not, revoke the sessions and disable the credentials at once.',
      'List what was done with them and undo what should not have been.',
    ],
  },
};
const user = member('release-bot', {
  owner: production('555555555555', 'payments-prod'),
  resource: { type: 'AwsIamUser', id: 'arn:aws:iam::555555555555:user/release-bot', name: 'release-bot', region: 'ap-northeast-1' },
});

const GROWN_SAID: Said = {
  ja: {
    summary: 'このバケットの内容が、インターネット上の誰からでも閲覧または取得できる状態になっている可能性があります。',
    impact: '公開を意図していないファイルが、第三者に気付かれずに持ち出されるおそれがあります。',
    actions: [
      'バケットの所有者に、公開が必要なデータかどうかを確認してください。',
      '公開が不要であれば、バケットとアカウントの両方でパブリックアクセスをブロックしてください。',
      'アクセスログを確認し、心当たりのない参照がないか調べてください。',
    ],
  },
  en: {
    summary: 'Anyone on the internet may be able to list or read what is stored in this bucket.',
    impact: 'Files that were meant to stay inside can be copied by strangers without leaving an obvious trace.',
    actions: [
      'Ask the owner whether anything in the bucket is meant to be public.',
      'Block public access on the bucket, and on the whole account where nothing needs it.',
      'Review the access log for readers you do not know.',
    ],
  },
};
const ACCOUNTS = [
  'payments-prod',
  'marketing-prod',
  '決済基盤・本番環境（東京）',
  'crm-prod',
  'mobile-api-prod',
  '経理・本番',
  '人事システム',
  'data-lake-prod',
  '物流基盤（大阪）',
  'customer-data-platform-shared-services-prod-apne1',
  'ec-frontend-prod',
  'search-prod',
];
const seen = (n: number) => (n < 3 ? NOW - HOUR : NOW - 20 * MINUTE);
const grown: Reported[] = ACCOUNTS.map((name, n) => {
  const accountId = String(700_000_000_010 + n);
  return member(n === 0 ? 'acme-payments-invoices-2026' : `acme-${accountId}-data-lake-curated-zone-apne1-long-bucket-name`, {
    owner: production(accountId, name),
    reports: {
      r:
        n === ACCOUNTS.length - 1
          ? closed(NOW)
          : report({ open: { revision: [NOW, NOW, 'e'], severity: 'CRITICAL', firstObservedAt: seen(n) } }),
    },
  });
});

const CVE: TextRow = {
  kind: 'inspector',
  product: 'aws/inspector',
  title: 'CVE-2024-3094 - xz-libs',
  description:
    'Malicious code was discovered in the upstream tarballs of xz, starting with version 5.6.0. Through a series of complex obfuscations, the liblzma build process extracts a prebuilt object file from a disguised test file existing in the source code, which is then used to modify specific functions in the liblzma code. This results in a modified liblzma library.',
  remediation: { text: 'Remediation is available. Please refer to the fixed version in the vulnerability details section above.' },
  types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  facts: [
    { label: 'update', groups: [[{ code: 'xz-libs' }, { plain: '5.6.0' }, { plain: '→' }, { plain: '5.6.2-1.amzn2023' }]], decides: 1 },
    { label: 'risk', groups: [[{ word: 'exploit-known' }], [{ plain: 'CVSS 10.0' }], [{ plain: 'EPSS 83%' }]], decides: 1 },
    { label: 'mend', groups: [[{ code: 'dnf update xz-libs' }]] },
  ] satisfies Fact[],
  brief: text.brief,
};
const CVE_SAID: Said = {
  ja: {
    summary: 'インストールされている圧縮ライブラリに、悪意のあるコードが含まれているおそれがあります。',
    impact: '認証を経ずにリモートから操作され、このマシンを乗っ取られるおそれがあります。',
    actions: ['パッケージを修正済みのバージョンに更新してください。', '更新するまで、外部から接続できないようにしてください。'],
  },
  en: {
    summary: 'The compression library that is installed may hold malicious code.',
    impact: 'The machine can be taken over from outside without signing in.',
    actions: ['Update the package to the fixed version.', 'Until then, keep it from being reached from outside.'],
  },
};
const machine = member('i-0aaaaaaaaaaaaaaaa', {
  owner: production('555555555555', 'payments-prod'),
  resource: { type: 'AwsEc2Instance', id: 'arn:aws:ec2:r:5:instance/i-0aaaaaaaaaaaaaaaa', name: 'i-0aaaaaaaaaaaaaaaa', region: 'r' },
});

const THIRD: TextRow = {
  kind: 'third-party',
  product: 'prowler/prowler',
  title: 'IAM role deploy can be assumed by any AWS account',
  description:
    'The trust policy of the role deploy names a wildcard principal and no condition. Whoever knows the ARN of the role can assume it from any AWS account and act with its rights.',
  remediation: {
    text: 'Replace the wildcard in the trust policy by the accounts that need the role, and require an external id. Review in CloudTrail who assumed it.',
  },
  types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
  brief: text.brief,
};
const THIRD_SAID: Said = {
  ja: {
    summary: '設定のチェックに適合していないリソースが見つかりました。',
    impact: '意図しない利用につながるおそれがあります。',
    actions: ['修復手順に従って設定を修正してください。'],
  },
  en: {
    summary: 'A resource does not pass a check of its configuration.',
    impact: 'It may be used in ways that nobody intended.',
    actions: ['Correct it as the remediation describes.'],
  },
};
const role = member('deploy', {
  owner: production('555555555555', 'payments-prod'),
  resource: { type: 'AwsIamRole', id: 'arn:aws:iam::555555555555:role/deploy', name: 'deploy', region: 'ap-northeast-1' },
});

function told(
  rows: readonly Reported[],
  words: TextRow,
  said: Said,
  language: Language,
  entries?: Record<Language, Omit<Phrase, 'id'>>,
): Rendering {
  return rendering(rows, {
    text: words,
    ...(entries
      ? { phrase: { id: 'sample', ...entries[language] }, briefing: undefined }
      : { briefing: { ...said[language], withheld: [] } }),
    receiver: { ...receiver, language, mentions: { CRITICAL: ['S0ONCALL01'] } },
  });
}

/** As an entry of the phrasebook would say them. */
const STOLEN: Record<Language, Omit<Phrase, 'id'>> = {
  ja: {
    headline: '認証情報の侵害の疑い',
    meaning: '漏えいしたとみられる認証情報で権限が追加され、操作の記録が止められました。',
    impact: '無効にするまで操作を続けられ、記録が止まっている間の操作は追跡できません。',
    steps: [
      'このユーザーのアクセスキーを無効にし、セッションを失効させてください。',
      '操作の記録を再開してください。',
      '追加されたポリシーを外し、この間の操作を洗い出してください。',
    ],
  },
  en: {
    headline: 'Credentials probably compromised',
    meaning: 'Credentials that look stolen added rights to a role and stopped the audit trail.',
    impact: 'Until they are disabled the holder can go on; what happens while the trail is off leaves no record.',
    steps: [
      'Disable the access key of this user and revoke its sessions.',
      'Start the audit trail again.',
      'Detach the added policy and list what was done meanwhile.',
    ],
  },
};
const PUBLIC: Record<Language, Omit<Phrase, 'id'>> = {
  ja: {
    headline: 'S3 バケットを誰でも読み取れる',
    meaning: 'インターネット上の誰でも、バケットの内容を読み取れる可能性があります。',
    impact: '意図せず公開されたファイルが持ち出されるおそれがあります。',
    steps: [
      '公開が必要なバケットかどうかを所有者に確認してください。',
      '不要なら、バケットとアカウントの両方でパブリックアクセスをブロックしてください。',
    ],
  },
  en: {
    headline: 'Anyone can read an S3 bucket',
    meaning: 'Anyone on the internet may be able to read what is in these buckets.',
    impact: 'Files never meant to be public can be copied.',
    steps: ['Ask each owner whether the bucket has to be public.', 'If not, block public access on bucket and account.'],
  },
};

function broadcast(language: Language): SlackMessage {
  const whole = told(grown, text, GROWN_SAID, language);
  const fresh = whole.view.named.filter((each) => each.firstSeenAt > NOW - HOUR && each.open);
  const accounts = Object.fromEntries(fresh.map(({ owner: { accountId } }) => [accountId, 1]));
  const view = { ...whole.view, untold: { ...whole.view.untold, kinds: { 'new-account': fresh.length }, accounts } };
  return renderReply(
    { ...whole, view },
    {
      step: 'reply',
      about: 'growth',
      broadcast: true,
      fresh: fresh.map((each) => ({ member: each, newness: 'new-account', loud: true, news: [] })),
      unnamed: [],
    },
  );
}

const ended = (status: 'suppressed' | 'archived' | 'resolved' | 'unchecked' | 'unreported'): Reported => ({
  ...user,
  reports: {
    r: report({
      latest: {
        revision: [NOW, NOW, 'e'],
        status,
        workflow: 'NOTIFIED',
        closedAt: NOW,
        ...(status === 'suppressed' ? { note: { text: 'RISK-77', author: 'tanaka' } } : {}),
      },
    }),
  },
});

export const SAMPLES: Record<string, (language: Language) => SlackMessage> = {
  threat: (language) => renderMessage(told([user], THREAT, THREAT_SAID, language)),
  grown: (language) => renderMessage(told(grown, text, GROWN_SAID, language)),
  'threat by phrasebook': (language) => renderMessage(told([user], THREAT, THREAT_SAID, language, STOLEN)),
  'grown by phrasebook': (language) => renderMessage(told(grown, text, GROWN_SAID, language, PUBLIC)),
  vulnerability: (language) => renderMessage(told([machine], CVE, CVE_SAID, language)),
  'third party': (language) => renderMessage(told([role], THIRD, THIRD_SAID, language)),
  broadcast,
  mended: (language) => renderMessage(told([ended('resolved')], THREAT, THREAT_SAID, language)),
  suppressed: (language) => renderMessage(told([ended('suppressed')], THREAT, THREAT_SAID, language)),
};
