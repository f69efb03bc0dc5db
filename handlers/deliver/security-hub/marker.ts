/**
 * Marks what was told while others had the turn at Security Hub, or while it refused: a hundred findings of many problems at a time. The
 * tick wakes it while anything waits (tick/tick.ts), under a name of its own, so that there is one at a time.
 *
 * What Security Hub refuses leaves what was told as told and makes no dead letter. It is tried again for three days: long enough for a
 * policy that was changed before a weekend.
 */
import { InLine, Later, Unavailable } from '../../domain/failure';
import { notifyAgain, notifyKeyOf, type NotifyRow } from '../../domain/problem/marks';
import { NOTIFY, rowKeys, TO_MARK, type ToMarkRow } from '../../domain/problem/rows';
import { freshnessOf } from '../../domain/problem/told';
import { DAY } from '../../domain/time';
import type { LedgerKey, LedgerRow, RowToPut } from '../../ports';
import { Absences, markingPause } from '../absences';
import { type DeliverDeps, ledgerExpiry, LOOK } from '../deps';
import { FINDINGS_A_READ, markNotified, Readers, type Told, toBeMarked } from './marking';
import { type ReadAhead, readAhead } from '../read-ahead';
import { ledgerTurns } from '../turns';

/** BatchUpdateFindings takes 100 findings a call. */
const BATCH = 100;
/** Problems of one batch. */
const PROBLEMS = 40;
const KEEPS_TRYING = 3 * DAY;

interface Marker extends DeliverDeps {
  ledger: ReadAhead;
  absences: Absences;
  readers: Readers;
}

/** @throws Later where there is more than it has a turn for. */
export async function markWaiting(deps: DeliverDeps): Promise<void> {
  const { clock } = deps;
  const until = clock.now() + LOOK;
  for (;;) {
    const ledger = readAhead(deps.ledger);
    const readers = new Readers({ ...deps, ledger });
    if (!(await markBatch({ ...deps, ledger, readers, absences: new Absences({ ...deps, ledger }) }))) return;
    if (clock.now() > until) throw new Later(clock.now(), 'more findings are to be marked NOTIFIED');
  }
}

/** @returns whether there may be more to do now. @throws InLine where others go first. */
async function markBatch(marker: Marker): Promise<boolean> {
  const { ledger, clock } = marker;
  const through = new Date(clock.now() + 1).toISOString();
  const waiting = await ledger.list<ToMarkRow>(TO_MARK, '', { through, limit: PROBLEMS });
  if (waiting.length === 0) return false;
  // Switched off since: what stays of them leaves with its retention.
  if (!marker.config.settings.writeBack) {
    await ledger.writeAll(
      [],
      waiting.map(({ key }) => key),
    );
    return true;
  }
  const all = await marked(waiting, marker);
  if (!all) {
    const old = waiting.filter(({ value }) => clock.now() - value.since > KEEPS_TRYING);
    await giveUp(old, marker);
    return false;
  }
  await ledger.writeAll(
    all.flatMap(({ puts }) => puts),
    all.flatMap(({ removals }) => removals),
  );
  const over = all.flatMap((each) => each.over ?? []);
  await giveUp(over, marker);
  return true;
}

/** @returns undefined where Security Hub takes no call. */
async function marked(waiting: readonly Waiting[], marker: Marker): Promise<Settled[] | undefined> {
  if (await marker.absences.of('securityhub', true)) return undefined;
  await takeTurn(waiting, marker);
  const told = await toldOf(waiting, marker);
  const findings = await toBeMarked(told, marker.readers, marker.ledger);
  const refused = findings.length > 0 ? await markNotified(findings, marker) : new Set<string>();
  return refused && told.map((each) => settled(each, refused, marker));
}

type Waiting = LedgerRow<ToMarkRow>;

/** What of one problem waits, and whether there may be more. */
interface Taken extends Told {
  of: Waiting;
  more: boolean;
}

/**
 * As many as go into one batch. The rows of findings are read before their problems: a row is put once its problem counts what it is of, so
 * what came since is known as what readers do not know.
 */
