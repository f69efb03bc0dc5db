/**
 * Says in Security Hub that people were told: NOTIFIED, where the finding still is NEW, once all its receivers know.
 * What a person set stays: it is read again just before. Between that read and the write a person can still act;
 * BatchUpdateFindings has no condition, so this window of some hundred milliseconds remains (docs/decisions.md).
 */
import { findingKey } from '../domain/finding/key';
import type { Report } from '../domain/finding/report';
import { HUB } from '../domain/pacing';
import { type ProblemKey, rowKeys, type Told, type ToldPage, toldOnceConfirmed, type MemberRow } from '../domain/problem/rows';
import { loggedFinding } from '../domain/problem/logged';
import { DAY } from '../domain/time';
import { memberOf } from '../domain/problem/view';
import { Later, reasonOf } from '../domain/failure';
import type { FindingReference, HubState, RefusedMark } from '../ports';
import { markingPause } from './absences';
import type { Context } from './context';

/** BatchUpdateFindings takes 100 findings a call; a member may have more. */
const BATCH = 100;
/** GetFindings takes 20 ids a call. */
const FINDINGS_A_READ = 20;

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
  const { state, config, clock } = context;
  if (!config.settings.writeBack || !state.header.writeBackPending) return Number.POSITIVE_INFINITY;
  const { marking } = state.header;
  if (marking && marking.nextAt > clock.now()) return marking.nextAt;
  // What was refused goes last, so that it does not stand in the way of the rest.
  const marked = [...state.told].filter(([, told]) => told.toBeMarked).sort(([, a], [, b]) => (a.markRefused ?? 0) - (b.markRefused ?? 0));
  const rows = new Map(state.members.map((row) => [row.memberId, row]));
  const others = new Others(context);
  const batch: Part[] = [];
  let size = 0;
  for (const [memberId, told] of marked) {
    const row = rows.get(memberId);
    const ready = row && memberOf(row, clock.now()).open && (await others.allTold(row));
    // Where another receiver still waits, whoever tells the last of them marks it.
    const part = partOf(memberId, told, ready ? Object.entries(row.reports) : [], BATCH - size);
    if (part.findings.length === 0 && part.through !== undefined) break;
    size += part.findings.length;
    batch.push(part);
  }
  const refused =
    size > 0
      ? await markNotified(
          batch.flatMap(({ findings }) => findings),
          context,
        )
      : NONE;
  if (typeof refused === 'number') return triedAgain(refused, context);
  const failed = batch.filter(({ findings }) => findings.some((finding) => refused.has(findingKey(finding))));
  const left = new Map(batch.map((part) => [part.memberId, afterwards(part, failed.includes(part))]));
  await state.set(left);
  const more = batch.length < marked.length || batch.some(({ through }) => through !== undefined);
  if (more && failed.length < batch.length) throw new Later(clock.now() + NEXT_BATCH, 'more findings are to be marked NOTIFIED');
  if ([...left.values()].some(({ toBeMarked }) => toBeMarked))
    return triedAgain(clock.now() + markingPause((marking?.tries ?? 0) + 1), context);
  await state.save({ writeBackPending: false, marking: undefined });
  return Number.POSITIVE_INFINITY;
}

const NONE: ReadonlySet<string> = new Set();

/** What of a member goes into one batch. */
interface Part {
  memberId: string;
  told: Told;
  findings: FindingReference[];
  /** The key of the last of them where the member has more. */
  through?: string;
}

/** A member with more findings than a batch has room for is marked in parts, in the order of their keys. */
function partOf(memberId: string, told: Told, reports: readonly [string, Report][], room: number): Part {
  const left = reports.filter(([key, report]) => isNew(report) && key > (told.markedThrough ?? '')).sort(([a], [b]) => (a < b ? -1 : 1));
  const part = left.slice(0, room);
  return {
    memberId,
    told,
    findings: part.map(([, report]) => referenceOf(report)),
    ...(part.length < left.length ? { through: part.at(-1)?.[0] ?? told.markedThrough ?? '' } : {}),
  };
}

/** A refusal does not stand in the way of the member's other parts; once all were asked for, it is asked for again. */
function afterwards({ told, through }: Part, refused: boolean): Told {
  const { toBeMarked: _done, markRefused = 0, markedThrough: _through, partRefused = false, ...rest } = told;
  const again = refused || partRefused;
  if (through !== undefined)
    return { ...rest, toBeMarked: true, markRefused, markedThrough: through, ...(again ? { partRefused: true } : {}) };
  return again ? { ...rest, toBeMarked: true, markRefused: markRefused + 1 } : rest;
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
  const { hub, journal, state, receiver, absences } = context;
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
    const note = `Told in Slack: ${receiver.name}, channel ${state.header.message?.channel ?? receiver.address}`;
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
  const wait = await turns.take('hub', false, state.header.hubTicket, Math.ceil(findings / FINDINGS_A_READ));
  if (wait?.ticket !== state.header.hubTicket) await state.save({ hubTicket: wait?.ticket });
  if (wait) throw new Later(wait.until, 'the allowance for calls to Security Hub is used up for the moment');
}

/** What the other receivers of this problem know; each of their rows is read once. */
class Others {
  private readonly headers = new Map<string, Promise<number>>();
  private readonly pages = new Map<string, Promise<ToldPage | undefined>>();

  constructor(private readonly context: Context) {}

  async allTold({ memberId, receivers, elsewhere = {} }: MemberRow): Promise<boolean> {
    const { problem } = this.context.state;
    for (const receiver of receivers) {
      if (receiver === problem.receiver) continue;
      const other: ProblemKey = { receiver, fingerprint: elsewhere[receiver] ?? problem.fingerprint };
      const entry = (await this.page(other, memberId))?.[memberId];
      // The other's header is read only where it decides.
      const told = entry?.now ?? (entry?.next && toldOnceConfirmed(entry, await this.confirmed(other)));
      if (!told) return false;
    }
    return true;
  }

  private confirmed(other: ProblemKey): Promise<number> {
    return remembered(this.headers, other.receiver, async () => {
      const header = await this.context.ledger.read<{ confirmed: number }>(rowKeys.header(other));
      return header?.value.confirmed ?? 0;
    });
  }

  private page(other: ProblemKey, memberId: string): Promise<ToldPage | undefined> {
    const key = rowKeys.told(other, memberId);
    return remembered(this.pages, key.pk + key.sk, async () => (await this.context.ledger.read<ToldPage>(key))?.value);
  }
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const there = known.get(key) ?? read();
  known.set(key, there);
  return there;
}

function isNew(report: Report): boolean {
  return report.latest.status === 'open' && report.latest.workflow === 'NEW';
}

/** What Security Hub knows it by. */
export function referenceOf({ id, byFindingInfo, productArn, format, region, accountId }: Report): FindingReference {
  return { id, ...(byFindingInfo ? { byFindingInfo } : {}), productArn, format, region, accountId };
}
