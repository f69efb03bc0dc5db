/** The model's answers that are kept, the newest first, and how many messages show each; and one of them as a whole. */
import {
  type AnswerName,
  type AnswerRow,
  isKept,
  type KeptAnswer,
  nameOf,
  type PurgeRow,
} from '../../handlers/domain/interpretation/answer';
import { rowKeys } from '../../handlers/domain/problem/rows';
import type { Ledger } from '../../handlers/ports';
import { problemOf, type Seen, type SeenAnswer, type SeenProblem } from './seen';

export interface Listed extends SeenAnswer {
  messages: number;
}

export interface Shown {
  answer: string;
  /** Absent where it is not kept any more: purged, or older than 90 days. */
  kept?: KeptAnswer;
  purges: PurgeRow[];
  messages: { receiver: string; channel: string; ts: string }[];
}

/** Answers that messages still show and that are not kept any more are not among them: their words stand in the messages alone. */
export async function listed(seen: AsyncIterable<Seen>): Promise<Listed[]> {
  const answers: SeenAnswer[] = [];
  const shown = new Map<string, number>();
  for await (const each of seen) {
    if (each.kind === 'answer') answers.push(each);
    else if (showsWords(each)) shown.set(nameOf(each.answer), (shown.get(nameOf(each.answer)) ?? 0) + 1);
  }
  return answers
    .sort((a, b) => b.at - a.at || a.name.localeCompare(b.name))
    .map((answer) => ({ ...answer, messages: shown.get(answer.name) ?? 0 }));
}

export async function shownOf(name: AnswerName, ledger: Ledger, seen: AsyncIterable<Seen>): Promise<Shown> {
  const row = (await ledger.read<AnswerRow>(rowKeys.briefing(name.key)))?.value;
  const purges = await ledger.list<PurgeRow>(rowKeys.purges(nameOf(name), 0).pk, '');
  const messages: Shown['messages'] = [];
  for await (const each of seen)
    if (each.kind === 'problem' && nameOf(each.answer) === nameOf(name) && showsWords(each) && each.message)
      messages.push({ receiver: problemOf(each.key).receiver, ...each.message });
  const kept = isKept(row) && row.edition === name.edition ? { kept: row } : {};
  return { answer: nameOf(name), ...kept, purges: purges.map(({ value }) => value), messages };
}

function showsWords({ purged, message, closed }: SeenProblem): boolean {
  return !purged && !closed && message !== undefined;
}
