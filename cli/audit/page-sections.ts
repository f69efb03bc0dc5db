/** The facts that the answers rest on, section by section. */
import { type Html, html } from '../show/html';
import { type Cell, cell, placeText, type Say, type Table } from './answers/answer';
import { modelTable, questionsTable, samplesTable, slackTable, waysTable } from './answers/model';
import { keptTable, letInTable } from './answers/readers';
import { muteAnchor, mutesTable } from './answers/muted';
import { sourceText, unitsTable } from './answers/routes';
import { measuredTable } from './answers/measured';
import { alarmsTable, askingTable, stoppingTable } from './answers/alarms';
import { checksTable, promisesTable } from './answers/works';
import type { Audit } from './audited';
import { whereTable } from './deployments';
import { renderTree } from './page-picture';
import { renderTable } from './page-table';
import { type AuditedRole, conditionText } from './rights';
import { channelText } from './slack';

export interface Section {
  id: string;
  title: string;
  body: Html;
}

export function sections(audit: Audit, say: Say): Section[] {
  return [
    { id: 'where', title: say('What is deployed where', '配置'), body: renderTable(whereTable(audit, say)) },
    { id: 'roles', title: say('Roles and their rights', 'ロールと権限'), body: html`${audit.roles.map((role) => renderRole(role, say))}` },
    { id: 'letin', title: say('Policies of resources', 'リソースポリシー'), body: renderTable(letInTable(audit, say)) },
    { id: 'kept', title: say('Encryption and retention', '暗号化と保持期間'), body: renderTable(keptTable(audit, say)) },
    { id: 'network', title: say('Network egress', 'ネットワークの送信'), body: renderTable(waysTable(audit, say)) },
    {
      id: 'sent',
      title: say('What leaves, field by field', '外に出る項目'),
      body: html`${audit.model.enabled && renderTable(questionsTable(audit, say))}${renderTable(modelTable(audit, say), [5])}${audit.model.enabled && renderTable(samplesTable(audit, say), [1])}${renderTable(slackTable(audit, say))}`,
    },
    {
      id: 'units',
      title: say('OUs and who is told', 'OU と通知先'),
      body: html`<p class="about">${sourceText(audit, say)}</p>${renderTree(audit.units, say)}${renderTable(receiversTable(audit, say))}${renderTable(unitsTable(audit.units, say))}`,
    },
    { id: 'mutes', title: say('Mutes', 'ミュート'), body: html`${renderTable(mutesTable(audit, say))}${renderWritten(audit)}` },
    {
      id: 'proof',
      title: say('What was measured and proved', '計測と証明'),
      body: html`${renderTable(promisesTable(audit, say))}${renderTable(measuredTable(audit, say))}`,
    },
    {
      id: 'alarms',
      title: say('Alarms', 'アラーム'),
      body: html`${renderTable(stoppingTable(audit, say))}${renderTable(askingTable(audit, say))}${renderTable(alarmsTable(audit, say), [1, 2, 3])}${renderTable(checksTable(audit, say), [0, 1, 2, 3])}`,
    },
    {
      id: 'checks',
      title: say('cdk-nag: exceptions, and NIST 800-53', 'cdk-nag：例外と NIST 800-53'),
      body: html`${renderTable(exceptionsTable(audit, say), [1, 2])}${renderTable(standingTable(audit, say), [0, 2])}${renderTable(nistTable(audit, say), [0, 1])}`,
    },
  ];
}

/** The lines of routes.yaml that mutes are read from. */
function renderWritten({ mutes }: Audit): Html {
  return html`${mutes.map(
    ({ written }) =>
      written &&
      html`<details><summary>routes.yaml <small>${written.line}</small></summary><pre id="${muteAnchor({ written })}" tabindex="0">${written.text}</pre></details>`,
  )}`;
}

function renderRole(role: AuditedRole, say: Say): Html {
  const { name, place, anchor, policies, description, trusts, managed, rights } = role;
  const table: Table = {
    title: say(`What ${name} may do`, `${name} に許されること`),
    head: [
      say('right', '権限'),
      say('effect', '効果'),
      say('actions', 'アクション'),
      say('on', '対象'),
      say('if', '条件'),
      say('what for', '理由'),
    ],
    rows: rights.map(({ sid, effect, actions, resources, conditions, reason }) => [
      cell(sid || '–', ...policies),
      effect,
      actions.join(', '),
      cell(resources.map(({ text }) => text).join(', '), ...resources.map((each) => each.anchor)),
      conditions.map(conditionText).join('; ') || '–',
      reason || say('(none is given)', '（記載なし）'),
    ]),
  };
  return html`<div class="role"><h3><a href="#${anchor}">${name}</a> · ${placeText(place, say)}</h3>
<p class="about"><span lang="en">${description}</span> ${say('Taken by', '引き受けるのは')} ${trusts.join(', ')}. ${managed.length > 0 && managed.join(', ')}</p></div>
${renderTable(table, [5])}`;
}

