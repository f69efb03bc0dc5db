/**
 * What is told of a finding beyond the state of its resource, and what of it is worth calling people for again: of a threat
 * another resource or another actor, since a second victim two days later is not a footnote; of vulnerabilities one that is
 * CRITICAL or known to be exploited. The others are named in the thread: a resource with forty is told of forty.
 */
import type { Finding } from '../finding/finding';
import type { Report } from '../finding/report';

const THREAT = 'threat';
const LOUD = '!';
/** That a finding names more vulnerabilities than are known of it: what is not among those may be open all the same. */
const MORE = '+';

/**
 * Of one finding, the worst. AWS names no limit but the 240 KB of a finding, which is some thousands of ids.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
const MOST_VULNERABILITIES = 100;

/** https://www.first.org/cvss/v3-1/specification-document: Critical is 9.0 and above. */
const CRITICAL_SCORE = 9;

/**
 * What a finding has of it, kept in its report: its vulnerabilities by their ids, with a mark where one is worth a call. Of several in a
 * CRITICAL finding these are the worst, and each that by its own score is not less.
 */
export function newsIn({ kind, severity, particulars: { vulnerabilities } }: Finding): string[] | undefined {
  if (kind === 'guardduty') return [THREAT];
  const worst = vulnerabilities?.slice(0, MOST_VULNERABILITIES).map(({ id, score = CRITICAL_SCORE, exploitAvailable }, index) => {
    const critical = severity === 'CRITICAL' && (index === 0 || score >= CRITICAL_SCORE);
    return `${critical || exploitAvailable === 'YES' ? LOUD : ''}${id}`;
  });
  return worst && (vulnerabilities?.length ?? 0) > worst.length ? [...worst, MORE] : worst;
}

/**
 * What a resource's findings have of it, each once: vulnerabilities by their ids, threats by their number, since the two
 * Security Hubs share no id for one threat. GuardDuty reports another actor as another finding, and the same one anew under
 * the old one.
 */
export function newsOf(reports: readonly Report[]): string[] {
  const threats = (format: Report['format']) =>
    reports.filter((report) => report.news?.includes(THREAT) && report.format === format).length;
  const numbers = Array.from({ length: Math.max(threats('asff'), threats('ocsf')) }, (_, index) => `${LOUD}${THREAT} ${index + 1}`);
  const open = reports.filter(({ latest }) => latest.status === 'open');
  const named = new Set(open.flatMap(({ news = [] }) => news.filter((each) => each !== THREAT)));
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
  return news.filter((each) => each !== MORE && !isKnown(each) && (isThreat(each) || !isLoud(each) || !loud.has(each)));
}

/** Of vulnerabilities alone that were told before, as not worth a call. @param before of this resource. */
export function isWorse(news: readonly string[], before: readonly string[] = []): boolean {
  return news.length > 0 && news.every((each) => isLoud(each) && before.includes(each.slice(LOUD.length)));
}

/** Whether there are more vulnerabilities than it names. */
export function namesNotAll(news: readonly string[]): boolean {
  return news.includes(MORE);
}

export function isLoud(news: string): boolean {
  return news.startsWith(LOUD);
}

function isThreat(news: string): boolean {
  return news.startsWith(LOUD + THREAT);
}

/** The ids of the vulnerabilities among it, in its order: sorted, those worth a call are first. */
export function vulnerabilitiesIn(news: readonly string[]): string[] {
  return [...new Set(news.filter((each) => each !== THREAT && each !== MORE && !isThreat(each)).map((each) => each.replace(LOUD, '')))];
}
