/** What a seeded defect is. */
import type { Clinic } from './doctor';
import type { LocalHub, World } from './world';

export interface Defect {
  name: string;
  /** Beside what it does to the world, it may write another configuration. */
  breaks(world: World, clinic: Clinic): void;
  argv?: string[];
  /** Every check that does not pass, and how; those it makes pointless are `skipped`. */
  verdicts: Record<string, 'fail' | 'warn' | 'unknown' | 'skipped'>;
  /** Of the first of them. */
  found: RegExp;
  remedy: RegExp;
}

export const skips = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, 'skipped' as const]));

export const hub = (world: World, region: string): LocalHub => {
  const found = world.hubs.get(region);
  if (!found) throw new Error(`no hub in ${region}`);
  return found;
};
