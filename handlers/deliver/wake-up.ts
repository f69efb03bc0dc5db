/** The bodies of the deliveries queue. */
import { Hopeless } from '../domain/failure';
import { at, text } from '../domain/text/reading';
import { rowKeys } from '../domain/problem/rows';
import type { Ledger, WakeUp } from '../ports';

/** @throws Hopeless for what no part of this system sends. */
export function parseWakeUp(body: string): WakeUp {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw new Hopeless('the message is no wake-up: it is not JSON', { cause });
  }
  const receiver = text(at(value, 'receiver'));
  const fingerprint = text(at(value, 'fingerprint'));
  if (!receiver || !fingerprint) throw new Hopeless('the message is no wake-up: it names no receiver and fingerprint');
  const urgent = at(value, 'urgent') === true ? { urgent: true as const } : {};
  return {
    receiver,
    fingerprint,
    nonce: text(at(value, 'nonce')),
    ...urgent,
    due: text(at(value, 'due')),
    again: at(value, 'again') === true,
  };
}

/** As a dead letter it says that whoever sends it back wants it tried anew. */
export function sentBack(body: string): string {
  const wakeUp = readable(body);
  return wakeUp ? JSON.stringify({ receiver: wakeUp.receiver, fingerprint: wakeUp.fingerprint, again: true } satisfies WakeUp) : body;
}

/** What lies in the dead-letter queue is not woken each minute as well; and what comes next wakes its problem again. */
export async function forget(body: string, { ledger }: { ledger: Ledger }): Promise<void> {
  const wakeUp = readable(body);
  if (wakeUp?.due) await ledger.remove(rowKeys.due(wakeUp.due));
  if (wakeUp?.nonce) await ledger.removeNonce(rowKeys.flag(wakeUp, wakeUp.urgent), wakeUp.nonce);
}

function readable(body: string): WakeUp | undefined {
  try {
    return parseWakeUp(body);
  } catch {
    return undefined;
  }
}
