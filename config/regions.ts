/** The Regions that Security Hub is used in. */
import type { Settings } from './schema';

/** The home Region first, then the linked ones, each once. */
export function regionsInUse({ regions }: Pick<Settings, 'regions'>): string[] {
  return [...new Set([regions.home, ...regions.linked])];
}
