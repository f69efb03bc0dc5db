/** Which facts hold for all that a message shows, and which are of one of its findings or resources. */
import type { Fact } from '../facts/fact';
import { LISTED } from '../problem/view';
import type { Rendering } from './rendering';

export interface FactsBeside {
  shared: Fact[];
  also: Fact[];
  /** In the order of the titles. */
  ofTitles: Fact[][];
  ofMembers: ReadonlyMap<string, Fact[]>;
}

export function factsBeside({
  view,
  text,
  titles,
  memberFacts = new Map(),
}: Pick<Rendering, 'view' | 'text' | 'titles' | 'memberFacts'>): FactsBeside {
  const own = text.facts ?? [];
  if (view.members === 1) {
    const lists = titles && titles.count > 1 ? titles.named.map(({ facts = [] }) => facts) : [own];
    const shared = withWindow(inAll(lists), lists);
    return { shared, also: own, ofTitles: lists.map((facts) => without(facts, shared)), ofMembers: new Map() };
  }
  // A control is the same check wherever it fails. Of more resources than are shown nobody knows what holds for all.
  if (text.kind === 'control') return { shared: own.filter(isOfCheck), also: [], ofTitles: [], ofMembers: new Map() };
  const lists = view.members <= LISTED && memberFacts.size === view.members ? [...memberFacts.values()] : [];
  const shared = withWindow(inAll(lists).filter(isOfAll), lists);
  const ofMembers = new Map([...memberFacts].map(([id, facts]) => [id, without(facts, shared)]));
  return { shared, also: [], ofTitles: (titles?.named ?? []).map(({ facts = [] }) => without(facts, shared)), ofMembers };
}

/** Where each says when it happened: from the first to the last of all. How often each did is its own. */
function withWindow(shared: readonly Fact[], lists: readonly (readonly Fact[])[]): Fact[] {
  const whens = lists.flatMap((facts) => facts.filter(({ label }) => label === 'when').slice(0, 1));
  if (lists.length < 2 || whens.length < lists.length || shared.some(({ label }) => label === 'when')) return [...shared];
  const times = whens.flatMap(({ groups }) => groups.flat()).flatMap((part) => ('at' in part ? [part.at, part.until ?? part.at] : []));
  if (times.length === 0) return [...shared];
  return [...shared, { label: 'when', groups: [[{ at: Math.min(...times), until: Math.max(...times) }]] }];
}

function isOfCheck({ label }: Fact): boolean {
  return label === 'parameters';
}

function isOfAll({ label }: Fact): boolean {
  return label !== 'when' && label !== 'also';
}

/** Those of the first that all others have too. */
function inAll([first = [], ...others]: readonly (readonly Fact[])[]): Fact[] {
  const said = others.map((facts) => new Set(facts.map((fact) => JSON.stringify(fact))));
  return first.filter((fact) => said.every((its) => its.has(JSON.stringify(fact))));
}

function without(facts: readonly Fact[], shared: readonly Fact[]): Fact[] {
  const said = new Set(shared.map((fact) => JSON.stringify(fact)));
  return facts.filter((fact) => !said.has(JSON.stringify(fact)));
}
