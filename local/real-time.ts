/** Time as it goes by outside the virtual clock: where a real service is called, it has to be waited for. */
import { setTimeout as wait } from 'node:timers/promises';

export interface RealTime {
  /** Epoch milliseconds. */
  now(): number;
  /** @throws AbortError when the signal ends it. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Ends every wait. */
  signal: AbortSignal;
  /** Tells a person what is waited for, and what is given up. */
  say(text: string): void;
}

export const realTime = (signal = new AbortController().signal): RealTime => ({
  now: Date.now,
  sleep: (ms, ended) => wait(ms, undefined, { signal: ended }),
  signal,
  say: (text) => process.stderr.write(`${text}\n`),
});
