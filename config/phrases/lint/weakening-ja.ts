/**
 * Whether a Japanese sentence advises to weaken something. The object stands before its verb: what protects, a particle, then a verb of
 * turning off in a form that orders or permits; not one that tells what was done (〜した操作, 〜されている) or asks (〜していないか).
 */
import { PROTECTIVE, RELIEF } from './protective';

const THING = `(?:${PROTECTIVE.map(({ ja }) => ja).join('|')})`;
/** What order or permission ends in: not the past, not the passive, not a question, not a negation. */
const SURU =
  '(?:し(?:て(?!い)|、|ます|ましょう|、)|する(?:こと(?!が|を防|の|は)|よう|と(?!い)|か、|。|$)|すれば|しても|を(?:行|おこな)(?:って|い)|$)';
const OFF =
  `(?:無効|オフ|OFF|不要|任意|なし|最小|無効のまま)に${SURU}|(?:一時)?(?:無効化|停止|解除|削除|除去|除外|中断|休止|抑制|緩和|短縮|軽減|無視|省略|スキップ|バイパス|回避|デタッチ|アンインストール|ダウングレード|消去|破棄|上書き|キャンセル|終了|免除|オプトアウト|のまま)${SURU}|` +
  '(?:止め|外し|消し|切(?:っ)|緩め|弱め|下げ|省[いき]|やめ|取り(?:除い|外し|消し|やめ)|減らし|落とし|短くし|飛ばし)(?:て(?!い)|、|ます|ても|ましょう|$)|(?:止める|外す|消す|切る|緩める|下げる|やめる)(?:こと|よう|と|。|$)';
/** Between an object and its verb: not another clause. */
const NEAR = '[^、。]*?';

const ORDER = new RegExp(`(${THING})(${NEAR})(?:を|(?<!また)は|も|(?<!て)から)((?:(?!を|て|で(?:から|きる))[^、。]){0,16}?)(${OFF})`, 'g');
const LEFT = new RegExp(`${THING}${NEAR}(?:は|を|が)(?:無効|オフ|停止|なし)のまま(?:に|で|使|運)`);
const NEEDLESS = new RegExp(
  `${THING}${NEAR}(?:は|が|も)(?:特に)?(?:必要(?:あり|では|で|が|は)(?:ませ|ない|ありませ)|不要(?:です|で)|なくて(?:も)?(?:よい|かまい|構い|問題))`,
);
const UNDONE =
  /(?:暗号化|記録|監視|検査|スキャン|監査|検証|認証|ローテーション|バックアップ|更新|保護)(?:を)?(?:し|せ|行わ)(?:ないで(?:くだ|お)|ない(?:よう|設定|こと)|ずに(?:使|運|保))/;
const OPENS: readonly RegExp[] = [
  /0\.0\.0\.0\/0|::\/0/,
  /ホワイトリスト|(?:許可|信頼できる IP |信頼済み ?IP ?)リスト/,
  /検出結果(?:を|は)?[^、。]*?(?:抑制|無視|アーカイブ|ミュート|除外|非表示に)(?:に)?(?:し(?:て(?!い)|ます|、)|する(?:こと|と|。)|しても)/,
  /(?:すべて|全て|あらゆる|任意)の[^、。]*?を(?:許可|開放|公開)(?:し(?:て(?!い)|ます|、)|する(?:こと|と|。))/,
  /(?:誰でも|誰からでも|匿名(?:で|の))[^、。]*?(?:できる|れる|せる|える)(?:よう(?:に)?)(?:し|設定|変更)/,
  /(?:を|に)(?:全公開|一般公開|公開|パブリック|全開放)(?:に)?(?:設定)?し(?:て(?!い)|ます|、)/,
  /(?<!ブロック ?)パブリック ?アクセスを(?:許可|有効に)(?:し(?:て(?!い)|ます|、)|する)/,
  /(?:管理者|フル ?アクセス|AdministratorAccess|すべての|全ての|ルート)(?:の)?(?:アクセス)?(?:権限|ポリシー|アクセス許可)?(?:を)(?:付与|与え|アタッチ|割り当て)/,
  /IMDSv1 ?(?:に(?:戻|変|切)|を(?:有効|許可|使(?:う|用する)よう|使(?:って|用して)(?!い)))/,
  /KMS キーの削除(?:を)?(?:スケジュール|予約)し|KMS キー(?:を)(?:削除|無効)/,
];

/** @returns the words that weaken; undefined where none do. */
export function weakensJa(sentence: string): string | undefined {
  for (const found of sentence.matchAll(ORDER)) {
    const [whole, thing = '', between = ''] = found;
    if (RELIEF.ja.test(thing + between)) continue;
    return whole;
  }
  for (const pattern of [LEFT, NEEDLESS, UNDONE, ...OPENS]) {
    const found = pattern.exec(sentence);
    if (found) return found[0];
  }
  return undefined;
}
