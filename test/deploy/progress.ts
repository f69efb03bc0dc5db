/** What the run says while it runs: phases with their seconds, facts that held, gaps that were stood in for. */
import { performance } from 'node:perf_hooks';

export interface Progress {
  /** One part of the run; its seconds are printed when it ends. @throws what `work` throws, after saying in which phase. */
  phase<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** A fact. @throws what `work` throws, after naming the fact that did not hold. */
  check<T>(fact: string, work: () => T | Promise<T>): Promise<T>;
  /** What a reader must know of what was not proven. */
  note(line: string): void;
  /** Facts that held, and the seconds of each phase. */
  summary(): { facts: number; seconds: Record<string, number> };
}

export function createProgress(print: (line: string) => void = console.log): Progress {
  const began = performance.now();
  const seconds: Record<string, number> = {};
  let facts = 0;
  const since = (from: number) => (performance.now() - from) / 1000;
  return {
    async phase(name, work) {
      print(`▸ ${name}`);
      const start = performance.now();
      try {
        return await work();
      } finally {
        seconds[name] = since(start);
        print(`  ${seconds[name].toFixed(1)} s (${since(began).toFixed(0)} s in all)`);
      }
    },
    async check(fact, work) {
      try {
        const value = await work();
        facts += 1;
        print(`  ✓ ${fact}`);
        return value;
      } catch (error) {
        print(`  ✗ ${fact}`);
        throw error;
      }
    },
    note: (line) => print(`  – ${line}`),
    summary: () => ({ facts, seconds }),
  };
}
