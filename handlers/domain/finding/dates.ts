/**
 * Times that cannot lock. Whoever imports a finding chooses its times (UpdatedAt may lie in the year 2199, and nothing dated
 * rightly would come after it); EventBridge's time of the event is AWS's own, so it bounds them.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
import { MINUTE } from '../time';
import type { Finding } from './finding';

/** How far the clock of a product may run ahead of EventBridge's. */
const AHEAD = 5 * MINUTE;
/** Nothing that is scanned today was found before; scanners that do not know a time write zero. */
const EARLIEST = Date.UTC(2000, 0, 1);

/**
 * The finding with times that may be believed: no revision later than the event plus five minutes, nothing first seen after the
 * event, nothing before the year 2000. Which past time an importer chooses is left to it: it dates its own finding, which heads
 * no problem of AWS's. The episodes of a control are known by their FirstObservedAt, which Security Hub itself writes: it may run
 * ahead like a revision, or an episode would become another with each event.
 * @param eventTime epoch milliseconds; 0 where the event has none, which then bounds nothing.
 */
export function dated(finding: Finding, eventTime: number): Finding {
  const now = eventTime > 0 ? eventTime : Number.POSITIVE_INFINITY;
  const believed = (time: number, latest: number) => (time >= EARLIEST ? Math.min(time, latest) : undefined);
  const updatedAt = believed(finding.updatedAt, now + AHEAD) ?? eventTime;
  const createdAt = believed(finding.createdAt, now) ?? Math.min(updatedAt, now);
  const begun = finding.kind === 'control' ? now + AHEAD : now;
  return { ...finding, updatedAt, createdAt, firstObservedAt: believed(finding.firstObservedAt, begun) ?? createdAt };
}
