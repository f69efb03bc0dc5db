/** Under which fingerprint a finding is told to a receiver: of several vulnerabilities by the first. */
import type { Finding } from '../../../handlers/domain/finding/finding';
import { newsIn } from '../../../handlers/domain/problem/news';
import { fingerprintOf, weaknessesOf } from '../../../handlers/domain/problem/problem';

export type By = 'owner' | 'cve';

export function gatheredBy(finding: Finding, by: By = 'owner'): string {
  const [weakness] = by === 'cve' ? weaknessesOf({ ...finding, news: newsIn(finding) }) : [];
  return weakness ?? fingerprintOf(finding);
}
