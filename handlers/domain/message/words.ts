/** Every word of a message that is the project's own, in both languages. */
import type { Language, Severity } from '../../../config/schema';
import type { Closing } from '../finding/admission';
import { CLOSING_WORDS } from './closing-words';

export const SEVERITY_MARK: Record<Severity, string> = { CRITICAL: '🔴', HIGH: '🟠', MEDIUM: '🟡', LOW: '🔵', INFORMATIONAL: '⚪' };

const en = {
  ...CLOSING_WORDS.en,
  endedOtherwise: '⚪ CLOSED',
  accounts: (count: number) => (count === 1 ? '1 account' : `${count} accounts`),
  mostIn: (path: string) => `most in ${path}`,
  allIn: (path: string) => `all in ${path}`,
  more: (count: number) => `+${count}`,
  resources: (count: number) => (count === 1 ? '1 resource' : `${count} resources`),
  open: (count: number) => `${count} open ${count === 1 ? 'resource' : 'resources'}`,
  state: 'State',
  changed: 'Changed',
  grewBy: (grown: string, time: string, atOnce: boolean) => `+${grown} ${atOnce ? 'at' : 'by'} ${time}`,
  closedAt: (closings: string, time: string, atOnce: boolean) => `${closings} ${atOnce ? 'at' : 'by'} ${time}`,
  failedAgain: (time: string) => `failed again at ${time}`,
  roseAt: (from: string, to: string, time: string) => `${from} → ${to} at ${time}`,
  saysElse: (time: string) => `the finding says more since ${time}`,
  openAgain: (time: string) => `open again since ${time}`,
  unsuppressedAt: (time: string) => `no longer suppressed since ${time}`,
  findings: (count: number) => (count === 1 ? '1 finding' : `${count} findings`),
  regions: (count: number) => (count === 1 ? '1 Region' : `${count} Regions`),
  stale: (count: number) => `${count} not seen for 30 days`,
  bracketed: (said: string) => ` (${said})`,
  failedCheck: (title: string) => `Check failed: ${title}`,
  firstSeen: (time: string, age?: string) => `first seen ${time}${age ? ` (${age})` : ''}`,
  allClosed: (time: string, took: string) => `all closed ${time}, after ${took}`,
  closedBy: {
    suppressed: (who: string, note: string) => `Suppressed${who ? ` by ${who}` : ''}: “${note}”`,
    'set-to-resolved': (who: string, note: string) => `Note${who ? ` by ${who}` : ''}: “${note}”`,
  },
  uncheckedBecause: (reasons: string) => `Could not be checked: ${reasons}`,
  openOnlyIn: {
    asff: 'closed in the new Security Hub, still open in Security Hub CSPM',
    ocsf: 'closed in Security Hub CSPM, still open in the new Security Hub',
  } as Record<'asff' | 'ocsf', string>,
  findingsNamed: 'Findings',
  vulnerabilities: (count: number) => (count === 1 ? '1 vulnerability' : `${count} vulnerabilities`),
  vulnerabilitiesAtLeast: (count: number) => `${count} or more vulnerabilities`,
  unknownOu: 'OU unknown (not confirmed by AWS Organizations)',
  staleOwner: 'account details may be out of date',
  passedTo: (receivers: string) => `The account’s OU was not known at first; now also told to ${receivers}`,
  resource: 'Resource',
  meaning: 'What it means',
  /** In whose words it stands. */
  sources: {
    model: 'AI-generated: check before acting',
    phrasebook: 'Standard text',
    finding: 'No AI interpretation: the finding’s own words',
  },
  sourceYetToCome: 'No AI interpretation yet: it is added when it comes',
  paused: { day: 'AI paused: the day’s budget is used up', month: 'AI paused: the month’s budget is used up' },
  severity: undefined as ((label: Severity) => [heading: string, words: string]) | undefined,
  impact: 'Impact',
  actions: 'Do now',
  details: 'The finding says',
  remediation: 'Remediation',
  /** @param overruled how many of them a second AI has found wanting. */
  withheld: (count: number, overruled: number) => {
    const sentences = `${count === 1 ? '1 sentence' : `${count} sentences`} of the AI’s answer withheld`;
    if (overruled === 0) return `${sentences}: not supported by the finding`;
    if (overruled === count) return `${sentences} by a second AI that checks it`;
    return `${sentences}: ${overruled} by a second AI that checks it, ${count - overruled} not supported by the finding`;
  },
  moreInThread: (count: number) => `… and ${count} more in the thread`,
  moreInHub: (count: number) => `… and ${count} more in Security Hub`,
  othersInHub: '… and others in Security Hub',
  openHub: 'Open in Security Hub',
  openList: 'Open the list in Security Hub',
  openGuardDuty: 'Open in GuardDuty',
  findingId: 'Finding id',
  guide: 'Remediation guide',
  runbook: 'Runbook',
  route: 'route',
  meantFor: (receiver: string) => `Meant for ${receiver}, told here for trial`,
  rule: 'everything else',
  sentBy: 'sent by hand from Security Hub',
  earlier: 'Earlier message',
  grew: 'Spread further',
  newlyFound: 'Newly found',
  worse: 'Found earlier, now exploited or critical',
  listed: 'All of them',
  otherAccounts: (count: number) => `${count} more ${count === 1 ? 'account' : 'accounts'}, by number`,
  alsoListed: 'Found earlier',
  /** @param to where it stands beside something worse. */
  rose: (from: string | undefined, to: string | undefined) => `${to ? `${to}, ` : ''}${from ? `up from ${from}` : 'more severe'}`,
  reopened: 'Open again',
  unsuppressed: 'No longer suppressed: open again',
  askedFor: 'Sent here by hand from Security Hub',
  closedOtherwise: (counts: string, took: string, partly: boolean) =>
    `⚪ Closed, and ${partly ? 'not all' : 'none'} of it known to be mended: ${counts}; after ${took}`,
  /** @param alone nothing stands in front of it that says of what. */
  closings: (closing: Closing, count: number, alone = false) =>
    `${count}${alone ? (count === 1 ? ' resource' : ' resources') : ''} ${CLOSING_WORDS.en.closing[closing]}`,
  years: (count: number) => `${count} years ago`,
  months: (count: number) => `${count} months ago`,
  weeks: (count: number) => `${count} weeks ago`,
  days: (count: number) => `${count} d`,
  hours: (count: number) => `${count} h`,
  minutes: (count: number) => `${count} min`,
  wholeAccount: 'the account itself',
  others: (count: number) => `+${count} ${count === 1 ? 'resource' : 'resources'}`,
  otherResources: 'Other resources of the finding',
  month: 'short' as 'short' | 'numeric',
  date: (day: string, month: string, year?: string) => `${day} ${month}${year ? ` ${year}` : ''}`,
  separator: ', ',
};

