/** Whatever happens to a problem: the plan comes to rest, has told everything, and keeps its pace. */
import * as fc from 'fast-check';
import { fold, NEW_PROBLEM, newChapter, toldUpTo } from '../../../handlers/domain/problem/fold';
import { LISTED, type ProblemView, viewOf } from '../../../handlers/domain/problem/view';
import type { Severity } from '../../../handlers/domain/finding/finding';
import { goesOn, PACE, plan } from '../../../handlers/domain/problem/plan';
import type { ProblemRow } from '../../../handlers/domain/problem/problem-row';
import { closed, HOUR, MINUTE, member, memberFrom, NOW, owner, type Reported, report } from '../made';

/** Steps that deliver takes in one look before it says that it goes in circles. */
const MAX_STEPS = 8;

interface Happening {
  after: number;
  id: number;
  what: 'open' | 'close';
  severity: Severity;
  asked: boolean;
}
interface Call {
  at: number;
  what: string;
  broadcast: boolean;
  severity: Severity;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  after: fc.oneof(fc.nat(90 * 1000), fc.nat(30 * MINUTE), fc.nat(30 * HOUR)),
  id: fc.nat(8),
  what: fc.constantFrom('open', 'open', 'close'),
  severity: fc.constantFrom<Severity>('CRITICAL', 'HIGH'),
  asked: fc.nat(9).map((n) => n === 0),
});

/** Carries plans out as deliver does, without Slack: what was done, and what was told in the end. */
class Reader {
  readonly rows = new Map<number, Reported>();
  readonly calls: Call[] = [];
  private header: ProblemRow = NEW_PROBLEM;
  private shown = '';

  happens({ id, what, severity, asked }: Happening, now: number): void {
    const known = this.rows.get(id);
    if (!known && what === 'close') return;
    const open = { revision: [now, now, 'e'] as [number, number, string], severity, firstObservedAt: now };
    const before = known?.reports.r;
    const state = what === 'open' ? report({ open }) : closed(now, { open: before?.open ?? open });
    const seen = asked ? { at: now, eventId: `e${now}` } : before?.asked;
    const next = {
      ...(known ?? member(`m${id}`, { owner: owner({ accountId: String(id % 3) }), addedAt: now })),
      reports: { r: { ...state, asked: seen } },
    };
    this.rows.set(id, next);
    const change = { member: memberFrom(next), findings: [], before: this.header.log[`m${id}`] };
    this.header = fold(this.header, [change], { now, ledgerDays: 400 });
  }

  view(now: number) {
    return viewOf(this.header, new Map(Object.entries(this.header.log)), new Map(), now);
  }

  /** @returns until when there is nothing to do. */
  look(now: number): number {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const view = this.view(now);
      if (!view) return Number.POSITIVE_INFINITY;
      const shown = picture(view);
      const next = plan({ view, header: this.header, changed: shown !== this.shown, reopenHours: 24, now });
      if (next.step === 'nothing') return Number.POSITIVE_INFINITY;
      if (next.step === 'wait') {
        expect(next.until).toBeGreaterThan(now);
        return next.until;
      }
      const broadcast = next.step === 'reply' && next.broadcast;
      this.calls.push({ at: now, what: next.step === 'reply' ? next.about : next.step, broadcast, severity: view.severity });
      const resolvedAt = view.open === 0 ? now : undefined;
      if (next.step === 'post') {
        this.header = {
          ...this.header,
          ...(next.newChapter ? newChapter(this.header, now) : {}),
          message: { channel: 'C', ts: String(now), postedAt: now },
          lastUpdateAt: now,
          lastReplyAt: now,
          resolvedAt,
        };
        const posted = this.view(now) ?? view;
        this.shown = picture(posted);
        this.header = { ...this.header, listed: posted.members <= LISTED, ...toldUpTo(this.header.fold) };
      } else if (next.step === 'reply') {
        this.header = {
          ...this.header,
          ...(broadcast ? { lastBroadcastAt: now } : {}),
          ...(next.about === 'list' ? {} : { lastReplyAt: now, resolvedAt, ...toldUpTo(this.header.fold) }),
          ...(next.unnamed.length > 0 || next.about === 'list' ? { listed: true } : {}),
        };
      } else {
        this.shown = shown;
        this.header = { ...this.header, lastUpdateAt: now, shown: this.header.fold };
      }
    }
    throw new Error(`after ${MAX_STEPS} steps there is still something to do`);
  }

  /** Whether the message in the channel is the one that would be rendered now. */
  shows(now: number): boolean {
    const view = this.view(now);
    return view !== undefined && this.shown === picture(view);
  }

  get saysResolved(): boolean {
    return this.header.resolvedAt !== undefined;
  }
}

const picture = ({ named }: ProblemView) => JSON.stringify(named.map(({ id, open, severity }) => [id, open, severity]));

function run(happenings: Happening[]): { reader: Reader; end: number } {
  const reader = new Reader();
  let now = NOW;
  let due = Number.POSITIVE_INFINITY;
  for (const each of happenings) {
    const at = now + each.after;
    for (; due <= at; due = reader.look(due)) now = due;
    now = at;
    reader.happens(each, now);
    due = reader.look(now);
  }
  for (let looks = 0; Number.isFinite(due) && looks < 100; looks++) {
    now = due;
    due = reader.look(now);
  }
  expect(due).toBe(Number.POSITIVE_INFINITY);
  return { reader, end: now };
}

test('it comes to rest, everything is told, and what is resolved is told as resolved', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 25 }), (happenings) => {
      const { reader, end } = run(happenings);
      const view = reader.view(end);
      if (!view) return;
      expect(view.fresh).toEqual([]);
      expect(view.untold).toEqual({ kinds: {}, loud: 0, accounts: {}, worst: {} });
      expect(reader.shows(end)).toBe(true);
      expect(reader.saysResolved).toBe(view.open === 0);
    }),
    { numRuns: 400, seed: 20261124 },
  );
});

test('broadcasts that nobody asked for keep 15 or 60 minutes, edits and replies keep 1 or 5', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 25 }), (happenings) => {
      const { reader } = run(happenings);
      const pace = (which: 'broadcast' | 'gather', severity: Severity) =>
        severity === 'CRITICAL' ? PACE[which].CRITICAL : PACE[which].other;
      const apart = (calls: Call[], which: 'broadcast' | 'gather') => {
        for (const [n, call] of calls.entries()) {
          const before = calls[n - 1];
          if (before) expect(call.at - before.at).toBeGreaterThanOrEqual(pace(which, call.severity));
        }
      };
      const unasked = reader.calls.filter(({ what }) => what !== 'asked');
      apart(
        unasked.filter(({ broadcast }) => broadcast),
        'broadcast',
      );
      apart(
        unasked.filter(({ what }) => what === 'growth' || what === 'resolved'),
        'gather',
      );
      expect(reader.calls.filter(({ what }) => what === 'post').length).toBeLessThanOrEqual(1 + happenings.length);
    }),
    { numRuns: 400, seed: 20261125 },
  );
});

test('what was told as closed goes on while something is open, and not once that closed too', () => {
  const told = { resumed: true as const, resolvedAt: NOW };
  const { untold } = NEW_PROBLEM;
  expect([1, 0].map((open) => goesOn(told, { open, untold }))).toEqual([true, false]);
});
