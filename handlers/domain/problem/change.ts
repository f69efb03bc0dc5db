/** What the marks of a look come to: members made anew from the rows of their findings. Pure. */
import { canonical } from '../text/identity';
import { type Member, memberOf } from './member';
import type { StateRow } from './problem-row';
import type { FindingRow } from './rows';

/** A member as it is now, beside what was counted of it. */
export interface Change {
  member: Member;
  /** Keys of its findings. */
  findings: string[];
  before?: StateRow;
}

/** Characters of states that one fold adds at the most, however much its members hold: a row of DynamoDB takes 400 KB. */
const FOLDED = 64_000;

/**
 * @param marked keys of the findings that changed, by member. @param states as they were counted, by member. @param rows of all the
 * findings of these members, by key. @param since see memberOf.
 * @returns members that differ, and those that are left to the next fold.
 */
export function changesOf(
  marked: ReadonlyMap<string, ReadonlySet<string>>,
  states: ReadonlyMap<string, StateRow>,
  rows: ReadonlyMap<string, FindingRow>,
  { receiver, since }: { receiver: string; since: number },
): { changes: Change[]; left: ReadonlySet<string> } {
  const changes: Change[] = [];
  const left = new Set<string>();
  let size = 0;
  for (const [id, marks] of marked) {
    if (size > FOLDED) {
      left.add(id);
      continue;
    }
    const before = states.get(id);
    const findings = [...new Set([...(before?.findings ?? []), ...marks])].filter((key) => rows.has(key)).sort();
    const reported = findings.flatMap((key) => rows.get(key) ?? []);
    const member = memberOf(id, reported, receiver, since);
    if (!member || (before && canonical([member, findings]) === canonical([before.member, before.findings]))) continue;
    size += JSON.stringify(member).length;
    changes.push({ member, findings, before });
  }
  return { changes, left };
}
