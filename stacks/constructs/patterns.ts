/**
 * What the EventBridge rules admit, as data: the same patterns that the template
 * carries can be read by tests and by a local matcher.
 */
import type { Severity, Settings } from '../../config/schema';

/** An EventBridge event pattern as the service reads it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
export interface EventPattern {
  source: string[];
  'detail-type': string[];
  resources?: { suffix: string }[];
  detail?: { findings: Record<string, unknown> };
}

export type PatternName = 'admit' | 'custom-action' | 'closed' | 'admit-v2' | 'closed-v2';
export type PatternSettings = Pick<Settings, 'severities' | 'customActions' | 'includeSamples'>;

/** EventBridge refuses a longer pattern. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const PATTERN_LIMIT = 2048;

const SOURCE = ['aws.securityhub'];
const ASFF = 'Security Hub Findings - Imported';
const OCSF = 'Findings Imported V2';

/** OCSF names; Fatal is what the parser reads as CRITICAL, so the rule must not stop it. https://schema.ocsf.io/ severity_id */
const OCSF_SEVERITIES: Record<Severity, string[]> = {
  CRITICAL: ['Critical', 'Fatal'],
  HIGH: ['High'],
  MEDIUM: ['Medium'],
  LOW: ['Low'],
  INFORMATIONAL: ['Informational'],
};

/**
 * The pattern of each rule that reads Security Hub's events. The handler repeats
 * every check: a rule only keeps out what it can see.
 * @throws Error where a pattern exceeds EventBridge's limit.
 */
export function patterns(settings: PatternSettings): Record<PatternName, EventPattern> {
  const all: Record<PatternName, EventPattern> = {
    admit: admit(settings),
    'custom-action': customAction(settings.customActions),
    closed: closed(),
    'admit-v2': admitV2(settings.severities),
    'closed-v2': closedV2(),
  };
  for (const [name, pattern] of Object.entries(all)) {
    const length = JSON.stringify(pattern).length;
    if (length > PATTERN_LIMIT) {
      throw new Error(
        `The event pattern of rule ${name} has ${length} characters and EventBridge takes ${PATTERN_LIMIT}: shorten customActions in settings.yaml (empty means every custom action).`,
      );
    }
  }
  return all;
}

/** The usual pattern, without `exists: false`, drops every GuardDuty, Inspector, Macie and Access Analyzer finding: they have no Compliance. */
function admit(settings: PatternSettings): EventPattern {
  return of(ASFF, {
    Severity: { Label: settings.severities },
    Workflow: { Status: ['NEW'] },
    RecordState: ['ACTIVE'],
    Compliance: { Status: ['FAILED', 'WARNING', 'NOT_AVAILABLE', { exists: false }] },
    ...(settings.includeSamples ? {} : { Sample: [false, { exists: false }] }),
  });
}

/** No filter but the action: what a person picked by hand is told at any severity and in any state. */
function customAction(ids: string[]): EventPattern {
  const pattern: EventPattern = { source: SOURCE, 'detail-type': ['Security Hub Findings - Custom Action'] };
  return ids.length === 0 ? pattern : { ...pattern, resources: ids.map((id) => ({ suffix: `:action/custom/${id}` })) };
}

/** No severity: a control that passes, or cannot be checked any more, arrives as INFORMATIONAL. NOTIFIED: without it a told finding's rise to CRITICAL is missed. */
function closed(): EventPattern {
  return of(ASFF, {
    $or: [
      { Workflow: { Status: ['NOTIFIED', 'RESOLVED', 'SUPPRESSED'] } },
      { RecordState: ['ARCHIVED'] },
      { Compliance: { Status: ['PASSED', 'WARNING', 'NOT_AVAILABLE'] } },
    ],
  });
}

function admitV2(severities: Severity[]): EventPattern {
  return of(OCSF, { severity: severities.flatMap((severity) => OCSF_SEVERITIES[severity]), status: ['New'] });
}

/**
 * OCSF has no record state: a finding is over when its activity is Close
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/ocsf-findings.html), and a control
 * that passes or cannot be checked any more stays New. `anything-but` also brings statuses that AWS adds later.
 */
function closedV2(): EventPattern {
  return of(OCSF, {
    $or: [
      { status: [{ 'anything-but': ['New'] }] },
      { compliance: { status: [{ 'anything-but': ['Fail'] }] } },
      { activity_name: ['Close'] },
    ],
  });
}

function of(detailType: string, findings: Record<string, unknown>): EventPattern {
  return { source: SOURCE, 'detail-type': [detailType], detail: { findings } };
}
