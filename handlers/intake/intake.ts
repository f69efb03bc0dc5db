/**
 * The first use case: a finding comes in, its owner is looked up, its receivers decided, its members recorded,
 * and the problems it belongs to are woken. Safe to repeat at any point: the finding's own row is written last.
 */
import type { Config } from '../../config/schema';
import { type Admission, admit, statusOf } from '../domain/admission';
import { briefOf, type OfficialText, officialText } from '../domain/brief';
import { type HubEvent, parseEvent, parseFinding } from '../domain/event';
import type { Finding } from '../domain/finding';
import { canonical, hash } from '../domain/identity';
import { ouPathName } from '../domain/owner';
import { fingerprintOf, memberIdOf } from '../domain/problem';
import { InvalidFinding } from '../domain/reading';
import { compareRevisions, merge, type Report, reportOf, sameState } from '../domain/report';
import { route } from '../domain/routing';
import { type FindingRow, rowKeys, type TextRow } from '../domain/rows';
import { change } from '../optimistic';
import type { Clock, Journal, Ledger, WakeUps } from '../ports';
import { wakeWhatIsDue } from './due';
import { recordMember } from './members';
import type { OwnerLookup } from './owner-lookup';

export interface IntakeDeps {
  config: Config;
  ledger: Ledger;
  owners: OwnerLookup;
  wakeUps: WakeUps;
  clock: Clock;
  journal: Journal;
  /** Takes one finding of an event that cannot be read, with the reason. */
  reject(body: string, reason: string): Promise<void>;
}

/** What became of one finding; logged as it is. */
export interface Decision {
  eventId: string;
  findingId?: string;
  accountId?: string;
  severity?: string;
  ouPath?: string;
  admitted: boolean;
  reason: string;
  outcome: 'recorded' | 'unchanged' | 'filtered' | 'muted' | 'invalid';
  receivers: string[];
  routePaths?: string[][];
  fingerprint?: string;
  memberId?: string;
}

const DAY = 86_400_000;
/** Members learn at most this often that they are still there; it only serves to show what is stale. */
const SEEN_INTERVAL = 7 * DAY;
const TRIES = 8;

/**
 * @param redelivered a message that was seen before sends its wake-ups again: it may have died before they were accepted.
 * @throws InvalidFinding when nothing of the message can be read; Later when it must wait.
 */
export async function intake(body: string, redelivered: boolean, deps: IntakeDeps): Promise<Decision[]> {
  const event = parseEvent(body);
  if (event.kind === 'tick') {
    await wakeWhatIsDue(deps);
    return [];
  }
  const decisions: Decision[] = [];
  for (const raw of event.findings) {
    const decision = await one(event, raw, redelivered, deps);
    deps.journal.info('finding', { ...decision });
    decisions.push(decision);
    if (decision.outcome === 'invalid') {
      const single = { ...(JSON.parse(body) as object), detail: { ...(JSON.parse(body) as { detail: object }).detail, findings: [raw] } };
      await deps.reject(JSON.stringify(single), decision.reason);
    }
  }
  return decisions;
}

async function one(event: HubEvent, raw: unknown, redelivered: boolean, deps: IntakeDeps): Promise<Decision> {
  let finding: Finding;
  try {
    finding = parseFinding(raw);
  } catch (error) {
    if (!(error instanceof InvalidFinding)) throw error;
    return { eventId: event.id, admitted: false, reason: error.message, outcome: 'invalid', receivers: [] };
  }
  const asked = event.kind === 'asked';
  const admission: Admission = asked ? { admitted: true, reason: 'chosen by hand in Security Hub' } : admit(finding, deps.config.settings);
  for (let tries = 0; tries < TRIES; tries++) {
    const decision = await attempt(event, finding, admission, redelivered, deps);
    if (decision) return decision;
  }
  throw new Error(`the ledger row of finding ${finding.id} changed ${TRIES} times while it was being recorded; the message is tried again`);
}

