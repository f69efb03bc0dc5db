/**
 * Slack's rate limits on the virtual clock: about one message a second and channel with short bursts; chat.update 50 a minute
 * for the workspace. https://docs.slack.dev/apis/web-api/rate-limits
 */
import { Rate, type RateLimit } from '../protocol/rate';
import { ServiceError } from '../protocol/wire';

/** Of one channel. */
export const POSTS: RateLimit = { perSecond: 1, burst: 3 };
const UPDATES: RateLimit = { perSecond: 50 / 60, burst: 50 };

/** Throws 429 with Retry-After where a call comes too early. */
export function createSlackLimits(now: () => number): (operation: string, channel: string) => void {
  const rates = new Map<string, Rate>();
  return (operation, channel) => {
    const limit = { 'chat.postMessage': POSTS, 'chat.update': UPDATES }[operation];
    if (!limit) return;
    const name = limit === POSTS ? channel : 'updates';
    const rate = rates.get(name) ?? new Rate(limit, now);
    rates.set(name, rate);
    if (!rate.take()) throw rateLimited(Math.max(1, Math.ceil(rate.wait())));
  };
}

/** `seconds` goes into Retry-After. */
export function rateLimited(seconds: number): ServiceError {
  return new ServiceError('ratelimited', 'ratelimited', 429, { 'retry-after': String(seconds) });
}
