/**
 * Tags of a finding's resources, in neither format's spelling. Whoever may tag a resource writes them: foreign text, of which routing and
 * the search for an owner see the keys that the configuration names, and messages what a few tools write.
 * At most 50 on a resource, keys of 128 and values of 256 characters. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
import { list, object, text } from '../text/reading';

/** By their keys. */
export type Tags = Readonly<Record<string, string>>;

const MOST = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Resource.html: a mapping. */
export function tagsOfAsff(tags: unknown): Tags {
  return tagsIn(Object.entries(object(tags)));
}

/** https://schema.ocsf.io/objects/key_value_object: a list of name and value. */
export function tagsOfOcsf(tags: unknown): Tags {
  return tagsIn(list(tags).map((tag) => [object(tag).name, object(tag).value]));
}

function tagsIn(pairs: readonly (readonly [unknown, unknown])[]): Tags {
  const seen = pairs.slice(0, MOST).flatMap(([name, its]) => {
    const [key, value] = [text(name), text(its)];
    return key && value && key.length <= LONGEST_KEY ? [[key, value.slice(0, LONGEST_VALUE)] as const] : [];
  });
  return Object.fromEntries(seen);
}

/** What all resources of a finding have of each key, each value once, in the order of the resources. */
export function tagsTogether(resources: readonly Tags[]): Record<string, string[]> {
  const all = new Map<string, string[]>();
  for (const tags of resources)
    for (const [key, value] of Object.entries(tags)) {
      const values = all.get(key) ?? [];
      if (!values.includes(value)) all.set(key, [...values, value]);
    }
  return Object.fromEntries(all);
}
