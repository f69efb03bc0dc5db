/** A member of a problem: one resource, and what all findings that report it come to. */
import type { Closing } from '../finding/admission';
import type { Note, Severity } from '../finding/finding';
import { byPreference, latestAsked, type Report, renewedAt } from '../finding/report';
import { bySeverity } from '../finding/severity';
import type { Unchecked } from '../finding/status-reasons';
import { DAY } from '../time';
import { closingOfAll } from './closing';
import { type Growth, growthOf } from './growth';
import { newsOf, vulnerabilitiesIn } from './news';
import { weaknessIn } from './problem';
import type { FindingFacts, FindingRow, ProblemKey } from './rows';
import { titlePart } from './text-key';

/** Kept with a problem's states, so that a telling reads no finding: it holds no text whose length its author may choose. */
export interface Member extends Growth, Pick<FindingFacts, 'owner' | 'taggedOwner' | 'region' | 'resource' | 'addedAt' | 'seenAt'> {
  id: string;
  otherResources: number;
  /** The finding that gives severity and words, as far as a link to it needs. */
  shown: Pick<Report, 'format' | 'id' | 'infoId' | 'region' | 'accountId'>;
  /** Other receivers that it was passed on to when its owner came to be known. */
  passedTo?: string[];
  /** The route of the finding that is named first. */
  routePath: string[];
  open: boolean;
  /** Of its open findings; once closed, of when it was last open. */
  severity: Severity;
  firstSeenAt: number;
  /** From when Security Hub is to be asked whether its open findings are still there; absent once it is closed. */
  askAt?: number;
  closedAt?: number;
  /** How it ended; absent while it is open. */
  closing?: Closing;
  /** What a person wrote who suppressed it. */
  note?: Note;
  /** Why it could not be checked any more. */
  unchecked?: Unchecked[];
  /** All that report it, and how many of them are open. */
  findings: number;
  openFindings: number;
  /** Open in this Security Hub alone: in the other a person ended it, which neither tells the other. */
  openOnlyIn?: Report['format'];
  asked?: { at: number; eventId: string };
  renewedAt: number;
  /** What is worth calling people for again. */
  news: string[];
  textKey?: string;
  /** The wordings of its open findings (once none is open, of all), each with the worst severity told under it. */
  titles: [textKey: string, severity: Severity][];
}

/** From when a finding was last known to be there until it is asked after. Controls are refreshed daily: they are never asked after. */
const UNHEARD = 7 * DAY;
/** From the first answer without a finding to the second that decides. */
const ONCE_MORE = DAY;
/** Security Hub refreshes what still exists far more often. */
const STALE_AFTER = 30 * DAY;

/** Titles kept of one resource, the worst: a message names five, and counts. */
const TITLES = 200;

/** From when Security Hub is to be asked after a finding, in epoch milliseconds. */
export function askAt({ seenAt, missingSince }: Pick<FindingFacts, 'seenAt' | 'missingSince'>): number {
  return missingSince === undefined ? seenAt + UNHEARD : missingSince + ONCE_MORE;
}

/** The day, counted from 1970, from whose start on a member that was not seen since is stale: not seen for a month though open. */
export function staleOn({ seenAt }: Pick<Member, 'seenAt'>): number {
  return Math.ceil((seenAt + STALE_AFTER) / DAY);
}

export function isStale(member: Member, now: number): boolean {
  return member.open && staleOn(member) <= Math.floor(now / DAY);
}

type Told = FindingRow & { told: FindingFacts };

/**
 * What is shown of a resource is of the finding that comes first: ASFF's spelling before OCSF's copy of it. The same
 * whatever the order of the rows.
 * @param since when the chapter began: what of it closed before is of an earlier message, as far as anything else is left to tell.
 * @returns undefined where none of them is told to anybody.
 */
export function memberOf(
  id: string,
  rows: readonly FindingRow[],
  { receiver, fingerprint }: ProblemKey,
  since: number,
): Member | undefined {
  const weakness = weaknessIn(fingerprint);
  const its = weakness === undefined ? rows : about(weakness, rows, { receiver, fingerprint });
  const sorted = its.filter((row): row is Told => row.told !== undefined).sort((a, b) => byPreference(a.report, b.report));
  const [first] = sorted;
  if (!first) return undefined;
  const all = sorted.map(({ report }) => report);
  const current = all.filter(({ latest }) => latest.status === 'open' || (latest.closedAt ?? 0) >= since);
  const reports = current.length > 0 ? current : all;
  const openRows = sorted.filter(({ report }) => report.latest.status === 'open');
  const open = openRows.length > 0;
  const telling = open ? openRows.map(({ report }) => report) : reports;
  // Of equals the first stays the first.
  const worstFirst = [...telling].sort((a, b) => bySeverity(severityOf(a), severityOf(b)));
  // Severity and words are of one finding: the worst that was open, and of equals ASFF's.
  const lead = worstFirst.find((report) => report.open);
  const { format, id: findingId, infoId, region, accountId } = lead ?? first.report;
  return {
    id,
    owner: sorted.map(({ told }) => told).reduce(better).owner,
    taggedOwner: taggedOwnerOf(sorted),
    region: first.told.region,
    resource: first.told.resource,
    otherResources: first.report.others ?? 0,
    shown: { format, id: findingId, infoId, region, accountId },
    passedTo: passedFrom(sorted, receiver),
    routePath: sorted.map(({ told }) => told.routePaths[receiver] ?? []).find((path) => path.length > 0) ?? [],
    open,
    severity: severityOf(lead),
    // A closing that overtook its opening says no more.
    firstSeenAt: minimum(telling.map((report) => report.open?.firstObservedAt ?? report.latest.closedAt ?? 0)),
    addedAt: minimum(sorted.map(({ told }) => told.addedAt)),
    seenAt: maximum(sorted.map(({ told }) => told.seenAt)),
    ...(open
      ? { askAt: minimum(openRows.map(({ told }) => askAt(told))) }
      : { closedAt: maximum(reports.map((report) => report.latest.closedAt ?? 0)), closing: closingOfAll(reports) }),
    note: reports.find(({ latest }) => latest.note)?.latest.note,
    unchecked: reports.find(({ latest }) => latest.unchecked)?.latest.unchecked,
    findings: reports.length,
    openFindings: openRows.length,
    openOnlyIn: openOnlyIn(all),
    asked: latestAsked(reports),
    renewedAt: open ? maximum(telling.map(renewedAt)) : 0,
    news: newsOf(all),
    ...(open ? growthOf(telling) : {}),
    textKey: lead?.textKey ?? reports.find((report) => report.textKey)?.textKey,
    titles: titlesOf(worstFirst),
  };
}

