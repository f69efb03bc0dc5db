/** Every call that leaves this machine: counted, paced, limited in time, and its failure put into words. */
import { setMaxListeners } from 'node:events';
import { failureOf } from './failure';

/**
 * Calls a second and burst of a token bucket, by action, for one account and Region.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub_limits.html
 * https://docs.slack.dev/apis/web-api/rate-limits (tier 3: 50 a minute)
 */
const RATES: Record<string, [perSecond: number, burst: number]> = {
  'organizations:ListAccounts': [8, 12],
  'organizations:ListRoots': [1, 2],
  'organizations:ListOrganizationalUnitsForParent': [4, 6],
  'organizations:ListAccountsForParent': [4, 6],
  'securityhub:GetFindings': [3, 6],
  'slack:conversations.info': [0.8, 20],
  // "Special rate limits apply", and no figure: https://docs.slack.dev/reference/methods/blocks.validate
  'slack:blocks.validate': [0.8, 10],
};
const OTHERS: [number, number] = [8, 10];

export interface Timing {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface CallsOptions {
  timing: Timing;
  /** Ctrl-C. */
  signal: AbortSignal;
  /** Milliseconds that one call may take, its retries included. */
  timeLimit: number;
  /** Told after each call, for whoever watches. */
  progress(text: string): void;
}

/** A command of the SDK, as far as it says what is answered, and a client that may send it. */
export interface Command<Answer> {
  resolveMiddleware(...args: never[]): (given: never) => Promise<{ output: Answer }>;
}
interface Client {
  send(command: never, options: { abortSignal: AbortSignal }): Promise<unknown>;
}

export class Calls {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly options: CallsOptions) {
    // Many calls wait for one Ctrl-C: Node would warn of a leak.
    setMaxListeners(0, options.signal);
  }

  /** How many calls were made, of one action or of all. Retries are not counted. */
  count(action?: string): number {
    if (action !== undefined) return this.counts.get(action) ?? 0;
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  actions(): string[] {
    return [...this.counts.keys()].sort();
  }

  /** One operation of AWS whose IAM action has the same name. @param service the action's prefix. @throws CallFailure */
  send<Answer>(service: string, region: string, client: Client, command: Command<Answer>): Promise<Answer> {
    const operation = command.constructor.name.replace(/Command$/, '');
    return this.call(`${service}:${operation}`, region, (options) => client.send(command as never, options) as Promise<Answer>);
  }

  /**
   * @param action the IAM action, or `slack:` and the method.
   * @param region empty where there is none.
   * @throws CallFailure and nothing else.
   */
  async call<T>(action: string, region: string, run: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    const { signal, timeLimit, progress } = this.options;
    let limit: AbortSignal | undefined;
    try {
      await this.turn(action, region);
      const count = this.count(action) + 1;
      this.counts.set(action, count);
      progress(`${action}${region === '' ? '' : ` in ${region}`}${count === 1 ? '' : `, call ${count}`}`);
      limit = AbortSignal.timeout(timeLimit);
      return await raced(run({ abortSignal: AbortSignal.any([signal, limit]) }), signal, limit);
    } catch (error) {
      throw failureOf(error, action, region, { stopped: signal.aborted, timedOut: limit?.aborted ?? false });
    }
  }

  private async turn(action: string, region: string): Promise<void> {
    const { timing, signal } = this.options;
    signal.throwIfAborted();
    const [perSecond, burst] = RATES[action] ?? OTHERS;
    const key = `${action} ${region}`;
    const now = timing.now();
    const bucket = this.buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond) - 1;
    // Below zero: a turn is taken in advance, and waited for.
    this.buckets.set(key, { tokens, at: now });
    if (tokens < 0) await timing.sleep((-tokens / perSecond) * 1000, signal);
  }
}

/** A client that does not heed its signal must not hold the doctor up either. */
function raced<T>(run: Promise<T>, ...signals: AbortSignal[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new DOMException('The call was given up.', 'AbortError'));
    for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
    run.then(resolve, reject).finally(() => {
      for (const signal of signals) signal.removeEventListener('abort', stop);
    });
  });
}
