/** The ways in which each outgoing call can fail, and what that may cost: nothing is lost, and only a post is repeated. */
import { awsError } from '../../cli/simulate/world/limits';
import { SlackFailure, type SlackFailureKind } from '../../handlers/domain/failure';
import type { Call, CallName, Fault } from '../../cli/simulate/world/environment';

const REFUSED = () => awsError('ServiceUnavailable', '503 Service Unavailable', 503);
const BEFORE = (): Fault => ({ before: REFUSED() });
const AFTER = (): Fault => ({ after: REFUSED() });
const CRASH_BEFORE = (): Fault => ({ before: 'crash' });
const CRASH_AFTER = (): Fault => ({ after: 'crash' });
const slack = (kind: SlackFailureKind, retryAfter = 0) => new SlackFailure(kind, `Slack answered ${kind}`, retryAfter);
const says = (kind: SlackFailureKind, retryAfter?: number) => (): Fault => ({ before: slack(kind, retryAfter) });

export type Faults = Record<string, () => Fault>;

const ANY: Faults = { 'fails before': BEFORE, 'fails after': AFTER, 'crash before': CRASH_BEFORE, 'crash after': CRASH_AFTER };
/** What has no effect fails in one way; a crash there leaves behind what a crash after the write before it does. */
const LOOKUP: Faults = { fails: BEFORE, crash: CRASH_AFTER };
const READ: Faults = { fails: BEFORE };
/** A crash before a write leaves behind what a crash after the write before it does. */
const WRITE: Faults = { 'fails before': BEFORE, 'fails after': AFTER, 'crash after': CRASH_AFTER };

const POST: Faults = {
  'crash before': CRASH_BEFORE,
  'crash after': CRASH_AFTER,
  'rate-limited': says('rate-limited', 7),
  unavailable: says('unavailable'),
  refused: says('refused'),
  'unknown, not there': says('unknown'),
  'unknown, there': () => ({ after: slack('unknown') }),
  receiver: says('receiver'),
  content: says('content'),
};

export const FAULTS: Record<CallName, Faults> = {
  'ledger.read': READ,
  'ledger.list': READ,
  'ledger.write': WRITE,
  'ledger.remove': WRITE,
  'ledger.readAll': READ,
  'ledger.writeAll': WRITE,
  'ledger.writeNewer': WRITE,
  'ledger.removeNonce': WRITE,
  'wakeups.send': ANY,
  'timers.set': ANY,
  'questions.ask': ANY,
  'directory.account': LOOKUP,
  'directory.unit': LOOKUP,
  'directory.parent': LOOKUP,
  'analyst.interpret': {
    ...ANY,
    'nonsense null': () => ({ answer: { content: null, model: 'm', inputTokens: 1, outputTokens: 1 } }),
    'nonsense shape': () => ({ answer: { content: { summary: 7, actions: 'none' }, model: 'm', inputTokens: 1, outputTokens: 1 } }),
  },
  'slack.post': POST,
  'slack.reply': { ...POST, gone: says('gone') },
  'slack.update': { ...POST, gone: says('gone') },
  'slack.permalink': { ...LOOKUP, 'rate-limited': says('rate-limited', 7) },
  'hub.read': LOOKUP,
  'hub.shows': LOOKUP,
  'hub.mark': { ...ANY, 'refuses all': () => ({ answer: [{ id: 'each', reason: 'InternalException' }] }) },
  'inbox.defer': ANY,
  'inbox.sendAgain': ANY,
  'inbox.deadLetter': ANY,
};

/** A call that is made to fail, the nth of its kind. */
export interface Cell {
  by: Call['by'];
  name: CallName;
  fault: string;
  number: number;
}

/** What became of all cells of one call and one fault. */
export interface Tally {
  runs: number;
  repeats: number;
}

/** One line a call, one column a fault: in how many places it was tried, and how many posts that repeated. */
export function table(tallies: ReadonlyMap<string, Tally>): string {
  const rows = new Map<string, string[]>();
  for (const [key, { runs, repeats }] of tallies) {
    const [by, name, fault] = key.split('|');
    const row = `${by} ${name}`;
    rows.set(row, [...(rows.get(row) ?? []), `${fault} ${runs}${repeats > 0 ? ` (repeats ${repeats})` : ''}`]);
  }
  return [...rows].map(([row, cells]) => `${row.padEnd(26)} ${cells.join(' · ')}`).join('\n');
}
