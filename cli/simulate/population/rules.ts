/**
 * Which findings the deployed EventBridge rules let through, by what is known of them before they are written out: most
 * re-emissions of what is not told never reach a queue. A test compares this with the patterns themselves.
 */
import type { State } from './shapes/state';

export type Format = 'asff' | 'ocsf';

export function passesRules(format: Format, state: State, severities: readonly string[]): boolean {
  const admitted = severities.includes(state.severity) && state.workflow === 'NEW';
  const over = state.workflow !== 'NEW' || state.archived || (state.compliance !== undefined && state.compliance !== 'FAILED');
  if (format === 'ocsf') return admitted || over;
  return over || admitted;
}

/**
 * Whether the rule that this project replaces would match: open, CRITICAL or HIGH, as if nothing were written back. It
 * knows Security Hub CSPM only.
 */
export function matchesOriginalRule(format: Format, state: State): boolean {
  return (
    format === 'asff' &&
    (state.severity === 'CRITICAL' || state.severity === 'HIGH') &&
    (state.workflow === 'NEW' || state.workflow === 'NOTIFIED') &&
    !state.archived &&
    state.compliance !== 'PASSED'
  );
}
