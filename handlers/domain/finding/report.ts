/**
 * What is known of one finding over time. Events arrive in any order and more than once, so
 * `merge` is commutative, associative and idempotent: the highest revision wins, whenever it comes.
 */
import { type Admission, type Status, statusOf } from './admission';
import type { Finding, Note, Severity, Workflow } from './finding';
import { compareRevisions, firstAfter, type Revision } from './revision';
import { type Unchecked, uncheckedBecause } from './status-reasons';
import { type Changed, changesTo, sayingOf, type Wording, wordingsOf } from './wording';

export { compareRevisions, type Revision };

export interface Report extends Changed {
  id: string;
  /** See Finding. */
  byFindingInfo?: true;
  infoId?: string;
  productArn: string;
  format: Finding['format'];
  accountId: string;
  region: string;
  /** The state of the highest revision; `closedAt` is when it was first closed since it was last open. */
  latest: { revision: Revision; status: Status; workflow: Workflow; closedAt?: number; note?: Note; unchecked?: Unchecked[] };
  /** The highest revision in which it was not closed, and those in which it was since, the first ones. */
  opened?: Revision;
  closings?: Revision[];
  /** When it was first open; of what is open the highest revision in which it was not, and those in which it was since, the first ones. */
  firstOpened?: [updatedAt: number, eventTime: number];
  closed?: { revision: Revision; status: Status };
  openings?: Revision[];
  /** Of what closed and is open: since when, and how it had ended. */
  again?: { at: number; ended: Status };
  /** The highest revision in which it was open: a control that passed is INFORMATIONAL and would forget how bad it was. */
  open?: { revision: Revision; severity: Severity; firstObservedAt: number; saying?: string };
  /** Control findings are updated in place: each change of compliance begins an episode, dated by FirstObservedAt. The last few. */
  episodes: number[];
  /** The earliest that any of its events names; absent of controls, whose episodes each have their own. */
  firstSeenAt?: number;
  /** Whether any of its events was admitted; only then is it told. */
  admitted: boolean;
  /** What is worth calling people for again about it; see problem/news. */
  news?: string[];
  /** The latest time that a person sent it here from the console. */
  asked?: { at: number; eventId: string };
  /** Which text row describes it, and how many resources it names beside the first: of the state that it was last open in. */
  textKey?: string;
  others?: number;
  /** The same of each state lately; of a state the first event counts, so that a re-emission in other words changes nothing. */
  wordings?: Wording[];
}

/** A finding that stays closed may be re-emitted every day: the first closings suffice to know when it closed. */
const CLOSINGS = 12;
/** What is open is re-emitted more often: beyond these the latest opening is as good. */
const OPENINGS = 4;

export interface Occasion {
  eventId: string;
  eventTime: number;
  asked: boolean;
  admission: Pick<Admission, 'admitted'>;
  textKey?: string;
  news?: string[];
}

/** The report that one event alone makes. */
export function reportOf(finding: Finding, occasion: Occasion): Report {
  const revision: Revision = [finding.updatedAt, occasion.eventTime, occasion.eventId];
  const status = statusOf(finding);
  const asked = occasion.asked ? { at: occasion.eventTime, eventId: occasion.eventId } : undefined;
  // A finding sent by hand is shown as it stands, also when it is closed: its severity is of now.
  const saying = sayingOf(finding, occasion.news);
  const open =
    status === 'open' || asked
      ? { revision, severity: finding.severity, firstObservedAt: finding.firstObservedAt, ...(saying ? { saying } : {}) }
      : undefined;
  const others = finding.resources.length - 1;
  const ofControl = finding.kind === 'control';
  return withDerived({
    id: finding.id,
    ...(finding.byFindingInfo ? { byFindingInfo: true as const } : {}),
    ...(finding.infoId ? { infoId: finding.infoId } : {}),
    productArn: finding.productArn,
    format: finding.format,
    accountId: finding.accountId,
    region: finding.region,
    latest: { revision, status, workflow: finding.workflow, ...reasonOf(finding, status) },
    ...(status === 'open'
      ? { opened: revision, firstOpened: [revision[0], revision[1]] as [number, number], closings: [], openings: [revision] }
      : { closings: [revision], openings: [] }),
    open,
    episodes: ofControl && status === 'open' ? [finding.firstObservedAt] : [],
    ...(ofControl ? {} : { firstSeenAt: finding.firstObservedAt }),
    admitted: occasion.admission.admitted || occasion.asked,
    asked,
    ...(occasion.news ? { news: occasion.news } : {}),
    wordings: open
      ? [
          {
            severity: open.severity,
            episode: ofControl ? open.firstObservedAt : 0,
            ...(saying ? { saying } : {}),
            revision,
            textKey: occasion.textKey,
            others,
          },
        ]
      : [],
  });
}