/** @returns undefined where the finding's row changed meanwhile: all is decided anew. */
async function attempt(
  event: HubEvent,
  finding: Finding,
  admission: Admission,
  redelivered: boolean,
  deps: IntakeDeps,
): Promise<Decision | undefined> {
  const { ledger, clock } = deps;
  const key = rowKeys.finding(finding.id);
  const row = await ledger.read<FindingRow>(key);
  const known = row?.value;
  const asked = event.kind === 'asked';
  const decided = (outcome: Decision['outcome'], more: Partial<Decision> = {}): Decision => ({
    eventId: event.id,
    findingId: finding.id,
    accountId: finding.accountId,
    severity: finding.severity,
    admitted: admission.admitted,
    reason: admission.reason,
    outcome,
    receivers: [],
    ...more,
  });

  if (!known && !admission.admitted && !mayBeOvertaken(finding, event, deps)) return decided('filtered');

  // A closing brings no words: the message keeps those of when it was open.
  const text = statusOf(finding) === 'open' || asked ? await textOf(finding, deps) : undefined;
  const textKey = text && hash(canonical(text));
  const report = merge(known?.report, reportOf(finding, { eventId: event.id, eventTime: event.time, asked, admission, textKey }));
  const fingerprint = known?.fingerprint ?? fingerprintOf(finding);
  const memberId = known?.memberId ?? memberIdOf(finding);
  const place = { fingerprint, memberId };
  const save = (receivers: string[], memberSeenAt: number) =>
    ledger.write<FindingRow>(key, { report, ...place, receivers, memberSeenAt }, row?.version ?? 0, expiry(report, deps));

  if (!report.admitted) return (await save([], 0)) ? decided('filtered') : undefined;

  const seenLately = clock.now() - (known?.memberSeenAt ?? 0) < SEEN_INTERVAL;
  if (known && known.receivers.length > 0 && sameState(known.report, report) && seenLately && !redelivered) {
    const newer = compareRevisions(report.latest.revision, known.report.latest.revision) > 0;
    // The newest revision is kept, so that a state which it overtook cannot come back.
    if (newer && !(await save(known.receivers, known.memberSeenAt))) return undefined;
    return decided('unchanged', { receivers: known.receivers, ...place });
  }

  const routed = admission.admitted ? await routeFinding(finding, deps) : undefined;
  const receivers = [...new Set([...(known?.receivers ?? []), ...(routed?.receivers.map(({ name }) => name) ?? [])])].sort();
  const ouPath = routed && ouPathName(routed.owner);
  if (receivers.length === 0)
    return decided('muted', { reason: routed?.mutes[0]?.reason ?? 'muted', ouPath, routePaths: routed?.mutes.map(({ path }) => path) });

  for (const receiver of receivers) {
    const problem = { receiver, fingerprint };
    if (text && textKey)
      await change<TextRow, void>(ledger, rowKeys.text(problem, textKey), (there) => ({
        next: there ? undefined : text,
        result: undefined,
      }));
    await recordMember(
      problem,
      {
        finding,
        report,
        memberId,
        receivers,
        owner: routed?.owner,
        routePath: routed?.receivers.find(({ name }) => name === receiver)?.path,
      },
      deps,
    );
  }
  await deps.wakeUps.send(receivers.map((receiver) => ({ receiver, fingerprint })));
  if (!(await save(receivers, clock.now()))) return undefined;
  return decided('recorded', { receivers, ouPath, routePaths: routed?.receivers.map(({ path }) => path), ...place });
}

async function routeFinding(finding: Finding, deps: IntakeDeps) {
  const owner = await deps.owners.ownerOf(finding.accountId, finding.accountName);
  const decision = route(
    deps.config.routes,
    {
      accountId: finding.accountId,
      ouPath: owner.ouPath,
      ouKnown: owner.knowledge !== 'unknown',
      tags: owner.tags,
      severity: finding.severity,
      product: finding.product,
      controlId: finding.controlId,
      types: finding.types,
      resourceTypes: finding.resources.map(({ type }) => type),
      region: finding.region,
    },
    deps.clock.now(),
  );
  return { owner, ...decision };
}

/**
 * A closing of what was never told is worth a row only where its opening may still be on the way: the queue keeps no
 * order. The daily refresh of everything that passed long ago stays one read.
 */
function mayBeOvertaken(finding: Finding, event: HubEvent, { config, clock }: IntakeDeps): boolean {
  if (statusOf(finding) === 'open') return false;
  const changedAt =
    finding.kind === 'control' && finding.compliance === 'PASSED' ? finding.firstObservedAt : Math.max(finding.updatedAt, event.time);
  return clock.now() - changedAt < config.settings.reopenHours * 3_600_000;
}

/** Open findings stay; closed ones go after the retention that the operator set, in epoch seconds. */
function expiry(report: Report, { clock, config }: IntakeDeps): number | undefined {
  if (!report.admitted) return Math.floor((clock.now() + config.settings.reopenHours * 3_600_000 + DAY) / 1000);
  return report.latest.status === 'open' ? undefined : Math.floor((clock.now() + config.settings.retention.ledgerDays * DAY) / 1000);
}

async function textOf(finding: Finding, deps: IntakeDeps): Promise<TextRow> {
  const official = finding.kind === 'control' ? await firstWording(finding, deps) : undefined;
  return {
    kind: finding.kind,
    product: finding.product,
    title: finding.title.slice(0, 512),
    description: finding.description.slice(0, 1500),
    ...(finding.remediation ? { remediation: { text: finding.remediation.text?.slice(0, 1000), url: finding.remediation.url } } : {}),
    ...(finding.controlId ? { controlId: finding.controlId } : {}),
    types: finding.types.slice(0, 5),
    brief: briefOf(finding, official, deps.config.settings.trustText),
  };
}

/** Four standards word the same control differently: the first wording serves all, so that they share one brief. */
async function firstWording(finding: Finding, { ledger }: IntakeDeps): Promise<OfficialText | undefined> {
  const official = officialText(finding);
  if (!finding.controlId || !official) return official;
  return change<OfficialText, OfficialText>(ledger, rowKeys.controlText(finding.controlId), (there) => ({
    next: there ? undefined : official,
    result: there ?? official,
  }));
}
