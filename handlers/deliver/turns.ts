/** Reserves turns at Slack and Security Hub in the ledger, and remembers for all workers what they refused. */
import { type Allowance, blocked, CHANNEL, EDITS, FREE, HUB, type Line, type Slot, type Turn, turn } from '../domain/pacing';
import { rowKeys } from '../domain/problem/rows';
import { hash } from '../domain/text/identity';
import { DAY } from '../domain/time';
import { change, keptWhileUsed } from '../optimistic';
import type { Clock, Ledger, LedgerKey } from '../ports';

/** What has an allowance of its own: a channel, the edits of the workspace, Security Hub. */
export type Paced = { channel: string } | 'edits' | 'hub';

/** Who asks for a turn: in which lane it waits (laneOf), and its ticket where it has waited before. */
type Asking = Parameters<typeof turn>[3];

/** Lanes that one account can have: the name of a product is its importer's choice. */
const LANES_AN_ACCOUNT = 4;

/** In which turns are taken: by account, and by product within it. */
export function laneOf(accountId: string, product: string): string {
  return `${hash(accountId).slice(0, 6)}${Number.parseInt(hash(product).slice(0, 1), 16) % LANES_AN_ACCOUNT}`;
}

/** A row that nobody took a turn in for so long says nothing any more, in milliseconds. */
const KEPT = 7 * DAY;

export type Turns = ReturnType<typeof ledgerTurns>;

export function ledgerTurns(ledger: Ledger, clock: Clock) {
  const slots = keptWhileUsed(ledger, clock, KEPT);
  return {
    /** @returns undefined when it may go now; else until when to wait, and where. */
    async take(what: Paced, who: Asking, calls?: number): Promise<{ until: number; line: Line } | undefined> {
      const [name, allowance] = allowanceOf(what);
      const mine = await change<Slot, Turn>(slots, slotOf(what), (slot = FREE) => {
        const result = turn(slot, clock.now(), allowance, who, calls);
        return { next: result.slot === slot ? undefined : result.slot, result };
      });
      return mine.go ? undefined : { until: mine.until, line: { slot: name, allowance, ticket: mine.ticket } };
    },
    /** For who would not wait. @returns whether it may go now; where not, it holds no place. */
    async pass(what: Paced, calls: number): Promise<boolean> {
      return change<Slot, boolean>(slots, slotOf(what), (slot = FREE) => {
        const { go, slot: next } = turn(slot, clock.now(), allowanceOf(what)[1], { critical: false }, calls);
        return go ? { next, result: true } : { result: false };
      });
    },
    /** After a 429. @param until epoch milliseconds. */
    async block(what: Paced, until: number): Promise<void> {
      const later = (slot = FREE) => ({ next: blocked(slot, until, allowanceOf(what)[1]), result: undefined });
      await change<Slot, void>(slots, slotOf(what), later);
    },
  };
}

/** The row that says whose turn it is. */
export function slotOf(what: Paced): LedgerKey {
  return rowKeys.slot(allowanceOf(what)[0]);
}

function allowanceOf(what: Paced): [string, Allowance] {
  if (what === 'edits') return ['slack-edits', EDITS];
  if (what === 'hub') return ['securityhub', HUB];
  return [`slack-${what.channel}`, CHANNEL];
}
