/** How a resource ended, whose findings may each have ended otherwise. */
import { type Closing, closingOf } from '../finding/admission';
import { isControl, type Report } from '../finding/report';

/** Of several the first that is among them is named: what may still be there before what is gone. */
export const CLOSING_ORDER: readonly Closing[] = [
  'suppressed',
  'no-longer-reported',
  'no-longer-evaluated',
  'archived',
  'set-to-resolved',
  'mended',
];

/**
 * @param reports of which none is open. A control that several standards or both Security Hubs report is one check: the last
 * word counts, as a standard that is turned off archives its copies. Other findings are each a case of its own. What a person
 * suppressed stays suppressed, whatever else passed.
 */
export function closingOfAll(reports: readonly Report[]): Closing {
  const isCheck = reports.every(isControl);
  const last = reports.reduce((latest, { latest: { closedAt = 0 } }) => Math.max(latest, closedAt), 0);
  const counting = reports.filter(({ latest }) => !isCheck || latest.closedAt === last || latest.status === 'suppressed');
  const kinds = new Set(counting.map(({ latest }) => closingOf(latest.status)));
  return CLOSING_ORDER.find((closing) => kinds.has(closing)) ?? 'mended';
}
