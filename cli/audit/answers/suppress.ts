/** Can the system suppress findings? */
import { NOTED, NOTED_BY } from '../../../config/note';
import { at, list } from '../../../handlers/domain/text/reading';
import type { Audit, AuditedResource } from '../audited';
import { HIDING, may, SWITCHES, UPDATES } from '../may';
import type { AuditedRole } from '../rights';
import { type Answering, cell, placeText, type Say, sayIn, type Table } from './answer';
import { muteAnchor } from './muted';

/** What AWS's managed policies let is not in the templates; of this one it is known that it writes logs and nothing else. */
const LOGS_ALONE = /\/AWSLambdaBasicExecutionRole$/;

/**
 * With ControlFindingGenerator=SECURITY_CONTROL, which is what the code sets where it is not. What Security Hub then does to findings:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-changes-consolidation.html
 */
const CONSOLIDATES = 'securityhub:UpdateSecurityHubConfiguration';

/** What marking as told sets, as `updates` names it. */
const MEANT = [
  'ASFFSyntaxPath/Workflow.Status=NOTIFIED',
  'OCSFSyntaxPath/StatusId=2',
  `ASFFSyntaxPath/Note.Text=${NOTED}…`,
  `ASFFSyntaxPath/Note.UpdatedBy=${NOTED_BY}`,
  `OCSFSyntaxPath/Comment=${NOTED}…`,
];

