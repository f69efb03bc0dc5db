/** Whatever happens to a problem's members, in whatever order: its sums are those of its members, and untold is what readers were not told. */
import * as fc from 'fast-check';
import { SEVERITIES } from '../../../config/severities';
import { worse } from '../../../handlers/domain/finding/severity';
import type { Member } from '../../../handlers/domain/problem/member';
import type { ProblemRow, Told } from '../../../handlers/domain/problem/problem-row';
import { RANKED, ranked } from '../../../handlers/domain/problem/ranking';
import { countsIn, total } from '../../../handlers/domain/problem/sums';
import { freshnessOf } from '../../../handlers/domain/problem/told';
import { NOW } from '../made';
import { HOSTILE, state, type Stated, PLAIN, memberIn, happening, type Happening, Played } from './played';

test('whatever happens, the sums, the ranking and what is untold equal the recount after each step', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
      const played = new Played();
      for (const each of happenings) {
        played.happens(each);
        expect(played.differences()).toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
});

test('the sums are of the members themselves: how many are open, how bad, where, and how many closed in the chapter', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 20 }), (happenings) => {
      const played = new Played();
      const now = new Map<string, Member>();
      for (const each of happenings) for (const member of played.happens(each)) now.set(member.id, member);
      const open = [...now.values()].filter((member) => member.open);
      const { counts } = played.problem.sums;
      expect(total(counts.open)).toBe(open.length);
      expect(counts.findings.open ?? 0).toBe(open.reduce((sum, { findings }) => sum + findings, 0));
      const named = (key: string) => (key === '__proto__' ? '__proto__ ' : key);
      for (const severity of SEVERITIES) expect(counts.open[severity] ?? 0).toBe(open.filter((each) => each.severity === severity).length);
      for (const each of open) {
        const { region } = each;
        expect(counts.regions[named(region)]).toBe(open.filter((other) => other.region === region).length);
        const { accountId } = each.owner;
        expect(counts.accounts[named(accountId)]).toBe(open.filter((other) => other.owner.accountId === accountId).length);
      }
      for (const group of Object.values(counts)) for (const n of Object.values(group)) expect(n).toBeGreaterThanOrEqual(0);
    }),
  );
});

/** Whether it differs from what readers were told of it, in what they are to hear of. */
function isNews(member: Member, told: Told | undefined): boolean {
  if (member.asked && told?.asked !== member.asked.eventId) return true;
  if (!told) return true;
  if (!member.open) return false;
  const more = member.news.some((each) => !told.news?.includes(each));
  return !told.open || member.renewedAt > (told.renewed ?? 0) || worse(member.severity, told.severity) || more;
}

/** One member that opens, rises, falls and closes, while readers see it in edits and are told: rare among the others. */
const toAndFro = fc
  .array(
    fc.tuple(
      fc.record({ open: fc.constantFrom(true, true, true, false), severity: fc.constantFrom('HIGH' as const, 'LOW' as const) }),
      fc.constantFrom('tell' as const, 'edit' as const, 'time' as const),
    ),
    { maxLength: 12 },
  )
  .map((steps) =>
    steps.flatMap(([changed, what]): Happening[] => [
      { what: 'changes', to: [[0, { ...PLAIN, ...changed }]] },
      what === 'time' ? { what, by: 0 } : { what },
    ]),
  );

test('untold is what differs from what readers were told, and have seen in an edit since', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(happening, { maxLength: 30 }), toAndFro), (happenings) => {
      const played = new Played();
      const members = new Map<string, Member>();
      const told = new Map<string, Told>();
      const untold = new Set<string>();
      for (const each of happenings) {
        // What is worth a call is known once for the whole problem: test/domain/problem/news.
        const quiet: Happening =
          each.what === 'changes' ? { ...each, to: each.to.map(([id, stated]) => [id, { ...stated, loud: [] }]) } : each;
        for (const member of played.happens(quiet)) {
          members.set(member.id, member);
          const counts = countsIn(played.problem.log[member.id] as ProblemRow['log'][string], played.problem.generationAt);
          if (counts && isNews(member, told.get(member.id))) untold.add(member.id);
          else untold.delete(member.id);
        }
        if (each.what === 'tell') {
          untold.clear();
          for (const [id, { open, severity, news, asked, renewedAt }] of members)
            told.set(id, { open, severity, news, asked: asked?.eventId, renewed: renewedAt });
        }
        if (each.what === 'edit')
          for (const [id, known] of told) {
            const { open, severity } = members.get(id) as Member;
            if (known.open && !open) known.open = false;
            else if (known.open && worse(known.severity, severity)) known.severity = severity;
          }
        const fresh = Object.values(played.problem.log).filter((known) => freshnessOf(known, played.problem));
        expect(fresh.map((known) => known.member.id).sort()).toEqual([...untold].sort());
        expect(ranked(played.problem.untold.worst).sort()).toEqual([...untold].sort());
        expect(total(played.problem.untold.kinds)).toBe(untold.size);
      }
    }),
    { numRuns: 400 },
  );
});

