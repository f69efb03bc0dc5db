/** The bodies of the deliveries queue. */
import { Hopeless } from '../domain/failure';
import { at, text } from '../domain/reading';
import { rowKeys } from '../domain/rows';
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
  return { receiver, fingerprint, due: text(at(value, 'due')), again: at(value, 'again') === true };
}

/** As a dead letter it says that whoever sends it back wants it tried anew. */
export function sentBack(body: string): string {
  try {
    const { receiver, fingerprint } = parseWakeUp(body);
    return JSON.stringify({ receiver, fingerprint, again: true } satisfies WakeUp);
  } catch {
    return body;
  }
}

/** What lies in the dead-letter queue is not woken each minute as well. */
export async function forgetDue(body: string, { ledger }: { ledger: Ledger }): Promise<void> {
  const due = /"due":"([^"]+)"/.exec(body)?.[1];
  if (due) await ledger.remove(rowKeys.due(due));
}
