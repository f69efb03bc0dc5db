/** What to tell next, and when: CRITICAL at once, HIGH with its siblings, changes gathered, broadcasts rationed. */
import type { Severity } from '../../../handlers/domain/finding/finding';
import { type Plan, plan } from '../../../handlers/domain/problem/plan';
import type { ProblemRow, Told } from '../../../handlers/domain/problem/problem-row';
import { closed, HOUR, header, MINUTE, member, NOW, owner, problemOf, type Reported, report, viewed } from '../made';

const SECOND = 1000;

interface Case {
  rows: Reported[];
  /** Ids of members that were told as they are. */
  told?: string[];
  toldAs?: Record<string, Partial<Told>>;
  header?: Partial<ProblemRow>;
  changed?: boolean;
  /** After NOW, when the last message, reply and edit were made unless the header says otherwise. */
  at: number;
}

function next({ rows, told = [], toldAs = {}, header: changes = {}, changed = true, at }: Case): string {
  const view = viewed(problemOf(rows, { told: Object.fromEntries(told.map((id) => [id, toldAs[id] ?? {}])) }), NOW + at);
  return said(plan({ view, header: header(changes), changed, reopenHours: 24, now: NOW + at }));
}

function said(next: Plan): string {
  switch (next.step) {
    case 'wait':
      return `wait until ${(next.until - NOW) / SECOND}`;
    case 'reply':
      return [
        next.broadcast ? 'broadcast' : 'reply',
        next.about,
        ...next.fresh.map(({ member: { id } }) => id),
        ...next.unnamed.map(({ id }) => `(${id})`),
      ].join(' ');
    case 'post':
      return next.newChapter ? 'post a new chapter' : 'post';
    default:
      return next.step;
  }
}

const open = (severity: Severity) => ({ r: report({ open: { revision: [NOW, NOW, 'e'], severity, firstObservedAt: NOW } }) });
const of = (id: string, severity: Severity, accountId = '1', changes: Partial<Reported> = {}) =>
  member(id, { owner: owner({ accountId }), reports: open(severity), ...changes });
const shut = (id: string, accountId = '1') => member(id, { owner: owner({ accountId }), reports: { r: closed(NOW) } });
const asked = (id: string) => of(id, 'HIGH', '1', { reports: { r: report({ asked: { at: NOW, eventId: 'x' } }) } });
const nothing = { message: undefined };

describe('the first message', () => {
  test.each<[string, string, Case]>([
    ['CRITICAL goes at once', 'post', { rows: [of('a', 'CRITICAL')], header: nothing, at: 0 }],
    ['HIGH waits 25 s for its siblings', 'wait until 25', { rows: [of('a', 'HIGH')], header: nothing, at: 0 }],
    ['and not longer', 'post', { rows: [of('a', 'HIGH')], header: nothing, at: 25 * SECOND }],
    [
      'from the first of them on',
      'wait until 25',
      { rows: [of('a', 'HIGH'), of('b', 'HIGH', '1', { addedAt: NOW + 20 * SECOND })], header: nothing, at: 24 * SECOND },
    ],
    ['a CRITICAL sibling ends the wait', 'post', { rows: [of('a', 'HIGH'), of('b', 'CRITICAL')], header: nothing, at: SECOND }],
    ['so does a person who sends it', 'post', { rows: [asked('a')], header: nothing, at: 0 }],
    ['what closed before it was told is told all the same', 'post', { rows: [shut('a')], header: nothing, at: 30 * SECOND }],
  ])('%s: %s', (_what, expected, given) => {
    expect(next(given)).toBe(expected);
  });
});

