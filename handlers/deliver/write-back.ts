/**
 * What was just told is marked NOTIFIED in the look that told it, where nobody waits for a turn at Security Hub; else whoever has the
 * next one does it, for many problems together (marker.ts). So no look is made for marks alone.
 */
import { Later } from '../domain/failure';
import { findingKey } from '../domain/finding/key';
import { notifyAgain, notifyKeyOf } from '../domain/problem/marks';
import { total } from '../domain/problem/sums';
import { type FindingRow, rowKeys } from '../domain/problem/rows';
import { markingPause } from './absences';
import type { Context } from './context';
import { FINDINGS_A_READ, isToBeMarked, markNotified, Readers, toBeMarked } from './marking';
import { slotOf } from './turns';

/** @throws where the ledger fails: then rows are left behind, for the next look. */
export async function writeBackStep(context: Context): Promise<void> {
  const { state, config, clock } = context;
  const { told, untold, writeBackPending } = state.header;
  // What its readers do not know yet waits for them.
  if (!config.settings.writeBack || told === 0 || total(untold.kinds) > 0) return;
  // What waited to be told has rows already.
  if (writeBackPending) return state.handOver(clock.now());
  if (state.toMark.length === 0) return;
  const findings = await findingsToMark(context);
  if (findings.length === 0) {
    state.toMark = [];
    return;
  }
  const refused = (await hasTurn(findings.length, context)) ? await markNotified(findings, context) : undefined;
  if (!refused) return state.handOver(clock.now());
  state.toMark = state.toMark.flatMap((row) =>
    refused.has(notifyKeyOf(row.key).finding) ? notifyAgain(state.problem, row, row.expiresAt) : [],
  );
  if (state.toMark.length > 0) await state.handOver(clock.now() + markingPause(1), 1);
}

async function findingsToMark({ state, ledger, config, clock, receiver }: Context) {
  const { retention, writeBack } = config.settings;
  const readers = new Readers({ ledger, clock, ledgerDays: retention.ledgerDays, writeBack }, state);
  const states = await state.statesOf([...new Set(state.toMark.map(({ value }) => value.memberId))]);
  const names = state.toMark.map(({ key }) => notifyKeyOf(key).finding);
  // What this look has read last serves as well: Security Hub is asked how each stands.
  const found = await ledger.readAll<FindingRow>(names.filter((name) => !state.findings.has(name)).map(rowKeys.findingBy));
  const rows = [...names.flatMap((name) => state.findings.get(name) ?? []), ...found.map(({ value }) => value)];
  const wanted = new Map<string, ReturnType<typeof toBeMarked>>();
  for (const row of rows)
    if (await isToBeMarked(row, states.get(row.memberId), readers))
      wanted.set(findingKey(row.report), toBeMarked(row, state, receiver.address));
  return [...wanted.values()];
}

/** Whether Security Hub is there, and nobody waits for it. */
async function hasTurn(findings: number, { ledger, absences, turns }: Context): Promise<boolean> {
  await ledger.ahead([], [rowKeys.away('securityhub'), slotOf('hub')]);
  try {
    await absences.heed('securityhub', true);
  } catch (error) {
    if (error instanceof Later) return false;
    throw error;
  }
  return turns.pass('hub', Math.ceil(findings / FINDINGS_A_READ));
}
