/** How things end, in both languages: only what is mended is green. */
import type { Language } from '../../../config/schema';
import type { Closing } from '../finding/admission';
import type { Finding } from '../finding/finding';
import type { Unchecked } from '../finding/status-reasons';

interface ClosingWords {
  /** Of a resource. */
  closing: Record<Closing, string>;
  /** In front of the title, where all of it ended so. */
  ended: Record<Closing, string>;
  /** What an ending that is no mending leaves. */
  leaves: Partial<Record<Closing, string>>;
  /** In the thread. */
  endings: Record<Closing, (took: string) => string>;
  /** In front of the facts, which were so until it closed. */
  asReported: string;
  toCheck: string;
  /**
   * What shows whether it is gone, where its product put it away: Access Analyzer's Archived is access that somebody accepted, Inspector closes what
   * is fixed, suppressed or scanned no longer. https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings-view.html
   * https://docs.aws.amazon.com/inspector/latest/user/findings-understanding.html
   */
  checks: Record<Finding['kind'], string>;
  /** Why a control could not be checked. */
  unchecked: Record<Unchecked, string>;
}

export const CLOSING_WORDS: Record<Language, ClosingWords> = {
  en: {
    closing: {
      mended: 'mended',
      'set-to-resolved': 'set to resolved',
      suppressed: 'suppressed',
      archived: 'archived',
      'no-longer-evaluated': 'no longer evaluated',
      'no-longer-reported': 'no longer reported',
    },
    ended: {
      mended: '✅ RESOLVED',
      'set-to-resolved': '👤 SET TO RESOLVED',
      suppressed: '⚪ SUPPRESSED',
      archived: '🗄 ARCHIVED',
      'no-longer-evaluated': '⚪ NO LONGER EVALUATED',
      'no-longer-reported': '⚪ NO LONGER REPORTED',
    },
    leaves: {
      'set-to-resolved': 'no check confirms it',
      suppressed: 'the risk remains',
      archived: 'not known to be mended',
      'no-longer-evaluated': 'not known to be mended',
      'no-longer-reported': 'not known to be mended',
    },
    endings: {
      mended: (took) => `✅ Resolved: all of it passes, after ${took}`,
      'set-to-resolved': (took) => `👤 Set to resolved after ${took}: no check confirms it`,
      suppressed: (took) => `⚪ Suppressed after ${took}: the risk remains`,
      archived: (took) => `🗄 Archived after ${took}: not known to be mended`,
      'no-longer-evaluated': (took) => `⚪ No longer evaluated, after ${took}: not known to be mended`,
      'no-longer-reported': (took) => `⚪ No longer reported, after ${took}: not known to be mended`,
    },
    asReported: 'As reported',
    toCheck: 'To check',
    checks: {
      control: 'AWS Config and Security Hub: whether the resource is still there, and the control still enabled',
      guardduty: 'GuardDuty and CloudTrail: whether the activity has stopped',
      inspector: 'Amazon Inspector: whether it was fixed, suppressed by a rule, or is no longer scanned',
      macie: 'Amazon Macie and the bucket: whether the data is still there, and who can read it',
      'access-analyzer': 'IAM Access Analyzer: Resolved means the access is gone, Archived that it was accepted',
      exposure: 'Security Hub: whether each of its causes is gone',
      aws: 'the product that found it: whether it still reports it, and whether the resource is still there',
      'third-party': 'the product that found it: whether it still reports it, and whether the resource is still there',
    },
    unchecked: {
      elsewhere: 'the resource lies in another account or Region, where the control must run',
      'right-of-owner': 'the resource’s owner must grant the right to look at it',
      'right-of-config': 'AWS Config lacks a right',
      'not-applicable': 'it does not apply any more, or the resource is gone',
      'rule-failed': 'the rule of AWS Config failed',
      'not-yet': 'the rule is being set up',
      service: 'AWS failed; it is checked again by itself',
      unknown: 'no reason is given',
    },
  },
  ja: {
    closing: {
      mended: '是正済み',
      'set-to-resolved': '解決済みに設定',
      suppressed: '抑制済み',
      archived: 'アーカイブ済み',
      'no-longer-evaluated': '評価不能',
      'no-longer-reported': '検出報告なし',
    },
    ended: {
      mended: '✅ 解消',
      'set-to-resolved': '👤 解決済みに設定',
      suppressed: '⚪ 抑制',
      archived: '🗄 アーカイブ',
      'no-longer-evaluated': '⚪ 評価不能',
      'no-longer-reported': '⚪ 検出報告なし',
    },
    leaves: {
      'set-to-resolved': 'チェックでは確認されていません',
      suppressed: 'リスクは残っています',
      archived: '是正されたかは不明です',
      'no-longer-evaluated': '是正されたかは不明です',
      'no-longer-reported': '是正されたかは不明です',
    },
    endings: {
      mended: (took) => `✅ 解消: すべて合格しました（検出から ${took}）`,
      'set-to-resolved': (took) => `👤 解決済みに設定（検出から ${took}）: チェックでは確認されていません`,
      suppressed: (took) => `⚪ 抑制（検出から ${took}）: リスクは残っています`,
      archived: (took) => `🗄 アーカイブ（検出から ${took}）: 是正されたかは不明です`,
      'no-longer-evaluated': (took) => `⚪ 評価不能（検出から ${took}）: 是正されたかは不明です`,
      'no-longer-reported': (took) => `⚪ 検出報告なし（検出から ${took}）: 是正されたかは不明です`,
    },
    asReported: '報告されていた内容',
    toCheck: '確認先',
    checks: {
      control: 'AWS Config と Security Hub（リソースが残っているか、コントロールが有効なままか）',
      guardduty: 'GuardDuty と CloudTrail（活動が止まったか）',
      inspector: 'Amazon Inspector（修正済みか、抑制ルールによるものか、スキャン対象外になったか）',
      macie: 'Amazon Macie とバケット（データが残っているか、誰が読めるか）',
      'access-analyzer': 'IAM Access Analyzer（Resolved はアクセスの解消、Archived は許容済みの意味です）',
      exposure: 'Security Hub（それぞれの要因がなくなったか）',
      aws: '検出元の製品（まだ報告されているか、リソースが残っているか）',
      'third-party': '検出元の製品（まだ報告されているか、リソースが残っているか）',
    },
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
  },
};
