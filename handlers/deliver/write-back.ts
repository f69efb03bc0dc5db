/**
 * Says in Security Hub that people were told: NOTIFIED, where the finding still is NEW, once all its receivers know.
 * What a person set stays: it is read again just before. Between that read and the write a person can still act;
 * BatchUpdateFindings has no condition, so this window of some hundred milliseconds remains (docs/decisions.md).
 */
import { NOTED } from '../domain/finding/finding';
import { findingKey } from '../domain/finding/key';
import type { Report } from '../domain/finding/report';
import { HUB } from '../domain/pacing';
import { problemsOf } from '../domain/problem/marks';
import type { StateRow } from '../domain/problem/problem-row';
import { type FindingRow, NOTIFY, type ProblemKey, rowKeys } from '../domain/problem/rows';
import type { NotifyRow } from '../domain/problem/marks';
import { freshnessOf, toldAt } from '../domain/problem/told';
import { loggedFinding } from '../domain/problem/logged';
import { DAY, expiry } from '../domain/time';
import { InLine, Later, reasonOf } from '../domain/failure';
import type { FindingReference, HubState, LedgerKey, RefusedMark } from '../ports';
import { markingPause } from './absences';
import type { Context } from './context';
import { ProblemState } from './problem-state';
import { slotOf } from './turns';

/** BatchUpdateFindings takes 100 findings a call. */
const BATCH = 100;
/** GetFindings takes 20 ids a call. */
export const FINDINGS_A_READ = 20;

/** When the allowance has room for another batch: earlier the whole problem would be read in vain. */
const NEXT_BATCH = (BATCH / FINDINGS_A_READ) * HUB.interval;

/**
 * Marking is work of its own: what Security Hub refuses leaves what was told as told and makes no dead letter. It is
 * tried again for so long from the first refusal on; after that with what is told next of the problem. Long enough for a
 * policy that was changed before a weekend.
 */
const KEEPS_TRYING = 3 * DAY;

/**
 * @returns when to try again what Security Hub refused, infinite where nothing is left.
 * @throws Later while more than one batch is left; Error where the ledger fails.
 */
export async function writeBackStep(context: Context): Promise<number> {
  const { state, ledger, config, clock } = context;
  const { marking, told, writeBackPending } = state.header;
  // What was just taken in needs no rows where it can be marked at once: until it is, its marks stay.
  const atOnce = !writeBackPending;
  if (!config.settings.writeBack || told === 0 || (atOnce && state.toMark.length === 0)) return Number.POSITIVE_INFINITY;
  if (marking && marking.nextAt > clock.now()) return marking.nextAt;
  if (!atOnce) await state.settle();
  const rows: NotifyRow[] = atOnce
    ? [...state.toMark]
    : await ledger.list<NotifyRow['value']>(rowKeys.problem(state.problem), NOTIFY, { limit: BATCH });
  const states = await state.statesOf([...new Set(rows.map(({ value }) => value.memberId))]);
  // What its own readers do not know yet waits for them.
  const known = rows.filter(({ value }) => {
    const of = states.get(value.memberId);
    return of === undefined || freshnessOf(of, state.header) === undefined;
  });
  const findings = await toBeMarked(known, states, context);
  const refused = findings.size > 0 ? await markNotified([...findings.values()], context) : NONE;
  if (typeof refused === 'number') return triedAgain(refused, context);
  const again = known.filter(({ key }) => refused.has(findingOf(key)));
  const expiresAt = expiry(clock.now() + config.settings.retention.ledgerDays * DAY);
  const kept = again.map(({ key, value }) => ({
    key: rowKeys.notify(state.problem, findingOf(key), refusedBefore(key) + 1),
    value,
    expiresAt,
  }));
  if (atOnce) state.toMark = [...state.toMark.filter((row) => !known.includes(row)), ...kept];
  else
    await ledger.writeAll(
      kept,
      known.map(({ key }) => key).filter((key) => !again.some((row) => row.key.sk === key.sk && refusedBefore(key) === MOST_REFUSED)),
    );
  if (!atOnce && rows.length === BATCH && again.length < known.length)
    throw new Later(clock.now() + NEXT_BATCH, 'more findings are to be marked NOTIFIED');
  if (again.length > 0) return triedAgain(clock.now() + markingPause((marking?.tries ?? 0) + 1), context);
  if (!atOnce && known.length === rows.length) state.put({ writeBackPending: false, marking: undefined });
  return Number.POSITIVE_INFINITY;
}

const NONE: ReadonlySet<string> = new Set();
/** More refusals are not told apart; see rowKeys.notify. */
const MOST_REFUSED = 9;

function findingOf({ sk }: LedgerKey): string {
  return sk.slice(sk.lastIndexOf('#') + 1);
}

/** How often Security Hub refused it, as far as the key counts. */
function refusedBefore({ sk }: LedgerKey): number {
  return Number(sk.slice(NOTIFY.length).split('#')[0]);
}

