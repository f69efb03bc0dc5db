/** Which events a problem is told for, by EventBridge's ids: so that each message is found by the event that it comes from. */
import { isEvent } from '../finding/read-back';
import type { ProblemRow } from './problem-row';
import type { FindingRow, Mark } from './rows';
import { total } from './sums';

/** A storm brings thousands: the first say since when readers wait, and the others are found by the problem's fingerprint. */
const EVENTS = 10;

/**
 * The events of what is taken in, after those that wait to be told. Where nothing waits the list begins anew: until then what follows
 * a telling, as its mark or its late words, is of its events.
 * @param taken marks, and `rows` of their findings by key.
 */
export function eventsToTell(
  { events = {}, untold, due }: Pick<ProblemRow, 'events' | 'untold' | 'due'>,
  taken: readonly { value: Mark }[],
  rows: ReadonlyMap<string, FindingRow>,
): Record<string, number> {
  const waits = total(untold.kinds) > 0 || due !== undefined;
  const came = taken.flatMap(({ value }): [string, number][] => {
    const [, time = 0, id = ''] = rows.get(value.finding)?.report.latest.revision ?? [];
    return isEvent(id) ? [[id, time]] : [];
  });
  const all = [...(waits ? Object.entries(events) : []), ...came.sort(([, a], [, b]) => a - b)];
  return Object.fromEntries([...new Map(all)].slice(0, EVENTS));
}
