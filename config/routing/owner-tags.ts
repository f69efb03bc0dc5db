/** Whose something is within its account: by tags that the settings name, of the account or of the resource, in order of preference. */
import type { Owners, Severity } from '../schema';

/** Foreign text: whoever may set the tag writes it. */
export interface TaggedOwner {
  value: string;
  /** The key of its tag, and what has it. */
  key: string;
  of: 'account' | 'resource';
  /** Its place in the order of preference, from 0. */
  rank: number;
}

/**
 * @param ownerTags as in the settings: `resource:team`. @param account its tags in Organizations.
 * @param resources what the finding's resources have of each key; of several the first counts.
 * @returns the first that is there; an empty tag says nothing.
 */
export function taggedOwner(
  ownerTags: readonly string[],
  account: Readonly<Record<string, string>>,
  resources: Readonly<Record<string, readonly string[]>>,
): TaggedOwner | undefined {
  for (const [rank, written] of ownerTags.entries()) {
    const [of, key = ''] = written.split(/:(.*)/s) as [TaggedOwner['of'], string];
    const tags: Readonly<Record<string, string | readonly string[]>> = of === 'account' ? account : resources;
    const value = Object.hasOwn(tags, key) ? [tags[key] ?? []].flat()[0]?.trim() : undefined;
    if (value) return { value: value.slice(0, 256), key, of, rank };
  }
  return undefined;
}

/** Of two of one thing that which the settings name first. */
export function preferredOwner(a: TaggedOwner | undefined, b: TaggedOwner | undefined): TaggedOwner | undefined {
  return a && b && a.rank <= b.rank ? a : (b ?? a);
}

/** The ids that an owner has in Slack, where a message of that severity mentions it. */
export function mentionsOf(value: string, severity: Severity, owners: Owners = {}): string[] {
  const [, owner] = Object.entries(owners).find(([name]) => sameOwner(name, value)) ?? [];
  return owner?.severities.includes(severity) ? [owner.mention].flat() : [];
}

/** Tags are written by many hands. */
export function sameOwner(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
