/**
 * Tells deliver that something changed: a mark of each change, then the problem's flag, then the wake-up where there was no
 * flag, and only then the row no longer owes them. In this order (docs/decisions.md): whatever fails, the message comes back
 * and finds the row still owing.
 */
import type { Config } from '../../config/schema';
import { type FindingRow, type Flag, type ProblemKey, rowKeys, wakeUpOf } from '../domain/problem/rows';
import { hash } from '../domain/text/identity';
import { PACE } from '../domain/problem/plan';
import { cannotWait, problemsToLearn } from '../domain/problem/marks';
import { SECOND } from '../domain/time';
import { owesNoMore } from '../finding-rows';
import type { Clock, Ledger, LedgerRow, Timers, WakeUps } from '../ports';

/** So long, in seconds, what can wait gathers before deliver looks: as long as the first message of it waits for its siblings. */
const GATHERING = PACE.firstPost.other / SECOND;

/** A finding's row whose marks are out. */
export interface Owed {
  row: LedgerRow<FindingRow>;
  /** An earlier try may have raised the flag and died before its wake-up. */
  again: boolean;
}

export interface AnnouncementDeps {
  config: Config;
  ledger: Ledger;
  wakeUps: WakeUps;
  timers: Timers;
  clock: Clock;
}

/**
 * Of the messages of one batch together: a problem is woken once, when the marks of all of them are out.
 * @returns of each work what it comes to once what it owes is announced, and what it rejects put away: it throws what the work throws, or
 * what kept its problems from being woken.
 */
export function announced<T extends { owed: Owed[]; reject(): Promise<void> }>(
  works: readonly Promise<T>[],
  deps: AnnouncementDeps,
): Promise<T>[] {
  const all = Promise.allSettled(works).then((done) => {
    const owed = done.flatMap((each) => (each.status === 'fulfilled' ? each.value.owed : []));
    return announce(owed, deps);
  });
  // Each message that owes something waits for it and fails with it; where none does, nothing can fail.
  all.catch(() => undefined);
  return works.map(async (work) => {
    const done = await work;
    if (done.owed.length > 0) await all;
    for (const { row } of done.owed) await owesNoMore(row, deps);
    await done.reject();
    return done;
  });
}

async function announce(owed: readonly Owed[], { ledger, wakeUps, timers, clock }: AnnouncementDeps): Promise<void> {
  // Unlike any other: of this change of this row, at this moment.
  const nonce = hash(...owed.map(({ row }) => `${row.key.pk} ${row.version}`), String(clock.now()));
  const problems = new Map<string, { problem: ProblemKey; again: boolean; urgent: boolean }>();
  for (const { row, again } of owed) {
    for (const problem of problemsToLearn(row.value)) {
      const name = rowKeys.problem(problem);
      const known = problems.get(name);
      const urgent = known?.urgent === true || cannotWait(row.value.report);
      problems.set(name, { problem, again: again || known?.again === true, urgent });
    }
  }
  const woken = await Promise.all(
    [...problems.values()].map(async ({ problem, again, urgent }) => {
      const flag: Flag = { problem, nonce, at: clock.now(), ...(urgent ? { urgent } : {}) };
      const raised = await ledger.writeOrRead<Flag>(rowKeys.flag(problem, urgent), flag, 0);
      if (raised === true) return [wakeUpOf(flag)];
      return again && raised ? [wakeUpOf(raised.value)] : [];
    }),
  );
  const [now, later] = [woken.flat().filter(({ urgent }) => urgent), woken.flat().filter(({ urgent }) => !urgent)];
  if (now.length > 0) await wakeUps.send(now);
  if (later.length > 0) await timers.set(later, GATHERING);
}
