/** What Security Hub answers when it is asked after a finding of which no event came: merged like an event, so order does not matter. */
import { dated } from './dates';
import type { Finding } from './finding';
import { merge, type Report, reportOf } from './report';

/** In the place of an event's id. */
const READ_BACK = 'read-back';

/**
 * The finding as GetFindings has it. It keeps the words that it was told in: what is read back brings none.
 * @param news see newsIn. @param at when it was asked for, in epoch milliseconds: what was sent before is in the answer, what is sent later is newer.
 */
export function readBack(known: Report, finding: Finding, news: string | undefined, at: number): Report {
  return merge(
    known,
    reportOf(dated(finding, at), {
      eventId: READ_BACK,
      eventTime: at,
      asked: false,
      admission: { admitted: false, rule: 'closed', reason: 'read back, not sent' },
      textKey: known.textKey,
      news,
    }),
  );
}

/** Security Hub no longer has it. Whatever is sent of it later opens or changes it again. */
export function unreported(known: Report, at: number): Report {
  const { open: _open, opened: _opened, asked: _asked, latest, ...rest } = known;
  const revision: Report['latest']['revision'] = [latest.revision[0], at, READ_BACK];
  return merge(known, {
    ...rest,
    latest: { revision, status: 'unreported', workflow: latest.workflow },
    closings: [revision],
    episodes: [],
    wordings: [],
  });
}
