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

/**
 * The label of a severity from 0 to 100; undefined for any other number.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html
 */
export function severityOfNormalized(normalized: number | undefined): Severity | undefined {
  if (normalized === undefined || normalized < 0 || normalized > 100) return undefined;
  if (normalized === 0) return 'INFORMATIONAL';
  return normalized < 40 ? 'LOW' : normalized < 70 ? 'MEDIUM' : normalized < 90 ? 'HIGH' : 'CRITICAL';
}

/** @returns undefined for a word that names none. */
export function severityNamed(word: string | undefined): Severity | undefined {
  return SEVERITIES.find((severity) => severity === word?.toUpperCase());
}
