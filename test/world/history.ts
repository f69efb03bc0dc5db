/**
 * Findings as they live: what the two Security Hubs would send of them over some hours, and, reckoned from these facts
 * alone and in another way than the product does, what has to stand in Slack in the end.
 */
import { type FindingParts, asked, controlFinding, eventOf, ocsfFinding, threatFinding } from './events';
import { MINUTE, START } from '../../cli/simulate/world/simulation';

export const CHANGES = ['open', 'rise', 're-emit', 'notify', 'suppress', 'resolve', 'pass', 'archive', 'ask'] as const;
export type Change = (typeof CHANGES)[number];
type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'INFORMATIONAL';

export interface Step {
  change: Change;
  /** Of what opens or rises. */
  severity: Exclude<Severity, 'INFORMATIONAL'>;
  /** Since the step before; 0 makes two events of the same moment. */
  minutes: number;
}
export interface Life {
  kind: 'control' | 'ocsf' | 'threat';
  control: string;
  account: string;
  /** Name of the bucket, or of the instance behind a threat. */
  resource: string;
  standard: string;
  reason: string;
  steps: Step[];
}

/** One event, and what it says of its finding. */
export interface Happening {
  life: Life;
  event: object;
  at: number;
  revision: [updatedAt: number, eventTime: number, eventId: string];
  open: boolean;
  /** Whether rules or a person admit it. */
  admitted: boolean;
  asked: boolean;
  severity: Severity;
}

/** What Security Hub sends of one finding, in the order in which it happens. The first step always opens it. */
export function happenings(life: Life, n: number): Happening[] {
  let at = START;
  let firstObservedAt = START;
  let state = { severity: 'HIGH' as Severity, workflow: 'NEW', recordState: 'ACTIVE', compliance: 'FAILED', updatedAt: START };
  return life.steps.map((step, index) => {
    at += step.minutes * MINUTE;
    const change = index === 0 ? 'open' : possible(step.change, life.kind);
    if ((change === 'open' && state.compliance === 'PASSED') || change === 'pass') firstObservedAt = at;
    state = { ...state, ...changed(change, step.severity, at) };
    // A threat's title changes with each event; a control's does not.
    const title = life.kind === 'threat' ? `Seen ${index + 1} times` : undefined;
    const parts: FindingParts = { ...life, bucket: life.resource, ...state, firstObservedAt, title };
    const eventId = `${((index * 7 + n * 3) % 16).toString(16)}-${n}-${index}`;
    const byHand = change === 'ask';
    const open = state.compliance !== 'PASSED' && state.recordState === 'ACTIVE' && ['NEW', 'NOTIFIED'].includes(state.workflow);
    return {
      life,
      event: eventFor(life, parts, byHand, { time: at, eventId }),
      at,
      revision: [state.updatedAt, at, eventId],
      open,
      admitted: byHand || (open && state.workflow === 'NEW' && ['CRITICAL', 'HIGH'].includes(state.severity)),
      asked: byHand,
      severity: state.severity,
    };
  });
}

/** A threat has no compliance, and the new Security Hub no custom actions. */
function possible(change: Change, kind: Life['kind']): Change {
  if (change === 'pass' && kind === 'threat') return 'archive';
  return change === 'ask' && kind === 'ocsf' ? 're-emit' : change;
}

function changed(change: Change, severity: Severity, at: number) {
  switch (change) {
    case 'open':
      return { severity, workflow: 'NEW', recordState: 'ACTIVE', compliance: 'FAILED', updatedAt: at };
    case 'rise':
      return { severity, updatedAt: at };
    case 're-emit':
      return { updatedAt: at };
    // BatchUpdateFindings leaves UpdatedAt as it is.
    case 'notify':
      return { workflow: 'NOTIFIED' };
    case 'suppress':
      return { workflow: 'SUPPRESSED' };
    case 'resolve':
      return { workflow: 'RESOLVED' };
    case 'pass':
      return { severity: 'INFORMATIONAL' as const, compliance: 'PASSED', updatedAt: at };
    case 'archive':
      return { recordState: 'ARCHIVED', updatedAt: at };
    case 'ask':
      return {};
  }
}

function eventFor({ kind, resource }: Life, parts: FindingParts, byHand: boolean, sent: { time: number; eventId: string }): object {
  if (kind === 'ocsf') return eventOf('ocsf', ocsfFinding(parts), sent);
  const finding = kind === 'threat' ? threatFinding({ ...parts, instance: resource }) : controlFinding(parts);
  return byHand ? asked(finding, sent) : eventOf('asff', finding, sent);
}

/** One problem of one receiver, as its message has to show it. */
export interface Standing {
  receiver: string;
  problem: string;
  open: number;
  closed: number;
  severity: Severity;
  /** When the last of it closed; undefined while anything is open. */
  closedAt?: number;
  /** What is open: somebody must have been notified of each by its name. */
  resources: string[];
}

interface MemberFacts {
  receiver: string;
  problem: string;
  resource: string;
  findings: { open: boolean; severity: Severity; closedAt: number }[];
}

const RANK: Severity[] = ['INFORMATIONAL', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** @param receiversOf the route's answer for an account and a severity, told by hand and not by the product. */
export function expected(all: readonly Happening[], receiversOf: (account: string, severity: Severity) => string[]): Standing[] {
  const members = new Map<string, MemberFacts>();
  for (const life of new Set(all.map((each) => each.life))) {
    const known = all.filter((each) => each.life === life).sort((a, b) => compare(a.revision, b.revision));
    if (!known.some(({ admitted }) => admitted)) continue;
    const severities = known.flatMap((each) =>
      each.asked || (each.open && ['CRITICAL', 'HIGH'].includes(each.severity)) ? [each.severity] : [],
    );
    const latestTold = known.findLast((each) => each.open || each.asked);
    const finding = {
      open: known.at(-1)?.open ?? false,
      severity: latestTold?.severity ?? 'INFORMATIONAL',
      closedAt: known[known.findLastIndex((each) => each.open) + 1]?.at ?? 0,
    };
    const problem = life.kind === 'threat' ? `threat ${life.account}` : life.control;
    for (const receiver of new Set(severities.flatMap((severity) => receiversOf(life.account, severity)))) {
      const key = [receiver, problem, life.account, life.resource].join('|');
      const member = members.get(key) ?? { receiver, problem, resource: life.resource, findings: [] };
      member.findings.push(finding);
      members.set(key, member);
    }
  }
  const problems = new Map<string, MemberFacts[]>();
  for (const member of members.values()) {
    const name = `${member.receiver}|${member.problem}`;
    problems.set(name, [...(problems.get(name) ?? []), member]);
  }
  return [...problems.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const open = group.filter(({ findings }) => findings.some((finding) => finding.open));
    const telling =
      open.length > 0
        ? open.flatMap(({ findings }) => findings.filter((finding) => finding.open))
        : group.flatMap(({ findings }) => findings);
    return {
      receiver: first.receiver,
      problem: first.problem,
      open: open.length,
      closed: group.length - open.length,
      severity: RANK[Math.max(...telling.map(({ severity }) => RANK.indexOf(severity)))] ?? 'INFORMATIONAL',
      resources: [...new Set(open.map(({ resource }) => resource))].sort(),
      closedAt: open.length > 0 ? undefined : Math.max(...group.flatMap(({ findings }) => findings.map(({ closedAt }) => closedAt))),
    };
  });
}

function compare(a: Happening['revision'], b: Happening['revision']): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1);
}
