/**
 * What decides, from the finding, by code: labelled values that a message shows in its reader's language. They are made where a
 * finding is read, kept with its words, and made Slack's only when they are told; no prompt holds them.
 */
import { inert } from '../text/inert';

/** What a fact answers. The words of both languages are in message/fact-words. */
export type Label =
  | 'who'
  | 'did'
  | 'traffic'
  | 'from'
  | 'to'
  | 'when'
  | 'object'
  | 'holds'
  | 'may'
  | 'access'
  | 'update'
  | 'weaknesses'
  | 'risk'
  | 'mend'
  | 'open'
  | 'causes'
  | 'odds'
  | 'because'
  | 'parameters'
  | 'also';

/** Words of a closed list, said in either language. */
export type FactWord =
  | Kind
  | 'access-key'
  | 'with-mfa'
  | 'without-mfa'
  | 'acts'
  | 'is-target'
  | 'inbound'
  | 'outbound'
  | 'blocked'
  | 'not-blocked'
  | 'tor'
  | 'on-list'
  | 'anyone'
  | 'public'
  | 'not-public'
  | 'shared'
  | 'encrypted'
  | 'not-encrypted'
  | 'no-condition'
  | 'under-condition'
  | 'no-fix'
  | 'some-fixed'
  | 'exploit-known'
  | 'impact'
  | 'likelihood'
  | 'rebuild-image'
  | 'deploy-function'
  | 'update-packages';
/** Of a principal, as CloudTrail calls it. */
export type Kind = 'iam-user' | 'assumed-role' | 'root' | 'federated-user' | 'aws-service' | 'aws-account' | 'anonymous';

/** One piece of a fact: a name or command of somebody's, foreign text (`term`: perhaps of a closed vocabulary), a word, an amount, a moment (epoch milliseconds). */
export type Part =
  | { code: string }
  | { plain: string; term?: true }
  | { word: FactWord }
  | { times: number }
  | { more: number }
  | { at: number; until?: number }
  | { reason: string };

export interface Fact {
  label: Label;
  /** Told with a dot between them; the parts of each with a space. */
  groups: Part[][];
  /** So many of the groups, from the first on, belong into the line that a phone shows. */
  decides?: number;
}

/** Of one finding. What more there is stands in Security Hub; what decides comes first. */
export const MOST_FACTS = 8;
const MOST_GROUPS = 8;
export const MOST_PARTS = 33;
/** Of one fact of several groups, in UTF-16 units: Slack takes some 10,000 in a message. */
const MOST_CHARACTERS = 600;
/** In UTF-16 units: names of AWS are shorter, but for keys of objects, which keep their end. */
const LONGEST = 160;

type Group = readonly (Part | undefined | false)[] | undefined | false;

/**
 * A fact of what there is of it: nothing that cannot be seen becomes a part, no part a group, no group a fact.
 * @param decides see Fact.
 */
export function fact(label: Label, groups: readonly Group[], decides = 0): Fact[] {
  const all = groups
    .map((group) => (group ? group.filter((part): part is Part => part !== undefined && part !== false && isSeen(part)) : []))
    .filter((group) => group.length > 0)
    .map((group) => group.slice(0, MOST_PARTS));
  if (all.length === 0) return [];
  const shown = all.slice(0, withinBudget(all));
  const told: Part[][] = shown.length < all.length ? [...shown, [{ more: all.length - shown.length }]] : shown;
  return [{ label, groups: told, ...(decides > 0 ? { decides } : {}) }];
}

/** How many groups, from the first on, a message has room for: at least one. */
function withinBudget(groups: readonly Part[][]): number {
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length += group.reduce((sum, part) => sum + lengthOf(part), 0);
    if (length > MOST_CHARACTERS || index === MOST_GROUPS) return Math.max(1, index);
  }
  return groups.length;
}

function lengthOf(part: Part): number {
  return 'code' in part ? part.code.length : 'plain' in part ? part.plain.length : 12;
}

export function code(name: string | undefined): Part | undefined {
  return name === undefined ? undefined : { code: inert(name, LONGEST) };
}

export function plain(said: string | undefined): Part | undefined {
  return said === undefined ? undefined : { plain: inert(said, LONGEST) };
}

/** What AWS writes in English, of a vocabulary that message/vocabulary may know. */
export function term(said: string | undefined): Part | undefined {
  return said === undefined ? undefined : { plain: inert(said, LONGEST), term: true };
}

export function word(which: FactWord): Part {
  return { word: which };
}

/** Of many the first few, and how many more there are. */
export function few<T>(all: readonly T[], most: number, part: (each: T) => Part | undefined, between?: string): (Part | undefined)[] {
  const named = all.slice(0, most).flatMap((each, index) => [index > 0 && between ? { plain: between } : undefined, part(each)]);
  return [...named, all.length > most ? { more: all.length - most } : undefined];
}

/** Of a long path its end, which names it: `…/2026/payroll.csv`. */
export function tail(path: string): string {
  const shown = inert(path, 1024);
  return shown.length <= LONGEST ? shown : `…${shown.slice(-(LONGEST - 1)).replace(/^[\udc00-\udfff]/, '')}`;
}

function isSeen(part: Part): boolean {
  return 'code' in part ? part.code !== '' : 'plain' in part ? part.plain !== '' : true;
}
