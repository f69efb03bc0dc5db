/**
 * What makes an exposure one: the findings that it is made of, their traits, and the resources that they are of, which may be others than that
 * which is exposed. The weaknesses among them stand in their titles alone.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html
 */
import { at, type Json, list, present, text, unique } from '../text/reading';
import { readersName } from './names';
import type { Exposure } from './particulars';
import { vulnerabilityId } from './vulnerability-id';

type Trait = NonNullable<Exposure['traits']>[number];
type Weakness = NonNullable<Exposure['weaknesses']>[number];

/** The sample has tags with values; events of 2026 have traits, which say of themselves whether they are its cause or stand around it. */
export function exposureOf(finding: Json): Exposure {
  const ids = list(finding.resources).flatMap((resource) => [text(at(resource, 'uid')) ?? [], text(at(resource, 'uid_alt')) ?? []].flat());
  const exposed = new Set(ids.map((id) => readersName(id)));
  const traits: Trait[] = [];
  const weaknesses: (Weakness & { rank: number })[] = [];
  for (const event of list(at(finding, 'finding_info', 'related_events'))) {
    const title = text(at(event, 'title'));
    const on = list(at(event, 'observables'))
      .filter((each) => text(at(each, 'type')) === 'Resource UID')
      .flatMap((each) => text(at(each, 'value')) ?? [])
      .map((uid) => readersName(uid))
      .filter((name) => !exposed.has(name));
    const its = traitsOf(event);
    for (const { category, names } of its) {
      if (!category) continue;
      const known = traits.find((each) => each.category === category);
      const entry = known ?? { category, names: [], titles: [], on: [] };
      entry.names = unique([...entry.names, ...names]);
      entry.titles = unique([...entry.titles, title]);
      entry.on = unique([...entry.on, ...on]);
      if (!known) traits.push(entry);
    }
    const weakness = weaknessOf(title, new Set(its.flatMap(({ names }) => names)));
    if (weakness && !weaknesses.some(({ id }) => id === weakness.id)) weaknesses.push(weakness);
  }
  const worst = weaknesses.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1)).map(({ rank: _rank, ...weakness }) => weakness);
  return present({ traits, impact: text(finding.impact), likelihood: text(finding.likelihood), weaknesses: worst });
}

function traitsOf(event: unknown): { category: string | undefined; names: string[] }[] {
  const tags = list(at(event, 'tags')).map((tag) => ({
    category: text(at(tag, 'name')),
    names: list(at(tag, 'values')).flatMap((value) => text(value) ?? []),
  }));
  const own = list(at(event, 'traits')).map((trait) => ({
    category: text(at(trait, 'category')),
    names: text(at(trait, 'type')) === 'Contextual Trait' ? [] : unique([text(at(trait, 'name'))]),
  }));
  return [...tags, ...own];
}

/** As Inspector heads its findings: `CVE-2023-33246 - org.apache.rocketmq:rocketmq-controller`. Worst is what can be exploited, then what likely is. */
function weaknessOf(title: string | undefined, names: ReadonlySet<string>): (Weakness & { rank: number }) | undefined {
  const [, first, its] = /^(\S{6,64})(?: - (.{1,300}))?$/.exec(title ?? '') ?? [];
  const id = vulnerabilityId(first);
  if (!id) return undefined;
  const exploit = names.has('Exploit Available');
  const rank = (exploit ? 4 : 0) + (names.has('EPSS Level >= High') ? 2 : names.has('EPSS Level >= Medium') ? 1 : 0);
  return { id, ...(its ? { package: its } : {}), ...(exploit ? { exploit: true as const } : {}), rank };
}
