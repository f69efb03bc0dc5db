/** What the marks of a look come to: members made anew from the rows of their findings. Pure. */
import { findingKey } from '../finding/key';
import { isControl } from '../finding/report';
import { canonical } from '../text/identity';
import { DAY } from '../time';
import { type Member, memberOf } from './member';
import type { StateRow } from './problem-row';
import type { FindingRow, ProblemKey } from './rows';

/** A member as it is now, beside what was counted of it. */
export interface Change {
  member: Member;
  /** Keys of its findings. */
  findings: string[];
  before?: StateRow;
  /** See goesOn. */
  goesOn?: boolean;
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
  { problem, since }: { problem: ProblemKey; since: number },
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
    const member = memberOf(id, reported, problem, since);
    if (!member || (before && canonical([member, findings]) === canonical([before.member, before.findings]))) continue;
    size += JSON.stringify(member).length;
    changes.push({ member, findings, before, goesOn: goesOn(before, member, reported) });
  }
  return { changes, left };
}

/** Security Hub takes up to 24 hours to make the new findings of a control once it archives the old ones. */
const REPLACED_WITHIN = DAY;

/**
 * Whether what closed since Security Hub put its findings away is only reported by others: of one check of one resource, as where
 * consolidated control findings are switched. Nothing was mended, so nothing opens again.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-findings-create-update.html
 */
function goesOn(before: StateRow | undefined, member: Member, rows: readonly FindingRow[]): boolean {
  if (!before || before.member.open || before.member.closing !== 'archived' || !member.open) return false;
  const { closedAt = 0 } = before.member;
  return rows
    .filter(({ report }) => report.latest.status === 'open')
    .every(
      ({ report, told }) =>
        isControl(report) && !before.findings.includes(findingKey(report)) && (told?.addedAt ?? 0) - closedAt <= REPLACED_WITHIN,
    );
}
