/** What every phase of the run has at hand. */
import type { Progress } from './progress';
import type { Runtime } from './runtime';

export interface Run {
  /** For everything that is written; removed in the end. */
  folder: string;
  /** What is to be ended, the newest first. */
  ending: (() => void | Promise<void>)[];
  /** What else a reader needs when a fact does not hold. */
  clues: (() => string)[];
  progress: Progress;
  runtime: Runtime;
  signal: AbortSignal;
}
