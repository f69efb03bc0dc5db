/** What is read back is one more report of a finding: whatever comes before, after or at the same moment, all orders end the same. */
import * as fc from 'fast-check';
import { admit } from '../../../handlers/domain/finding/admission';
import type { Finding } from '../../../handlers/domain/finding/finding';
import { readBack, unreported } from '../../../handlers/domain/finding/read-back';
import { merge, type Report, reportOf } from '../../../handlers/domain/finding/report';
import { canonical } from '../../../handlers/domain/text/identity';
import { finding, MINUTE, NOW } from '../made';

const settings = { severities: ['CRITICAL', 'HIGH'] as const, includeSamples: false };
/** As read-back.ts has it: what was sent so shortly before the question stands. */
const LAG = 5 * MINUTE;

interface Sent extends Partial<Finding> {
  time: number;
  eventId: string;
}
function sent({ time, eventId, ...changes }: Sent): Report {
  const given = finding(changes);
  return reportOf(given, { eventId, eventTime: time, asked: false, admission: admit(given, settings), textKey: `text of ${eventId}` });
}
const all = (reports: readonly Report[]) =>
  reports.reduce<Report | undefined>((known, report) => merge(known, report), undefined) as Report;
const orders = <T>(of: readonly T[]): T[][] =>
  of.length < 2 ? [[...of]] : of.flatMap((each, index) => orders(of.filter((_, other) => other !== index)).map((rest) => [each, ...rest]));

