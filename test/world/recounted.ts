/**
 * What of the ledger must agree whenever nothing is under way, by kind of row: a new kind in rowKeys does not compile until
 * it says here what checks it, or why nothing need. World.run looks after each run.
 */
import { memberOf } from '../../handlers/domain/problem/member';
import { problemsOf } from '../../handlers/domain/problem/marks';
import type { ProblemRow, StateRow } from '../../handlers/domain/problem/problem-row';
import { differences, recount } from '../../handlers/domain/problem/recount';
import { type FindingRow, type Mark, type ProblemKey, rowKeys, STATES, UNKNOWN_OWNERS } from '../../handlers/domain/problem/rows';
import { canonical } from '../../handlers/domain/text/identity';
import type { LedgerKey, LedgerRow } from '../../handlers/ports';

/** The ledger of a world that stands still. */
export interface Stood {
  /** Every row. */
  rows: readonly LedgerRow<unknown>[];
  now: number;
  /** No message is left in a queue: nothing may be owed to anybody, but for what lies among the dead letters. */
  rested: boolean;
  /** Bodies of what was given up. */
  given: readonly string[];
}

type Check = (row: LedgerRow<never>, table: Table) => string[];

interface Kind {
  /** What the keys of its rows look like. */
  pk: RegExp;
  sk: RegExp;
  /** What is wrong with a row; or why nothing need be looked at. */
  check: Check | string;
}

const EXPIRES = 'a copy, or a date, that whoever reads it looks at; no other row follows from it';

