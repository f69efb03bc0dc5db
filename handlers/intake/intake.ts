/**
 * The first use case: a finding comes in, its owner is looked up, its receivers decided, its members recorded,
 * and the problems it belongs to are woken. Safe to repeat at any point: the finding's own row is written last.
 */
import type { Config } from '../../config/schema';
import { type Admission, ASKED, admit, statusOf } from '../domain/finding/admission';
import { dated } from '../domain/finding/dates';
import { type FindingsEvent, parseEvent, parseFinding } from '../domain/finding/event';
import type { Finding, Severity } from '../domain/finding/finding';
import { findingKey } from '../domain/finding/key';
import { Unavailable } from '../domain/failure';
import { canonical } from '../domain/text/identity';
import { type Decision, decisionLine, type Place } from '../domain/problem/decision';
import { newsIn } from '../domain/problem/news';
import { fingerprintOf, memberIdOf } from '../domain/problem/problem';
import { InvalidFinding } from '../domain/text/reading';
import { merge, type Report, reportOf, sameState } from '../domain/finding/report';
import { type FindingRow, rowKeys } from '../domain/problem/rows';
import { DAY, expiry, HOUR } from '../domain/time';
import type { Clock, Journal, Ledger, WakeUps } from '../ports';
import { wakeWhatIsDue } from './due';
import { recordMember } from './members';
import type { OwnerLookup } from './owner-lookup';
import { routeFinding } from './routes';
import { recordText, textKeyOf, textOf } from './texts';

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

/** Members learn at most this often that they are still there: so that what is refreshed daily is not read back after a week. */
const SEEN_INTERVAL = 5 * DAY;
const TRIES = 8;

/**
 * @param redelivered a message that was seen before records its members and sends its wake-ups again: it may have died in between.
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
    const decision = await decide(event, raw, redelivered, deps);
    deps.journal.info('finding', { ...decisionLine(decision) });
    decisions.push(decision);
    if (decision.outcome === 'invalid') {
      const single = { ...(JSON.parse(body) as object), detail: { ...(JSON.parse(body) as { detail: object }).detail, findings: [raw] } };
      await deps.reject(JSON.stringify(single), decision.reason);
    }
  }
  return decisions;
}

async function decide(event: FindingsEvent, raw: unknown, redelivered: boolean, deps: IntakeDeps): Promise<Decision> {
  let finding: Finding;
  try {
    finding = dated(parseFinding(raw), event.time);
  } catch (error) {
    if (!(error instanceof InvalidFinding)) throw error;
    return { outcome: 'invalid', event: nameOf(event), reason: error.message };
  }
  const admission = event.kind === 'asked' ? ASKED : admit(finding, deps.config.settings);
  for (let tries = 0; tries < TRIES; tries++) {
    // What a lost attempt wrote into members is put right, also where the finding turns out to be unchanged.
    const decision = await attempt(event, finding, admission, redelivered || tries > 0, deps);
    if (decision) return decision;
  }
  throw new Unavailable(`the ledger row of finding ${findingKey(finding)} changed ${TRIES} times while it was being recorded`);
}

/** @returns undefined where the finding's row changed meanwhile: all is decided anew. */
async function attempt(
  event: FindingsEvent,
  finding: Finding,
  admission: Admission,
  redelivered: boolean,
  deps: IntakeDeps,
): Promise<Decision | undefined> {
  const { ledger, clock } = deps;
  const key = rowKeys.finding(finding);
  const row = await ledger.read<FindingRow>(key);
  const known = row?.value;
  const asked = event.kind === 'asked';
  const place: Place = { fingerprint: known?.fingerprint ?? fingerprintOf(finding), memberId: known?.memberId ?? memberIdOf(finding) };
  const { fingerprint, memberId } = place;
  const { format, id, productArn, accountId, region, severity } = finding;
  const decided = { event: nameOf(event), finding: { format, id, productArn, accountId, region, severity }, admission, place };

  if (!known && !admission.admitted && !mayBeOvertaken(finding, event, deps)) return { ...decided, outcome: 'filtered' };

  // A closing brings no words: the message keeps those of when it was open.
  const text = statusOf(finding) === 'open' || asked ? await textOf(finding, deps) : undefined;
  const report = merge(
    known?.report,
    reportOf(finding, {
      eventId: event.id,
      eventTime: event.time,
      asked,
      admission,
      textKey: text && textKeyOf(text),
      news: newsIn(finding),
    }),
  );
  if (text) await recordText(text, known?.report, report, deps);
  const severities = [...new Set([...(known?.severities ?? []), ...severityToRoute(finding, asked, deps.config)])].sort();
  const fingerprintFor = (receiver: string): string => {
    if (known?.receivers.includes(receiver)) return known.fingerprints?.[receiver] ?? fingerprint;
    return deps.config.routes.receivers[receiver]?.vulnerabilitiesBy === 'cve' ? fingerprintOf(finding, 'cve') : fingerprint;
  };
  const save = (receivers: string[], memberSeenAt: number) =>
    ledger.write<FindingRow>(
      key,
      { report, ...place, fingerprints: otherThan(fingerprint, receivers, fingerprintFor), receivers, severities, memberSeenAt },
      row?.version ?? 0,
      findingExpiry(report, receivers.length > 0, deps),
    );

  if (!report.admitted) return (await save([], 0)) ? { ...decided, outcome: 'filtered' } : undefined;

  const newSeverity = severities.length > (known?.severities?.length ?? 0);
  const seenLately = clock.now() - (known?.memberSeenAt ?? 0) < SEEN_INTERVAL;
  const unchanged = known !== undefined && known.receivers.length > 0 && sameState(known.report, report) && !newSeverity;
  if (unchanged && seenLately && !redelivered) {
    // What is known of the past is kept, so that a state which was overtaken cannot come back.
    const learned = canonical(report) !== canonical(known.report);
    if (learned && !(await save(known.receivers, known.memberSeenAt))) return undefined;
    const fingerprints = otherThan(fingerprint, known.receivers, fingerprintFor);
    return { ...decided, place: { ...place, fingerprints }, outcome: 'unchanged', receivers: known.receivers };
  }

  const routing = admission.admitted || newSeverity ? await routeFinding(finding, severities, deps) : undefined;
  const receivers = [...new Set([...(known?.receivers ?? []), ...(routing?.receivers.map(({ name }) => name) ?? [])])].sort();
  if (receivers.length === 0) {
    return (await save([], 0)) ? { ...decided, outcome: 'muted', routing } : undefined;
  }

  for (const receiver of receivers) {
    const routePath = routing?.receivers.find(({ name }) => name === receiver)?.path;
    await recordMember(
      { receiver, fingerprint: fingerprintFor(receiver) },
      {
        finding,
        report,
        memberId,
        receivers,
        elsewhere: otherThan(fingerprintFor(receiver), receivers, fingerprintFor),
        owner: routing?.owner,
        routePath,
      },
      deps,
    );
  }
  await deps.wakeUps.send(receivers.map((receiver) => ({ receiver, fingerprint: fingerprintFor(receiver) })));
  if (!(await save(receivers, clock.now()))) return undefined;
  const fingerprints = otherThan(fingerprint, receivers, fingerprintFor);
  return { ...decided, place: { ...place, fingerprints }, outcome: unchanged ? 'unchanged' : 'recorded', routing, receivers };
}

