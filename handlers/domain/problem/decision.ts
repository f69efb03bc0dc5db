/** What was decided of one finding, as one value: what came, whether it is admitted and by which rule, whose it is, what follows. */
import { type Owner, ouPathName } from '../../../config/routing/owner';
import type { RouteDecision } from '../../../config/routing/walk';
import type { Admission } from '../finding/admission';
import type { FindingsEvent } from '../finding/event';
import type { Finding } from '../finding/finding';
import { loggedFinding } from './logged';
import type { FindingRow } from './rows';

/** The event that brought it. */
type Occurrence = Pick<FindingsEvent, 'kind' | 'id'>;

/** Whose the account is, who is told by which route, and which routes muted it. */
export interface Routing extends Pick<RouteDecision, 'receivers' | 'mutes'> {
  owner: Owner;
}

/** Which problem it belongs to, and which member of it. */
export type Place = Pick<FindingRow, 'fingerprint' | 'fingerprints' | 'memberId'>;

interface Decided {
  event: Occurrence;
  finding: Pick<Finding, 'format' | 'id' | 'productArn' | 'accountId' | 'region' | 'severity'>;
  admission: Admission;
  place: Place;
}

/** `routing` is absent where nothing had to be routed: at a closing, or a repeat. */
export type Decision =
  | { outcome: 'invalid'; event: Occurrence; reason: string }
  | (Decided & { outcome: 'filtered' })
  | (Decided & { outcome: 'muted'; routing?: Routing })
  | (Decided & { outcome: 'recorded' | 'unchanged'; routing?: Routing; receivers: string[] });

/** A decision as its log line has it. */
export interface DecisionLine extends Partial<ReturnType<typeof loggedFinding>>, Partial<Place> {
  eventId: string;
  severity?: string;
  ouPath?: string;
  admitted: boolean;
  reason: string;
  outcome: Decision['outcome'];
  receivers: string[];
  routePaths?: string[][];
}

/** Hashes and ids of AWS, and of names only those of OUs, routes and receivers (docs/operations.md). */
export function decisionLine(decision: Decision): DecisionLine {
  const { outcome, event } = decision;
  if (outcome === 'invalid') return { eventId: event.id, admitted: false, reason: decision.reason, outcome, receivers: [] };
  const { finding, admission } = decision;
  const line: DecisionLine = {
    eventId: event.id,
    ...loggedFinding(finding),
    severity: finding.severity,
    admitted: admission.admitted,
    reason: admission.reason,
    outcome,
    receivers: [],
  };
  if (outcome === 'filtered') return line;
  const { routing } = decision;
  const ouPath = routing && ouPathName(routing.owner);
  if (outcome === 'muted')
    return { ...line, reason: routing?.mutes[0]?.reason ?? 'muted', ouPath, routePaths: routing?.mutes.map(({ path }) => path) };
  const { receivers, place } = decision;
  return { ...line, receivers, ouPath, routePaths: routing?.receivers.map(({ path }) => path), ...place };
}
