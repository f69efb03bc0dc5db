/** Every word of a message that is the project's own, in both languages. */
import type { Language, Severity } from '../../../config/schema';
import type { Closing } from '../finding/admission';
import type { Unchecked } from '../finding/status-reasons';

export const SEVERITY_MARK: Record<Severity, string> = { CRITICAL: '🔴', HIGH: '🟠', MEDIUM: '🟡', LOW: '🔵', INFORMATIONAL: '⚪' };

const CLOSINGS_EN: Record<Closing, string> = {
  mended: 'mended',
  suppressed: 'suppressed',
  archived: 'archived',
  'no-longer-evaluated': 'no longer evaluated',
  'no-longer-reported': 'no longer reported',
};
const CLOSINGS_JA: Record<Closing, string> = {
  mended: '是正済み',
  suppressed: '抑制済み',
  archived: 'アーカイブ済み',
  'no-longer-evaluated': '評価不能',
  'no-longer-reported': '検出報告なし',
};

const en = {
  /** In front of the title, where nothing is open: how everything ended, or that it ended in several ways. */
  ended: {
    mended: '✅ RESOLVED',
    suppressed: '⚪ SUPPRESSED',
    archived: '🗄 ARCHIVED',
    'no-longer-evaluated': '⚪ NO LONGER EVALUATED',
    'no-longer-reported': '⚪ NO LONGER REPORTED',
  } as Record<Closing, string>,
  endedOtherwise: '⚪ CLOSED',
  accounts: (count: number) => (count === 1 ? '1 account' : `${count} accounts`),
  mostIn: (path: string) => `most in ${path}`,
  more: (count: number) => `+${count}`,
  open: (count: number) => `${count} open`,
  findings: (count: number) => `${count} findings`,
  stale: (count: number) => `${count} not seen for 30 days`,
  firstSeen: (time: string, age?: string) => `first seen ${time}${age ? ` (${age})` : ''}`,
  allClosed: (time: string, took: string) => `all closed ${time}, after ${took}`,
  suppressedBy: (who: string, note: string) => `Suppressed${who ? ` by ${who}` : ''}: “${note}”`,
  uncheckedBecause: (reasons: string) => `Could not be checked: ${reasons}`,
  unchecked: {
    elsewhere: 'the resource lies in another account or Region, where the control must run',
    'right-of-owner': 'the resource’s owner must grant the right to look at it',
    'right-of-config': 'AWS Config lacks a right',
    'not-applicable': 'it does not apply any more, or the resource is gone',
    'rule-failed': 'the rule of AWS Config failed',
    'not-yet': 'the rule is being set up',
    service: 'AWS failed; it is checked again by itself',
    unknown: 'no reason is given',
  } as Record<Unchecked, string>,
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
  generated: 'AI-generated: check before acting',
  severity: undefined as ((label: Severity) => [heading: string, words: string]) | undefined,
  impact: 'Impact',
  actions: 'Do now',
  details: 'The finding says',
  remediation: 'Remediation',
  notInterpretedYet: 'No AI interpretation yet; it is added here when it comes. Until then, the finding’s own words:',
  notInterpreted: 'The finding’s own words:',
  withheld: (count: number) =>
    `${count === 1 ? '1 sentence' : `${count} sentences`} of the AI’s answer withheld: not supported by the finding`,
  moreInThread: (count: number) => `… and ${count} more in the thread`,
  moreInHub: (count: number) => `… and ${count} more in Security Hub`,
  othersInHub: '… and others in Security Hub',
  openHub: 'Open in Security Hub',
  openList: 'Open the list in Security Hub',
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
  listed: 'The others',
  alsoListed: 'Found earlier',
  rose: (from: string) => `now ${from}`,
  reopened: 'Open again',
  askedFor: 'Sent here by hand from Security Hub',
  solved: (took: string) => `Resolved: all of it is mended, after ${took}`,
  closedOtherwise: (counts: string, took: string, partly: boolean) =>
    `Closed, and ${partly ? 'not all' : 'none'} of it mended: ${counts}; after ${took}`,
  closing: CLOSINGS_EN,
  closings: (closing: Closing, count: number) => `${count} ${CLOSINGS_EN[closing]}`,
  years: (count: number) => `${count} years ago`,
  months: (count: number) => `${count} months ago`,
  weeks: (count: number) => `${count} weeks ago`,
  days: (count: number) => `${count} d`,
  hours: (count: number) => `${count} h`,
  minutes: (count: number) => `${count} min`,
  wholeAccount: 'the account itself',
  others: (count: number) => `+${count} resources`,
  otherResources: 'Other resources of the finding',
  month: 'short' as 'short' | 'numeric',
  date: (day: string, month: string, year?: string) => `${day} ${month}${year ? ` ${year}` : ''}`,
  separator: ', ',
};