function nameOf({ kind, id }: FindingsEvent): Decision['event'] {
  return { kind, id };
}

/** The fingerprints of those receivers that have another one; undefined where none has. */
function otherThan(fingerprint: string, receivers: string[], of: (receiver: string) => string): Record<string, string> | undefined {
  const others = receivers.map((receiver) => [receiver, of(receiver)] as const).filter(([, each]) => each !== fingerprint);
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}

/** A route may name one receiver for HIGH and another for CRITICAL: who was told of either stays with the problem. */
function severityToRoute(finding: Finding, asked: boolean, { settings }: Config): Severity[] {
  const admitted = statusOf(finding) === 'open' && settings.severities.includes(finding.severity);
  return asked || admitted ? [finding.severity] : [];
}

/**
 * A closing, or a change of what was told, is worth a row where its opening is unknown only while that may still be on
 * the way: the queue keeps no order. The daily refresh of everything that passed long ago stays one read.
 */
function mayBeOvertaken(finding: Finding, event: FindingsEvent, { config: { settings } }: IntakeDeps): boolean {
  if (finding.sample && !settings.includeSamples) return false;
  // A control's FirstObservedAt is when its compliance last changed; it is refreshed daily.
  const refreshed = finding.kind === 'control' && finding.recordState === 'ACTIVE' && finding.compliance !== 'FAILED';
  const changedAt = refreshed ? finding.firstObservedAt : Math.max(finding.updatedAt, event.time);
  // By the event's own clock: a closing that a person sends back days later is as fresh as it was.
  return event.time - changedAt < settings.reopenHours * HOUR;
}

/** Told and open findings stay; closed ones go after the retention that the operator set. In epoch seconds. */
function findingExpiry(report: Report, told: boolean, { clock, config }: IntakeDeps): number | undefined {
  if (!told) return expiry(clock.now() + config.settings.reopenHours * HOUR + DAY);
  return report.latest.status === 'open' ? undefined : expiry(clock.now() + config.settings.retention.ledgerDays * DAY);
}
