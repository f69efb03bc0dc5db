/** What is where, and what goes from where to where; and the tree of OUs with who is told. */
import { type Html, html } from '../show/html';
import type { Audit } from './audited';
import { asksText, type Say } from './answers/answer';
import type { Kept } from './kept';
import { ofFinding } from './sent';
import { placesText, slackWays } from './slack';
import type { AuditedUnit } from './units';

export function renderFlow(audit: Audit, say: Say): Html {
  const { organization, stacks, roles, kept, slack, model, hearers, units } = audit;
  const accounts = units.reduce((sum, unit) => sum + unit.accounts.length, 0);
  const sample = audit.unitsOf.kind === 'sample';
  const places = (place: string) => stacks.filter((stack) => stack.place === place);
  const names = (place: string) => [...new Set(roles.filter((role) => role.place === place).map(({ name }) => name))].join(', ');
  const here = kept.filter(({ place }) => place === 'security');
  const count = (kind: Kept['kind']) => here.filter((each) => each.kind === kind).length;
  const tables = here.filter(({ kind }) => kind === 'table');
  const item = (href: string, text: string) => html`<li><a href="#${href}">${text}</a></li>`;
  const arrow = html`<span class="arrow" aria-hidden="true">→</span>`;
  return html`<ol class="flow" aria-label="${say('What goes from where to where', '何がどこからどこへ行くか')}">
<li><div>
<div class="box"><p>${say('Accounts of the organization', '組織のアカウント')}</p><ul>
<li>${organization.id}${accounts > 0 && say(`, ${accounts} accounts${sample ? ' (made-up sample)' : ''}`, `、${accounts} アカウント${sample ? '（架空のサンプル）' : ''}`)}</li>
<li>${say('findings of', '検出結果：')} ${[organization.home, ...organization.linked].join(', ')}</li>
${places('members').length > 0 && item('roles', say(`function in each: ${names('members')}`, `各アカウントの関数：${names('members')}`))}
</ul></div>
<div class="box"><p>${say('Management account', '管理アカウント')} ${organization.managementAccount}</p><ul>
${places('management').length > 0 ? item('roles', names('management') || say('delegation only', '委任のみ')) : html`<li>${say('nothing', 'なし')}</li>`}
</ul></div>
</div>${arrow}</li>
<li><div class="box"><p>${say('Security account', 'セキュリティアカウント')} ${organization.securityAccount}</p><ul>
${item('roles', say(`roles: ${names('security')}`, `ロール：${names('security')}`))}
${tables.map(({ anchor, name, key }) => item(anchor, `${name}: ${key.text}`))}
${item('kept', say(`${count('queue')} queues, ${count('logs')} log groups`, `キュー ${count('queue')}、ロググループ ${count('logs')}`))}
${item('checks', say('checked by cdk-nag', 'cdk-nag による検査'))}
</ul></div>${arrow}</li>
<li><div>
<div class="box"><p>Slack</p><ul>
<li>${slackWays(slack).hosts.join(', ')}</li>
${item('units', placesText(slack, say))}
${item('sent', say(`at least ${slack.fields.length} fields of findings`, `検出結果の ${slack.fields.length} 項目以上`))}
</ul></div>
<div class="box"><p>Amazon Bedrock</p><ul>
${model.enabled ? [html`<li>${model.profiles.join(', ')}</li>`, item('sent', say(`${ofFinding(model.fields).length} fields of a finding, in ${model.regions.join(', ')}`, `検出結果の ${ofFinding(model.fields).length} 項目、${model.regions.join('、')}`))] : html`<li>${say('switched off', '無効')}</li>`}
</ul></div>
<div class="box"><p>${say('Alarms', 'アラーム')}</p><ul>${hearers.length > 0 ? hearers.map(({ anchor, endpoint }) => item(anchor, endpoint)) : item('alarms', say('to topics of your own', '利用者のトピックへ'))}</ul></div>
</div></li>
</ol>`;
}

export function renderTree(units: readonly AuditedUnit[], say: Say): Html {
  const [root] = units.filter(({ path }) => path.length === 0);
  return html`<ul class="tree">${root && renderUnit(root, units, say)}</ul>`;
}

/** @param above routes that are drawn at an OU above: they hold below as well. */
function renderUnit(unit: AuditedUnit, units: readonly AuditedUnit[], say: Say, above: ReadonlySet<string> = new Set()): Html {
  const { path } = unit;
  const below = units.filter((each) => each.path.length === path.length + 1 && path.every((name, depth) => each.path[depth] === name));
  const told = new Map<string, string[]>();
  for (const { receivers, severity, muted } of unit.told) {
    const key = muted ? '' : receivers.join(' + ');
    told.set(key, [...(told.get(key) ?? []), severity]);
  }
  const rootOnly = path.length > 0 && unit.rootOnly;
  const drawn = new Set([...above, ...unit.also.map(({ route }) => route)]);
  const chips = [...told].map(([who, severities]) => {
    const which = told.size > 1 ? `${severities.join(', ')}: ` : '';
    if (who === '') return html`<span class="chip muted">${which}${say('muted', 'ミュート')}</span>`;
    return html`<span class="chip">${which}${who}</span>`;
  });
  const also = unit.also
    .filter(({ route }) => !above.has(route))
    .map(
      ({ asks, receiver, mute, goesOn }) =>
        html`<span class="chip ${mute ? 'muted' : 'more'}">${asksText(asks, say)} → ${mute ? say('muted', 'ミュート') : receiver}${goesOn && say(' as well', '（追加）')}</span>`,
    );
  const accounts = unit.accounts.length > 0 && html` <small>${unit.accounts.map(({ name }) => name).join(', ')}</small>`;
  return html`<li><b>${path.at(-1) ?? 'Root'}</b> ${chips}${rootOnly && html`<span class="chip only">${say('root only', 'ルートのみ')}</span>`}${also}${accounts}
${below.length > 0 && html`<ul>${below.map((each) => renderUnit(each, units, say, drawn))}</ul>`}</li>`;
}