/** Whatever else may give rights: of what, and what it is. */
function unseenIn({ roles, resources }: Audit): { name: string; what: string }[] {
  const policies = roles.flatMap((role) => role.policies);
  const ownRole = ({ stack, body }: AuditedResource) => {
    const [id] = list(at(body, 'Properties', 'Role', 'Fn::GetAtt')).map(String);
    return roles.some((role) => role.stack === stack && id !== undefined && role.anchor.endsWith(`-${id}`));
  };
  const given = resources.flatMap((resource) => {
    const { type, name, anchor, body } = resource;
    if (type === 'AWS::Lambda::Function') return ownRole(resource) ? [] : [{ name, what: 'a role of elsewhere' }];
    if (type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy')
      return policies.includes(anchor) && !at(body, 'Properties', 'Users') && !at(body, 'Properties', 'Groups')
        ? []
        : [{ name, what: type }];
    return /^AWS::(IAM::(?!Role$)|SSO::)/.test(type) ? [{ name, what: type }] : [];
  });
  const managed = roles
    .flatMap(({ name, managed: its }) => its.map((what) => ({ name, what })))
    .filter(({ what }) => !LOGS_ALONE.test(what));
  return [...managed, ...given];
}

export const suppress: Answering = (audit, say) => {
  const { roles, mutes } = audit;
  const updates = roles.flatMap((role) =>
    UPDATES.filter((update) => may(role, 'securityhub:BatchUpdateFindings', update)).map(({ key, value }) => ({
      role,
      set: `${key.replace('securityhub:', '')}=${value}`,
    })),
  );
  const wrong = updates.filter(({ set }) => !MEANT.includes(set));
  const hiding = roles.flatMap((role) => HIDING.filter((action) => may(role, action)).map((action) => ({ role, action })));
  const writers = roles.filter((role) => may(role, 'securityhub:BatchUpdateFindings', UPDATES[1]));
  const inForce = mutes.filter(({ ended }) => !ended);
  const unseen = unseenIn(audit);
  const switches = switchesOf(roles);
  const consolidating = roles.filter((role) => may(role, CONSOLIDATES));
  const names = (given: AuditedRole[]) => [...new Set(given.map((role) => `${role.name} (${placeText(role.place, say)})`))].join(', ');
  const fine = wrong.length === 0 && hiding.length === 0 && unseen.length === 0;
  const set = [...new Set(updates.map(({ set: each }) => each))].join(', ');
  const note = updates.some(({ set: each }) => /Note\.Text|Comment/.test(each));
  const may_ = writers.map(({ name }) => name).join(', ') || say('No role', 'どのロールも');
  const wrongs = (language: 'en' | 'ja') => {
    const words = sayIn(language);
    return [
      ...wrong.map(({ role, set: each }) => words(`${role.name} may set ${each}`, `${role.name} は ${each} を設定できる`)),
      ...hiding.map(({ role, action }) => words(`${role.name} may call ${action}`, `${role.name} は ${action} を呼び出せる`)),
      ...unseen.map(({ name, what }) =>
        words(`${name} has ${what}, which this does not judge`, `${name} には、ここで判定できない ${what} がある`),
      ),
    ];
  };
  return {
    question: say('Can the system suppress findings?', 'このシステムは検出結果を抑制できるか。'),
    fine,
    verdict: fine
      ? say(
          `Not in Security Hub: of ${roles.length} roles, ${may_} alone may update findings, and only so: ${set || 'nothing'}${note ? '; IAM does not see whose note and which status it replaces (the code replaces nobody’s note, and NEW alone). Whoever filters Security Hub by NEW no longer finds what was told' : ''}. None may resolve, suppress or archive one by an update, change a severity, write another note, write an automation rule, or call another of the ${HIDING.length} actions below that hide findings or end them. ${consolidating.length > 0 ? `There is one side effect: where consolidated control findings are off, ${names(consolidating)} may turn them on (${CONSOLIDATES}), and the code does; Security Hub itself then archives the findings that it made for each standard, and makes one for each control in their place, without the workflow status, the notes and whatever else people set. ` : ''}${switches.length > 0 ? `Automatic enabling could be turned off by ${names(switches.map(({ role }) => role))}: IAM lets them (${[...new Set(switches.map(({ action }) => action))].join(', ')}); the code does not do so. ` : ''}In Slack ${inForce.length} ${inForce.length === 1 ? 'mute keeps' : 'mutes keep'} findings untold.`,
          `Security Hub 上では不可。${roles.length} 個のロールのうち検出結果を更新できるのは ${may_} だけで、設定できる値は ${set || 'なし'} に限られる${note ? '（誰のノート、どのステータスを置き換えるかは IAM からは見えない。コードは人の書いたノートを置き換えず、NEW だけを変える。NEW で絞り込んで見ている人には、通知済みのものは見えなくなる）' : ''}。更新による解決・抑制・アーカイブ、重要度の変更、ほかのノートの記入、自動化ルールの作成など、下記の検出結果を隠す・止める ${HIDING.length} 個のアクションを呼び出せるロールはない。${consolidating.length > 0 ? `副作用が一つある：統合コントロール検出結果が無効なら ${names(consolidating)} が有効にでき（${CONSOLIDATES}）、コードもそうする。すると Security Hub 自身が標準ごとの検出結果をアーカイブし、コントロールごとに作り直す。ワークフローステータスやノートなど、人が設定したものは引き継がれない。` : ''}${switches.length > 0 ? `自動有効化の停止は ${names(switches.map(({ role }) => role))} に IAM 上は可能だが（${[...new Set(switches.map(({ action }) => action))].join('、')}）、コードは行わない。` : ''}Slack では ${inForce.length} 件のミュートにより通知されない検出結果がある。`,
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
          ...switches.map(({ role, action, what }) => [
            cell(names([role]), ...role.policies),
            say(`${action} (${what[0]}): IAM lets it, the code does not`, `${action}（${what[1]}の停止）：IAM 上は可能、コードは行わない`),
          ]),
        ],
      },
      ...(consolidating.length > 0 ? [consolidation(consolidating, names, say)] : []),
      untold(audit, say),
    ],
  };
};

