/**
 * The second use case: look at a problem as it stands, decide what its readers have not been told, tell it,
 * record it, and look again until there is nothing left or the time has not come.
 */
import { InLine, Later } from '../domain/failure';
import { plan } from '../domain/problem/plan';
import { MARKER, rowKeys, type DueRow, dueKey } from '../domain/problem/rows';
import type { Line } from '../domain/pacing';
import { SECOND } from '../domain/time';
import { LONGEST_TIMER, type WakeUp } from '../ports';
import { Absences } from './absences';
import { countedMessenger } from './counted';
import { type Context, receiverOf, render } from './context';
import type { DeliverDeps } from './deps';
import { markWaiting } from './security-hub/marker';
import { ProblemState } from './problem-state';
import { ProblemTexts } from './problem-texts';
import { readAhead } from './read-ahead';
import { linkIsWanted, postStep, replyStep, updateStep } from './steps';
import { nextReadBack, readBackStep, schedule } from './security-hub/read-back';
import { readNext } from './telling';
import { ledgerTurns } from './turns';
import { fetchInterpretation, interpretationDueAt, interpretationIsWanted } from './words/wanted';
import { writeBackStep } from './security-hub/write-back';

/** What is waited for in the queue; anything longer waits in the ledger. Behind it wait the problem's other wake-ups, one of its rise to CRITICAL as well. */
const LONGEST_GIVE_BACK = 5 * SECOND;
/** Tellings of one problem in one invocation; more means that it goes in circles. */
const MAX_STEPS = 8;

/** @param sentAt when the wake-up was, in epoch milliseconds. @throws Later when the time has not come; Hopeless when no retry can help; anything else is a failure and counted. */
export async function deliver(wakeUp: WakeUp, sentAt: number, deps: DeliverDeps): Promise<void> {
  const { clock, config } = deps;
  const ledger = readAhead(deps.ledger);
  const problem = { receiver: wakeUp.receiver, fingerprint: wakeUp.fingerprint };
  deps.journal.about(problem);
  if (problem.receiver === MARKER.receiver) return markWaiting(deps);
  const state = await ProblemState.load(problem, { ...deps, ledger });
  // Before looking: whatever comes from now on raises a flag of its own, and a wake-up with it.
  if (wakeUp.nonce) await ledger.removeNonce(rowKeys.flag(problem, wakeUp.urgent), wakeUp.nonce);
  for (;;) {
    const whole = await state.takeIn(readNext(state, config));
    deps.journal.about({ eventIds: state.eventIds });
    if (state.header.foldedAt === 0) {
      await state.mustBeCurrent();
      // All that there was has outlived its retention.
      if (wakeUp.due) await ledger.remove(rowKeys.due(wakeUp.due));
      return;
    }
    const receiver = receiverOf(wakeUp.receiver, state, config);
    // What was attempted before a person sent it back was looked after by that person; what is attempted since is not.
    if (wakeUp.again && state.header.attempt && state.header.attempt.at < sentAt) await state.save({ attempt: undefined });
    const context: Context = {
      ...deps,
      ledger,
      messenger: countedMessenger(wakeUp.receiver, deps),
      state,
      turns: ledgerTurns(ledger, clock),
      texts: new ProblemTexts(ledger),
      absences: new Absences({ ...deps, ledger }),
      receiver,
      sentAt,
    };
    const told = await tellOut(context).finally(() => state.settle());
    // Else what waits for its time waits for it with what is taken in next.
    if (whole) {
      // What was learned is seen by the next look, as any event's.
      if (await readBackStep(context)) throw new Later(clock.now(), 'what was read back is to be told');
      await remember(wakeUp, told, context);
      await state.mustBeCurrent();
    }
    if (told.failure) throw told.failure;
    if (whole) return;
    if (state.isOver) throw new Later(clock.now(), 'there is more to take in');
  }
}

interface ToldOut {
  /** When to look again, in epoch milliseconds: infinite where nothing is left; and for which turn. */
  next: number;
  line?: Line;
  /** What that which is to be told waits for, where it does. */
  waitsFor?: string;
  /** What failed of that which nobody is waiting for: it is tried again, but must not take along what is to be told. */
  failure?: unknown;
}

