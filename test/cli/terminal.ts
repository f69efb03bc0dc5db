/** Runs a command as its frame does, on a terminal that remembers what was said. */
import type { Command, Status } from '../../cli/frame/command';
import { runCommand } from '../../cli/frame/run';
import type { Terminal } from '../../cli/frame/terminal';

export interface Said {
  code: Status;
  out: string;
  err: string;
}

export interface Screen extends Partial<Terminal> {
  /** All of them, unless told otherwise. */
  known?: readonly Command[];
}

/** A terminal that nobody looks at. */
export const terminalAt = (now: number): Terminal => ({
  print: () => {},
  printError: () => {},
  width: 100,
  colour: false,
  progress: () => {},
  confirm: async () => false,
  bar: () => ({ update: () => {}, say: () => {}, stop: () => {} }),
  signal: new AbortController().signal,
  now: () => now,
  sleep: async () => {},
});

/** @param argv a command's name, then its flags. Time stands still unless the screen brings its own. */
export async function typed(argv: readonly string[], { known, ...screen }: Screen = {}): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommand(known ?? (await import('../../cli/commands')).commands, argv, {
    ...terminalAt(0),
    print: (text) => out.push(text),
    printError: (text) => err.push(text),
    bar: () => ({ update: () => {}, say: (text) => err.push(text), stop: () => {} }),
    ...screen,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
