/** The Regions that Security Hub is used in: the home Region first, then the linked ones, each once. */
import type { Settings } from '../../config/schema';

export function regionsInUse({ home, linked }: Settings['regions']): string[] {
  return [...new Set([home, ...linked])];
}
