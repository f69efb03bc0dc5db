/** A table of an answer in the page. */
import { type Html, html } from '../show/html';
import type { Cell, Table } from './answers/answer';

/** Roles are written out because a table that is laid out as cards on a phone loses them in some browsers. */
export function renderTable({ title, head, rows }: Table, english: readonly number[] = []): Html {
  return html`<div class="tablebox"><table role="table">
<caption>${title}</caption>
<thead role="rowgroup"><tr role="row">${head.map((text) => html`<th role="columnheader" scope="col">${text}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (row) => html`<tr role="row">${row.map((cell, index) => renderCell(cell, head[index] ?? '', english.includes(index)))}</tr>`,
  )}</tbody>
</table></div>`;
}

function renderCell(cell: Cell, label: string, english: boolean): Html {
  return html`<td role="cell" data-label="${label}"><span${english && html` lang="en"`}>${renderText(cell)}</span></td>`;
}

/** The text leads to the first resource that it is read from; further ones stand behind it by number. */
export function renderText(cell: Cell): Html {
  if (typeof cell === 'string') return html`${cell}`;
  const [first = '', ...others] = [...new Set(cell.anchors)];
  return html`<a href="#${first}">${cell.text}</a>${others.map((anchor, index) => html` <a href="#${anchor}" aria-label="${cell.text} ${index + 2}">[${index + 2}]</a>`)}`;
}
