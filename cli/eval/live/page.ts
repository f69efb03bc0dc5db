/**
 * The phrasebook's words and the model's, side by side and in an order by chance, so that whoever reads them can say which are better before the key
 * at the end says whose they are. One file, no script, no request.
 */
import type { Language } from '../../../config/schema';
import type { CheckedBriefing } from '../../../handlers/domain/interpretation/briefing';
import type { Phrase } from '../../../handlers/domain/phrasebook/phrase';
import { WORDS } from '../../../handlers/domain/message/words';
import type { Random } from '../../simulate/world/random';
import { type Html, html } from '../../show/html';
import { renderDocument } from '../../show/page';
import { MESSAGE_STYLE } from '../../show/style-message';
import type { Explained } from './asking';
import { type Figures, shownOf } from './figures';
import { MEANS_NOTHING, ordered, percentage, usd } from './render';
import { EVAL_STYLE } from './style';

interface Words {
  meaning: string;
  impact: string;
  steps: readonly string[];
}

/** Of one finding, with whose words stand left. */
export interface Pair {
  name: string;
  language: Language;
  headline: string;
  severity: string;
  phrasebook: Words;
  model: Words;
  modelIsA: boolean;
  withheld: number;
}

/** Findings of which both say something, in the order they were asked of. */
export function pairsOf(explained: readonly Explained[], random: Random): Pair[] {
  const order = [...explained].sort((a, b) => a.question.name.localeCompare(b.question.name));
  return order.flatMap((each) => {
    const { name, language, severity, phrase } = each.question;
    const modelIsA = random() < 0.5;
    const shown = shownOf(each);
    if (!phrase || !shown) return [];
    return [
      {
        name,
        language,
        severity,
        headline: phrase.headline,
        phrasebook: ofPhrase(phrase),
        model: ofModel(shown),
        modelIsA,
        withheld: shown.withheld.length,
      },
    ];
  });
}

/** In NFKC as the model's, which brackets of full width would tell apart. */
const ofPhrase = ({ meaning, impact, steps }: Phrase): Words => {
  const plain = (text: string) => text.normalize('NFKC');
  return { meaning: plain(meaning), impact: plain(impact), steps: steps.map(plain) };
};
const ofModel = ({ summary, impact, actions }: CheckedBriefing): Words => ({ meaning: summary, impact, steps: actions });

export function renderEvaluation(figures: Figures, pairs: readonly Pair[]): string {
  const body = html`<main>
<header><h1>Is the AI worth it?</h1>
<p>Of ${pairs.length} made-up findings what the phrasebook says and what the model says, in an order by chance. Decide for each which you would rather be woken with; whose it is stands <a href="#key">at the end</a>. The model was asked to say what is special of the case and to repeat nothing of the phrasebook; sentences that gate or judge withhold are left out.</p>
${figures.standIn && html`<p class="warning" role="note">${MEANS_NOTHING}</p>`}</header>
<section aria-labelledby="blind"><h2 id="blind">Blind, side by side</h2>
${pairs.length === 0 ? html`<p>There is nothing to compare: of no finding were both shown.</p>` : pairs.map(renderPair)}
</section>
${renderMeasured(figures)}
${renderKey(pairs)}
<footer>${figures.profile} · ${figures.at} · seed ${figures.seed} · prompt ${figures.prompt} · judge ${figures.judge}</footer>
</main>`;
  return renderDocument(body, { title: 'Is the AI worth it?', language: 'en', style: MESSAGE_STYLE + EVAL_STYLE });
}

function renderPair(pair: Pair, index: number): Html {
  const [a, b] = pair.modelIsA ? [pair.model, pair.phrasebook] : [pair.phrasebook, pair.model];
  return html`<article aria-labelledby="pair-${index}">
<h3 id="pair-${index}"><span class="number">${index + 1}</span> <span lang="${pair.language}">${pair.headline}</span> <span class="severity">${pair.severity}</span></h3>
<div class="sides">${renderSide('A', a, pair.language)}${renderSide('B', b, pair.language)}</div>
</article>`;
}

function renderSide(name: 'A' | 'B', { meaning, impact, steps }: Words, language: Language): Html {
  const words = WORDS[language];
  const part = (heading: string, text: string) => text !== '' && html`<p><b>${heading}</b> ${text}</p>`;
  return html`<section class="side"><h4>${name}</h4><div lang="${language}">
${part(words.meaning, meaning)}${part(words.impact, impact)}
${steps.length > 0 && html`<p><b>${words.actions}</b></p><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>`}
</div></section>`;
}

function renderMeasured({ survival, survives, sentences, seconds, cost }: Figures): Html {
  const figure = (label: string, value: string, note: string) =>
    html`<div><dt>${label}</dt><dd><strong>${value}</strong><span>${note}</span></dd></div>`;
  return html`<section aria-labelledby="measured"><h2 id="measured">Measured</h2>
<dl class="figures">
${figure('explanations survive whole', survives === undefined ? '–' : `${(100 * survives).toFixed(0)} %`, survival.map(({ language, asked, whole }) => `${language}: ${whole} of ${asked}`).join(', '))}
${figure('seconds, answer and judge', seconds.both.p50.toFixed(1), `p95 ${seconds.both.p95.toFixed(1)}; ${seconds.inTime} of ${seconds.both.count} within ${seconds.limit} s`)}
${figure('a finding, judged', cost.aFinding === undefined ? '–' : usd(cost.aFinding), `all of this: ${usd(cost.spent)}`)}
</dl>
<table><caption>Sentences that were written for it: how many gate and judge withhold. ${sentences.judged} of ${sentences.asked} were judged.</caption>
<thead><tr><th scope="col">kind</th><th scope="col">language</th><th scope="col">bad</th><th scope="col">gate</th><th scope="col">judge</th><th scope="col">good</th><th scope="col">gate</th><th scope="col">judge</th></tr></thead>
<tbody>${ordered(sentences.rows).map(
    (row) =>
      html`<tr><th scope="row">${row.kind}</th><td>${row.language}</td><td>${row.bad || ''}</td><td>${percentage(row.badByGate, row.bad)}</td><td>${percentage(row.badByJudge, row.bad)}</td><td>${row.good || ''}</td><td>${percentage(row.goodByGate, row.good)}</td><td>${percentage(row.goodByJudge, row.good)}</td></tr>`,
  )}</tbody></table></section>`;
}

function renderKey(pairs: readonly Pair[]): Html {
  const who = (model: boolean) => (model ? 'the model' : 'the phrasebook');
  return html`<section aria-labelledby="key"><h2 id="key">Key</h2>
<details><summary>Whose words are A, and whose B</summary>
<table class="key"><thead><tr><th scope="col">finding</th><th scope="col">A</th><th scope="col">B</th><th scope="col">withheld of the model’s</th></tr></thead>
<tbody>${pairs.map(
    ({ name, modelIsA, withheld }, index) =>
      html`<tr><th scope="row">${index + 1} ${name}</th><td>${who(modelIsA)}</td><td>${who(!modelIsA)}</td><td>${withheld === 0 ? 'nothing' : `${withheld} ${withheld === 1 ? 'sentence' : 'sentences'}`}</td></tr>`,
  )}</tbody></table></details></section>`;
}
