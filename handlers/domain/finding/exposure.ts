/**
 * What makes an exposure one: the traits of the findings that it is made of.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html
 */
import { at, type Json, list, present, text, unique } from '../text/reading';
import type { Exposure } from './particulars';

/** The sample has tags with values; events of 2026 have traits, which say of themselves whether they are its cause or stand around it. */
export function exposureOf(finding: Json): Exposure {
  const traits: NonNullable<Exposure['traits']> = [];
  for (const event of list(at(finding, 'finding_info', 'related_events'))) {
    const title = text(at(event, 'title'));
    const tags = list(at(event, 'tags')).map((tag) => ({
      category: text(at(tag, 'name')),
      names: list(at(tag, 'values')).flatMap((value) => text(value) ?? []),
    }));
    const own = list(at(event, 'traits')).map((trait) => ({
      category: text(at(trait, 'category')),
      names: text(at(trait, 'type')) === 'Contextual Trait' ? [] : unique([text(at(trait, 'name'))]),
    }));
    for (const { category, names } of [...tags, ...own]) {
      if (!category) continue;
      const known = traits.find((each) => each.category === category);
      const entry = known ?? { category, names: [], titles: [] };
      entry.names = unique([...entry.names, ...names]);
      entry.titles = unique([...entry.titles, title]);
      if (!known) traits.push(entry);
    }
  }
  return present({ traits, impact: text(finding.impact), likelihood: text(finding.likelihood) });
}
