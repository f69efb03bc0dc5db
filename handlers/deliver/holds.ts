/** Channels that nothing can be said in until a person acts. What stands elsewhere, or goes elsewhere, is none of their business. */
import { Later } from '../domain/failure';
import { rowKeys } from '../domain/problem/rows';
import { DAY, expiry, MINUTE } from '../domain/time';
import { change } from '../optimistic';
import type { Context } from './context';

const HOLD = 15 * MINUTE;

interface Hold {
  until: number;
  reason: string;
}

/** @param channel that is about to be called: where a message stands, or where a new one goes. @throws Later while it is held. */
export async function heedHold(channel: string, { ledger, clock }: Pick<Context, 'ledger' | 'clock'>): Promise<void> {
  const hold = await ledger.read<Hold>(rowKeys.hold(channel));
  if (hold && hold.value.until > clock.now()) throw new Later(hold.value.until, `the channel ${channel} is held: ${hold.value.reason}`);
}

/** Slack refused the token or this channel. @returns when it is tried again. */
export async function hold(channel: string, reason: string, { ledger, clock, journal, receiver }: Context): Promise<Later> {
  const until = clock.now() + HOLD;
  const next = { until, reason };
  await change<Hold, void>(ledger, rowKeys.hold(channel), () => ({ next, expiresAt: expiry(until + DAY), result: undefined }));
  // An alarm counts these lines.
  journal.error('channel held', { receiver: receiver.name, channel, reason, until: new Date(until).toISOString() });
  return new Later(until, `the channel ${channel} is held for a quarter of an hour: ${reason}`);
}
