/**
 * The first use case: a finding comes in, its owner is looked up, its receivers decided, its row written, and a mark left
 * in each problem that it belongs to. Safe to repeat at any point: the row says that marks are owed until they are out.
 */
import { preferredOwner, taggedOwner } from '../../config/routing/owner-tags';
import type { Config } from '../../config/schema';
import { type Admission, ASKED, admit, statusOf } from '../domain/finding/admission';
import { dated } from '../domain/finding/dates';
import { type FindingsEvent, parseEvent, parseFinding } from '../domain/finding/event';
import type { Finding, Severity } from '../domain/finding/finding';
import { findingKey } from '../domain/finding/key';
import { Unavailable } from '../domain/failure';
import { canonical } from '../domain/text/identity';
import { type Decision, decisionLine, type Place, type Routing } from '../domain/problem/decision';
import { changed } from '../domain/problem/marks';
import { newsIn } from '../domain/problem/news';
import { fingerprintOf, memberIdOf } from '../domain/problem/problem';
import { InvalidFinding } from '../domain/text/reading';
import { isRefresh, merge, reportOf, sameState } from '../domain/finding/report';
import { type FindingFacts, type FindingRow, rowKeys } from '../domain/problem/rows';
import { textKeyOf } from '../domain/problem/text-key';
import { DAY, HOUR } from '../domain/time';
import type { WorkJournal } from '../correlation';
import { putMarks, written } from '../finding-rows';
import type { Meter } from '../ports';
import type { AnnouncementDeps, Owed } from './announcement';
import { awaitOwner, passOn, type PassOnDeps, questionIn } from './pass-on';
import { routed, routeFinding, unknownOwner } from './routes';
import type { Texts } from './texts';

export interface IntakeDeps extends AnnouncementDeps, PassOnDeps {
  texts: Texts;
  journal: WorkJournal;
  meter: Meter;
  /** Takes one finding of an event that cannot be read, with the reason. */
  reject(body: string, reason: string): Promise<void>;
}

/** Problems learn at most this often that a finding is still there: so that what is refreshed daily is not read back after a week. */
const SEEN_INTERVAL = 5 * DAY;
const TRIES = 8;

/** What came of a message: its decisions, and the marks that are out while the problems of them are not woken yet. */
export interface Taken {
  decisions: Decision[];
  owed: Owed[];
  /** Puts away what of it cannot be read. Last: while anything of the message has to wait, all of it comes back, and would be put away with each try. */
  reject(): Promise<void>;
}

/**
 * Records what a message brings. What it answers as owed is to be announced, and then the rest rejected, or the message must come back.
 * @throws InvalidFinding when nothing of the message can be read; Later when it must wait.
 */
export async function intake(body: string, deps: IntakeDeps): Promise<Taken> {
  const question = questionIn(body);
  if (question) return { decisions: [], owed: await passOn(question, deps), reject: async () => undefined };
  const event = parseEvent(body);
  deps.journal.about({ eventId: event.id });
  deps.meter.count('Events', { kind: event.kind === 'asked' ? 'custom-action' : event.format });
  const rejected: [body: string, reason: string][] = [];
  const reject = async () => {
    for (const each of rejected) await deps.reject(...each);
  };
  const taken: Taken = { decisions: [], owed: [], reject };
  for (const raw of event.findings) {
    const { decision, owed } = await decide(event, raw, deps);
    deps.journal.info('finding', { ...decisionLine(decision) });
    count(decision, deps.meter);
    taken.decisions.push(decision);
    if (owed) taken.owed.push(owed);
    if (decision.outcome === 'invalid') {
      const whole = JSON.parse(body) as { detail: object };
      rejected.push([JSON.stringify({ ...whole, detail: { ...whole.detail, findings: [raw] } }), decision.reason]);
    }
  }
  return taken;
}

function count(decision: Decision, meter: Meter): void {
  meter.count('Findings', { outcome: decision.outcome });
  const knowledge = 'routing' in decision ? decision.routing?.owner.knowledge : undefined;
  if (knowledge === 'stale' || knowledge === 'unknown') meter.count('StaleAnswers', { knowledge });
}

interface Outcome {
  decision: Decision;
  owed?: Owed;
}

async function decide(event: FindingsEvent, raw: unknown, deps: IntakeDeps): Promise<Outcome> {
  let finding: Finding;
  try {
    finding = dated(parseFinding(raw), event.time);
  } catch (error) {
    if (!(error instanceof InvalidFinding)) throw error;
    return { decision: { outcome: 'invalid', event: nameOf(event), reason: error.message } };
  }
  const admission = event.kind === 'asked' ? ASKED : admit(finding, deps.config.settings);
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await attempt(event, finding, admission, deps);
    if (outcome) return outcome;
  }
  throw new Unavailable(`the ledger row of finding ${findingKey(finding)} changed ${TRIES} times while it was being recorded`);
}