describe('changes gather: 60 s for CRITICAL, 5 min for others', () => {
  const same = { rows: [of('a', 'CRITICAL')], told: ['a'] };
  const high = { rows: [of('a', 'HIGH')], told: ['a'] };
  test.each<[string, string, Case]>([
    ['nothing new, nothing changed', 'nothing', { ...same, changed: false, at: HOUR }],
    ['an edit waits', 'wait until 60', { ...same, at: SECOND }],
    ['an edit goes', 'update', { ...same, at: MINUTE }],
    ['an edit waits for others', 'wait until 300', { ...high, at: MINUTE }],
    ['an edit goes for others', 'update', { ...high, at: 5 * MINUTE }],
    ['the edit of a batch goes right behind its reply', 'update', { ...high, header: { lastReplyAt: NOW + MINUTE }, at: MINUTE }],
    [
      'a new resource waits',
      'wait until 60',
      { rows: [of('a', 'CRITICAL'), of('b', 'CRITICAL')], told: ['a'], changed: false, at: SECOND },
    ],
    [
      'new resources go as one plain reply',
      'reply growth b c',
      { rows: [of('a', 'CRITICAL'), of('b', 'CRITICAL'), of('c', 'CRITICAL')], told: ['a'], at: MINUTE },
    ],
    ['others after five minutes', 'reply growth b', { rows: [of('a', 'HIGH'), of('b', 'HIGH')], told: ['a'], at: 5 * MINUTE }],
    [
      'counted from the last thing told',
      'wait until 70',
      {
        rows: [of('a', 'CRITICAL'), of('b', 'CRITICAL')],
        told: ['a'],
        changed: false,
        header: { lastReplyAt: NOW + 10 * SECOND },
        at: MINUTE,
      },
    ],
  ])('%s: %s', (_what, expected, given) => {
    expect(next(given)).toBe(expected);
  });
});

describe('broadcasts are rationed: CRITICAL one in 15 min, others one in 60 min', () => {
  const grown = (severity: Severity) => ({ rows: [of('a', severity), of('b', severity, '2'), of('c', severity)], told: ['a'] });
  test.each<[string, string, Case]>([
    ['the first of a new account is broadcast, with all else that is new', 'broadcast growth b c', { ...grown('CRITICAL'), at: MINUTE }],
    ['of HIGH after five minutes', 'broadcast growth b c', { ...grown('HIGH'), at: 5 * MINUTE }],
    [
      'a second one waits, and the message shows it meanwhile',
      'update',
      { ...grown('CRITICAL'), header: { lastBroadcastAt: NOW }, at: MINUTE },
    ],
    [
      'until a quarter of an hour is over',
      'wait until 900',
      { ...grown('CRITICAL'), header: { lastBroadcastAt: NOW }, changed: false, at: MINUTE },
    ],
    ['then it goes', 'broadcast growth b c', { ...grown('CRITICAL'), header: { lastBroadcastAt: NOW }, at: 15 * MINUTE }],
    ['of HIGH after an hour', 'wait until 3600', { ...grown('HIGH'), header: { lastBroadcastAt: NOW }, changed: false, at: 59 * MINUTE }],
    ['and then', 'broadcast growth b c', { ...grown('HIGH'), header: { lastBroadcastAt: NOW }, at: HOUR }],
    [
      'a rise in severity is broadcast, at the pace of CRITICAL',
      'broadcast growth a',
      { rows: [of('a', 'CRITICAL')], told: ['a'], toldAs: { a: { severity: 'HIGH' } }, at: MINUTE },
    ],
    [
      'what rises to CRITICAL waits for nothing that was told as HIGH',
      'broadcast growth a',
      {
        rows: [of('a', 'CRITICAL')],
        told: ['a'],
        toldAs: { a: { severity: 'HIGH' } },
        header: { severity: 'HIGH', lastBroadcastAt: NOW },
        at: SECOND,
      },
    ],
    [
      'so does a CRITICAL sibling, of an account that was told',
      'broadcast growth b',
      { rows: [of('a', 'HIGH'), of('b', 'CRITICAL')], told: ['a'], header: { severity: 'HIGH', lastBroadcastAt: NOW }, at: SECOND },
    ],
    [
      'what goes up and down is broadcast as CRITICAL once in 15 min',
      'wait until 900',
      {
        rows: [of('a', 'CRITICAL')],
        told: ['a'],
        toldAs: { a: { severity: 'HIGH' } },
        header: { severity: 'HIGH', criticalAt: NOW },
        changed: false,
        at: 5 * MINUTE,
      },
    ],
    ['a fall is only shown', 'update', { rows: [of('a', 'HIGH')], told: ['a'], toldAs: { a: { severity: 'CRITICAL' } }, at: 5 * MINUTE }],
  ])('%s: %s', (_what, expected, given) => {
    expect(next(given)).toBe(expected);
  });
});