async function toldOf(waiting: readonly Waiting[], { ledger, readers }: Marker): Promise<Taken[]> {
  const lists = new Map<string, { of: Waiting; rows: LedgerRow<NotifyRow['value']>[]; more: boolean }>();
  let room = BATCH;
  for (const of of waiting) {
    const problem = rowKeys.problem(of.value.problem);
    // What was told twice since stands here twice: the other waits for the next batch.
    if (lists.has(problem)) continue;
    if (room === 0) break;
    const rows = await ledger.list<NotifyRow['value']>(problem, NOTIFY, { limit: room });
    lists.set(problem, { of, rows, more: rows.length === room });
    room -= rows.length;
  }
  const all = [...lists.values()];
  const headers = all.map(({ of }) => rowKeys.header(of.value.problem));
  await ledger.ahead([], headers);
  return Promise.all(
    all.map(async ({ of, rows, more }) => {
      const state = await readers.of(of.value.problem);
      const states = await state.statesOf([...new Set(rows.map(({ value }) => value.memberId))]);
      const told = rows.filter(({ value }) => {
        const member = states.get(value.memberId);
        return member === undefined || freshnessOf(member, state.header) === undefined;
      });
      return { of, state, rows: told, more };
    }),
  );
}

interface Settled {
  puts: RowToPut[];
  removals: LedgerKey[];
  /** It was tried for long enough. */
  over?: Waiting;
}

/** The rows of a problem, once its findings are marked but those that were refused. */
function settled({ of, rows, more }: Taken, refused: ReadonlySet<string>, marker: Marker): Settled {
  const { problem, since, tries } = of.value;
  const expiresAt = ledgerExpiry(marker);
  const tried = rows.filter(({ key }) => refused.has(notifyKeyOf(key).finding)).map((row) => notifyAgain(problem, row, expiresAt));
  // A finding that came again while it was refused has two rows, and so often refused they are one.
  const again = [...new Map(tried.map((row) => [row.key.sk, row])).values()];
  const done = rows.map(({ key }) => key).filter((key) => !again.some((row) => row.key.sk === key.sk));
  const waits = (key: LedgerKey, value: ToMarkRow): RowToPut => ({ key, value, expiresAt });
  if (more && again.length < rows.length) return { puts: [...again, waits(of.key, { problem, since, tries })], removals: done };
  if (again.length === 0) return { puts: [], removals: [...done, of.key] };
  const nextAt = marker.clock.now() + markingPause(tries + 1);
  if (nextAt - since > KEEPS_TRYING) return { puts: again, removals: done, over: of };
  const next = waits(rowKeys.toMark(problem, nextAt, tries), { problem, since, tries: tries + 1 });
  return { puts: [...again, next], removals: [...done, of.key] };
}

/** A turn is for a whole batch: what goes into it is known when it has come. Its place in line stands in the first row. */
async function takeTurn(waiting: readonly Waiting[], marker: Marker): Promise<void> {
  const { ledger, clock } = marker;
  const ticket = waiting.find(({ value }) => value.ticket)?.value.ticket;
  const wait = await ledgerTurns(ledger, clock).take('hub', { critical: false, ticket }, BATCH / FINDINGS_A_READ);
  if (!wait) return;
  const [first] = waiting;
  if (first && wait.line.ticket !== ticket) {
    const value: ToMarkRow = { ...first.value, ticket: wait.line.ticket };
    await ledger.writeAll([{ key: first.key, value, expiresAt: ledgerExpiry(marker) }]);
  }
  throw new InLine(wait.until, wait.line, 'the allowance for calls to Security Hub is used up for the moment');
}

/** What was tried for long enough is marked with what is told next of its problem. */
async function giveUp(waiting: readonly Waiting[], { ledger, readers, journal }: Marker): Promise<void> {
  for (const { key, value } of waiting) {
    const { problem, since, tries } = value;
    const state = await readers.of(problem);
    try {
      await state.save({ leftUnmarked: true });
    } catch (error) {
      // It is being told just now: the next look at what waits comes to it again.
      if (error instanceof Unavailable) continue;
      throw error;
    }
    await ledger.remove(key);
    journal.error('marking given up', { ...problem, eventIds: state.eventIds, tries, since: new Date(since).toISOString() });
  }
}