/** `by`: names rows of another kind, or a partition of them. */
const KINDS: Record<keyof typeof rowKeys, Kind | { by: string }> = {
  finding: { pk: /^finding#/, sk: /^finding$/, check: findingStands },
  problem: { by: 'header, state, notify, delivery' },
  header: { pk: /^problem#/, sk: /^header$/, check: problemStands },
  state: { pk: /^problem#/, sk: /^state#/, check: hasItsProblem },
  notify: { pk: /^problem#/, sk: /^notify#\d#/, check: hasItsProblem },
  toMark: { pk: /^to-mark$/, sk: /Z#/, check: 'what is told and refused by Security Hub; which findings, its notify rows say' },
  delivery: { pk: /^problem#/, sk: /^delivery#/, check: hasItsProblem },
  marks: { by: 'mark' },
  mark: { pk: /^marks#/, sk: /^\d#/, check: isTakenIn },
  flag: { pk: /^awake#[0-9a-f]$/, sk: /#/, check: isDown },
  text: { pk: /^text#/, sk: /^text$/, check: EXPIRES },
  controlText: { pk: /^control#/, sk: /^text$/, check: EXPIRES },
  account: { pk: /^account#/, sk: /^owner$/, check: EXPIRES },
  parent: { pk: /^parent#/, sk: /^parent$/, check: EXPIRES },
  unit: { pk: /^unit#/, sk: /^name$/, check: EXPIRES },
  briefing: { pk: /^briefing#/, sk: /^briefing$/, check: EXPIRES },
  purges: { pk: /^purges#/, sk: /Z$/, check: EXPIRES },
  spent: { pk: /^spent#/, sk: /^spent$/, check: EXPIRES },
  lease: { pk: /^lease#/, sk: /^lease$/, check: EXPIRES },
  slot: { pk: /^slot#/, sk: /^slot$/, check: EXPIRES },
  hold: { pk: /^hold#/, sk: /^hold$/, check: EXPIRES },
  away: { pk: /^away#/, sk: /^away$/, check: EXPIRES },
  failures: { pk: /^failures#/, sk: /^failures$/, check: EXPIRES },
  unknownAccount: { pk: /^owner-unknown$/, sk: /./, check: 'nothing follows but a question; who waits for it: see isAskedFor' },
  unknownOwner: { pk: /^owner-unknown#/, sk: /./, check: isAskedFor },
  due: { pk: /^(due|read-back)$/, sk: /Z#/, check: 'the header names its own: see problemStands' },
};

/** The kinds that rows are of. */
export const KIND_NAMES = Object.entries(KINDS).flatMap(([name, kind]) => ('pk' in kind ? [name] : []));

export function kindOf({ pk, sk }: LedgerKey): string | undefined {
  return Object.entries(KINDS).find(([, kind]) => 'pk' in kind && kind.pk.test(pk) && kind.sk.test(sk))?.[0];
}

/** Each difference in words; none where all agrees. */
export function disagreements(stood: Stood): string[] {
  const table = new Table(stood);
  return stood.rows.flatMap((row) => {
    const kind = KINDS[kindOf(row.key) as keyof typeof KINDS];
    if (!kind || !('check' in kind)) return [`${nameOf(row.key)}: of no kind that is known here`];
    return typeof kind.check === 'string' ? [] : kind.check(row as LedgerRow<never>, table).map((what) => `${nameOf(row.key)}: ${what}`);
  });
}

function nameOf({ pk, sk }: LedgerKey): string {
  return `${pk} / ${sk}`;
}

class Table {
  private readonly rows: Map<string, LedgerRow<unknown>>;
  private readonly states = new Map<string, Map<string, StateRow>>();
  private readonly whole = new Map<string, Map<string, StateRow>>();

  constructor(readonly stood: Stood) {
    this.rows = new Map(stood.rows.map((row) => [nameOf(row.key), row]));
    for (const { key, value } of this.rows.values())
      if (key.pk.startsWith('problem#') && key.sk.startsWith(STATES))
        this.states.set(key.pk, (this.states.get(key.pk) ?? new Map()).set(key.sk.slice(STATES.length), value as StateRow));
  }

  at<T>(key: LedgerKey): T | undefined {
    return this.rows.get(nameOf(key))?.value as T | undefined;
  }

  /** The log's, else the row's. */
  statesOf(pk: string): Map<string, StateRow> {
    const known = this.whole.get(pk);
    if (known) return known;
    const log = this.at<ProblemRow>({ pk, sk: 'header' })?.log ?? {};
    const whole = new Map([...(this.states.get(pk) ?? []), ...Object.entries(log)]);
    this.whole.set(pk, whole);
    return whole;
  }

  /** Whether a wake-up of it, or a finding in it, lies among the dead letters. */
  gaveUp({ receiver, fingerprint }: ProblemKey, ids: readonly string[]): boolean {
    const wakeUp = (body: string) => body.includes(JSON.stringify(receiver)) && body.includes(JSON.stringify(fingerprint));
    return this.stood.given.some((body) => wakeUp(body) || ids.some((id) => body.includes(JSON.stringify(id))));
  }
}

function problemStands({ key, value: problem }: LedgerRow<ProblemRow>, table: Table): string[] {
  const { now, rested } = table.stood;
  const found = differences(problem, recount(problem, table.statesOf(key.pk).values(), now), now);
  // What a dead letter was woken by is gone with it.
  const gone = (due: string) => !table.at(rowKeys.due(due)) && !table.gaveUp(keyOf(key), []);
  if (problem.due && gone(problem.due)) found.push(`its due row ${problem.due} is not there`);
  if (problem.readBack && gone(problem.readBack)) found.push(`its reading ${problem.readBack} is not there`);
  const untold = Object.keys(problem.untold.kinds).length > 0;
  if (rested && untold && !problem.due && !table.gaveUp(keyOf(key), [])) found.push('something is untold, and nothing will wake it');
  return found;
}

function keyOf({ pk }: LedgerKey): ProblemKey {
  const [, receiver = '', ...fingerprint] = pk.split('#');
  return { receiver, fingerprint: fingerprint.join('#') };
}

function hasItsProblem({ key }: LedgerRow<unknown>, table: Table): string[] {
  return table.at({ pk: key.pk, sk: 'header' }) ? [] : ['its problem has no row'];
}

/** At rest it owes nothing, and each problem that it is told in holds it as it stands. */
function findingStands({ key, value: row }: LedgerRow<FindingRow>, table: Table): string[] {
  if (!row.told || !table.stood.rested) return [];
  const finding = key.pk.slice('finding#'.length);
  const found = row.owed && !problemsOf(row).some((problem) => table.gaveUp(problem, [row.report.id])) ? ['its marks may not be out'] : [];
  return [
    ...found,
    ...problemsOf(row)
      .filter((problem) => !table.gaveUp(problem, [row.report.id]))
      .flatMap((problem) => {
        const where = `in ${rowKeys.problem(problem)}`;
        const state = table.statesOf(rowKeys.problem(problem)).get(row.memberId);
        if (!state) return [`not counted ${where}`];
        if (!state.findings.includes(finding)) return [`not among the findings of its member ${where}`];
        const rows = state.findings.flatMap((each) => table.at<FindingRow>(rowKeys.finding(each)) ?? []);
        const { generationAt = 0 } = table.at<ProblemRow>(rowKeys.header(problem)) ?? {};
        const standing = [state.chapter, generationAt].map((since) => memberOf(row.memberId, rows, problem, since));
        if (standing.some((member) => canonical(member) === canonical(state.member))) return [];
        return [`its member is not counted as it stands ${where}: ${canonical(state.member)} ≠ ${canonical(standing[1])}`];
      }),
  ];
}

/** Until it is waited for no longer. */
function isAskedFor({ key, value }: LedgerRow<{ until: number }>, table: Table): string[] {
  const accountId = key.pk.slice(`${UNKNOWN_OWNERS}#`.length);
  return value.until <= table.stood.now || table.at(rowKeys.unknownAccount(accountId)) ? [] : ['nobody asks whose it is'];
}

function isTakenIn({ key, value }: LedgerRow<Mark>, table: Table): string[] {
  if (!table.stood.rested) return [];
  const id = table.at<FindingRow>(rowKeys.finding(value.finding))?.report.id;
  return table.gaveUp(keyOf(key), id === undefined ? [] : [id]) ? [] : ['a mark that nobody takes in'];
}

function isDown(_row: LedgerRow<unknown>, { stood }: Table): string[] {
  return stood.rested ? ['a flag that nobody takes down'] : [];
}
