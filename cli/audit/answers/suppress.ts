/** Can the system suppress findings? */
import { HIDING, may, UPDATES } from '../may';
import { type Answering, cell, sayIn } from './answer';

/** What AWS's managed policies let is not in the templates; of this one it is known that it writes logs and nothing else. */
const LOGS_ALONE = /\/AWSLambdaBasicExecutionRole$/;

/** What marking as told sets. */
const MEANT = ['securityhub:ASFFSyntaxPath/Workflow.Status=NOTIFIED', 'securityhub:OCSFSyntaxPath/StatusId=2'];

export const suppress: Answering = ({ roles, mutes, severities }, say) => {
  const updates = roles.flatMap((role) =>
    UPDATES.filter((update) => may(role, 'securityhub:BatchUpdateFindings', update)).map(({ key, value }) => ({
      role,
      set: `${key}=${value}`,
    })),
  );
  const wrong = updates.filter(({ set }) => !MEANT.includes(set));
  const hiding = roles.flatMap((role) => HIDING.filter((action) => may(role, action)).map((action) => ({ role, action })));
  const writers = roles.filter((role) => may(role, 'securityhub:BatchUpdateFindings', UPDATES[1]));
  const inForce = mutes.filter(({ ended }) => !ended);
  const unseen = roles.filter(({ managed }) => managed.some((policy) => !LOGS_ALONE.test(policy)));
  const fine = wrong.length === 0 && hiding.length === 0 && unseen.length === 0;
  const set = [...new Set(updates.map(({ set: each }) => each))].join(', ');
  const may_ = writers.map(({ name }) => name).join(', ') || say('No role', 'どのロールも');
  const wrongs = (language: 'en' | 'ja') => {
    const words = sayIn(language);
    return [
      ...wrong.map(({ role, set: each }) => words(`${role.name} may set ${each}`, `${role.name} は ${each} を設定できる`)),
      ...hiding.map(({ role, action }) => words(`${role.name} may call ${action}`, `${role.name} は ${action} を呼び出せる`)),
      ...unseen.map(({ name, managed }) =>
        words(
          `${name} has ${managed.join(', ')}, which the templates do not show`,
          `${name} にはテンプレートから中身の分からない ${managed.join('、')} がある`,
        ),
      ),
    ];
  };
  return {
    question: say('Can the system suppress findings?', 'このシステムは検出結果を抑制できるか。'),
    fine,
    verdict: fine
      ? say(
          `Not in Security Hub: of ${roles.length} roles, ${may_} alone may update findings, and only so: ${set || 'nothing'}. None may resolve, suppress or archive one, change a severity, write an automation rule, or turn anything off. In Slack ${inForce.length} ${inForce.length === 1 ? 'mute keeps' : 'mutes keep'} findings untold.`,
          `Security Hub 上では不可。${roles.length} 個のロールのうち検出結果を更新できるのは ${may_} だけで、設定できる値は ${set || 'なし'} に限られる。解決・抑制・アーカイブ、重要度の変更、自動化ルールの作成、各種機能の無効化ができるロールはない。Slack では ${inForce.length} 件のミュートにより通知されない検出結果がある。`,
        )
      : say(`YES: ${wrongs('en').join('; ')}.`, `可能。${wrongs('ja').join('、')}。`),
    tables: [
      {
        title: say('What each update of a finding comes to, by role', '検出結果の更新の可否（ロール別）'),
        head: [say('field and value', '項目と値'), say('who may set it', '設定できるロール')],
        rows: UPDATES.map((update) => {
          const allowed = roles.filter((role) => may(role, 'securityhub:BatchUpdateFindings', update));
          const who = allowed.map(({ name }) => name).join(', ') || say('nobody', 'なし');
          return [
            `${update.key.replace('securityhub:', '')} = ${update.value}`,
            cell(who, ...(allowed.length > 0 ? allowed : writers).flatMap(({ policies }) => policies)),
          ];
        }),
      },
      {
        title: say('Other actions that hide findings or end them', '検出結果を隠す、または止めるその他のアクション'),
        head: [say('who', 'ロール'), say('may call', '呼び出せるアクション')],
        rows: [
          [say('nobody', 'なし'), HIDING.filter((action) => !hiding.some((each) => each.action === action)).join(', ')],
          ...hiding.map(({ role, action }) => [cell(role.name, ...role.policies), action]),
        ],
      },
      {
        title: say('What Slack is not told', 'Slack に通知されないもの'),
        head: [say('what', '対象'), say('why', '理由')],
        rows: [
          [
            say(`severities other than ${severities.join(', ')}`, `${severities.join('、')} 以外の重要度`),
            say('settings.yaml: severities', 'settings.yaml の severities'),
          ],
          ...inForce.map(({ route, reason, until }) => [
            route,
            `${reason} (${until ? say(`until ${until}`, `${until} まで`) : say('no end', '期限なし')})`,
          ]),
        ],
      },
    ],
  };
};
