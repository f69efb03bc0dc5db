/** What there is of the model's answers, for the terminal. */
import type { WithheldCounts } from '../../handlers/domain/interpretation/answer';
import { counted } from '../doctor/check';
import { type Column, type Paint, table } from '../show/columns';
import { inert } from '../show/inert';
import { folded } from '../show/wrap';
import type { Listed, Shown } from './list';
import type { Purged } from './purge';

const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

function withheld(counts: WithheldCounts): string {
  const all = Object.entries(counts);
  return all.map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** @param all how many there are, with those of other pages. @param more whether any come behind these. */
export function renderListed(
  answers: readonly Listed[],
  { all, more }: { all: number; more: boolean },
  width: number,
  paint: Paint,
): string {
  const head = ['answer', 'given (UTC)', 'messages', 'withheld', 'language', 'model', 'prompt', 'brief'];
  const rows = answers.map(({ name, at, messages, withheld: counts, language, model, promptVersion, briefHash }) => [
    name,
    time(at),
    String(messages),
    withheld(counts),
    language,
    model,
    promptVersion,
    briefHash.slice(0, 8),
  ]);
  const columns = (row: readonly string[], style?: 'bold'): Column[] =>
    row.map((text) => ({ text, ...(style ? { paint: (each: string) => paint(style, each) } : {}) }));
  const last = answers.at(-1);
  return [
    ...(answers.length > 0 ? table([columns(head, 'bold'), ...rows.map((row) => columns(row))], width) : []),
    `${counted(answers.length, 'answer')}${answers.length < all ? ` of ${all}` : ''}${more ? `; the next: --after ${last?.name ?? ''}` : ''}`,
  ].join('\n');
}

export function renderShown({ answer, kept, purges, messages }: Shown, width: number): string {
  const words = kept
    ? [
        `${kept.model}, ${kept.language}, prompt ${kept.promptVersion}, brief ${kept.briefHash}, ${time(kept.at)} UTC`,
        `tokens: ${kept.inputTokens} in, ${kept.outputTokens} out`,
        `withheld: ${withheld(kept.withheld) || 'nothing'}`,
        '',
        ...folded(inert(kept.briefing.summary), width, 2),
        '',
        ...folded(inert(kept.briefing.impact), width, 2),
        '',
        ...kept.briefing.actions.flatMap((action) => folded(`- ${inert(action)}`, width, 2)),
      ]
    : ['It is not kept (any more): purged, older than 90 days, or never there.'];
  return [
    answer,
    ...words,
    '',
    `${counted(messages.length, 'message')} ${messages.length === 1 ? 'shows' : 'show'} it`,
    ...messages.map(({ receiver, channel, ts }) => inert(`  ${receiver}: ${channel} ${ts}`)),
    ...purges.map(({ at, by, why }) => inert(`purged ${time(at)} UTC by ${by}: ${why}`)),
  ].join('\n');
}

export function renderPurged({ answer, was, messages, quiet, left, stopped }: Purged): string[] {
  if (was === 'gone' && messages.length + quiet + left.length === 0 && !stopped)
    return [`${answer}: there is nothing of it: it is not kept, and no problem shows it`];
  return [
    `${answer}: ${was === 'kept' ? 'purged; it is asked anew' : 'was not kept any more'}`,
    `${counted(messages.length, 'message')} ${messages.length === 1 ? 'is' : 'are'} edited without it, by deliver, within minutes`,
    ...messages.map(({ channel, ts }) => inert(`  ${channel} ${ts}`)),
    ...(quiet > 0 ? [`${counted(quiet, 'problem')} lost it that are closed, or not told yet`] : []),
    ...(left.length > 0 ? [`${counted(left.length, 'message')} of incoming webhooks cannot be edited:`] : []),
    ...left.map(({ channel, ts }) => inert(`  ${channel} ${ts}`)),
  ];
}
