/** A problem to whose members things happen, in any order, and what can happen to them. */
import * as fc from 'fast-check';
import { SEVERITIES } from '../../../config/severities';
import type { Change } from '../../../handlers/domain/problem/change';
import { fold, NEW_PROBLEM, newChapter, toldUpTo } from '../../../handlers/domain/problem/fold';
import type { Member } from '../../../handlers/domain/problem/member';
import type { ProblemRow } from '../../../handlers/domain/problem/problem-row';
import { differences, recount } from '../../../handlers/domain/problem/recount';
import { HOUR, member, memberFrom, NOW, owner } from '../made';

const DAY = 24 * HOUR;
export const HOSTILE = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
const MADE = memberFrom(member('made'));

/** Names that every object has among them: accounts, Regions and OUs are foreign text. */
const name = (usual: string) => fc.constantFrom(usual, `${usual}-2`, ...HOSTILE);

export const state = fc.record({
  open: fc.boolean(),
  severity: fc.constantFrom(...SEVERITIES),
  account: name('555555555555'),
  region: name('ap-northeast-1'),
  unit: name('Workloads'),
  knowledge: fc.constantFrom('fresh' as const, 'stale' as const, 'unknown' as const),
  closing: fc.constantFrom('mended' as const, 'suppressed' as const),
  /** A closing may come late. */
  late: fc.oneof(fc.constant(0), fc.nat(3 * HOUR), fc.nat(40 * DAY)),
  news: fc.subarray(['CVE-1', 'CVE-2', 'constructor']),
  loud: fc.subarray(['!CVE-3', '!threat 1']),
  asked: fc.option(fc.constantFrom('e1', 'e2'), { nil: undefined, freq: 9 }),
  renewed: fc.nat(2),
  findings: fc.integer({ min: 1, max: 3 }),
  titles: fc.subarray(['t1', 't2', '__proto__']),
});
export type Stated = typeof state extends fc.Arbitrary<infer T> ? T : never;

export const PLAIN: Stated = {
  open: true,
  severity: 'HIGH',
  account: '555555555555',
  region: 'ap-northeast-1',
  unit: 'Workloads',
  knowledge: 'fresh',
  closing: 'mended',
  late: 0,
  news: [],
  loud: [],
  asked: undefined,
  renewed: 0,
  findings: 1,
  titles: [],
};

export function memberIn(id: string, stated: Stated, now: number): Member {
  const { open, severity, account, region, unit, knowledge, closing, late, news, loud, asked, renewed, findings, titles } = stated;
  return {
    ...MADE,
    id,
    owner: owner({ accountId: account, knowledge, ouPath: [{ id: 'ou-1', name: unit }] }),
    region,
    open,
    severity,
    firstSeenAt: NOW,
    seenAt: now,
    askAt: open ? now + DAY : undefined,
    closedAt: open ? undefined : now - late,
    closing: open ? undefined : closing,
    findings,
    openFindings: open ? findings : 0,
    asked: asked && { at: now, eventId: asked },
    renewedAt: open ? renewed : 0,
    news: [...loud, ...news].sort(),
    titles: titles.map((title) => [title, severity]),
  };
}

export const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('changes' as const),
      to: fc.array(fc.tuple(fc.nat(5), state), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('tell' as const, 'edit' as const, 'chapter' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('time' as const), by: fc.oneof(fc.nat(2 * HOUR), fc.nat(20 * DAY)) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('keep' as const), days: fc.constantFrom(1, 14, 400) }) },
);
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** A problem to which these things happen, as deliver lets them, each state in its log. */
export class Played {
  problem: ProblemRow = NEW_PROBLEM;
  now = NOW;
  private ledgerDays = 400;

  /** @returns the members that were taken in. */
  happens(happening: Happening): Member[] {
    this.now += 1000;
    switch (happening.what) {
      case 'changes':
        return this.takeIn(happening.to.map(([id, stated]) => memberIn(`m${id}`, stated, this.now)));
      case 'tell':
        Object.assign(this.problem, toldUpTo(this.problem.fold));
        return [];
      case 'edit':
        this.problem = { ...this.problem, shown: this.problem.fold, edited: this.problem.fold };
        return [];
      case 'chapter':
        this.problem = { ...this.problem, ...newChapter(this.problem, this.now) };
        return [];
      case 'time':
        this.now += happening.by;
        return [];
      case 'keep':
        this.ledgerDays = happening.days;
        return [];
    }
  }

  /** As a fold takes members in: each once. */
  takeIn(members: Member[]): Member[] {
    const each = [...new Map(members.map((member) => [member.id, member])).values()];
    const changes = each.map((member): Change => ({ member, findings: [member.id], before: this.problem.log[member.id] }));
    const before = JSON.stringify(this.problem);
    const next = fold(this.problem, changes, { now: this.now, ledgerDays: this.ledgerDays });
    expect(JSON.stringify(this.problem)).toBe(before);
    // As the ledger gives it back.
    this.problem = JSON.parse(JSON.stringify(next)) as ProblemRow;
    return each;
  }

  differences(): string[] {
    return differences(this.problem, recount(this.problem, Object.values(this.problem.log), this.now), this.now);
  }
}
