/** How things end, in both languages: only what is mended is green. */
import type { Language } from '../../../config/schema';
import type { Closing } from '../finding/admission';
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
  /** Why a control could not be checked. */
  unchecked: Record<Unchecked, string>;
}

export const CLOSING_WORDS: Record<Language, ClosingWords> = {
  en: {
    closing: {
      mended: 'mended',
      suppressed: 'suppressed',
      archived: 'archived',
      'no-longer-evaluated': 'no longer evaluated',
      'no-longer-reported': 'no longer reported',
    },
    ended: {
      mended: '✅ RESOLVED',
      suppressed: '⚪ SUPPRESSED',
      archived: '🗄 ARCHIVED',
      'no-longer-evaluated': '⚪ NO LONGER EVALUATED',
      'no-longer-reported': '⚪ NO LONGER REPORTED',
    },
    leaves: {
      suppressed: 'the risk remains',
      archived: 'not known to be mended',
      'no-longer-evaluated': 'not known to be mended',
      'no-longer-reported': 'not known to be mended',
    },
    endings: {
      mended: (took) => `✅ Resolved: all of it passes or is set to resolved, after ${took}`,
      suppressed: (took) => `⚪ Suppressed after ${took}: the risk remains`,
      archived: (took) => `🗄 Archived after ${took}: not known to be mended`,
      'no-longer-evaluated': (took) => `⚪ No longer evaluated, after ${took}: not known to be mended`,
      'no-longer-reported': (took) => `⚪ No longer reported, after ${took}: not known to be mended`,
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
      suppressed: '抑制済み',
      archived: 'アーカイブ済み',
      'no-longer-evaluated': '評価不能',
      'no-longer-reported': '検出報告なし',
    },
    ended: {
      mended: '✅ 解消',
      suppressed: '⚪ 抑制',
      archived: '🗄 アーカイブ',
      'no-longer-evaluated': '⚪ 評価不能',
      'no-longer-reported': '⚪ 検出報告なし',
    },
    leaves: {
      suppressed: 'リスクは残っています',
      archived: '是正されたかは不明です',
      'no-longer-evaluated': '是正されたかは不明です',
      'no-longer-reported': '是正されたかは不明です',
    },
    endings: {
      mended: (took) => `✅ 解消: すべて合格または解決済みです（検出から ${took}）`,
      suppressed: (took) => `⚪ 抑制（検出から ${took}）: リスクは残っています`,
      archived: (took) => `🗄 アーカイブ（検出から ${took}）: 是正されたかは不明です`,
      'no-longer-evaluated': (took) => `⚪ 評価不能（検出から ${took}）: 是正されたかは不明です`,
      'no-longer-reported': (took) => `⚪ 検出報告なし（検出から ${took}）: 是正されたかは不明です`,
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
