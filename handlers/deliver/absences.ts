/**
 * Waits for a service that is away, together with all other workers: Slack's Web API, its webhooks, Security Hub, a model; and for channels
 * that nothing can be said in until a person acts. What stands elsewhere, or goes elsewhere, is none of their business.
 */
import { type Absence, mayAskAt, refusedOnceMore } from '../domain/absence';
import { isOneWay } from '../../config/routing/address';
import { backoffSeconds, Later, reasonOf } from '../domain/failure';
import { rowKeys } from '../domain/problem/rows';
import { DAY, expiry, MINUTE, SECOND } from '../domain/time';
import { change } from '../optimistic';
import type { LedgerKey } from '../ports';
import type { DeliverDeps } from './deps';
import type { ReadAhead } from './read-ahead';

/** Of models each is one by itself, under the name of its profile. */
export type Service = 'slack' | 'webhooks' | 'securityhub' | `bedrock ${string}`;

type Remembering = Pick<DeliverDeps, 'ledger' | 'clock' | 'journal'>;

const HOLD = 15 * MINUTE;

interface Hold {
  until: number;
  reason: string;
}

/** Whose answer a call to a channel waits for. */
export function serviceOf(channel: string): Service {
  return isOneWay(channel) ? 'webhooks' : 'slack';
}

/**
 * Milliseconds before marking is tried again: 2, 4, 8, then 15 minutes. Nobody reads a message later for it; and it is
 * longer than what waits in the queue, where it would hold up its problem.
 */
export function markingPause(tries: number): number {
  return Math.min(15, 2 ** Math.min(tries, 10)) * MINUTE;
}

/** A model may fail twice without being left alone; then a minute, doubling to a quarter of an hour. */
const PATIENCE = 2;

function pauseOf(service: Service, tries: number): number {
  if (service === 'securityhub') return markingPause(tries);
  if (!service.startsWith('bedrock')) return backoffSeconds(tries) * SECOND;
  return tries <= PATIENCE ? 0 : Math.min(15, 2 ** (tries - PATIENCE - 1)) * MINUTE;
}

/** It refused. @returns since when it does, and until when it is left alone. */
export async function refusedBy(service: Service, reason: string, { ledger, clock, journal }: Remembering): Promise<Absence> {
  const now = clock.now();
  const absence = await change<Absence, Absence>(ledger, rowKeys.away(service), (known) => {
    const next = refusedOnceMore(known, now, reason, (tries) => pauseOf(service, tries));
    const result = next ?? (known as Absence);
    return { next, result, expiresAt: expiry(result.until + DAY) };
  });
  const { tries, since, pause } = absence;
  if (pause > 0) journal.warn('service away', { service, tries, since: new Date(since).toISOString(), reason });
  return absence;
}

/** It took what was asked of it. Called when that is recorded; what fails here only makes the next pause longer. */
export async function answeredBy(service: Service, { ledger, journal }: Remembering): Promise<void> {
  await ledger.remove(rowKeys.away(service)).catch((error: unknown) => journal.warn('service back', { service, reason: reasonOf(error) }));
}

/** For one look at one problem: it remembers what it asked after. */
export class Absences {
  private readonly over = new Set<Service>();
  /** Channels that were neither held nor away when this look began to call them: Slack itself says so from then on. */
  private readonly heeded = new Set<string>();

  constructor(private readonly deps: Pick<DeliverDeps, 'clock' | 'journal'> & { ledger: ReadAhead }) {}

  /** @returns what there is to wait for, while the service is away and the turn of such a problem has not come. */
  async of(service: Service, critical: boolean): Promise<Later | undefined> {
    const { ledger, clock } = this.deps;
    const row = await ledger.read<Absence>(rowKeys.away(service));
    if (!row) return undefined;
    const until = mayAskAt(row.value, critical);
    if (until > clock.now())
      return new Later(until, `${service} is away since ${new Date(row.value.since).toISOString()}: ${row.value.reason}`);
    this.over.add(service);
    return undefined;
  }

  /**
   * @param channel that is about to be called: where a message stands, or where a new one goes. @param along what is read with it.
   * @throws Later while it is held, or its service away.
   */
  async heedChannel(channel: string, critical: boolean, along: LedgerKey): Promise<void> {
    const { ledger, clock } = this.deps;
    const service = serviceOf(channel);
    const first = !this.heeded.has(channel);
    await ledger.ahead([], [...(first ? [rowKeys.hold(channel), rowKeys.away(service)] : []), along]);
    if (!first) return;
    const hold = (await ledger.read<Hold>(rowKeys.hold(channel)))?.value;
    if (hold && hold.until > clock.now()) throw new Later(hold.until, `the channel ${channel} is held: ${hold.reason}`);
    const away = await this.of(service, critical);
    if (away) throw away;
    this.heeded.add(channel);
  }

  /** Slack refused the token or this channel. @param receiver by its name. @returns when it is tried again. */
  async hold(channel: string, reason: string, receiver: string): Promise<Later> {
    const { ledger, clock, journal } = this.deps;
    const until = clock.now() + HOLD;
    const held = { next: { until, reason }, expiresAt: expiry(until + DAY), result: undefined };
    await change<Hold, void>(ledger, rowKeys.hold(channel), () => held);
    // An alarm counts these lines.
    journal.error('channel held', { receiver, channel, reason, until: new Date(until).toISOString() });
    return new Later(until, `the channel ${channel} is held for a quarter of an hour: ${reason}`);
  }

  /** See refusedBy. @returns when to ask again. */
  async refused(service: Service, reason: string, critical: boolean): Promise<number> {
    return mayAskAt(await refusedBy(service, reason, this.deps), critical);
  }

  /** See answeredBy. */
  async answered(service: Service): Promise<void> {
    if (this.over.delete(service)) await answeredBy(service, this.deps);
  }
}