function consolidation(roles: readonly AuditedRole[], names: (given: AuditedRole[]) => string, say: Say): Table {
  return {
    title: say('Side effect of turning on consolidated control findings', '統合コントロール検出結果を有効にすることの副作用'),
    head: [say('who', 'ロール'), say('calls', '呼び出し'), say('what Security Hub then does, once', 'Security Hub が一度だけ行うこと')],
    rows: roles.map((role) => [
      cell(names([role]), ...role.policies),
      say(
        `${CONSOLIDATES} with ControlFindingGenerator=SECURITY_CONTROL, where it is not so already`,
        `${CONSOLIDATES}（ControlFindingGenerator=SECURITY_CONTROL。既に有効なら呼び出さない）`,
      ),
      say(
        'It archives the findings by standard, within a day, with the workflow status and the note that they have; the new ones by control begin as NEW (RESOLVED where they pass), without note',
        '標準ごとの検出結果を、ワークフローステータスとノートを付けたまま一日以内にアーカイブする。コントロールごとの新しい検出結果は NEW（合格なら RESOLVED）、ノートなしで始まる',
      ),
    ]),
  };
}

/** Of each role what it could turn off by a right that it has for turning on. */
function switchesOf(roles: readonly AuditedRole[]) {
  return roles.flatMap((role) => Object.entries(SWITCHES).flatMap(([action, what]) => (may(role, action) ? [{ role, action, what }] : [])));
}

/** handlers/domain/finding/admission.ts. What was told once is told of further, whatever its severity then is. */
function untold({ mutes, severities, includeSamples, slack, resources }: Audit, say: Say): Table {
  const rules = (...named: string[]) =>
    resources.flatMap(({ type, name, anchor }) => (type === 'AWS::Events::Rule' && named.includes(name) ? [anchor] : []));
  const admitting = rules('Rules/admit', 'Rules/admit-v2');
  // Routes and mutes hold for it all the same.
  const admission: [string, string, string[]][] = [
    [
      say(`severities other than ${severities.join(', ')}`, `${severities.join('、')} 以外の重要度`),
      say('settings.yaml: severities', 'settings.yaml の severities'),
      admitting,
    ],
    [
      say('what is not ACTIVE, passed, or not NEW', 'ACTIVE でない、合格した、または NEW でない検出結果'),
      say('it is closed, or somebody set its workflow status', '終了した、または誰かがワークフローステータスを変更した'),
      admitting,
    ],
    [
      say('a control that could not be checked', '検査できなかったコントロール'),
      say('whether it fails is not known: the rules let it in, the code keeps it back', '合否が不明。ルールは通し、コードが通知しない'),
      [],
    ],
    ...(includeSamples
      ? []
      : ([
          [say('sample findings', 'サンプルの検出結果'), say('settings.yaml: includeSamples', 'settings.yaml の includeSamples'), []],
        ] satisfies [string, string, string[]][])),
  ];
  const admitted = admission.map(([what, why, by]) => [
    cell(
      say(
        `${what}, unless a person sends it by hand from Security Hub, or it was told before`,
        `${what}（Security Hub から手動で送信したもの、既に通知したものを除く）`,
      ),
      ...by,
      ...rules('Rules/custom-action'),
    ),
    why,
  ]);
  return {
    title: say('What Slack is not told', 'Slack に通知されないもの'),
    head: [say('what', '対象'), say('why', '理由')],
    rows: [
      ...admitted,
      ...slack.receivers.flatMap(({ name, minimumSeverity }) =>
        minimumSeverity === undefined
          ? []
          : [
              [
                say(`${name}: below ${minimumSeverity}`, `${name}：${minimumSeverity} 未満`),
                say('routes.yaml: minimumSeverity', 'routes.yaml の minimumSeverity'),
              ],
            ],
      ),
      ...mutes
        .filter(({ ended }) => !ended)
        .map(({ route, reason, until, written }) => [
          cell(route, muteAnchor({ written })),
          `${reason} (${until ? say(`until ${until}`, `${until} まで`) : say('no end', '期限なし')})`,
        ]),
    ],
  };
}
