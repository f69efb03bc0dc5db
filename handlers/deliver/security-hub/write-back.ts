/**
 * What was just told is marked NOTIFIED in the look that told it, where nobody waits for a turn at Security Hub; else whoever has the
 * next one does it, for many problems together (marker.ts). So no look is made for marks alone.
 */
import { notifyAgain, notifyKeyOf } from '../../domain/problem/marks';
import { total } from '../../domain/problem/sums';
import { rowKeys } from '../../domain/problem/rows';
import { markingPause } from '../absences';
import type { Context } from '../context';
import { FINDINGS_A_READ, markNotified, Readers, toBeMarked } from './marking';
import { slotOf } from '../turns';

/** @throws where the ledger fails: then rows are left behind, for the next look. */
export async function writeBackStep(context: Context): Promise<void> {
  const { state, config, clock } = context;
  const { told, untold, writeBackPending, leftUnmarked } = state.header;
  // What its readers do not know yet waits for them.
  if (!config.settings.writeBack || told === 0 || total(untold.kinds) > 0) return;
  // What waited to be told has rows already; with what was given up.
  if (writeBackPending || (leftUnmarked && state.toMark.length > 0)) return state.handOver(clock.now());
  if (state.toMark.length === 0) return;
  // What this look has read last serves as well.
  const findings = await toBeMarked([{ state, rows: state.toMark }], new Readers(context, state), context.ledger, state.findings);
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

/** Whether Security Hub is there, and nobody waits for it. */
async function hasTurn(findings: number, { ledger, absences, turns }: Context): Promise<boolean> {
  await ledger.ahead([], [rowKeys.away('securityhub'), slotOf('hub')]);
  if (await absences.of('securityhub', true)) return false;
  return turns.pass('hub', Math.ceil(findings / FINDINGS_A_READ));
}
