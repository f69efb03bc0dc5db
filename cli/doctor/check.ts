/** A check is a value: what it asks, which other answers it builds on, and how it comes to its own. */
import type { Context } from './context';

/**
 * pass; warn: worth knowing, nothing is lost; fail: something is or will be lost; unknown: it could not be looked at;
 * skipped: another check that failed, or a flag that was not given, made it pointless.
 */
export type Verdict = 'pass' | 'warn' | 'fail' | 'unknown' | 'skipped';

/** In the order of the report. */
export const GROUPS = ['Configuration', 'Organization', 'Security Hub', 'Coverage', 'Routes', 'Slack', 'Model', 'This system'] as const;
export type Group = (typeof GROUPS)[number];

export interface Remedy {
  say: string;
  /** For a shell, with this organization's ids. */
  command?: string;
}

/** One of what was found: a line for people, and the same as data. Both may hold foreign text. */
export interface Item {
  line: string;
  data: Record<string, unknown>;
}

export interface Outcome {
  verdict: Verdict;
  /** What was found, in one sentence without a full stop. */
  found: string;
  /** Since when that is so, ISO 8601, where it has a date. */
  at?: string;
  remedies?: Remedy[];
  /** All of them; the text report shows the first few. */
  items?: Item[];
}

export interface Check {
  id: string;
  group: Group;
  title: string;
  /** Ids of checks without which this one says nothing: where one failed or was skipped, this one is skipped. */
  needs?: string[];
  /** May throw anything: that is a finding too. */
  run(context: Context): Promise<Outcome>;
}

export type Result = Outcome & Pick<Check, 'id' | 'group' | 'title'>;

export const check = (is: Omit<Check, 'run'>, run: Check['run']): Check => ({ ...is, run });

export const pass = (found: string, items?: Item[]): Outcome => ({ verdict: 'pass', found, items });
export const skipped = (found: string): Outcome => ({ verdict: 'skipped', found });
const judged = (verdict: Verdict) => {
  return (found: string, remedies: Remedy | Remedy[], items?: Item[]): Outcome => ({ verdict, found, remedies: [remedies].flat(), items });
};
export const warn = judged('warn');
export const fail = judged('fail');
export const unknown = judged('unknown');

/** `3 accounts`, `1 account`. */
export function counted(count: number, word: string, plural = `${word}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? word : plural}`;
}
