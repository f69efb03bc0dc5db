/** Severities: few and known. */
import { texts, valueAt } from '../path';
import { SEVERITIES } from '../severities';
import { exactly, type Facet } from './facet';

export const severity = {
  what: 'severity',
  schema: (words) => words.oneOrMore(words.severity).optional().describe('The severity, or one of them.'),
  ...exactly((subject) => subject.severity),
  values: SEVERITIES,
  rules: [
    {
      rule: 'match-severity-unused',
      level: 'warning',
      find(entry, settings) {
        const admitted = admittedBy(settings);
        // Where custom actions are named, what they send at any severity is meant to be routed.
        const byHand = texts(valueAt(settings, ['customActions'])).length > 0;
        if (settings === undefined || byHand || admitted.includes(entry) || !SEVERITIES.some((each) => each === entry)) return undefined;
        const message = `${entry} is not told: settings.yaml admits ${admitted.join(' and ')}, so only what a person sends by a custom action comes here`;
        return { message, remedy: `Write ${admitted.join(' or ')}, or add ${entry} to severities in settings.yaml.` };
      },
    },
  ],
} satisfies Facet;

/** The severities that are told, by settings in whatever state. */
export function admittedBy(settings: unknown): string[] {
  return texts(valueAt(settings, ['severities']) ?? ['CRITICAL', 'HIGH']);
}
