/**
 * Says in Security Hub that people were told: NOTIFIED, where the finding still is NEW, once all its receivers know.
 * What a person set stays: it is read again just before. Between that read and the write a person can still act;
 * BatchUpdateFindings has no condition, so this window of some hundred milliseconds remains (docs/decisions).
 */
import type { Report } from '../domain/report';
import { type ProblemKey, rowKeys, type Told, type ToldPage } from '../domain/rows';
import { memberOf } from '../domain/view';
import { Later } from '../domain/failure';
import type { FindingReference } from '../ports';
import type { Context } from './context';

/** BatchUpdateFindings takes 100 findings a call. */
const BATCH = 100;
/** GetFindings takes 20 ids a call. */
const FINDINGS_A_READ = 20;

/** @throws Later while more than one batch is left. */
export async function writeBackStep(context: Context): Promise<void> {
  const { state, config, clock } = context;
  if (!config.settings.writeBack || !state.header.writeBackPending) return;
  const marked = [...state.told].filter(([, told]) => told.mark);
  const rows = new Map(state.members.map((row) => [row.memberId, row]));
  const batch: { memberId: string; told: Told; findings: FindingReference[] }[] = [];
  for (const [memberId, told] of marked) {
    if (batch.reduce((sum, { findings }) => sum + findings.length, 0) >= BATCH) break;
    const row = rows.get(memberId);
    const ready = row && (await toldEverywhere(memberId, row.receivers, context));
    // Where another receiver still waits, whoever tells the last of them marks it.
    const findings = row && ready && memberOf(row, clock.now()).open ? Object.values(row.reports).filter(isNew).map(referenceOf) : [];
    batch.push({ memberId, told, findings });
  }
  const findings = batch.flatMap((each) => each.findings).slice(0, BATCH);
  if (findings.length > 0) await mark(findings, context);
  await state.set(new Map(batch.map(({ memberId, told: { mark: _mark, ...told } }) => [memberId, told])));
  if (batch.length < marked.length) throw new Later(clock.now() + 1000, 'more findings are to be marked NOTIFIED');
  await state.save({ writeBackPending: false });
}

async function mark(findings: FindingReference[], context: Context): Promise<void> {
  const { hub, journal, state, receiver } = context;
  await hubTurn(findings.length, context);
  const states = await hub.read(findings);
  const now = new Map(states.map((each) => [each.id, each]));
  const untouched = findings.filter(({ id }) => now.get(id)?.workflow === 'NEW');
  if (untouched.length === 0) return;
  const note = `Told in Slack: ${receiver.name}, channel ${state.header.message?.channel ?? receiver.channel}`;
  const refused = await hub.markNotified(untouched.map((finding) => (now.get(finding.id)?.hasNote ? finding : { ...finding, note })));
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

async function toldEverywhere(memberId: string, receivers: string[], { state, ledger }: Context): Promise<boolean> {
  for (const receiver of receivers) {
    if (receiver === state.problem.receiver) continue;
    const other: ProblemKey = { receiver, fingerprint: state.problem.fingerprint };
    const [page, header] = [
      await ledger.read<ToldPage>(rowKeys.told(other, memberId)),
      await ledger.read<{ confirmed: number }>(rowKeys.header(other)),
    ];
    const entry = page?.value[memberId];
    if (!entry?.now && !(entry?.next && entry.next.telling <= (header?.value.confirmed ?? 0))) return false;
  }
  return true;
}

function isNew(report: Report): boolean {
  return report.latest.status === 'open' && report.latest.workflow === 'NEW';
}

function referenceOf({ id, productArn, format, region, accountId }: Report): FindingReference {
  return { id, productArn, format, region, accountId };
}