type Words = typeof en;

const ja: Words = {
  ended: {
    mended: '✅ 解決済み',
    suppressed: '⚪ 抑制済み',
    archived: '🗄 アーカイブ済み',
    'no-longer-evaluated': '⚪ 評価不能',
    'no-longer-reported': '⚪ 検出報告なし',
  },
  endedOtherwise: '⚪ クローズ済み',
  accounts: (count) => `${count} アカウント`,
  mostIn: (path) => `多くは ${path}`,
  more: (count) => `他 ${count}`,
  open: (count) => `未対応 ${count} 件`,
  findings: (count) => `検出結果 ${count} 件`,
  stale: (count) => `30 日間更新なし ${count} 件`,
  firstSeen: (time, age) => `初回検出 ${time}${age ? `（${age}）` : ''}`,
  allClosed: (time, took) => `${time} に全件クローズ（所要 ${took}）`,
  suppressedBy: (who, note) => `抑制${who ? `（${who}）` : ''}: 「${note}」`,
  uncheckedBecause: (reasons) => `評価できません: ${reasons}`,
  unchecked: {
    elsewhere: 'リソースが別のアカウントまたはリージョンにあり、コントロールはそこで実行する必要があります',
    'right-of-owner': 'リソースの所有者による参照権限の付与が必要です',
    'right-of-config': 'AWS Config の権限が不足しています',
    'not-applicable': '対象外になったか、リソースがすでに存在しません',
    'rule-failed': 'AWS Config ルールの評価に失敗しました',
    'not-yet': 'ルールを準備中です',
    service: 'AWS 側の障害です（自動的に再評価されます）',
    unknown: '理由は示されていません',
  },
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
  generated: 'AI 生成・要確認',
  severity: (label) => ['重要度', `${label}（${{ CRITICAL: '緊急', HIGH: '高', MEDIUM: '中', LOW: '低', INFORMATIONAL: '情報' }[label]}）`],
  impact: '影響',
  actions: '推奨される対応',
  details: '検出結果の記載',
  remediation: '修復方法',
  notInterpretedYet: 'AI による解説はまだありません。届き次第ここに追記します。以下は検出結果の原文です。',
  notInterpreted: '以下は検出結果の原文です。',
  withheld: (count) => `AI の回答のうち ${count} 文は、検出結果に根拠がないため表示していません`,
  moreInThread: (count) => `… 他 ${count} 件はスレッドへ`,
  moreInHub: (count) => `… 他 ${count} 件は Security Hub へ`,
  othersInHub: '… 残りは Security Hub へ',
  openHub: 'Security Hub で開く',
  openList: 'Security Hub の一覧を開く',
  findingId: '検出結果 ID',
  guide: '修復ガイド',
  runbook: '社内の手順書',
  route: '経路',
  meantFor: (receiver: string) => `本来の宛先は ${receiver}（試行のためここに送信）`,
  rule: 'その他すべて',
  sentBy: 'Security Hub から手動で送信',
  earlier: '以前のメッセージ',
  grew: '対象が広がりました',
  newlyFound: '新たに検出されました',
  worse: '検出済みの脆弱性の危険度が上昇（悪用の確認または深刻度の上昇）',
  listed: 'その他の対象',
  alsoListed: '以前からの対象',
  rose: (to) => `重要度が ${to} に上昇`,
  reopened: '再び未対応になりました',
  askedFor: 'Security Hub から手動で送信されました',
  solved: (took) => `解決: すべて是正されました（所要 ${took}）`,
  closedOtherwise: (counts, took, partly) => `クローズ（${partly ? '未是正を含む' : 'すべて未是正'}）: ${counts}（所要 ${took}）`,
  closing: CLOSINGS_JA,
  closings: (closing, count) => `${CLOSINGS_JA[closing]} ${count} 件`,
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
  date: (day, month, year) => `${year ? `${year}年` : ''}${month}月${day}日`,
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
