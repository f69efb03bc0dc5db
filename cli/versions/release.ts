/** Releases as the functions have them: what was deployed together has one name. Pure. */

/** In the order in which a roll-back moves them: see moves(). */
export const FUNCTIONS = ['intake', 'tick', 'enroll', 'deliver'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** A version as Lambda keeps it. */
export interface Published {
  /** Lambda's number. */
  number: string;
  /** What the stack named it (stacks/version.ts); undefined: it is older than names. */
  name?: string;
  /** How it lays out rows of the ledger; a higher number is read by no lower one. */
  rows?: number;
  /** ISO 8601. */
  at: string;
}

export interface LiveFunction {
  name: FunctionName;
  /** As Lambda knows it. */
  functionName: string;
  /** Number of the version that the alias points to. */
  live: string;
  /** What a roll-back wrote beside the alias; '' else. */
  note: string;
  /** Of the alias, as it was read. */
  revision?: string;
  /** Numbers of versions that a gradual deployment is just sending a part of the work to. */
  shifting: string[];
  /** Oldest first. */
  versions: Published[];
}

export interface Release {
  name: string;
  rows?: number;
  /** When the last of its functions was published. ISO 8601. */
  at: string;
  /** Lambda's numbers. Of equal names the newest: where somebody deployed twice with changes that were not committed. */
  numbers: Partial<Record<FunctionName, string>>;
}

/** `fb225b3.1a2b3c4d · rows 1` at the end of a description, as stacks/version.ts writes it. */
export function namedIn(description: string): Pick<Published, 'name' | 'rows'> {
  const [, name, rows] = / · (\S+\.[0-9a-f]{8}) · rows (\d+)$/.exec(description) ?? [];
  return name === undefined ? {} : { name, rows: Number(rows) };
}

/** Newest first. What has no name cannot be told together, and is left out. */
export function releasesOf(functions: readonly LiveFunction[]): Release[] {
  const releases = new Map<string, Release>();
  for (const { name: of, versions } of functions) {
    for (const { name, rows, number, at } of versions) {
      if (name === undefined) continue;
      const known = releases.get(name);
      releases.set(name, {
        name,
        rows,
        at: known && known.at > at ? known.at : at,
        numbers: { ...known?.numbers, [of]: number },
      });
    }
  }
  return [...releases.values()].sort((a, b) => b.at.localeCompare(a.at));
}

/** What each function runs. undefined for one whose live version has no name. */
export function liveNames(functions: readonly LiveFunction[]): Map<FunctionName, string | undefined> {
  return new Map(functions.map(({ name, live, versions }) => [name, versions.find(({ number }) => number === live)?.name]));
}

/** The release that all of them run; undefined where they differ. */
export function liveRelease(functions: readonly LiveFunction[], releases: readonly Release[]): Release | undefined {
  const names = new Set(liveNames(functions).values());
  const [name] = names;
  return names.size === 1 ? releases.find((release) => release.name === name) : undefined;
}

/** `fb225b3+` and `1a2b3c4d` of a release's name. */
export function partsOf(name: string): { code: string; configuration: string } {
  const at = name.lastIndexOf('.');
  return { code: name.slice(0, at), configuration: name.slice(at + 1) };
}

export interface Move {
  name: FunctionName;
  functionName: string;
  revision?: string;
  from: string;
  to: string;
}

/**
 * Who writes goes before who reads when it goes back, and after it when it goes forward: so no function reads what a later
 * one has written for longer than it must. Functions that the release does not have stay as they are.
 */
export function moves(functions: readonly LiveFunction[], to: Release, back: boolean): Move[] {
  const order = back ? FUNCTIONS : [...FUNCTIONS].reverse();
  return order.flatMap((name) => {
    const found = functions.find((each) => each.name === name);
    const number = to.numbers[name];
    if (!found || number === undefined || number === found.live) return [];
    return [{ name, functionName: found.functionName, revision: found.revision, from: found.live, to: number }];
  });
}