function receiversTable({ slack }: Audit, say: Say): Table {
  return {
    title: say('Receivers', '通知先一覧'),
    head: [
      say('receiver', '通知先'),
      say('channel', 'チャンネル'),
      say('language', '言語'),
      say('from', '最低重要度'),
      say('mentions', 'メンション'),
      say(
        'its readers have access to the security account (so routes.yaml says: links lead there; it gives no right)',
        'セキュリティアカウントへのアクセス（routes.yaml の記載。リンク先が変わるだけで、権限は与えない）',
      ),
    ],
    rows: slack.receivers.map(({ name, address, language, minimumSeverity, mentions, securityAccountAccess }) => [
      name,
      channelText(address, say),
      language,
      minimumSeverity ?? '–',
      Object.entries(mentions)
        .map(([severity, ids]) => `${severity}: ${ids.join(', ')}`)
        .join('; ') || '–',
      securityAccountAccess ? say('yes', 'あり') : say('no', 'なし'),
    ]),
  };
}

function exceptionsTable({ exceptions, failures }: Audit, say: Say): Table {
  const given = exceptions.map(({ rule, finding, about, reason, anchor }) => [
    cell(finding ? `${rule}[${finding}]` : rule, anchor),
    about,
    reason,
  ]);
  const failed = failures.map(({ rule, about, anchor }) => [cell(rule, anchor), about, say('FAILS', '不合格')]);
  return {
    title: say('Exceptions of AwsSolutions, each with its reason', 'AwsSolutions の例外と理由'),
    head: [say('rule', 'ルール'), say('what it says', '内容'), say('why it is let pass', '許容の理由')],
    rows: [...failed, ...given],
  };
}

/** One row for all resources that have one reason. */
function standingTable({ nist, resources }: Audit, say: Say): Table {
  const names = new Map(resources.map(({ anchor, name }) => [anchor, name]));
  const rows = nist.flatMap(({ rule, fails }) => {
    const reasons = [...new Set(fails.map(({ reason }) => reason))];
    return reasons.map((reason): Cell[] => {
      const its = fails.filter((each) => each.reason === reason);
      const switches = [...new Set(its.flatMap((each) => each.switch ?? []))];
      return [
        rule,
        cell([...new Set(its.map(({ anchor }) => names.get(anchor) ?? anchor))].join(', '), ...its.map(({ anchor }) => anchor)),
        reason || say('NO REASON IS GIVEN', '理由の記載なし'),
        switches.length > 0
          ? say(`settings.yaml: ${switches.join(', ')}`, `settings.yaml の ${switches.join('、')}`)
          : say('nothing here', 'なし'),
      ];
    });
  });
  return {
    title: say(
      'What fails of NIST 800-53, why it stands, and the switch that mends it',
      'NIST 800-53 で不合格のもの：許容の理由と、解消する設定',
    ),
    head: [
      say('rule', 'ルール'),
      say('on', '対象'),
      say('why it stands', '許容の理由'),
      say('mended by (docs/deploy.md, Switches)', '解消する設定（docs/deploy.md の Switches）'),
    ],
    rows,
  };
}

function nistTable({ nist }: Audit, say: Say): Table {
  const count = (anchors: string[]) => (anchors.length === 0 ? '–' : cell(`${anchors.length}`, ...anchors));
  return {
    title: say('Rules of the pack NIST 800-53 R5, with its verdict on each resource', 'NIST 800-53 R5 パックのルールとリソースごとの判定'),
    head: [
      say('rule', 'ルール'),
      say('what it says where it fails', '不合格時の内容'),
      say('controls', '管理策'),
      say('passes', '合格'),
      say('fails', '不合格'),
      say('cannot be said', '判定不能'),
    ],
    rows: nist.map(({ rule, about, controls, passes, fails, unknown }) => [
      rule,
      about,
      controls.join(', '),
      count(passes),
      count(fails.map(({ anchor }) => anchor)),
      count(unknown),
    ]),
  };
}
