/** Regions of findings: the home Region, and what it copies from. */
import { texts, valueAt } from '../path';
import { strangeRegion, unlistedRegions } from '../rules/regions';
import { exactly, type Facet } from './facet';

export const region = {
  what: 'Region',
  schema: (words) => words.oneOrMore(words.region).optional().describe('The Region of the finding, or one of them.'),
  ...exactly((subject) => subject.region),
  rules: [
    {
      rule: 'match-region-unknown',
      level: 'error',
      find(entry, settings) {
        const known = copiedBy(settings);
        return settings === undefined || known.includes(entry) ? undefined : strangeRegion(entry, unlistedRegions(settings), known[0]);
      },
    },
    {
      rule: 'match-region-unused',
      level: 'warning',
      find(entry, settings) {
        const known = copiedBy(settings);
        // Only an aggregator for the linked Regions is known to copy from no others.
        const linkedOnly = (valueAt(settings, ['regions', 'aggregator']) ?? 'linked') === 'linked';
        if (typeof valueAt(settings, ['regions', 'home']) !== 'string' || !linkedOnly) return undefined;
        if (entry === '' || known.includes(entry)) return undefined;
        const message = `findings of ${entry} never arrive: it is neither the home Region nor a linked one`;
        return { message, remedy: `Known are: ${known.join(', ')}. Correct it, or link the Region in settings.yaml.` };
      },
    },
  ],
} satisfies Facet;

/** The home Region and those linked to it, by settings in whatever state. */
function copiedBy(settings: unknown): string[] {
  const home = valueAt(settings, ['regions', 'home']);
  return [...(typeof home === 'string' ? [home] : []), ...texts(valueAt(settings, ['regions', 'linked']) ?? [])];
}
