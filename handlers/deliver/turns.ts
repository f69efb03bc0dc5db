/** Reserves turns at Slack and Security Hub in the ledger, and remembers for all workers what they refused. */
import { Later } from '../domain/failure';
import { blocked, type Bucket, bucketTurn, channelTurn, EDITS, EDITS_OF_OTHERS, FREE, HUB, type Slot, type Turn } from '../domain/pacing';
import { rowKeys } from '../domain/rows';
import { change } from '../optimistic';
import type { Clock, Ledger } from '../ports';

export interface Turns {
  /** @returns undefined when it may go now; else until when to wait, with the place in line. */
  channel(channel: string, critical: boolean, ticket: number | undefined): Promise<{ until: number; ticket?: number } | undefined>;
  /** @throws Later when too many edits were made lately. */
  edit(critical: boolean): Promise<void>;
  /** @throws Later when Security Hub was called too often lately. */
  hub(): Promise<void>;
  /** After a 429. */
  block(what: 'edit' | { channel: string }, until: number): Promise<void>;
}

export function ledgerTurns(ledger: Ledger, clock: Clock): Turns {
  const take = (name: string, turnOf: (slot: Slot) => Turn) =>
    change<Slot, Turn>(ledger, rowKeys.slot(name), (slot = FREE) => {
      const turn = turnOf(slot);
      return { next: turn.slot === slot ? undefined : turn.slot, result: turn };
    });
  const bucket = async (name: string, limit: Bucket, what: string) => {
    const turn = await take(name, (slot) => bucketTurn(slot, clock.now(), limit));
    if (!turn.go) throw new Later(turn.until, what);
  };
  return {
    async channel(channel, critical, ticket) {
      const turn = await take(`slack-${channel}`, (slot) => channelTurn(slot, clock.now(), critical, ticket));
      return turn.go ? undefined : { until: turn.until, ticket: turn.ticket };
    },
    edit: (critical) =>
      bucket('slack-edits', critical ? EDITS : EDITS_OF_OTHERS, 'the allowance for edits in this workspace is used up for the moment'),
    hub: () => bucket('securityhub', HUB, 'the allowance for calls to Security Hub is used up for the moment'),
    async block(what, until) {
      const [name, kind] = what === 'edit' ? (['slack-edits', 'edit'] as const) : ([`slack-${what.channel}`, 'channel'] as const);
      await change<Slot, void>(ledger, rowKeys.slot(name), (slot = FREE) => ({ next: blocked(slot, until, kind), result: undefined }));
    },
  };
}
