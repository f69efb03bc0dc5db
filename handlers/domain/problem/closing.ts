/** How a problem's findings end: four ways and one more, of which only one is green. */
import type { Status } from '../finding/admission';
import type { Report } from '../finding/report';

/** archived: out of sight in Security Hub, for whatever reason. not-evaluated: nobody looks any more whether it is mended. */
export type Closing = 'mended' | 'suppressed' | 'archived' | 'not-evaluated' | 'not-reported';

const CLOSINGS: Record<Exclude<Status, 'open'>, Closing> = {
  passed: 'mended',
  resolved: 'mended',
  suppressed: 'suppressed',
  archived: 'archived',
};

/** Of several the first that is among them is shown: what may still be there before what is gone. */
export const CLOSING_ORDER: readonly Closing[] = ['suppressed', 'not-reported', 'not-evaluated', 'archived', 'mended'];

/**
 * How a resource's findings ended, of which none is open. A control that several standards or both Security Hubs report is one
 * check: the last word counts, as a standard that is turned off archives its copies. Other findings are each a case of its own.
 * What a person suppressed stays suppressed, whatever else passed.
 */
export function closingOf(reports: readonly Report[]): Closing {
  const kinds = reports.map((report) => ({ report, closing: closingOfReport(report) }));
  const isControl = reports.every(({ episodes }) => episodes.length > 0);
  const last = Math.max(...reports.map(({ latest }) => latest.closedAt ?? 0));
  const counting = isControl ? kinds.filter(({ report, closing }) => report.latest.closedAt === last || closing === 'suppressed') : kinds;
  return CLOSING_ORDER.find((each) => counting.some(({ closing }) => closing === each)) ?? 'mended';
}

function closingOfReport({ latest: { status } }: Report): Closing {
  return status === 'open' ? 'mended' : CLOSINGS[status];
}