/** By findingKey. Where another receiver still waits, whoever tells the last of them marks it. */
async function toBeMarked(
  rows: readonly NotifyRow[],
  states: ReadonlyMap<string, StateRow>,
  context: Context,
): Promise<Map<string, FindingReference>> {
  const others = new Others(context);
  const { ledger, state } = context;
  const names = rows.map(({ key }) => findingOf(key));
  // Security Hub is asked how each stands: what this look has read already serves as well.
  const taken = names.flatMap((name) => state.findings.get(name) ?? []);
  const found = await ledger.readAll<FindingRow>(names.filter((name) => !state.findings.has(name)).map(rowKeys.findingBy));
  const wanted = new Map<string, FindingReference>();
  for (const value of [...taken, ...found.map((row) => row.value)]) {
    const open = states.get(value.memberId)?.member.open && isNew(value.report);
    if (open && (await others.allTold(value))) wanted.set(findingKey(value.report), referenceOf(value.report));
  }
  return wanted;
}

/** Writes down when to try again, or that it is given up until the problem is told again. */
async function triedAgain(nextAt: number, { state, clock, journal }: Context): Promise<number> {
  const now = clock.now();
  const { since = now, tries = 0 } = state.header.marking ?? {};
  if (nextAt - since > KEEPS_TRYING) {
    journal.error('marking given up', { ...state.problem, tries, since: new Date(since).toISOString() });
    await state.save({ writeBackPending: false, marking: undefined });
    return Number.POSITIVE_INFINITY;
  }
  await state.save({ marking: { since, tries: tries + 1, nextAt } });
  return nextAt;
}

/** @returns the names of those that Security Hub did not take; or when to ask again, where it took no call at all. */
async function markNotified(findings: FindingReference[], context: Context): Promise<ReadonlySet<string> | number> {
  const { hub, journal, state, receiver, absences, ledger } = context;
  await ledger.ahead([], [rowKeys.away('securityhub'), slotOf('hub')]);
  const away = await absences.heed('securityhub', true).catch(untilOf);
  if (away !== undefined) return away;
  await hubTurn(findings.length, context);
  let refused: RefusedMark[] = [];
  try {
    const states = await hub.read(findings);
    const now = new Map(states.map((each) => [findingKey(each), each]));
    const stateOf = (finding: FindingReference) => now.get(findingKey(finding));
    const touched = new Set(states.filter(({ workflow }) => workflow !== 'NEW').map(markKey));
    const untouched = findings.filter((finding) => stateOf(finding) && !touched.has(markKey(finding)));
    const note = `${NOTED}${receiver.name}, channel ${state.header.message?.channel ?? receiver.address}`;
    if (untouched.length > 0)
      refused = await hub.markNotified(untouched.map((finding) => (stateOf(finding)?.hasNote ? finding : { ...finding, note })));
  } catch (error) {
    const reason = reasonOf(error);
    // An alarm counts these lines.
    journal.warn('marking refused', { ...state.problem, findings: findings.length, reason });
    return absences.refused('securityhub', reason, true);
  }
  await absences.answered('securityhub');
  // What Security Hub no longer has needs no mark.
  const remaining = refused.filter(({ reason }) => !/NotFound/i.test(reason));
  const named = findings.filter((finding) => remaining.some((refusal) => isNamedBy(refusal, finding)));
  if (remaining.length > 0)
    journal.warn('marking refused', {
      ...state.problem,
      findings: remaining.length,
      reason: remaining[0]?.reason,
      ...(named[0] ? loggedFinding(named[0]) : {}),
    });
  // Where it does not say which, it may be any of them.
  return new Set((remaining.length > 0 && named.length === 0 ? findings : named).map(findingKey));
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

function untilOf(error: unknown): number {
  if (error instanceof Later) return error.until;
  throw error;
}

async function hubTurn(findings: number, { turns, state }: Context): Promise<void> {
  const wait = await turns.take('hub', { critical: false, ticket: state.header.hubTicket }, Math.ceil(findings / FINDINGS_A_READ));
  const ticket = wait?.line.ticket;
  if (ticket !== state.header.hubTicket) await state.save({ hubTicket: ticket });
  if (wait) throw new InLine(wait.until, wait.line, 'the allowance for calls to Security Hub is used up for the moment');
}

/** What the other receivers of a finding know; each of their problems is read once. */
class Others {
  private readonly problems = new Map<string, Promise<ProblemState>>();

  constructor(private readonly context: Context) {}

  async allTold(row: FindingRow): Promise<boolean> {
    const { problem } = this.context.state;
    for (const each of problemsOf(row)) {
      if (each.receiver === problem.receiver && each.fingerprint === problem.fingerprint) continue;
      const other = await this.problem(each);
      const state = (await other.statesOf([row.memberId])).get(row.memberId);
      if (!toldAt(state, other.header)) return false;
    }
    return true;
  }

  private problem(key: ProblemKey): Promise<ProblemState> {
    const name = `${key.receiver} ${key.fingerprint}`;
    const { ledger, clock, config } = this.context;
    const { retention, writeBack } = config.settings;
    const known = this.problems.get(name) ?? ProblemState.load(key, { ledger, clock, ledgerDays: retention.ledgerDays, writeBack });
    this.problems.set(name, known);
    return known;
  }
}

function isNew(report: Report): boolean {
  return report.latest.status === 'open' && report.latest.workflow === 'NEW';
}

/** What Security Hub knows it by. */
export function referenceOf({ id, byFindingInfo, productArn, format, region, accountId }: Report): FindingReference {
  return { id, ...(byFindingInfo ? { byFindingInfo } : {}), productArn, format, region, accountId };
}