const TIMES = { min: NOW, max: NOW + 2 };
const state = {
  severity: fc.constantFrom<Finding['severity']>('CRITICAL', 'HIGH', 'MEDIUM', 'INFORMATIONAL'),
  workflow: fc.constantFrom<Finding['workflow']>('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'),
  recordState: fc.constantFrom<Finding['recordState']>('ACTIVE', 'ACTIVE', 'ARCHIVED'),
  compliance: fc.constantFrom<Finding['compliance']>('FAILED', 'PASSED', 'WARNING', undefined),
  firstObservedAt: fc.integer({ min: NOW - 3, max: NOW }),
  updatedAt: fc.integer(TIMES),
};
/** Ids as EventBridge gives them. */
const events = fc.uniqueArray(fc.record({ ...state, time: fc.integer(TIMES), eventId: fc.uuid() }), {
  minLength: 1,
  maxLength: 4,
  selector: ({ eventId }) => eventId,
});
/** Of one moment there is one answer, and at the most one that lacks it. */
const answers = fc.uniqueArray(
  fc.record({ ...state, at: fc.integer({ min: TIMES.min + LAG, max: TIMES.max + LAG }), gone: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 2,
    selector: ({ at, gone }) => `${at} ${gone}`,
  },
);

test.each<Finding['kind']>(['control', 'guardduty'])('a %s: every order of events and answers ends the same, ties too', (kind) => {
  fc.assert(
    fc.property(events, answers, fc.nat(), (given, asked, upTo) => {
      const reports = given.map((each) => sent({ kind, ...each }));
      // What was known when it was asked is some of the events; the answer is made of that.
      const known = all(reports.slice(0, 1 + (upTo % reports.length)));
      const learned = asked.map(({ at, gone, ...held }) =>
        gone ? unreported(known, at) : readBack(known, finding({ kind, ...held }), undefined, at),
      );
      const ends = new Set(orders([...reports, ...learned]).map((order) => canonical(all(order))));
      expect(ends.size).toBe(1);
    }),
    { numRuns: 60, seed: 20261126 },
  );
});

describe('of one moment', () => {
  const known = sent({ time: NOW, eventId: '0a' });
  const at = NOW + 60 * MINUTE;

  test('the event stands against both answers, whichever comes first', () => {
    const event = sent({ time: at - LAG, eventId: '0b', workflow: 'SUPPRESSED' });
    for (const answer of [readBack(known, finding({ severity: 'HIGH' }), undefined, at), unreported(known, at)]) {
      expect(merge(merge(known, event), answer).latest.status).toBe('suppressed');
      expect(merge(merge(known, answer), event).latest.status).toBe('suppressed');
    }
  });

  test('what is there stands against what is missing', () => {
    const [there, missing] = [readBack(known, finding(), undefined, at), unreported(known, at)];
    expect(merge(there, missing).latest.status).toBe('open');
    expect(merge(missing, there).latest.status).toBe('open');
  });
});

describe('an answer', () => {
  const known = sent({ time: NOW, eventId: '0a' });
  const at = NOW + 60 * MINUTE;

  test('lags behind: what a person did within five minutes before the question stands, what was before is superseded', () => {
    const before = (minutes: number) => sent({ time: at - minutes * MINUTE, eventId: '0b', workflow: 'RESOLVED' });
    const answer = readBack(known, finding(), undefined, at);
    expect(merge(answer, before(4)).latest.status).toBe('resolved');
    expect(merge(answer, before(6)).latest.status).toBe('open');
    expect(merge(unreported(known, at), before(4)).latest.status).toBe('resolved');
    expect(merge(unreported(known, at), before(6)).latest.status).toBe('unreported');
  });

  test('is told in the words that are known, and never makes told what no event admitted', () => {
    const answer = readBack(known, finding({ severity: 'MEDIUM', updatedAt: NOW + 1 }), undefined, at);
    expect(answer).toMatchObject({ textKey: 'text of 0a', admitted: true, open: { severity: 'MEDIUM' } });
    const low = sent({ time: NOW, eventId: '0a', severity: 'LOW' });
    expect(readBack(low, finding({ updatedAt: NOW + 1 }), undefined, at).admitted).toBe(false);
  });

  test('keeps the name that the finding is known by, though GetFindings should spell it otherwise', () => {
    const byInfo = sent({ time: NOW, eventId: '0a', format: 'ocsf', id: 'info', byFindingInfo: true });
    const name = { id: 'info', byFindingInfo: true, productArn: byInfo.productArn, format: 'ocsf' };
    expect(readBack(byInfo, finding({ format: 'ocsf', id: 'uid', productArn: 'other', updatedAt: NOW + 1 }), undefined, at)).toMatchObject(
      name,
    );
  });

  test('brings what is worth a call', () => {
    expect(readBack(known, finding({ updatedAt: NOW + 1 }), ['!CVE-2026-1'], at).news).toEqual(['!CVE-2026-1']);
  });

  test('cannot be dated into the future by who imports the finding', () => {
    const answer = readBack(known, finding({ updatedAt: Date.UTC(2199, 0) }), undefined, at);
    const later = sent({ time: at + 10 * MINUTE, updatedAt: at + 10 * MINUTE, eventId: '0b', workflow: 'RESOLVED' });
    expect(merge(answer, later).latest.status).toBe('resolved');
  });
});

test('what is no longer reported is as bad as it was and keeps its words; it closed when it was asked for', () => {
  const known = merge(
    sent({ time: NOW, eventId: '0a' }),
    reportOf(finding(), { eventId: '0c', eventTime: NOW, asked: true, admission: { admitted: true } }),
  );
  const at = NOW + 60 * MINUTE;
  expect(unreported(known, at)).toMatchObject({
    latest: { status: 'unreported', closedAt: at - LAG },
    open: { severity: 'CRITICAL' },
    textKey: 'text of 0a',
    episodes: known.episodes,
    asked: known.asked,
    admitted: true,
  });
});

test('what is sent of it later opens it again', () => {
  const known = sent({ time: NOW, eventId: '0a' });
  const at = NOW + 60 * MINUTE;
  const later = sent({ time: at, eventId: '0b' });
  expect(merge(unreported(known, at), later).latest.status).toBe('open');
  expect(merge(later, unreported(known, at)).latest.status).toBe('open');
});

test('it closed when it was first known to be gone, whatever is sent of its end later', () => {
  const known = sent({ time: NOW, eventId: '0a' });
  const at = NOW + 60 * MINUTE;
  const archived = sent({ time: at, eventId: '0b', recordState: 'ARCHIVED' });
  expect(merge(unreported(known, at), archived).latest).toMatchObject({ status: 'archived', closedAt: at - LAG });
});
