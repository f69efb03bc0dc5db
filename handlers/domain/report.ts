/**
 * What is known of one finding over time. Events arrive in any order and more than once, so
 * `merge` is commutative, associative and idempotent: the highest revision wins, whenever it comes.
 */
import { type Admission, type Status, statusOf } from './admission';
import type { Finding, Severity, Workflow } from './finding';

/** Orders the events of one finding. BatchUpdateFindings leaves UpdatedAt as it is, so it alone cannot. */
export type Revision = [updatedAt: number, eventTime: number, eventId: string];

export function compareRevisions(a: Revision, b: Revision): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
}

export interface Report {
  id: string;
  productArn: string;
  format: Finding['format'];
  accountId: string;
  region: string;
  /** The state of the highest revision. */
  latest: { revision: Revision; status: Status; workflow: Workflow; closedAt?: number };
  /** The highest revision in which it was open: a control that passed is INFORMATIONAL and would forget how bad it was. */
  open?: { revision: Revision; severity: Severity; firstObservedAt: number };
  /** Control findings are updated in place: each change of compliance begins an episode, dated by FirstObservedAt. The last few. */
  episodes: number[];
  /** Whether any of its events was admitted; only then is it told. */
  admitted: boolean;
  /** The latest time that a person sent it here from the console. */
  asked?: { at: number; eventId: string };
  /** Which text row describes it, of the highest open revision. */
  textKey?: string;
}

export interface Occasion {
  eventId: string;
  eventTime: number;
  asked: boolean;
  admission: Admission;
  textKey?: string;
}

/** The report that one event alone makes. */
export function reportOf(finding: Finding, occasion: Occasion): Report {
  const revision: Revision = [finding.updatedAt, occasion.eventTime, occasion.eventId];
  const status = statusOf(finding);
  const asked = occasion.asked ? { at: occasion.eventTime, eventId: occasion.eventId } : undefined;
  // A finding sent by hand is shown as it stands, also when it is closed: its severity is of now.
  const open = status === 'open' || asked ? { revision, severity: finding.severity, firstObservedAt: finding.firstObservedAt } : undefined;
  return {
    id: finding.id,
    productArn: finding.productArn,
    format: finding.format,
    accountId: finding.accountId,
    region: finding.region,
    latest: {
      revision,
      status,
      workflow: finding.workflow,
      ...(status === 'open' ? {} : { closedAt: Math.max(occasion.eventTime, finding.updatedAt) }),
    },
    open,
    episodes: finding.kind === 'control' && status === 'open' ? [finding.firstObservedAt] : [],
    admitted: occasion.admission.admitted || occasion.asked,
    asked,
    textKey: open ? occasion.textKey : undefined,
  };
}

export function merge(known: Report | undefined, event: Report): Report {
  if (!known) return event;
  const latest = compareRevisions(event.latest.revision, known.latest.revision) > 0 ? event : known;
  const lead = !known.open ? event : !event.open ? known : compareRevisions(event.open.revision, known.open.revision) > 0 ? event : known;
  const asked = [known.asked, event.asked]
    .filter((each) => each !== undefined)
    .sort((a, b) => b.at - a.at || (a.eventId < b.eventId ? 1 : -1))[0];
  const episodes = [...new Set([...known.episodes, ...event.episodes])].sort((a, b) => a - b).slice(-5);
  return {
    ...latest,
    episodes,
    open: lead.open,
    textKey: lead.textKey ?? known.textKey,
    admitted: known.admitted || event.admitted,
    asked,
  };
}

/** Whether a reader would be told something else: revisions alone tell nothing. NEW and NOTIFIED read the same. */
export function sameState(a: Report | undefined, b: Report): boolean {
  return (
    a !== undefined &&
    a.latest.status === b.latest.status &&
    a.admitted === b.admitted &&
    a.asked?.eventId === b.asked?.eventId &&
    a.open?.severity === b.open?.severity &&
    a.open?.firstObservedAt === b.open?.firstObservedAt &&
    a.episodes.at(-1) === b.episodes.at(-1) &&
    a.episodes.length === b.episodes.length
  );
}

/** When it last failed again, where it has failed more than once; 0 where it has not. */
export function renewedAt(report: Report): number {
  return report.episodes.length > 1 ? (report.episodes.at(-1) ?? 0) : 0;
}
