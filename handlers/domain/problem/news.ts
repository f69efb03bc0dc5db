/**
 * What is told of a finding beyond the state of its resource, and what of it is worth calling people for again: of a threat
 * another resource or another actor, since a second victim two days later is not a footnote; of vulnerabilities one that is
 * CRITICAL or known to be exploited. The others are named in the thread: a resource with forty is told of forty.
 */
import type { Finding } from '../finding/finding';
import type { Report } from '../finding/report';

const THREAT = 'threat';
const LOUD = '!';

/** What a finding has of it, kept in its report: a vulnerability its id, with a mark where it is worth a call. */
export function newsIn({ kind, severity, particulars: { vulnerability } }: Finding): string | undefined {
  if (kind === 'guardduty') return THREAT;
  if (!vulnerability) return undefined;
  return `${severity === 'CRITICAL' || vulnerability.exploitAvailable === 'YES' ? LOUD : ''}${vulnerability.id}`;
}

/**
 * What a resource's findings have of it, each once: vulnerabilities by their ids, threats by their number, since the two
 * Security Hubs share no id for one threat. GuardDuty reports another actor as another finding, and the same one anew under
 * the old one.
 */
export function newsOf(reports: readonly Report[]): string[] {
  const threats = (format: Report['format']) => reports.filter((report) => report.news === THREAT && report.format === format).length;
  const numbers = Array.from({ length: Math.max(threats('asff'), threats('ocsf')) }, (_, index) => `${LOUD}${THREAT} ${index + 1}`);
  const open = reports.filter(({ latest }) => latest.status === 'open');
  const named = new Set(open.flatMap(({ news }) => (news === undefined || news === THREAT ? [] : [news])));
  return [...numbers, ...[...named].filter((each) => isLoud(each) || !named.has(LOUD + each))].sort();
}

/**
 * What of a resource's news its readers were not told.
 * @param loud told as worth a call, of any resource of the problem: who was called for a vulnerability need not be again.
 * @param before of this resource.
 */
export function untold(news: readonly string[], loud: ReadonlySet<string>, before: readonly string[] = []): string[] {
  const known = new Set(before);
  // That it is worth a call no longer is nothing that was found.
  const isKnown = (each: string) => known.has(each) || known.has(LOUD + each);
  return news.filter((each) => !isKnown(each) && (isThreat(each) || !isLoud(each) || !loud.has(each)));
}

export function isLoud(news: string): boolean {
  return news.startsWith(LOUD);
}

function isThreat(news: string): boolean {
  return news.startsWith(LOUD + THREAT);
}

/** The ids of the vulnerabilities among it, those worth a call first. */
export function vulnerabilitiesIn(news: readonly string[]): string[] {
  return [...new Set(news.filter((each) => !isThreat(each)).map((each) => each.replace(LOUD, '')))];
}