test('the same members come to the same, in whatever order and company they were taken in, and whatever they were before', () => {
  const members = fc.uniqueArray(fc.tuple(fc.nat(9), state), { minLength: 1, selector: ([id]) => id });
  fc.assert(
    fc.property(members, fc.array(fc.tuple(fc.nat(9), state)), fc.nat(4), (all, before, size) => {
      const made = all.map(([id, stated]) => memberIn(`m${id}`, stated, NOW));
      const known = new Set(made.map(({ id }) => id));
      const one = new Played();
      one.takeIn(made);
      const other = new Played();
      for (const [id, stated] of before) if (known.has(`m${id}`)) other.takeIn([memberIn(`m${id}`, stated, NOW)]);
      for (let rest = made.toReversed(); rest.length > 0; rest = rest.slice(size + 1)) other.takeIn(rest.slice(0, size + 1));
      const cameTo = ({ problem: { sums, untold, worst } }: Played) => ({ counts: withoutNothing(sums.counts), untold, worst });
      expect(cameTo(other)).toEqual(cameTo(one));
    }),
  );
});

function withoutNothing(counts: Record<string, Record<string, number>>): unknown {
  return Object.entries(counts).map(([group, each]) => [
    group,
    Object.entries(each)
      .filter(([, n]) => n !== 0)
      .sort(),
  ]);
}

test.each(HOSTILE)('an account called %s is new once, and told once', (account) => {
  const played = new Played();
  const stated = { ...fc.sample(state, { numRuns: 1, seed: 1 })[0], open: true, account, loud: [], news: [], asked: undefined } as Stated;
  played.happens({ what: 'changes', to: [[0, stated]] });
  expect(played.problem.untold.kinds).toEqual({ 'new-account': 1 });
  played.happens({ what: 'tell' });
  played.happens({ what: 'changes', to: [[1, stated]] });
  expect(played.problem.untold.kinds).toEqual({ new: 1 });
  expect(played.differences()).toEqual([]);
});

test('of more members than are ranked the most urgent are, and the recount does not miss the others', () => {
  const played = new Played();
  const [stated] = fc.sample(state, { numRuns: 1, seed: 1 }) as [Stated];
  const many = Array.from({ length: RANKED + 10 }, (_, n) => n);
  const severityOf = (n: number) => (n % 2 === 0 ? 'LOW' : 'HIGH') as Member['severity'];
  played.takeIn(many.map((n) => ({ ...memberIn(`m${n}`, { ...stated, open: true }, NOW), severity: severityOf(n) })));
  expect(Object.values(played.problem.worst).filter(([, severity]) => severity === 'HIGH')).toHaveLength(many.length / 2);
  expect(played.differences()).toEqual([]);
});

test('each difference is named with its group and key', () => {
  const played = new Played();
  const [stated] = fc.sample(state, { numRuns: 1, seed: 1 }) as [Stated];
  played.takeIn([memberIn('m1', { ...stated, open: true, severity: 'HIGH', account: '1', region: 'r', asked: undefined }, NOW)]);
  const { problem } = played;
  problem.sums.counts.open.HIGH = 2;
  problem.sums.counts.regions.s = 1;
  problem.sums.since.accounts = {};
  problem.untold.loud = 0;
  problem.worst = { m1: [0, 'HIGH', NOW], m2: [1, 'HIGH', NOW] };
  problem.untold.worst = {};
  expect(played.differences()).toEqual([
    'open HIGH: 2, recounted 1',
    'regions s: 1, recounted 0',
    `worst m1: 0,HIGH,${NOW}, recounted 1,HIGH,${NOW}`,
    `worst m2: 1,HIGH,${NOW}, recounted 0`,
    `since accounts 1: 0, recounted ${NOW / 1000}`,
    'untold loud: 0, recounted 1',
    `untold worst m1: 0, recounted 1,HIGH,${NOW}`,
  ]);
});