/** @returns undefined where the finding's row changed meanwhile: all is decided anew. */
async function attempt(event: FindingsEvent, finding: Finding, admission: Admission, deps: IntakeDeps): Promise<Outcome | undefined> {
  const { ledger, clock } = deps;
  const key = rowKeys.finding(findingKey(finding));
  const row = await ledger.read<FindingRow>(key);
  const known = row?.value;
  const asked = event.kind === 'asked';
  const place: Place = { fingerprint: known?.fingerprint ?? fingerprintOf(finding), memberId: known?.memberId ?? memberIdOf(finding) };
  const { format, id, productArn, accountId, region, severity } = finding;
  const decided = { event: nameOf(event), finding: { format, id, productArn, accountId, region, severity }, admission, place };

  if (!known && !admission.admitted && !mayBeOvertaken(finding, event, deps)) return { decision: { ...decided, outcome: 'filtered' } };

  const seenLately = clock.now() - (known?.told?.seenAt ?? 0) < SEEN_INTERVAL;
  const occasion = { eventId: event.id, eventTime: event.time, asked, admission, news: newsIn(finding) };
  const wordless = merge(known?.report, reportOf(finding, occasion));
  // A closing brings no words: the message keeps those of when it was open. What repeats a state that is known brings none either.
  const repeats = seenLately && sameState(known?.report, wordless) && canonical(known?.report.wordings) === canonical(wordless.wordings);
  const text = !repeats && (statusOf(finding) === 'open' || asked) ? await deps.texts.of(finding) : undefined;
  const report = text ? merge(known?.report, reportOf(finding, { ...occasion, textKey: textKeyOf(text) })) : wordless;
  if (text) await deps.texts.record(text, report);
  const severities = [...new Set([...(known?.severities ?? []), ...severityToRoute(finding, asked, deps.config)])].sort();
  const stands: FindingRow = { receivers: [], changes: 0, ...known, ...place, report, severities };
  /** @returns the row as it stands then; undefined where another worker wrote it. */
  const save = (value: FindingRow) => written({ key, value, version: row?.version ?? 0 }, deps);

  if (!report.admitted) return (await save(stands)) && { decision: { ...decided, outcome: 'filtered' } };

  const newSeverity = severities.length > (known?.severities?.length ?? 0);
  const unchanged = known !== undefined && known.receivers.length > 0 && sameState(known.report, report) && !newSeverity;
  let routing: Routing | undefined;
  let saved = row;
  if (unchanged && seenLately) {
    // What is known of the past is kept, so that a state which was overtaken cannot come back.
    if (!isRefresh(known.report, report) && canonical(report) !== canonical(known.report)) saved = await save(stands);
  } else {
    if (admission.admitted || newSeverity) routing = await routeFinding(finding, severities, deps);
    const change = toTell(finding, stands, routing, deps);
    if (change.receivers.length === 0) return (await save(stands)) && { decision: { ...decided, outcome: 'muted', routing } };
    saved = await save(changed(stands, change, deps.config.routes));
  }
  if (!saved) return undefined;
  const { receivers, fingerprints, owed } = saved.value;
  const outcome = unchanged ? 'unchanged' : 'recorded';
  const decision: Decision = { ...decided, place: { ...place, fingerprints }, outcome, routing, receivers };
  if (!owed) return { decision };
  await awaitOwner(finding, saved.value, deps);
  await putMarks(saved, deps);
  return { decision, owed: { row: saved, again: known?.owed === true } };
}

/** Who is told of it, and what they are shown of it beside its state. @param routing absent at a closing: what is known stays. */
function toTell(
  finding: Finding,
  known: FindingRow,
  routing: Routing | undefined,
  { config, clock }: Pick<IntakeDeps, 'config' | 'clock'>,
): { receivers: string[]; told: FindingFacts } {
  const now = clock.now();
  const [resource] = finding.resources;
  const { receivers, told } = routed(known, routing ?? { owner: unknownOwner(finding), receivers: [] }, routing ? now : 0);
  const named = routing && taggedOwner(config.settings.ownerTags, routing.owner.tags, finding.resourceTags ?? {});
  return {
    receivers,
    told: {
      ...told,
      // Without an answer of Organizations what was known of the account stands.
      taggedOwner: routing && routing.owner.knowledge !== 'unknown' ? named : preferredOwner(named, known.told?.taggedOwner),
      region: finding.region,
      resource: { ...resource, id: resource.id.slice(0, 512), name: resource.name.slice(0, 256) },
      addedAt: known.told?.addedAt ?? now,
      seenAt: now,
    },
  };
}

function nameOf({ kind, id }: FindingsEvent): Decision['event'] {
  return { kind, id };
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
