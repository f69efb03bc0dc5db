/**
 * The second use case: look at a problem as it stands, decide what its readers have not been told, tell it,
 * record it, and look again until there is nothing left or the time has not come.
 */
import type { Config } from '../../config/schema';
import { addressOf } from '../../config/routing/address';
import { briefHash } from '../domain/interpretation/brief';
import { Hopeless, Later } from '../domain/failure';
import { languageOf } from '../domain/message/message';
import { firstPostAt, plan } from '../domain/problem/plan';
import { rowKeys } from '../domain/problem/rows';
import { type ProblemView, viewOf } from '../domain/problem/view';
import { type DueRow, dueKey } from '../domain/problem/due';
import type { WakeUp } from '../ports';
import { Absences } from './absences';
import { type Arrival, type Context, contentHash, type DeliverDeps, type Recipient, render, standsOneWay } from './context';
import { interpret } from './interpretation';
import { ProblemState } from './problem-state';
import { linkIsWanted, postStep, replyStep, updateStep } from './steps';
import { nextReadBack, readBackStep, schedule } from './read-back';
import { writeBackStep } from './write-back';

/** What is waited for in the queue; anything longer waits in the ledger, so that a FIFO group is never held up for long. */
const LONGEST_GIVE_BACK = 60_000;
/** How far the clocks of SQS and Lambda may differ. */
const SKEW = 2000;
/** How long a message waits for words that another worker is fetching, once it could go out. */
const INTERPRETATION_PATIENCE = 15_000;
/** While a problem waits for its first message its other wake-ups wait behind: a critical finding among them as well. */
const FIRST_POST_LOOKS = 10_000;
/** Tellings of one problem in one invocation; more means that it goes in circles. */
const MAX_STEPS = 8;

/** @throws Later when the time has not come; Hopeless when no retry can help; anything else is a failure and counted. */
export async function deliver(wakeUp: WakeUp, arrival: Arrival, deps: DeliverDeps): Promise<void> {
  const { ledger, clock, config } = deps;
  const problem = { receiver: wakeUp.receiver, fingerprint: wakeUp.fingerprint };
  const lookedAt = clock.now();
  const headerRow = await ProblemState.header(problem, ledger);
  const header = headerRow?.value;
  // What an earlier look has covered needs no second one: ten thousand findings do not load a problem ten thousand times.
  if (header && arrival.first && !wakeUp.due && !wakeUp.again && arrival.sentAt < header.coveredThrough) return;
  const state = await ProblemState.load(problem, headerRow, ledger);
  if (state.members.length === 0) {
    // All that there was has outlived its retention.
    if (wakeUp.due) await ledger.remove(rowKeys.due(wakeUp.due));
    return;
  }
  const receiver = receiverOf(wakeUp.receiver, state, config);
  // What was attempted before a person sent it back was looked after by that person; what is attempted since is not.
  if (wakeUp.again && state.header.attempt && state.header.attempt.at < arrival.sentAt) await state.save({ attempt: undefined });
  const context: Context = {
    ...deps,
    state,
    absences: new Absences(deps),
    receiver,
    arrival,
    viewNow: viewsOf(state, lookedAt),
  };
  const { next, waitsFor, failure } = await tellOut(context);
  // What was learned is seen by the next look, as any event's.
  if (await readBackStep(context)) throw new Later(clock.now(), 'what was read back is to be told');
  await remember(wakeUp, next, waitsFor, lookedAt, context);
  if (failure) throw failure;
}

/** The members are those of this look, so only a new chapter changes the view of them. */
function viewsOf(state: ProblemState, now: number): () => ProblemView | undefined {
  let known: { since: number; view: ProblemView | undefined } | undefined;
  return () => {
    const since = state.header.generationAt;
    if (known?.since !== since) known = { since, view: viewOf(state.members, since, now, state.told) };
    return known.view;
  };
}

/**
 * @returns when to look again, infinite where nothing is left; what that which is to be told waits for, where it does;
 * and what failed of that which nobody is waiting for: it is tried again, but must not take along what is to be told.
 */
async function tellOut(context: Context): Promise<{ next: number; waitsFor?: string; failure?: unknown }> {
  const { state } = context;
  try {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const until = await step(context);
      if (until === 'again') continue;
      const retryAt = interpretationCanBeShown(context) ? state.header.interpretation?.nextAt : undefined;
      const next = Math.min(until ?? Number.POSITIVE_INFINITY, retryAt ?? Number.POSITIVE_INFINITY);
      return await writeBackStep(context).then(
        (marking) => ({ next: Math.min(next, marking) }),
        (failure: unknown) => (failure instanceof Later ? { next: Math.min(next, failure.until) } : { next, failure }),
      );
    }
  } catch (error) {
    if (error instanceof Later) return { next: error.until, waitsFor: error.message };
    throw error;
  }
  throw new Error(`the problem ${state.problem.receiver} / ${state.problem.fingerprint} was not told out after ${MAX_STEPS} steps`);
}

