/** The bodies of the deliveries queue. */
import { Hopeless } from '../domain/failure';
import { at, jsonIn, text } from '../domain/text/reading';
import { rowKeys } from '../domain/problem/rows';
import type { Ledger, WakeUp } from '../ports';

/** @throws Hopeless for what no part of this system sends. */
export function parseWakeUp(body: string): WakeUp {
  const wakeUp = readable(body);
  if (wakeUp) return wakeUp;
  const why = jsonIn(body) === undefined ? 'it is not JSON' : 'it names no receiver and fingerprint';
  throw new Hopeless(`the message is no wake-up: ${why}`);
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
  const value = jsonIn(body);
  const receiver = text(at(value, 'receiver'));
  const fingerprint = text(at(value, 'fingerprint'));
  if (!receiver || !fingerprint) return undefined;
  return {
    receiver,
    fingerprint,
    nonce: text(at(value, 'nonce')),
    ...(at(value, 'urgent') === true ? { urgent: true } : {}),
    due: text(at(value, 'due')),
    again: at(value, 'again') === true,
  };
}
