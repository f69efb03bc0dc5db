/**
 * What is worth calling people for again, beyond a new account, a rise or a reopening: of a threat another resource or
 * another actor, since a second victim two days later is not a footnote; of vulnerabilities one that is CRITICAL or known
 * to be exploited and was not among those told.
 */
import type { Finding } from '../finding/finding';
import type { Report } from '../finding/report';

const THREAT = 'threat';

/** What a finding has of it: kept in its report. */
export function newsIn({ kind, severity, particulars: { vulnerability } }: Finding): string | undefined {
  if (kind === 'guardduty') return THREAT;
  if (vulnerability && (severity === 'CRITICAL' || vulnerability.exploitAvailable === 'YES')) return vulnerability.id;
  return undefined;
}

/**
 * What a resource's findings have of it, each once: vulnerabilities by their ids, threats by their number, since the two Security Hubs
 * share no id for one threat. GuardDuty reports another actor as another finding, and the same one anew under the old one.
 */
export function newsOf(reports: readonly Report[]): string[] {
  const threats = (format: Report['format']) => reports.filter((report) => report.news === THREAT && report.format === format).length;
  const numbers = Array.from({ length: Math.max(threats('asff'), threats('ocsf')) }, (_, index) => `${THREAT} ${index + 1}`);
  const open = reports.filter(({ latest }) => latest.status === 'open');
  return [...numbers, ...new Set(open.flatMap(({ news }) => (news === undefined || news === THREAT ? [] : [news])))].sort();
}

/**
 * What of a resource's news readers were not told.
 * @param told of any resource of the problem: who was told of a vulnerability need not hear of it again.
 * @param before of this resource: each victim of a threat has its own.
 */
export function untold(news: readonly string[], told: ReadonlySet<string>, before: readonly string[] = []): string[] {
  return news.filter((each) => (isThreat(each) ? !before.includes(each) : !told.has(each)));
}

export function isThreat(news: string): boolean {
  return news.startsWith(THREAT);
}
