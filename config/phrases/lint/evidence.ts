/** Whether steps against a threat end a machine before what is on it was kept: what ran in its memory is gone then. */
import type { Language } from '../../terms';
import type { Written } from '../schema';
import type { Objection } from './objection';

const ENDS: Record<Language, RegExp> = {
  en: /(?:^|[,;:] |\b(?:and|or|then)\s+)(?:terminate|delete|destroy|replace|rebuild|redeploy|recreate)\b[^,;:.]*\b(?:instances?|tasks?|pods?|containers?|volumes?|functions?|nodes?|clusters?|workloads?)\b/i,
  ja: /(?:インスタンス|タスク|ポッド|Pod|コンテナ|ボリューム|関数|ノード|クラスター|ワークロード)[^、。]*を[^、。]*(?:終了|削除|破棄|置き換え|再作成|作り直)/,
};
const KEPT: Record<Language, RegExp> = {
  en: /\b(?:snapshots?|evidence|forensic\w*|copy|copies|image of|memory|logs|preserve|keep)\b/i,
  ja: /スナップショット|証拠|保全|フォレンジック|メモリ|ログ|控え|保存|複製/,
};

export function losesEvidence(steps: readonly Written[], language: Language): (Objection & { step: number; language: Language })[] {
  const step = steps.findIndex((each) => ENDS[language].test(each[language]));
  if (step < 0 || steps.slice(0, step + 1).some((each) => KEPT[language].test(each[language]))) return [];
  const remedy = 'Have it isolated and a snapshot kept first.';
  return [{ rule: 'evidence', message: 'it ends a machine before anything of it is kept', remedy, step, language }];
}
