/** The Regions that Security Hub is used in: the home Region first, then the linked ones, each once. */
import type { Settings } from '../../config/schema';

export function regionsInUse({ regions }: Pick<Settings, 'regions'>): string[] {
  return [...new Set([regions.home, ...regions.linked])];
}
