/** Ends a program that was started with `detached`, and whatever it started itself. */
import type { ChildProcess } from 'node:child_process';

export function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
