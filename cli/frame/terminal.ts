/** What a command sees of the terminal it runs in, and of time. */
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { terminalOptions } from '../show/terminal';
import { progressBar, progressLine, type Bar } from './progress';

export interface Terminal {
  /** To standard output, with a line feed. */
  print(text: string): void;
  /** To standard error, with a line feed. */
  printError(text: string): void;
  /** Columns: 40 to 100. Only words that must stay whole to be copied are wider. */
  width: number;
  colour: boolean;
  /** Says on standard error what is being done, over and over, each time in place of the last; '' ends it. */
  progress(text: string): void;
  /** A bar on standard error. @param total what there is to do at the beginning, in `what`. */
  bar(total: number, what: string): Bar;
  /** Whether the person there says yes; where nobody watches, nobody does. */
  confirm(question: string): Promise<boolean>;
  /** Ctrl-C. A second one ends the process at once. */
  signal: AbortSignal;
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds. @throws AbortError when the signal ends it. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  return {
    ...terminalOptions(process.stdout, process.env),
    print: (text) => process.stdout.write(`${text}\n`),
    printError: (text) => process.stderr.write(`${text}\n`),
    progress: progressLine(process.stderr, Date.now),
    bar: (total, what) => progressBar(total, what, process.stderr),
    confirm: (question) => confirm(question, stop.signal),
    signal: stop.signal,
    now: Date.now,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
  };
}

async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it reads keys, Ctrl-C is one of them.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    terminal.close();
  }
}
