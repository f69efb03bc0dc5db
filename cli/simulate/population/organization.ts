/** The simulated organization: accounts in OUs three deep, some of which move, close or join on the way. */
import type { Directory } from '../../../handlers/ports';
import { Chance } from './chance';
import { DAY, midnight } from './calendar';

export interface Account {
  id: string;
  name: string;
  /** Where it is from when on, in order; ids of OUs from the top. */
  places: { from: number; ous: string[] }[];
  /** Epoch milliseconds; before and after it sends nothing. */
  joins: number;
  closes: number;
  /** Security Hub is turned on only then. */
  hubSince: number;
  /** Both Security Hubs are on: each finding comes by both. */
  both: boolean;
  /** Reports by three standards, without SecurityControlId. */
  standards: boolean;
  /** Two teams share it, and tags of its resources say whose they are. */
  shared: boolean;
}

export interface Organization {
  accounts: Account[];
  /** Names by id. */
  units: ReadonlyMap<string, string>;
}

const DIVISIONS = ['Retail', 'Payments', 'Logistics', 'Media', 'Data'];
/** 40 OUs: 5, then 11, then 24 below these. */
const TREE: Record<string, Record<string, string[]>> = {
  Workloads: Object.fromEntries(DIVISIONS.map((division) => [division, ['Prod', 'Regulated', 'Staging', 'Dev']])),
  Infrastructure: { Network: ['Prod'], Shared: ['Prod'], Platform: ['Prod'] },
  Sandbox: { Teams: ['Trial'], Training: [] },
  Security: { Audit: [] },
  Partners: {},
};
/** How many of a hundred accounts are there. */
const SHARES: Record<string, number> = { Workloads: 70, Infrastructure: 12, Sandbox: 12, Security: 2, Partners: 4 };
/** Of a division's accounts. */
const STAGES = ['Prod', 'Prod', 'Prod', 'Prod', 'Regulated', 'Staging', 'Staging', 'Dev', 'Dev', 'Dev'];

/** The id of an OU by its path; the random part follows from the path. */
export function unitId(path: string): string {
  return `ou-ab12-${Buffer.from(path).toString('hex').padStart(8, '0').slice(-24)}`;
}

function unitsOf(): { paths: string[]; names: Map<string, string> } {
  const paths = Object.entries(TREE).flatMap(([top, below]) => [
    top,
    ...Object.entries(below).flatMap(([middle, leaves]) => [`${top}/${middle}`, ...leaves.map((leaf) => `${top}/${middle}/${leaf}`)]),
  ]);
  return { paths, names: new Map(paths.map((path) => [unitId(path), path.split('/').at(-1) ?? path])) };
}

/** From the top down. */
function ousOf(path: string): string[] {
  const names = path.split('/');
  return names.map((_, depth) => unitId(names.slice(0, depth + 1).join('/')));
}

/** @param scale 1 for 300 accounts. Never less than one account of each kind. */
export function organizationOf(scale: number, seed: number): Organization {
  const chance = Chance.of(seed, 'organization');
  const { paths, names } = unitsOf();
  const scaled = (count: number) => Math.max(1, Math.round(count * scale));
  const accounts = Array.from({ length: Math.max(10, Math.round(300 * scale)) }, (_, index): Account => {
    const path = pathOf(index, paths, chance);
    return {
      id: String(410_000_000_000 + index * 1_003_337),
      name: `${path.split('/').slice(-2).join('-').toLowerCase()}-${String(index).padStart(3, '0')}`,
      places: [{ from: 0, ous: ousOf(path) }],
      joins: 0,
      closes: Number.POSITIVE_INFINITY,
      hubSince: 0,
      both: index % 2 === 0,
      // A tenth, half of it with both Security Hubs.
      standards: index % 20 === 3 || index % 20 === 14,
      shared: index % 5 === 1,
    };
  });
  const some = shuffled(accounts, chance);
  for (const account of some.splice(0, scaled(10))) account.joins = midnight(chance.whole(5, 75)) + chance.share() * DAY;
  for (const account of some.splice(0, scaled(3))) account.closes = midnight(chance.whole(20, 70)) + chance.share() * DAY;
  for (const account of some.splice(0, scaled(6)))
    account.places.push({ from: midnight(chance.whole(10, 80)) + chance.share() * DAY, ous: ousOf(chance.one(paths)) });
  for (const account of some.splice(0, scaled(40))) account.hubSince = midnight(60) + 10 * 3_600_000 + chance.share() * 3_600_000;
  return { accounts, units: names };
}

function pathOf(index: number, paths: readonly string[], chance: Chance): string {
  let place = (index * 37) % 100;
  for (const [top, share] of Object.entries(SHARES)) {
    if (place >= share) {
      place -= share;
      continue;
    }
    if (top === 'Workloads') return `Workloads/${DIVISIONS[index % DIVISIONS.length]}/${chance.one(STAGES)}`;
    const below = paths.filter((path) => path.startsWith(`${top}/`));
    return below.length > 0 ? chance.one(below) : top;
  }
  return 'Workloads';
}

function shuffled<T>(of: readonly T[], chance: Chance): T[] {
  return of
    .map((each) => ({ each, place: chance.share() }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each);
}

export function placeOf({ places }: Account, now: number): string[] {
  return places.findLast(({ from }) => from <= now)?.ous ?? [];
}
/** Whether Security Hub sends anything of it. */
export function reports({ joins, closes, hubSince }: Account, now: number): boolean {
  return now >= Math.max(joins, hubSince) && now < closes;
}

/** AWS Organizations of it. A closed account is still described: it stays in the organization for 90 days. */
export function directoryOf({ accounts, units }: Organization, clock: { now(): number }): Directory {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return {
    account: async (id) => {
      const account = byId.get(id);
      if (!account || account.joins > clock.now()) return undefined;
      return { name: account.name, parentIds: ['r-ab12', ...placeOf(account, clock.now())], tags: {} };
    },
    organizationalUnitName: async (id) => units.get(id),
  };
}