/** What is known of why it is no longer open. */
function reasonOf({ note, particulars }: Finding, status: Status): Pick<Report['latest'], 'note' | 'unchecked'> {
  if ((status === 'suppressed' || status === 'resolved') && note) return { note };
  if (status === 'unchecked') return { unchecked: uncheckedBecause(particulars.statusReasons ?? []) };
  return {};
}

export function merge(known: Report | undefined, event: Report): Report {
  if (!known) return event;
  const latest = compareRevisions(event.latest.revision, known.latest.revision) > 0 ? event : known;
  const opened = higher(known.opened, event.opened);
  const episodes = [...new Set([...known.episodes, ...event.episodes])].sort((a, b) => a - b).slice(-5);
  const [closed] = [known, event].flatMap(closedIn).sort((a, b) => compareRevisions(b.revision, a.revision));
  const [firstOpened] = [known, event]
    .flatMap((each) => (each.firstOpened ? [each.firstOpened] : []))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return withDerived({
    ...latest,
    ...(opened ? { opened } : {}),
    closings: firstAfter(opened, [...(known.closings ?? []), ...(event.closings ?? [])], CLOSINGS),
    ...(firstOpened ? { firstOpened } : {}),
    closed: latest.latest.status === 'open' ? closed : undefined,
    openings: firstAfter(closed?.revision, [...(known.openings ?? []), ...(event.openings ?? [])], OPENINGS),
    episodes,
    open: compareRevisions(event.open?.revision ?? NEVER, known.open?.revision ?? NEVER) > 0 ? event.open : known.open,
    wordings: wordingsOf([...(known.wordings ?? []), ...(event.wordings ?? [])]),
    ...earliest(known, event),
    admitted: known.admitted || event.admitted,
    asked: latestAsked([known, event]),
  });
}

/** A scanner that dates each of its scans anew does not move when it was first seen. */
function earliest(a: Report, b: Report): Pick<Report, 'firstSeenAt'> {
  const times = [a, b].flatMap(({ firstSeenAt }) => firstSeenAt ?? []);
  return times.length > 0 ? { firstSeenAt: Math.min(...times) } : {};
}

/** Which order of a person counts: the latest; of two at one moment any fixed choice will do. */
export function latestAsked(reports: readonly Report[]): Report['asked'] {
  return reports.flatMap(({ asked }) => asked ?? []).sort((a, b) => b.at - a.at || (a.eventId < b.eventId ? 1 : -1))[0];
}

/** For sorting: ASFF's spelling before OCSF's copy of it. */
function asffFirst(a: Pick<Report, 'format'>, b: Pick<Report, 'format'>): number {
  return Number(a.format === 'ocsf') - Number(b.format === 'ocsf');
}