async function tellOut(context: Context): Promise<ToldOut> {
  const told = await tellAll(context);
  // What readers know is marked, also where an edit still waits for its turn.
  return writeBackStep(context).then(
    () => told,
    (failure: unknown) => ({ ...told, failure }),
  );
}

async function tellAll(context: Context): Promise<ToldOut> {
  const { state } = context;
  try {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const until = await step(context);
      if (until === 'again') continue;
      const view = await context.state.view();
      const retryAt = (view && (await interpretationDueAt(view, context))) ?? 0;
      // What is wanted now waits for the plan's time.
      return { next: Math.min(until, retryAt > context.clock.now() ? retryAt : Number.POSITIVE_INFINITY) };
    }
  } catch (error) {
    if (error instanceof Later)
      return { next: error.until, waitsFor: error.message, ...(error instanceof InLine ? { line: error.line } : {}) };
    throw error;
  }
  throw new Error(`the problem ${state.problem.receiver} / ${state.problem.fingerprint} was not told out after ${MAX_STEPS} steps`);
}

/** One step of the plan. @returns 'again' when something was done, else until when there is nothing to do; see ToldOut. */
async function step(context: Context): Promise<'again' | number> {
  const { state, config, clock } = context;
  const view = await context.state.view();
  if (!view) return Number.POSITIVE_INFINITY;
  const differs = (await render(view, context)).contentHash !== state.header.contentHash;
  const next = plan({
    view,
    header: state.header,
    changed: differs || (await interpretationIsWanted(view, context)) || linkIsWanted(state.header),
    reopenHours: config.settings.reopenHours,
    now: clock.now(),
  });
  if (next.step === 'nothing') return Number.POSITIVE_INFINITY;
  if (next.step === 'wait') return next.until;
  if (next.step !== 'reply') await fetchInterpretation(view, context);
  if (next.step === 'reply') await replyStep(next, view, context);
  else if (next.step === 'post') await postStep(next.newChapter === true, context);
  else await updateStep(view, context);
  return 'again';
}

/** Leaves behind when to look again. */
async function remember(wakeUp: WakeUp, { next, line, waitsFor }: ToldOut, context: Context): Promise<void> {
  const { state, ledger, timers, clock, journal, sentAt } = context;
  const now = clock.now();
  if (next <= now + (line && !wakeUp.due ? SECOND : LONGEST_GIVE_BACK)) throw new Later(next, 'the time has not come');
  const due = Number.isFinite(next) ? dueKey(next, state.problem) : undefined;
  const old = state.header.due;
  if (due && due !== old) {
    const seconds = Math.ceil((next - now) / SECOND);
    // The turn in a line is not missed by a minute, however far it is: the timer is set again until it comes (tick/tick.ts).
    const timed = line !== undefined || seconds <= LONGEST_TIMER;
    const row: DueRow = { problem: state.problem, ...(timed ? { timed } : {}), ...(line ? { line } : {}) };
    await ledger.writeAll([{ key: rowKeys.due(due), value: row }]);
    if (timed) await timers.set([{ ...state.problem, due }], Math.min(LONGEST_TIMER, seconds));
  }
  const waited = state.header.waitingSince;
  const waitingSince = waitsFor === undefined ? undefined : (waited ?? sentAt);
  if (due !== old || waitingSince !== waited) state.put({ due, waitingSince });
  const readBackAt = nextReadBack(context);
  if ((readBackAt === undefined) !== (state.header.readBack === undefined)) await schedule(readBackAt, context);
  await state.flush();
  // The queue does not know of what waits here: an alarm reads the seconds. Who waits in a line is looked at when it is over.
  const since = waitingSince ?? waited;
  if (since !== undefined) {
    const seconds = Math.round((clock.now() - since) / 1000);
    journal.warn('waits to be told', { ...state.problem, seconds, reason: waitsFor ?? 'it is told now' });
  }
  for (const sk of new Set([old, wakeUp.due])) if (sk && sk !== due && sk !== state.header.readBack) await ledger.remove(rowKeys.due(sk));
}
