/** Accounts OU by OU, drawn by how they are. */
import { type Html, html } from '../show/html';
import type { Say } from './answers/answer';
import { isFailure, STATES, stateOf, stateWords } from './answers/coverage';
import type { Coverage } from './coverage';

/** Each OU's bar is its own whole: how many accounts that is stands beside it. Colours alone say nothing: the same stands beside in words. */
export function renderCoverage(measured: Coverage, say: Say): Html {
  const units = [...new Set(measured.accounts.map(({ ou }) => ou))].sort();
  const drawn = units.map((ou) => {
    const states = measured.accounts.filter((account) => account.ou === ou).map((account) => stateOf(account, measured));
    const counts = STATES.map((state) => ({ state, count: states.filter((each) => each === state).length }));
    return { ou, all: states.length, counts: counts.filter(({ count }) => count > 0) };
  });
  return html`<ul class="cover" aria-label="${say('Accounts by OU', 'OU 別のアカウント')}">${drawn.map(
    ({
      ou,
      all,
      counts,
    }) => html`<li><b>${ou || say('OU unknown', 'OU 不明')}</b> <small>${say(`${all} ${all === 1 ? 'account' : 'accounts'}`, `${all} アカウント`)}</small>
<span class="bar" aria-hidden="true">${counts.map(
      ({ state, count }) =>
        html`<i class="${isFailure(state) ? 'bad' : state === 'quiet' ? 'open' : 'well'}" style="width:${(100 * count) / all}%"></i>`,
    )}</span>
${counts.map(({ state, count }) => html`<span class="chip ${isFailure(state) ? 'only' : 'more'}">${count} · ${stateWords(state, say)}</span>`)}</li>`,
  )}</ul>`;
}