/** The same order whatever came first: by format, then by what else a finding is known by. */
export function byPreference(a: Report, b: Report): number {
  return asffFirst(a, b) || byText(a.id, b.id) || byText(a.productArn, b.productArn) || byText(a.accountId, b.accountId);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

const NEVER: Revision = [-1, -1, ''];

function higher(a: Revision | undefined, b: Revision | undefined): Revision | undefined {
  return compareRevisions(b ?? NEVER, a ?? NEVER) > 0 ? b : a;
}

/** With what follows from the rest: when it closed, and in whose words it is shown. */
function withDerived(report: Report): Report {
  const { closings, wordings, latest, firstSeenAt } = report;
  const open = report.open && { ...report.open, firstObservedAt: firstSeenAt ?? report.open.firstObservedAt };
  const episode = firstSeenAt === undefined ? open?.firstObservedAt : 0;
  const same = wordings?.filter((each) => each.severity === open?.severity && each.episode === episode) ?? [];
  const wording = same.find(({ saying }) => saying === open?.saying) ?? same[0] ?? wordings?.at(-1);
  const [updatedAt, eventTime] = closings?.[0] ?? latest.revision;
  const { closedAt: _closedAt, ...state } = latest;
  return {
    ...report,
    open,
    latest: latest.status === 'open' ? state : { ...state, closedAt: Math.max(updatedAt, eventTime) },
    textKey: wording?.textKey,
    others: wording?.others,
    again: latest.status === 'open' ? againOf(report) : undefined,
    rose: undefined,
    saysElseAt: undefined,
    ...(wording ? changesTo(wording, wordings ?? []) : {}),
  };
}

/** Of what is closed its state says it. */
function closedIn({ closed, latest: { revision, status } }: Report): NonNullable<Report['closed']>[] {
  return status === 'open' ? (closed ? [closed] : []) : [{ revision, status }];
}

function againOf({ firstOpened, closed, openings, opened }: Report): Report['again'] {
  if (!closed || !firstOpened || compareRevisions([...firstOpened, ''], closed.revision) > 0) return undefined;
  const [updatedAt, eventTime] = openings?.[0] ?? opened ?? closed.revision;
  return { at: Math.max(updatedAt, eventTime), ended: closed.status };
}

/** Whether a reader would be shown something else: revisions alone tell nothing. NEW and NOTIFIED read the same. */
export function sameState(a: Report | undefined, b: Report): boolean {
  return (
    a !== undefined &&
    a.latest.status === b.latest.status &&
    a.latest.note?.text === b.latest.note?.text &&
    a.latest.unchecked?.join() === b.latest.unchecked?.join() &&
    a.news?.join() === b.news?.join() &&
    a.latest.closedAt === b.latest.closedAt &&
    a.textKey === b.textKey &&
    a.others === b.others &&
    a.admitted === b.admitted &&
    a.asked?.eventId === b.asked?.eventId &&
    a.open?.severity === b.open?.severity &&
    a.open?.firstObservedAt === b.open?.firstObservedAt &&
    a.again?.at === b.again?.at &&
    a.again?.ended === b.again?.ended &&
    a.rose?.at === b.rose?.at &&
    a.rose?.from === b.rose?.from &&
    a.saysElseAt === b.saysElseAt &&
    a.episodes.at(-1) === b.episodes.at(-1) &&
    a.episodes.length === b.episodes.length
  );
}

/** Whether it is of one of AWS's own controls: only these have episodes. */
export function isControl({ episodes }: Pick<Report, 'episodes'>): boolean {
  return episodes.length > 0;
}

/**
 * Whether nothing can have closed it between two revisions in which it says the same, so that the later one need not be kept: what comes
 * late from in between would be of nothing. Security Hub sets NOTIFIED back to NEW where a finding comes back from ARCHIVED or PASSED; and
 * what people set leaves UpdatedAt as it is. https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
export function isRefresh({ latest: a, format }: Report, { latest: b }: Report): boolean {
  const told = [a, b].every(({ status, workflow }) => status === 'open' && workflow === 'NOTIFIED');
  return told && format === 'asff' && b.revision[0] > a.revision[0];
}

/** When it last failed again, where it has failed more than once; 0 where it has not. */
export function renewedAt(report: Report): number {
  return report.episodes.length > 1 ? (report.episodes.at(-1) ?? 0) : 0;
}
