/**
 * Marks findings NOTIFIED in Security Hub, where they still are NEW. What a person set stays: it is read again just before. Between that
 * read and the write a person can still act; BatchUpdateFindings has no condition, so this window of some hundred milliseconds remains
 * (docs/decisions.md).
 */
import { outcomeOf, reasonOf } from '../../domain/failure';
import { NOTED } from '../../../config/note';
import { findingKey } from '../../domain/finding/key';
import { loggedFinding } from '../../domain/problem/logged';
import { notifyKeyOf, type NotifyRow, problemsOf } from '../../domain/problem/marks';
import { type FindingRow, type ProblemKey, rowKeys } from '../../domain/problem/rows';
import { toldAt } from '../../domain/problem/told';
import type { FindingReference, HubState, Ledger, RefusedMark } from '../../ports';
import type { Absences } from '../absences';
import type { DeliverDeps } from '../deps';
import { ProblemState, type ProblemStateDeps } from '../problem-state';

/** GetFindings takes 20 ids a call. */
export const FINDINGS_A_READ = 20;

/** A finding, what its note says of who was told, and the events that it was told for. */
export interface ToBeMarked {
  finding: FindingReference;
  note: string;
  eventIds: string[];
}

/** What the readers of a problem know, and of which findings. */
export interface Told {
  state: ProblemState;
  rows: readonly Pick<NotifyRow, 'key' | 'value'>[];
}

/**
 * Those of them that are open and NEW, and known to all their receivers; the others are marked by whoever tells the last of those.
 * @param known rows of findings that were read already, by key: Security Hub is asked how each stands.
 */
export async function toBeMarked(
  told: readonly Told[],
  readers: Readers,
  ledger: Ledger,
  known: ReadonlyMap<string, FindingRow> = new Map(),
): Promise<ToBeMarked[]> {
  const tellers = new Map(told.flatMap(({ state, rows }) => rows.map(({ key }) => [notifyKeyOf(key).finding, state] as const)));
  const names = [...tellers.keys()];
  const found = await ledger.readAll<FindingRow>(names.filter((name) => !known.has(name)).map(rowKeys.finding));
  const wanted: ToBeMarked[] = [];
  for (const row of [...names.flatMap((name) => known.get(name) ?? []), ...found.map(({ value }) => value)]) {
    const state = tellers.get(findingKey(row.report)) as ProblemState;
    const { status, workflow } = row.report.latest;
    const member = (await state.statesOf([row.memberId])).get(row.memberId)?.member;
    if (!member?.open || status !== 'open' || workflow !== 'NEW' || !(await readers.allKnow(row))) continue;
    const note = `${NOTED}${state.problem.receiver}, channel ${state.header.message?.channel}`;
    wanted.push({ finding: row.report, note, eventIds: state.eventIds });
  }
  return wanted;
}

/** @returns the names of those that Security Hub did not take; undefined where it took no call at all. */
export async function markNotified(
  all: readonly ToBeMarked[],
  deps: Pick<DeliverDeps, 'hub' | 'journal'> & { absences: Absences },
): Promise<ReadonlySet<string> | undefined> {
  const { hub, journal, absences } = deps;
  const findings = all.map(({ finding }) => finding);
  const about = (which: readonly FindingReference[]) => ({
    findings: which.length,
    eventIds: [...new Set(all.flatMap(({ finding, eventIds }) => (which.includes(finding) ? eventIds : [])))],
  });
  let refused: RefusedMark[] = [];
  try {
    const states = await hub.read(findings);
    const now = new Map(states.map((each) => [findingKey(each), each]));
    const stateOf = (finding: FindingReference) => now.get(findingKey(finding));
    const touched = new Set(states.filter(({ workflow }) => workflow !== 'NEW').map(markKey));
    const untouched = all.filter(({ finding }) => stateOf(finding) && !touched.has(markKey(finding)));
    if (untouched.length > 0)
      refused = await hub.markNotified(untouched.map(({ finding, note }) => (stateOf(finding)?.hasNote ? finding : { ...finding, note })));
  } catch (error) {
    const reason = reasonOf(error);
    const isOfOne = outcomeOf(error) === 'hopeless';
    // What is wrong with one of them keeps no other waiting.
    if (isOfOne && all.length > 1) {
      const half = Math.ceil(all.length / 2);
      const [some, others] = [await markNotified(all.slice(0, half), deps), await markNotified(all.slice(half), deps)];
      return some && others && new Set([...some, ...others]);
    }
    // An alarm counts these lines.
    journal.warn('marking refused', { ...about(findings), reason });
    if (isOfOne) return new Set(findings.map(findingKey));
    await absences.refused('securityhub', reason, true);
    return undefined;
  }
  await absences.answered('securityhub');
  // What Security Hub no longer has needs no mark.
  const remaining = refused.filter(({ reason }) => !/NotFound/i.test(reason));
  const named = findings.filter((finding) => remaining.some((refusal) => isNamedBy(refusal, finding)));
  // Where it does not say which, it may be any of them.
  const which = remaining.length > 0 && named.length === 0 ? findings : named;
  if (remaining.length > 0)
    journal.warn('marking refused', { ...about(which), reason: remaining[0]?.reason, ...(named[0] ? loggedFinding(named[0]) : {}) });
  return new Set(which.map(findingKey));
}

/** BatchUpdateFindings knows a finding by Id and ProductArn: another account's of the same product would be marked along. */
function markKey(finding: FindingReference | HubState): string {
  return findingKey(finding.format === 'asff' ? { ...finding, accountId: '' } : finding);
}

function isNamedBy({ id, productArn, accountId }: RefusedMark, finding: FindingReference): boolean {
  return (
    id === finding.id && (productArn ?? finding.productArn) === finding.productArn && (accountId ?? finding.accountId) === finding.accountId
  );
}

/** What the readers of findings know, whatever problem they were told of in: each is read once. */
export class Readers {
  private readonly problems = new Map<string, Promise<ProblemState>>();

  /** @param known as it stands for whoever asks. */
  constructor(
    private readonly deps: ProblemStateDeps,
    ...known: ProblemState[]
  ) {
    for (const state of known) this.problems.set(rowKeys.problem(state.problem), Promise.resolve(state));
  }

  of(problem: ProblemKey): Promise<ProblemState> {
    const name = rowKeys.problem(problem);
    const known = this.problems.get(name) ?? ProblemState.load(problem, this.deps);
    this.problems.set(name, known);
    return known;
  }

  async allKnow(row: FindingRow): Promise<boolean> {
    for (const problem of problemsOf(row)) {
      const other = await this.of(problem);
      const state = (await other.statesOf([row.memberId])).get(row.memberId);
      if (!toldAt(state, other.header)) return false;
    }
    return true;
  }
}
