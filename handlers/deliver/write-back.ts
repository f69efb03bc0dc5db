/**
 * Says in Security Hub that people were told: NOTIFIED, where the finding still is NEW, once all its receivers know.
 * What a person set stays: it is read again just before. Between that read and the write a person can still act;
 * BatchUpdateFindings has no condition, so this window of some hundred milliseconds remains (docs/decisions).
 */
import type { Report } from '../domain/report';
import { HUB } from '../domain/pacing';
import { type ProblemKey, rowKeys, type Told, type ToldPage } from '../domain/rows';
import { memberOf } from '../domain/view';
import { Later } from '../domain/failure';
import type { FindingReference } from '../ports';
import type { Context } from './context';

/** BatchUpdateFindings takes 100 findings a call; a member has at most 40. */
const BATCH = 100;
/** GetFindings takes 20 ids a call. */
const FINDINGS_A_READ = 20;

/** When the allowance has room for another batch: earlier the whole problem would be read in vain. */
const NEXT_BATCH = (BATCH / FINDINGS_A_READ) * HUB.interval;

/** @throws Later while more than one batch is left. */
export async function writeBackStep(context: Context): Promise<void> {
  const { state, config, clock } = context;
  if (!config.settings.writeBack || !state.header.writeBackPending) return;
  const marked = [...state.told].filter(([, told]) => told.mark);
  const rows = new Map(state.members.map((row) => [row.memberId, row]));
  const others = new Others(context);
  const batch: { memberId: string; told: Told; findings: FindingReference[] }[] = [];
  let size = 0;
  for (const [memberId, told] of marked) {
    const row = rows.get(memberId);
    const ready = row && memberOf(row, clock.now()).open && (await others.allTold(memberId, row.receivers));
    // Where another receiver still waits, whoever tells the last of them marks it.
    const findings = ready ? Object.values(row.reports).filter(isNew).map(referenceOf) : [];
    if (size + findings.length > BATCH) break;
    size += findings.length;
    batch.push({ memberId, told, findings });
  }
  if (size > 0)
    await mark(
      batch.flatMap(({ findings }) => findings),
      context,
    );
  await state.set(new Map(batch.map(({ memberId, told: { mark: _mark, ...told } }) => [memberId, told])));
  if (batch.length < marked.length) throw new Later(clock.now() + NEXT_BATCH, 'more findings are to be marked NOTIFIED');
  await state.save({ writeBackPending: false });
}

async function mark(findings: FindingReference[], context: Context): Promise<void> {
  const { hub, journal, state, receiver } = context;
  await hubTurn(findings.length, context);
  const states = await hub.read(findings);
  // The two Security Hubs may call a finding by the same id.
  const now = new Map(states.map((each) => [`${each.format} ${each.id}`, each]));
  const stateOf = ({ format, id }: FindingReference) => now.get(`${format} ${id}`);
  const untouched = findings.filter((finding) => stateOf(finding)?.workflow === 'NEW');
  if (untouched.length === 0) return;
  const note = `Told in Slack: ${receiver.name}, channel ${state.header.message?.channel ?? receiver.address}`;
  const refused = await hub.markNotified(untouched.map((finding) => (stateOf(finding)?.hasNote ? finding : { ...finding, note })));
  if (refused.length > 0) journal.warn('security hub did not take all', { refused: refused.length, first: refused[0] });
  if (refused.some(({ reason }) => /concurrent|throttl|internal/i.test(reason)))
    throw new Error(
      `Security Hub did not mark ${refused.length} of ${untouched.length} findings: ${refused[0]?.reason}; it is tried again`,
    );
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

  async allTold(memberId: string, receivers: readonly string[]): Promise<boolean> {
    const { problem } = this.context.state;
    for (const receiver of receivers) {
      if (receiver === problem.receiver) continue;
      const other: ProblemKey = { receiver, fingerprint: problem.fingerprint };
      const entry = (await this.page(other, memberId))?.[memberId];
      if (!entry?.now && !(entry?.next && entry.next.telling <= (await this.confirmed(other)))) return false;
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

function referenceOf({ id, byFindingInfo, productArn, format, region, accountId }: Report): FindingReference {
  return { id, ...(byFindingInfo ? { byFindingInfo } : {}), productArn, format, region, accountId };
}
