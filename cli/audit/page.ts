/** An audit as one HTML file that stands alone: no script, no request. Each claim leads to the resource of the template that it is read from. */
import type { Language } from '../../config/schema';
import { type Html, html } from '../show/html';
import { renderDocument } from '../show/page';
import { MESSAGE_STYLE } from '../show/style-message';
import { answers } from './answers';
import { stackAnchor } from './answers/removal';
import { type Answer, placeText, type Say, sayIn } from './answers/answer';
import type { Audit, AuditedResource } from './audited';
import { renderCoverage } from './page-coverage';
import { renderFlow } from './page-picture';
import { type Section, sections } from './page-sections';
import { AUDIT_STYLE } from './page-style';
import { renderTable } from './page-table';
import { versionOf } from './version';

/** Where the facts of an answer stand in the page. */
const FACTS: Record<Answer['id'], string[]> = {
  suppress: ['facts-suppress', 'roles', 'mutes'],
  model: ['sent', 'roles'],
  leaves: ['network', 'sent'],
  readers: ['units', 'roles', 'letin', 'kept'],
  coverage: ['facts-coverage', 'alarms'],
  told: ['units'],
  muted: ['mutes'],
  changes: ['facts-changes', 'where'],
  works: ['proof', 'alarms', 'checks'],
  removal: ['facts-removal', 'kept', 'where'],
};

/** Answers with tables that no section of facts has: they are one by themselves. */
const OWN_TITLES: Partial<Record<Answer['id'], [en: string, ja: string]>> = {
  changes: ['Differences, and drift', '違いとドリフト'],
  coverage: ['Accounts and their coverage', 'アカウントとカバレッジ'],
  suppress: ['What may be done to findings', '検出結果に対して可能な操作'],
  removal: ['Removal', '撤去'],
};

export function renderAudit(audit: Audit, language: Language): string {
  const say = sayIn(language);
  const all = answers(audit, say);
  const own = all.flatMap((each) => ownSection(each, audit, say));
  const parts = [...own, ...sections(audit, say)];
  const [hub] = audit.stacks;
  const title = say(`Audit of ${hub?.name}`, `${hub?.name} の監査`);
  const body = html`<a class="skip" href="#answers">${say('Skip to the answers', '回答へ移動')}</a>
<div class="layout">
${renderContents(all, parts, say)}
<main>
<header>
<h1>${title}</h1>
<p class="about">${say(
    `Computed on ${audit.made} from ${sourceText(audit, say)}: the synthesized templates, the configuration and the code's own tables. A link leads to the resource of the template that the claim is read from. What was measured says when, and by which commit.`,
    `${audit.made} に、${sourceText(audit, say)}から合成したテンプレート、設定、コード内の表から算出。リンクは根拠となるテンプレートのリソースを指す。計測した値には日時とコミットを添える。`,
  )}</p>
${renderFlow(audit, say)}
</header>
<section id="answers" tabindex="-1" aria-labelledby="answers-title">
<h2 id="answers-title">${say('Ten questions', '10 の質問')}</h2>
<p class="about">${say(
    'A green edge: it is as this system means it to be. Red: it is not. Grey: this page cannot know.',
    '左端の色：緑は意図どおり、赤は意図と異なる、灰色はこのページでは判断できない。',
  )}</p>
${all.map((each) => renderAnswer(each, parts))}
</section>
${parts.map((part) => html`<section id="${part.id}" aria-labelledby="${part.id}-title"><h2 id="${part.id}-title">${part.title}</h2>${part.body}</section>`)}
${renderResources(audit, say)}
<footer>${say('This page sends and loads nothing.', 'このページは何も送受信しません。')}</footer>
</main>
</div>`;
  return renderDocument(body, { title, language, style: MESSAGE_STYLE + AUDIT_STYLE });
}

/** Which code and configuration it is of. */
function sourceText({ resources }: Audit, say: Say): string {
  const [version] = resources.flatMap((each) => versionOf(each) ?? []);
  if (!version) return say('code that does not say its version', 'バージョン不明のコード');
  const { code, hash } = version;
  const differs = code.endsWith('+');
  const commit = /^([0-9a-f]{7})\+?$/.exec(code)?.[1];
  if (commit === undefined) return say(`release ${code}, configuration ${hash}`, `リリース ${code}、設定 ${hash} `);
  return say(
    `commit ${commit} (${differs ? 'what is deployed has changes that are NOT committed' : 'nothing of what is deployed has uncommitted changes; what is not deployed, such as tests and docs, was not looked at'}), configuration ${hash}`,
    `コミット ${commit}（${differs ? 'デプロイ対象に未コミットの変更あり' : 'デプロイ対象に変更なし。テストや文書など対象外のファイルは未確認'}）、設定 ${hash} `,
  );
}

function renderContents(all: readonly Answer[], parts: readonly Section[], say: Say): Html {
  return html`<nav class="contents" aria-label="${say('Contents', '目次')}">
<p>${say('Questions', '質問')}</p>
<ol>${all.map(({ id, question }) => html`<li><a href="#q-${id}">${question}</a></li>`)}</ol>
<p>${say('Facts', '事実')}</p>
<ul>${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
<li><a href="#resources">${say('Resources of the templates', 'テンプレートのリソース')}</a></li></ul>
</nav>`;
}

function renderAnswer({ id, question, verdict, fine, open }: Answer, parts: readonly Section[]): Html {
  const facts = FACTS[id].flatMap((part) => parts.find((each) => each.id === part) ?? []);
  return html`<div class="question${!fine && ' wrong'}${open && ' open'}" id="q-${id}">
<h3>${question}</h3>
<p>${withCode(verdict)}</p>
<p>${facts.map((part) => html`<a href="#${part.id}">${part.title}</a> · `)}<code>npm run hub -- audit ${id}${id === 'changes' && ' --against REF'}</code></p>
</div>`;
}

/** What an operator types stands between backticks. */
function withCode(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

function ownSection({ id, tables }: Answer, { evidence }: Audit, say: Say): Section[] {
  const title = OWN_TITLES[id];
  if (!title || tables.length === 0) return [];
  const drawn = id === 'coverage' && evidence.coverage && renderCoverage(evidence.coverage.result, say);
  return [{ id: `facts-${id}`, title: say(...title), body: html`${drawn}${tables.map((table) => renderTable(table))}` }];
}

function renderResources({ resources, stacks }: Audit, say: Say): Html {
  return html`<section id="resources" class="resources" aria-labelledby="resources-title">
<h2 id="resources-title">${say('Resources of the templates', 'テンプレートのリソース')}</h2>
${stacks.map(({ name, place, regions, protectedFromDeletion }) => html`<h3 id="${stackAnchor(name)}" tabindex="-1">${name} · ${placeText(place, say)} · ${regions.join(', ')}${place !== 'members' && html` · <code>terminationProtection: ${protectedFromDeletion ? 'true' : 'false'}</code>`}</h3>${resources.filter(({ stack }) => stack === name).map(renderResource)}`)}
</section>`;
}

/** The address is that of what is inside: a browser opens what is around it. */
function renderResource({ anchor, name, type, body }: AuditedResource): Html {
  return html`<details><summary>${name} <small>${type}</small></summary><pre id="${anchor}" tabindex="0">${JSON.stringify(body, null, 2)}</pre></details>`;
}
