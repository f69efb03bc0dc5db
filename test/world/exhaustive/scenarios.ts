/** Who comes how often, and how much may go wrong. */
import type { Call } from '../../../cli/simulate/world/environment';
import { MINUTE, SECOND, START } from '../../../cli/simulate/world/simulation';
import { control } from '../events';
import type { LedgerKey } from '../../../handlers/ports';
import type { Mutant } from './worker';

export interface Budget {
  /** How often another goes on before who works has ended. */
  preemptions: number;
  /** Calls that are throttled, whose answer is lost, or after which their function crashes. */
  faults: number;
  /** Deliveries whose message comes to another while they work on. */
  zombies: number;
  /** Crashes after which the message is a dead letter. */
  lost: number;
}

export type Revision = 'HIGH' | 'CRITICAL' | 'PASSED';

export interface Scenario {
  name: string;
  /** The revisions of each resource's finding, by bucket. */
  lives: Record<string, (Revision | undefined)[]>;
  budget: Partial<Budget>;
  /** Each event, and when it comes. */
  events(): { event: object; at: number }[];
  /** Milliseconds from one revision to the next. Default: all come in one moment. */
  gap?: number;
  /** Whether they are received as they were sent. */
  inOrder?: boolean;
  /** Who is told of it. Default: one. */
  receivers?: ('workloads' | 'others')[];
  /** Whether all that has come is received by one intake together. */
  batch?: true;
  /** Whether what is told is marked NOTIFIED in Security Hub. */
  writeBack?: true;
  /** Where all turns are taken for half a minute, by the names of their slots. */
  busy?: string[];
  workers?: Partial<Record<Call['by'], number>>;
  /** Calls at which something may fail. Default: all that have an effect. */
  faultsAt?(name: string): boolean;
  /** Where a lease may end. Default: at every call of a delivery. */
  zombiesAt?(name: string, key?: LedgerKey): boolean;
  /** Whether only those are preempted whose lease has ended. */
  zombiesWait?: true;
  /** Whether a zombie's deletion of its message takes effect, which SQS does not rule out. */
  staleDeletes?: true;
  /** Whether as many are told before it begins as one row holds. */
  full?: true;
  sweeper?: false;
  mutant?: Mutant;
}

const ACCOUNTS: Record<string, string> = { alpha: '555555555555', bravo: '666666666666', carol: '777777777777' };

export function scenario(name: string, lives: Scenario['lives'], budget: Partial<Budget>, more: Partial<Scenario> = {}): Scenario {
  const { gap = 0 } = more;
  const events = () => {
    const longest = Math.max(...Object.values(lives).map(({ length }) => length));
    return Array.from({ length: longest }, (_, n) =>
      Object.entries(lives).flatMap(([bucket, revisions]) =>
        eventOf(bucket, revisions[n], n).map((event) => ({ event, at: START + n * gap })),
      ),
    ).flat();
  };
  return { name, lives, budget, events, ...more };
}

function eventOf(bucket: string, revision: Revision | undefined, n: number): object[] {
  if (!revision) return [];
  const updatedAt = START - 10 * MINUTE + n * SECOND;
  const severity = revision === 'PASSED' ? 'INFORMATIONAL' : revision;
  const closing = revision === 'PASSED' ? { compliance: 'PASSED', firstObservedAt: updatedAt } : {};
  return [control({ bucket, account: ACCOUNTS[bucket], severity, updatedAt, eventId: `${bucket}-${n}`, ...closing })];
}