/** One step of the plan. @returns 'again' when something was done, else until when there is nothing to do. */
async function step(context: Context): Promise<'again' | number | undefined> {
  const { state, config, clock } = context;
  const view = context.viewNow();
  if (!view) return undefined;
  const differs = contentHash(await render(view, context)) !== state.header.contentHash;
  const next = plan({
    view,
    header: state.header,
    told: state.told,
    changed: differs || (await interpretationIsWanted(view, context)) || linkIsWanted(state.header),
    reopenHours: config.settings.reopenHours,
    now: clock.now(),
  });
  switch (next.step) {
    case 'nothing':
      return undefined;
    case 'wait':
      if (state.header.message) return next.until;
      // The words come while the siblings do; and whoever is critical among these is seen soon.
      await fetchInterpretation(view, context);
      return Math.min(next.until, clock.now() + FIRST_POST_LOOKS);
    case 'post':
      await fetchInterpretation(view, context);
      await postStep(Boolean(next.newChapter), context);
      return 'again';
    case 'reply':
      await replyStep(next, view, context);
      return 'again';
    case 'update':
      await fetchInterpretation(view, context);
      await updateStep(view, context);
      return 'again';
  }
}

/** Whether the model is to be asked now: for the first time, again after a failure, or since another finding leads. */
async function interpretationIsWanted(view: ProblemView, context: Context): Promise<boolean> {
  const { state, config, clock } = context;
  const { interpretation } = state.header;
  if (!interpretationCanBeShown(context)) return false;
  if (!interpretation) return true;
  if (!config.settings.model.enabled) return false;
  if (interpretation.briefing && interpretation.briefHash === briefHash((await state.text(view)).brief)) return false;
  return interpretation.tries === 0 || (interpretation.nextAt !== undefined && interpretation.nextAt <= clock.now());
}

/** Late words come by an update, which an incoming webhook does not have. */
function interpretationCanBeShown(context: Context): boolean {
  return !(context.state.header.message && standsOneWay(context));
}

async function fetchInterpretation(view: ProblemView, context: Context): Promise<void> {
  if (!(await interpretationIsWanted(view, context))) return;
  const { state, receiver, config, arrival } = context;
  const text = await state.text(view);
  const patience = Math.max(arrival.sentAt, firstPostAt(view)) + INTERPRETATION_PATIENCE;
  const before = state.header.interpretation;
  const interpretation = await interpret(text.brief, languageOf(receiver, config.settings), before, patience, {
    ...context,
    settings: config.settings,
  });
  const { tries, nextAt, failure } = interpretation;
  // The words of the finding that led before are better than none.
  await state.save({
    interpretation: interpretation.briefing || !before?.briefing ? interpretation : { ...before, tries, nextAt, failure },
  });
}

function receiverOf(name: string, state: ProblemState, config: Config): Recipient {
  const receiver = config.routes.receivers[name];
  if (receiver) return { ...receiver, name, address: addressOf(receiver) };
  // Its messages still stand in their channel and are brought to their end there.
  const channel = state.header.message?.channel;
  if (channel) return { name, address: channel, securityAccountAccess: false };
  throw new Hopeless(
    `the receiver "${name}" is no longer defined in config/routes.yaml: define it again and redrive the message, or purge it`,
  );
}

/** Leaves behind when to look again, and that all before this look is covered. */
async function remember(wakeUp: WakeUp, next: number, waitsFor: string | undefined, lookedAt: number, context: Context): Promise<void> {
  const { state, ledger, clock, arrival } = context;
  if (next <= clock.now() + LONGEST_GIVE_BACK) throw new Later(next, 'the time has not come');
  const due = Number.isFinite(next) ? dueKey(next, state.problem) : undefined;
  const old = state.header.due;
  if (due && due !== old) {
    const row = await ledger.read<DueRow>(rowKeys.due(due));
    if (!row) await ledger.write<DueRow>(rowKeys.due(due), { problem: state.problem }, 0);
  }
  const coveredThrough = lookedAt - SKEW;
  const waitingSince = waitsFor === undefined ? undefined : (state.header.waitingSince ?? arrival.sentAt);
  if (due !== old || waitingSince !== state.header.waitingSince || coveredThrough > state.header.coveredThrough)
    await state.save({ due, coveredThrough, waitingSince });
  const readBackAt = nextReadBack(context);
  if ((readBackAt === undefined) !== (state.header.readBack === undefined)) await schedule(readBackAt, context);
  // The queue does not know of what waits here: an alarm reads the seconds.
  if (waitingSince !== undefined) waitsInLedger(waitsFor, waitingSince, context);
  for (const sk of new Set([old, wakeUp.due])) if (sk && sk !== due && sk !== state.header.readBack) await ledger.remove(rowKeys.due(sk));
}

function waitsInLedger(reason: string | undefined, since: number, { state, journal, clock }: Context): void {
  const seconds = Math.round((clock.now() - since) / 1000);
  journal.warn('waits to be told', { ...state.problem, seconds, reason });
}
