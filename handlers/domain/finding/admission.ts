/** Which findings are told at all. Repeats in code what the EventBridge rules admit, and says why not. */
import type { Finding, Severity } from './finding';
import { uncheckedBecause } from './status-reasons';

/** unreported: Security Hub no longer has it; of a read-back alone, no event says so. unchecked: a check that could not be made, or need not be; it is neither failing nor mended. */
export type Status = 'open' | 'unchecked' | 'resolved' | 'suppressed' | 'archived' | 'passed' | 'unreported';

/**
 * What a finding's states come to for a reader. NOTIFIED is open: somebody was told, nobody has mended it.
 * That a record was put away (days after it passed, once its resource is gone) does not say how it ended where that was said
 * before: by a person, or by the check.
 * A check that was failing and is unchecked is no longer evaluated; also of others, who write WARNING and NOT_AVAILABLE by what
 * Security Hub means by them (Prowler of what it muted, and of what a person must check).
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-overall-status.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html
 * https://schema.ocsf.io/ compliance.status_id 2: no result, as information was missing.
 */
export function statusOf(finding: Pick<Finding, 'workflow' | 'recordState' | 'compliance'>): Status {
  if (finding.workflow === 'SUPPRESSED') return 'suppressed';
  if (finding.compliance === 'PASSED') return 'passed';
  if (finding.workflow === 'RESOLVED') return 'resolved';
  if (finding.compliance === 'WARNING' || finding.compliance === 'NOT_AVAILABLE') return 'unchecked';
  return finding.recordState === 'ARCHIVED' ? 'archived' : 'open';
}

/** How a finding came to be open no longer. Only mended is green: that of a check that passes. A person's RESOLVED is their word for it. */
export type Closing = 'mended' | 'set-to-resolved' | 'suppressed' | 'archived' | 'no-longer-evaluated' | 'no-longer-reported';

const CLOSINGS: Record<Exclude<Status, 'open'>, Closing> = {
  passed: 'mended',
  resolved: 'set-to-resolved',
  suppressed: 'suppressed',
  archived: 'archived',
  unchecked: 'no-longer-evaluated',
  unreported: 'no-longer-reported',
};

/** @returns undefined of what is open. */
export function closingOf(status: Status): Closing | undefined {
  return status === 'open' ? undefined : CLOSINGS[status];
}

/** Which rule decided, and how it applied. */
export type Admission =
  | { admitted: true; rule: 'open' | 'asked'; reason: string }
  | { admitted: false; rule: 'sample' | 'severity' | 'unchecked' | 'closed' | 'workflow'; reason: string };

/** A person sent it from the console: told whatever its state. */
export const ASKED: Admission = { admitted: true, rule: 'asked', reason: 'chosen by hand in Security Hub' };

/**
 * Admitted is an open finding of an admitted severity that nobody has acted on. A finding without
 * Compliance is admitted: GuardDuty, Inspector, Macie and Access Analyzer never have one.
 */
export function admit(finding: Finding, settings: { severities: readonly Severity[]; includeSamples: boolean }): Admission {
  if (finding.sample && !settings.includeSamples) return no('sample', 'a sample finding (settings.includeSamples is false)');
  if (!settings.severities.includes(finding.severity))
    return no('severity', `severity ${finding.severity} is not among settings.severities (${settings.severities.join(', ')})`);
  const status = statusOf(finding);
  if (status === 'unchecked') {
    const because = uncheckedBecause(finding.particulars.statusReasons ?? []).join(', ');
    return no('unchecked', `it could not be checked (compliance ${finding.compliance}): ${because}`);
  }
  if (status !== 'open') return no('closed', `it is closed: ${status}`);
  if (finding.workflow !== 'NEW') return no('workflow', `workflow status is ${finding.workflow}, not NEW`);
  return { admitted: true, rule: 'open', reason: `${finding.severity}, NEW, ACTIVE, compliance ${finding.compliance ?? 'absent'}` };
}

function no(rule: Extract<Admission, { admitted: false }>['rule'], reason: string): Admission {
  return { admitted: false, rule, reason };
}
