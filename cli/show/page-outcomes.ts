/** Where each finding went: one row a finding, filtered and muted ones too, each with its reason. */
import { type Html, html } from './html';
import type { Outcome } from './page-model';
import type { PageWords } from './page-words';

/** Roles are written out because a table that is laid out as cards on a phone loses them in some browsers. */
export function renderOutcomes(outcomes: Outcome[], words: PageWords): Html {
  const columns = [words.finding, words.severity, words.account, words.receivers, words.outcome];
  return html`<section class="outcomes" id="outcomes" aria-labelledby="outcomes-name">
<header><h2 id="outcomes-name">${words.outcomes}</h2></header>
<table role="table">
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">${outcomes.map((outcome) => renderRow(outcome, words))}</tbody>
</table>
</section>`;
}

function renderRow(row: Outcome, words: PageWords): Html {
  return html`<tr role="row">
<td role="cell" class="finding"><b>${row.title || row.file}</b>${row.title && html`<small>${row.file}</small>`}</td>
<td role="cell" data-label="${words.severity}"><span class="severity ${severityClass(row.severity)}">${row.severity}</span></td>
<td role="cell" data-label="${words.account}"><span>${row.account}<small>${row.ou}</small></span></td>
<td role="cell" data-label="${words.receivers}">${
    row.receivers.length > 0 ? html`<ul class="receivers">${row.receivers.map((name) => html`<li>${name}</li>`)}</ul>` : '–'
  }</td>
<td role="cell" data-label="${words.outcome}"><span><span class="outcome ${outcomeClass(row.outcome)}">${words.outcomeNames[row.outcome] ?? row.outcome}</span><small>${row.reason}</small></span></td>
</tr>`;
}

function severityClass(severity: string): string {
  return /^(CRITICAL|HIGH|MEDIUM)$/.test(severity) ? severity.toLowerCase() : '';
}

function outcomeClass(outcome: string): string {
  if (outcome === 'posted' || outcome === 'updated') return 'told';
  return outcome === 'invalid' || outcome === 'failed' ? 'bad' : '';
}