type Words = typeof en;

const ja: Words = {
  ...CLOSING_WORDS.ja,
  endedOtherwise: '⚪ クローズ',
  accounts: (count) => `${count} アカウント`,
  mostIn: (path) => `多くは ${path}`,
  allIn: (path) => `すべて ${path}`,
  more: (count) => `他 ${count}`,
  resources: (count) => `${count} リソース`,
  open: (count) => `未対応 ${count} リソース`,
  state: '状況',
  changed: '変化',
  grewBy: (grown, time, atOnce) => `${time} ${atOnce ? 'に' : 'までに'} +${grown}`,
  closedAt: (closings, time, atOnce) => `${time} ${atOnce ? 'に' : 'までに'}${closings}`,
  failedAgain: (time) => `${time} に再び不適合`,
  roseAt: (from, to, time) => `${time} に ${from} → ${to}`,
  saysElse: (time) => `${time} に検出結果の内容が更新`,
  openAgain: (time) => `${time} に再び未対応`,
  unsuppressedAt: (time) => `${time} に抑制解除`,
  findings: (count) => `検出結果 ${count} 件`,
  regions: (count) => `${count} リージョン`,
  stale: (count) => `30 日間更新なし ${count} リソース`,
  bracketed: (said) => `（${said}）`,
  failedCheck: (title) => `チェック不合格: ${title}`,
  firstSeen: (time, age) => `初回検出 ${time}${age ? `（${age}）` : ''}`,
  allClosed: (time, took) => `${time} に全件クローズ（所要 ${took}）`,
  closedBy: {
    suppressed: (who, note) => `抑制${who ? `（${who}）` : ''}: 「${note}」`,
    'set-to-resolved': (who, note) => `メモ${who ? `（${who}）` : ''}: 「${note}」`,
  },
  uncheckedBecause: (reasons) => `評価できません: ${reasons}`,
  openOnlyIn: {
    asff: '新しい Security Hub ではクローズ済み、Security Hub CSPM では未対応',
    ocsf: 'Security Hub CSPM ではクローズ済み、新しい Security Hub では未対応',
  },
  findingsNamed: '検出結果',
  vulnerabilities: (count) => `脆弱性 ${count} 件`,
  vulnerabilitiesAtLeast: (count) => `脆弱性 ${count} 件以上`,
  unknownOu: 'OU 不明（AWS Organizations で確認できません）',
  staleOwner: 'アカウント情報が古い可能性があります',
  passedTo: (receivers) => `当初はアカウントの所属 OU が不明でしたが、判明したため ${receivers} にも通知しました`,
  resource: 'リソース',
  meaning: '検出内容の要約',
  sources: { model: 'AI 生成・要確認', phrasebook: '定型文', finding: 'AI による解説なし（検出結果の原文）' },
  sourceYetToCome: 'AI による解説はまだありません（届き次第追記します）',
  paused: { day: 'AI は停止中（1 日の予算を使い切りました）', month: 'AI は停止中（1 か月の予算を使い切りました）' },
  severity: (label) => ['重要度', `${label}（${{ CRITICAL: '緊急', HIGH: '高', MEDIUM: '中', LOW: '低', INFORMATIONAL: '情報' }[label]}）`],
  impact: '影響',
  actions: '推奨される対応',
  details: '検出結果の説明（原文）',
  remediation: '修復手順',
  withheld: (count, overruled) => {
    if (overruled === 0) return `AI の回答のうち ${count} 文は、検出結果に根拠がないため表示していません`;
    if (overruled === count) return `AI の回答のうち ${count} 文は、別の AI による確認で不適切とされたため表示していません`;
    return `AI の回答のうち ${count} 文は表示していません（別の AI による確認で不適切 ${overruled}、検出結果に根拠なし ${count - overruled}）`;
  },
  moreInThread: (count) => `… 他 ${count} 件はスレッドへ`,
  moreInHub: (count) => `… 他 ${count} 件は Security Hub へ`,
  othersInHub: '… 残りは Security Hub へ',
  openHub: 'Security Hub で開く',
  openList: 'Security Hub の一覧を開く',
  openGuardDuty: 'GuardDuty で開く',
  findingId: '検出結果 ID',
  guide: '修復手順',
  runbook: '社内の手順書',
  route: '通知ルート',
  meantFor: (receiver: string) => `本来の宛先は ${receiver}（試行のためここに送信）`,
  rule: 'その他すべて',
  sentBy: 'Security Hub から手動で送信',
  earlier: '以前のメッセージ',
  grew: '対象が広がりました',
  newlyFound: '新たに検出されました',
  worse: '検出済みの脆弱性の危険度が上昇（悪用の確認または深刻度の上昇）',
  listed: '対象の一覧',
  otherAccounts: (count) => `他 ${count} アカウント（番号順）`,
  alsoListed: '以前からの対象',
  rose: (from, to) => `重要度が${from ? ` ${from} から` : ''}${to ? ` ${to} に` : ''}上昇`,
  reopened: '再び未対応になりました',
  unsuppressed: '抑制が解除され、再び未対応になりました',
  askedFor: 'Security Hub から手動で送信されました',
  closedOtherwise: (counts, took, partly) =>
    `⚪ クローズ（${partly ? '是正を確認できたのは一部のみ' : '是正は未確認'}）: ${counts}（所要 ${took}）`,
  closings: (closing, count, alone) => `${CLOSING_WORDS.ja.closing[closing]} ${count}${alone ? ' リソース' : ''}`,
  years: (count) => `${count} 年前`,
  months: (count) => `${count} か月前`,
  weeks: (count) => `${count} 週間前`,
  days: (count) => `${count} 日`,
  hours: (count) => `${count} 時間`,
  minutes: (count) => `${count} 分`,
  wholeAccount: 'アカウント全体',
  others: (count) => `他 ${count} リソース`,
  otherResources: '検出結果のその他のリソース',
  month: 'numeric',
  // A browser breaks 11月21日 behind 月, and what would bind it is seen by nobody or as a gap: a stroke does not break.
  date: (day, month, year) => `${year ? `${year}/` : ''}${month}/${day}`,
  separator: '、',
};

export const WORDS: Record<Language, Words> = { en, ja };

/** `1234-5678-9012`, as the AWS console writes account ids. */
export function accountNumber(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}

/** `jp.anthropic.claude-haiku-4-5-20251001-v1:0` → `Claude Haiku 4.5`. */
export function modelName(profile: string): string {
  const name = /claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?(?:-|$)/.exec(profile);
  if (!name) return profile;
  const family = name[1] ?? '';
  return `Claude ${family.charAt(0).toUpperCase()}${family.slice(1)} ${name[2]}${name[3] ? `.${name[3]}` : ''}`;
}