/** Each Security Hub has its own copy of a finding, and what a person does to one changes nothing of the other. */
function openOnlyIn(reports: readonly Report[]): Report['format'] | undefined {
  const [format, ...others] = new Set(reports.filter(({ latest }) => latest.status === 'open').map((report) => report.format));
  if (format === undefined || others.length > 0) return undefined;
  const byPerson = ({ latest }: Report) => latest.status === 'resolved' || latest.status === 'suppressed';
  return reports.some((report) => report.format !== format && byPerson(report)) ? format : undefined;
}

/**
 * Of findings that name several vulnerabilities what is of one. Where a finding has left it, naming others, it is mended there: what
 * comes of that finding later is of others, so it counts only as long as no other finding names this one.
 */
function about(weakness: string, rows: readonly FindingRow[], { receiver, fingerprint }: ProblemKey): FindingRow[] {
  const naming = rows.filter(({ fingerprints }) => fingerprints?.[receiver]?.includes(fingerprint));
  if (naming.length > 0) return naming.map((row) => ({ ...row, report: { ...row.report, news: newsAbout(weakness, row.report) } }));
  return rows.map((row) => ({ ...row, report: { ...mendedIn(row.report), news: [] } }));
}

/** A finding that names none any more, or more than are known of it, is still of those that it was of. */
function newsAbout(weakness: string, { news = [] }: Report): string[] {
  const its = news.filter((each) => vulnerabilitiesIn([each]).includes(weakness));
  return its.length > 0 ? its : [weakness];
}

function mendedIn(report: Report): Report {
  const { latest } = report;
  if (latest.status !== 'open') return report;
  const [updatedAt, eventTime] = latest.revision;
  return { ...report, latest: { ...latest, status: 'passed', closedAt: Math.max(updatedAt, eventTime) } };
}

/** The one that is preferred; of equals the latest, of one moment any fixed choice will do. */
function taggedOwnerOf(rows: readonly Told[]): Member['taggedOwner'] {
  const [first] = rows
    .flatMap(({ told: { taggedOwner, ownerAt } }) => (taggedOwner ? [{ taggedOwner, ownerAt }] : []))
    .sort(
      (a, b) => a.taggedOwner.rank - b.taggedOwner.rank || b.ownerAt - a.ownerAt || (a.taggedOwner.value < b.taggedOwner.value ? -1 : 1),
    );
  return first?.taggedOwner;
}

/** Only for those that were told before. */
function passedFrom(rows: readonly Told[], receiver: string): Member['passedTo'] {
  const passedTo = new Set(rows.flatMap(({ told: { passedTo = [] } }) => (passedTo.includes(receiver) ? [] : passedTo)));
  return passedTo.size > 0 ? [...passedTo].sort() : undefined;
}

/** @param reports the worst first. */
function titlesOf(reports: readonly Report[]): Member['titles'] {
  const worst = new Map<string, Severity>();
  // Both Security Hubs call the same finding the same, and describe it otherwise: it is told in the words of one.
  const ofAsff = new Map(reports.flatMap(({ format, textKey }) => (format === 'asff' && textKey ? [[titlePart(textKey), textKey]] : [])));
  for (const { textKey: own, open, format } of reports) {
    if (own === undefined || open === undefined) continue;
    const textKey = (format === 'ocsf' && ofAsff.get(titlePart(own))) || own;
    if (!worst.has(textKey)) worst.set(textKey, open.severity);
  }
  return [...worst].slice(0, TITLES);
}

/** What Organizations said before what it did not say, the latest before the earlier; of two names in findings any fixed choice will do. */
export function better<T extends Pick<FindingFacts, 'owner' | 'ownerAt'>>(a: T, b: T): T {
  if (a.owner.knowledge === 'unknown' && b.owner.knowledge === 'unknown') return b.owner.accountName > a.owner.accountName ? b : a;
  if (a.owner.knowledge === 'unknown' || b.owner.knowledge === 'unknown') return a.owner.knowledge === 'unknown' ? b : a;
  return b.ownerAt > a.ownerAt ? b : a;
}

function severityOf(report: Report | undefined): Severity {
  return report?.open?.severity ?? 'INFORMATIONAL';
}

/** Of any number: a call takes some 100,000 arguments at the most. Infinite where there is none. */
function minimum(times: readonly number[]): number {
  return times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function maximum(times: readonly number[]): number {
  return times.reduce((a, b) => Math.max(a, b), 0);
}