describe('closing and reopening', () => {
  const resolved = (at = NOW) => ({ resolvedAt: at });
  test.each<[string, string, Case]>([
    [
      'one of two closes: shown',
      'update',
      { rows: [of('a', 'CRITICAL'), shut('b')], told: ['a', 'b'], toldAs: { b: { open: true } }, at: MINUTE },
    ],
    [
      'the last closes: told, when changes had time to gather',
      'wait until 300',
      {
        rows: [{ ...shut('a'), reports: { r: closed(NOW, { open: open('HIGH').r.open }) } }],
        told: ['a'],
        toldAs: { a: { open: true } },
        changed: false,
        at: MINUTE,
      },
    ],
    ['the last closes', 'reply resolved', { rows: [shut('a')], told: ['a'], toldAs: { a: { open: true } }, at: MINUTE }],
    [
      'what opened and closed meanwhile is told along, and calls nobody',
      'reply resolved b',
      { rows: [shut('a'), shut('b', '2')], told: ['a'], at: MINUTE },
    ],
    [
      'what opened and closed after the resolution calls nobody either',
      'reply growth b',
      { rows: [shut('a'), shut('b', '2')], told: ['a'], header: resolved(), at: MINUTE },
    ],
    ['it is told once', 'nothing', { rows: [shut('a')], told: ['a'], header: resolved(), changed: false, at: HOUR }],
    [
      'reopened within the window: broadcast in the old thread',
      'broadcast reopened a',
      { rows: [of('a', 'CRITICAL')], told: ['a'], toldAs: { a: { open: false } }, header: resolved(), at: 24 * HOUR },
    ],
    [
      'reopened by another resource',
      'broadcast reopened b',
      { rows: [shut('a'), of('b', 'CRITICAL')], told: ['a'], header: resolved(), at: HOUR },
    ],
    [
      'reopened after the window: a new message',
      'post a new chapter',
      { rows: [of('a', 'CRITICAL')], told: ['a'], toldAs: { a: { open: false } }, header: resolved(), at: 24 * HOUR + 1 },
    ],
    [
      'flapping is rationed as well',
      'wait until 900',
      {
        rows: [of('a', 'CRITICAL')],
        told: ['a'],
        toldAs: { a: { open: false } },
        header: { ...resolved(), lastBroadcastAt: NOW },
        changed: false,
        at: MINUTE,
      },
    ],
    [
      'open again beside others that stayed open calls again',
      'broadcast growth a',
      { rows: [of('a', 'CRITICAL'), of('b', 'CRITICAL')], told: ['a', 'b'], toldAs: { a: { open: false } }, at: MINUTE },
    ],
  ])('%s: %s', (_what, expected, given) => {
    expect(next(given)).toBe(expected);
  });
});

describe('asked and listed', () => {
  const seven = Array.from({ length: 7 }, (_, n) => of(`m${n}`, 'CRITICAL'));
  const all = seven.map(({ memberId }) => memberId);
  test.each<[string, string, Case]>([
    [
      'who asks is answered at once, by a broadcast',
      'broadcast asked a',
      { rows: [asked('a')], told: ['a'], toldAs: { a: { asked: undefined } }, header: { lastBroadcastAt: NOW }, at: 0 },
    ],
    [
      'also about what is resolved',
      'broadcast asked a',
      {
        rows: [{ ...asked('a'), reports: { r: closed(NOW, { asked: { at: NOW, eventId: 'x' } }) } }],
        told: ['a'],
        toldAs: { a: { asked: undefined } },
        header: { resolvedAt: NOW },
        at: 0,
      },
    ],
    ['the same question is answered once', 'nothing', { rows: [asked('a')], told: ['a'], changed: false, at: HOUR }],
    [
      'the thread lists all where the message does not name all',
      'reply list (m0) (m1) (m2) (m3) (m4) (m5) (m6)',
      { rows: seven, told: all, header: { listed: false }, at: MINUTE },
    ],
    ['after a while', 'wait until 60', { rows: seven, told: all, header: { listed: false }, changed: false, at: SECOND }],
    [
      'together with what is new',
      'reply growth m0 (m1) (m2) (m3) (m4) (m5) (m6)',
      { rows: seven, told: all.slice(1), header: { listed: false }, at: MINUTE },
    ],
    [
      'and none is named twice',
      'reply growth m6 (m0) (m1) (m2) (m3) (m4) (m5)',
      { rows: seven, told: all.slice(0, 6), header: { listed: false }, at: MINUTE },
    ],
    ['once', 'nothing', { rows: seven, told: all, changed: false, at: HOUR }],
  ])('%s: %s', (_what, expected, given) => {
    expect(next(given)).toBe(expected);
  });
});
