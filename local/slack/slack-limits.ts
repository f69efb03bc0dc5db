/**
 * Slack's rate limits on the virtual clock.
 * https://docs.slack.dev/apis/web-api/rate-limits: about one message a second
 * and channel with short bursts; chat.update 50 a minute for the workspace.
 */
import { ServiceError } from '../protocol/wire';

export interface SlackLimits {
  /** Throws 429 with Retry-After where the call comes too early. */
  spend(operation: string, channel: string): void;
}

interface Bucket {
  tokens: number;
  at: number;
}

const POST_BURST = 3;
const POSTS_PER_SECOND = 1;
const UPDATE_BURST = 50;
const UPDATES_PER_SECOND = 50 / 60;

export function createSlackLimits(now: () => number): SlackLimits {
  const buckets = new Map<string, Bucket>();
  const take = (name: string, burst: number, perSecond: number) => {
    const bucket = buckets.get(name) ?? { tokens: burst, at: now() };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
    bucket.at = now();
    buckets.set(name, bucket);
    if (bucket.tokens < 1) throw rateLimited(Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond)));
    bucket.tokens -= 1;
  };
  return {
    spend(operation, channel) {
      if (operation === 'chat.postMessage') take(`post ${channel}`, POST_BURST, POSTS_PER_SECOND);
      if (operation === 'chat.update') take('update', UPDATE_BURST, UPDATES_PER_SECOND);
    },
  };
}

/** `seconds` goes into Retry-After. */
export function rateLimited(seconds: number): ServiceError {
  return new ServiceError('ratelimited', 'ratelimited', 429, { 'retry-after': String(seconds) });
}
