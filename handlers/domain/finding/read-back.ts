/** What Security Hub answers when it is asked after a finding of which no event came: merged like an event, so order does not matter. */
import { MINUTE } from '../time';
import { dated } from './dates';
import type { Finding } from './finding';
import { merge, type Report, type Revision, reportOf } from './report';

/**
 * In the place of an event's id, before all of those, which are hexadecimal: of one moment the event stands; else what is there
 * before what is missing.
 */
const MISSING = '#missing';
const THERE = '#there';

/** Whether a revision's id is an event's. */
export function isEvent(id: string): boolean {
  return id !== '' && id !== MISSING && id !== THERE;
}

/**
 * How old an answer may be: EventBridge dates events to the second, and a mark or a person's word takes minutes to be seen. An event
 * that was sent so shortly before stands against it; where none was, a finding of which nothing was heard for a week loses nothing.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
const LAG = 5 * MINUTE;

/**
 * The finding as GetFindings has it, under the name that it is known by. It keeps the words that it was told in: what is read
 * back brings none.
 * @param news see newsIn. @param at when it was asked for, in epoch milliseconds.
 */
export function readBack(known: Report, finding: Finding, news: string[] | undefined, at: number): Report {
  const { id, byFindingInfo, productArn, format, accountId, region } = known;
  return merge(
    known,
    reportOf(
      { ...dated(finding, at), id, byFindingInfo, productArn, format, accountId, region },
      {
        eventId: THERE,
        eventTime: at - LAG,
        asked: false,
        admission: { admitted: false },
        textKey: known.textKey,
        news,
      },
    ),
  );
}

/** Security Hub no longer has it. Whatever is sent of it later opens or changes it again. @param at see readBack. */
export function unreported(known: Report, at: number): Report {
  const { revision, workflow } = known.latest;
  const since: Revision = [revision[0], at - LAG, MISSING];
  return merge(known, { ...known, latest: { revision: since, status: 'unreported', workflow }, closings: [since] });
}
