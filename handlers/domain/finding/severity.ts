/** How bad a finding is: one order for all who compare, sort or choose. */
import { SEVERITIES } from '../../../config/severities';
import type { Severity } from './finding';

export { worse } from '../../../config/severities';

/** For sorting: the worst first. */
export function bySeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a);
}

/** INFORMATIONAL where there is none. */
export function worst(severities: readonly Severity[]): Severity {
  return [...severities].sort(bySeverity)[0] ?? 'INFORMATIONAL';
}

/** @returns undefined for a word that names none. */
export function severityNamed(word: string | undefined): Severity | undefined {
  return SEVERITIES.find((severity) => severity === word?.toUpperCase());
}
