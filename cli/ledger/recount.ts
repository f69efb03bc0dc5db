/** Compares each problem's sums with its states, and each finding with what its problems counted of it; and mends what differs. */
import { problemExpiry } from '../../handlers/domain/problem/fold';
import { memberOf } from '../../handlers/domain/problem/member';
import { marksOf, problemsOf } from '../../handlers/domain/problem/marks';
import type { ProblemRow, StateRow } from '../../handlers/domain/problem/problem-row';
import { differences, recount } from '../../handlers/domain/problem/recount';
import {
  type FindingRow,
  type Flag,
  type LedgerKey,
  type Mark,
  type ProblemKey,
  rowKeys,
  STATES,
} from '../../handlers/domain/problem/rows';
import { canonical, hash } from '../../handlers/domain/text/identity';
import type { Ledger } from '../../handlers/ports';

export interface Ground {
  ledger: Ledger;
  /** The keys of all problems' own rows, and of all findings that are told to somebody. */
  keys(): AsyncIterable<LedgerKey>;
  ledgerDays: number;
  /** Looks only. */
  dryRun: boolean;
  now(): number;
  signal: AbortSignal;
  progress(text: string): void;
}

/** What differs in one problem or of one finding, by the key of its row. */
export interface Difference {
  row: string;
  what: string[];
  /** left: another worker changed the row meanwhile, so that the next run looks at it anew. */
  done: 'mended' | 'marked' | 'left' | 'nothing';
}

export interface Recounted {
  problems: number;
  findings: number;
  differences: Difference[];
  stopped: boolean;
}

/** @throws what the ledger throws; what was mended until then stays. Safe beside the functions, and to repeat. */
export async function recountAll(ground: Ground): Promise<Recounted> {
  const done: Recounted = { problems: 0, findings: 0, differences: [], stopped: false };
  for await (const key of ground.keys()) {
    if (ground.signal.aborted) return { ...done, stopped: true };
    const isProblem = key.pk.startsWith('problem#');
    const found = isProblem ? await ofProblem(key, ground) : await ofFinding(key, ground);
    done[isProblem ? 'problems' : 'findings']++;
    done.differences.push(...found);
    ground.progress(`${done.problems} problems and ${done.findings} findings, ${done.differences.length} differ`);
  }
  return done;
}

async function statesOf(pk: string, problem: ProblemRow, ledger: Ledger): Promise<StateRow[]> {
  const rows = await ledger.list<StateRow>(pk, STATES);
  return [...rows.map(({ value }) => value).filter(({ member }) => !problem.log[member.id]), ...Object.values(problem.log)];
}

async function ofProblem(key: LedgerKey, { ledger, ledgerDays, now, dryRun }: Ground): Promise<Difference[]> {
  const row = await ledger.read<ProblemRow>(key);
  if (!row) return [];
  const next = recount(row.value, await statesOf(key.pk, row.value, ledger), now());
  const what = differences(row.value, next, now());
  if (what.length === 0) return [];
  // Its states may be of a later put than its own row: then that is what differs.
  if ((await ledger.read(key))?.version !== row.version) return [{ row: key.pk, what, done: 'left' }];
  if (dryRun) return [{ row: key.pk, what, done: 'nothing' }];
  const written = await ledger.write(key, next, row.version, problemExpiry(next, ledgerDays));
  return [{ row: key.pk, what, done: written ? 'mended' : 'left' }];
}

/** What is counted otherwise than it stands gets its marks once more, and a flag: the minute's tick wakes deliver, which takes it in. */
async function ofFinding(key: LedgerKey, ground: Ground): Promise<Difference[]> {
  const { ledger, now, ledgerDays, dryRun } = ground;
  const row = (await ledger.read<FindingRow>(key))?.value;
  if (!row?.told) return [];
  const what: string[] = [];
  for (const problem of problemsOf(row)) {
    const differs = await differsIn(problem, key, row, ledger);
    if (differs) what.push(`${differs} in ${rowKeys.problem(problem)}`);
  }
  if (what.length === 0 || dryRun) return what.length === 0 ? [] : [{ row: key.pk, what, done: 'nothing' }];
  await ledger.writeAll(marksOf(row, ledgerDays, now()));
  for (const problem of problemsOf(row)) {
    const flag: Flag = { problem, nonce: hash('recount', key.pk, String(row.changes), String(now())), at: now() };
    await ledger.write(rowKeys.flag(problem), flag, 0);
  }
  return [{ row: key.pk, what, done: 'marked' }];
}

async function differsIn(problem: ProblemKey, key: LedgerKey, row: FindingRow, ledger: Ledger): Promise<string | undefined> {
  // What has a mark is on its way.
  const finding = key.pk.slice('finding#'.length);
  const header = (await ledger.read<ProblemRow>(rowKeys.header(problem)))?.value;
  const state = header?.log[row.memberId] ?? (await ledger.read<StateRow>(rowKeys.state(problem, row.memberId)))?.value;
  const differs = await differing(finding, row, problem, header, state, ledger);
  if (!differs) return undefined;
  const marks = await ledger.list<Mark>(rowKeys.marks(problem), '');
  return marks.some(({ value }) => value.memberId === row.memberId) ? undefined : differs;
}

async function differing(
  finding: string,
  { memberId, report }: FindingRow,
  problem: ProblemKey,
  header: ProblemRow | undefined,
  state: StateRow | undefined,
  ledger: Ledger,
): Promise<string | undefined> {
  // What has closed may have left its problem before its own row leaves.
  if (!header || !state) return report.latest.status === 'open' ? 'not counted' : undefined;
  if (!state.findings.includes(finding)) return 'not among the findings of its resource';
  const found = await ledger.readAll<FindingRow>(state.findings.map(rowKeys.finding));
  const rows = new Map(found.map((each) => [each.key.pk, each.value]));
  const sorted = state.findings.flatMap((each) => rows.get(rowKeys.finding(each).pk) ?? []);
  const standing = [state.chapter, header.generationAt].map((since) => canonical(memberOf(memberId, sorted, problem, since) ?? {}));
  return standing.includes(canonical(state.member)) ? undefined : 'counted otherwise than it stands';
}
