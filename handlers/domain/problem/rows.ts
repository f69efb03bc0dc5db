/**
 * The ledger's rows and where each stands. Whoever writes a row is named: intake writes findings and members,
 * deliver alone writes a problem's header and what was told. The sizes stay far below DynamoDB's 400 KB an item.
 */
import type { Brief } from '../interpretation/brief';
import type { Briefing } from '../interpretation/briefing';
import type { Finding, Resource, Severity } from '../finding/finding';
import { type FindingName, findingKey } from '../finding/key';
import type { Owner } from '../../../config/routing/owner';
import type { Report } from '../finding/report';

/** One finding: its merged report, and who was to be told. Written by intake, last, when its wake-ups were accepted; deliver adds what it read back. */
export interface FindingRow {
  report: Report;
  fingerprint: string;
  /** Of receivers that gather vulnerabilities otherwise, by name; what was told under one fingerprint ends under it. */
  fingerprints?: Record<string, string>;
  memberId: string;
  receivers: string[];
  /** The severities of its open events by which it was routed: a route may name others for another severity. */
  severities?: Severity[];
  /** When the members last learned that it was seen, in epoch milliseconds. */
  memberSeenAt: number;
}

/**
 * What one finding says of one resource, in one problem, for one receiver. Written by intake, and by deliver what it reads
 * back; both by way of the merge, where nobody else wrote in between. However many findings a resource
 * has, each is a row: none pushes out another, and a row holds no text that its author may choose the length of.
 */
export interface ReportRow {
  memberId: string;
  /** Without tags, which only routing reads; as it was known at `ownerAt`, in epoch milliseconds. */
  owner: Owner;
  ownerAt: number;
  region: string;
  resource: Resource;
  report: Report;
  /** Empty where it was not routed here itself. */
  routePath: string[];
  addedAt: number;
  /** When it was last known to be there, by an event or as read back. */
  seenAt: number;
  /** Security Hub was asked for it and answered without it, since then no event came. Epoch milliseconds. */
  missingSince?: number;
  /** All receivers of the finding, this one included. */
  receivers: string[];
  /** The fingerprints of those that gather it otherwise, by receiver; see vulnerabilitiesBy. */
  elsewhere?: Record<string, string>;
}

/** One resource of one problem for one receiver: what the rows of its findings come to (member.ts). Not a row of the ledger. */
export interface MemberRow {
  memberId: string;
  owner: Owner;
  region: string;
  resource: Resource;
  otherResources: number;
  /** By findingKey; all of them. */
  reports: Record<string, Report>;
  /** The route of the finding that is named first. */
  routePath: string[];
  addedAt: number;
  seenAt: number;
  /** Receivers of its findings, this one included. */
  receivers: string[];
  /** See ReportRow. */
  elsewhere?: Record<string, string>;
}

/** The words of a finding, once for all members of all problems that share them. Written by intake. */
export interface TextRow {
  kind: Finding['kind'];
  product: string;
  title: string;
  description: string;
  remediation?: { text?: string; url?: string };
  controlId?: string;
  types: string[];
  brief: Brief;
}

export interface MessageReference {
  channel: string;
  ts: string;
}

/** What the model said for this problem, or why it did not. */
export interface Interpretation {
  briefing?: Briefing;
  briefHash: string;
  promptVersion: string;
  model?: string;
  inputTokens?: number;
  outputTokens?: number;
  /** Failed tries so far, and when the next one is due. */
  tries: number;
  nextAt?: number;
  failure?: string;
}

/** The problem as told to one receiver. Written by deliver alone. */
export interface HeaderRow {
  /** Counts the messages that this problem has had here, one after the other. */
  generation: number;
  /** What closed before this was told in an earlier message. */
  generationAt: number;
  message?: MessageReference & { postedAt: number };
  previous?: MessageReference;
  /** Link to the previous message, and how often Slack was asked for it. */
  earlierUrl?: string;
  linkTries?: number;
  contentHash?: string;
  severity?: Severity;
  lastUpdateAt: number;
  lastReplyAt: number;
  lastBroadcastAt: number;
  resolvedAt?: number;
  /** Whether the thread has the list of those that the message does not name. */
  listed?: boolean;
  /** Posts and replies that are known to stand in the channel. */
  confirmed: number;
  /** A post that was begun and whose outcome is not recorded. */
  attempt?: { step: string; at: number; unknown: number };
  interpretation?: Interpretation;
  /** The turn reserved at the channel, in epoch milliseconds. */
  ticket?: number;
  /** The same for an edit. */
  editTicket?: number;
  /** The same for marking in Security Hub. */
  hubTicket?: number;
  /** Sort key of its row in the due partition. */
  due?: string;
  /** Sort key of its row in the read-back partition, while anything is told as open. */
  readBack?: string;
  /** Since when there is something to tell that waits in the ledger, for Slack and not for its time; epoch milliseconds. */
  waitingSince?: number;
  /** Whether findings wait to be marked NOTIFIED in Security Hub. */
  writeBackPending: boolean;
  /** Security Hub refuses to mark them: since when, how often it was asked, and when it is asked again. */
  marking?: { since: number; tries: number; nextAt: number };
  /** All that was woken before this has been looked at, in epoch milliseconds. */
  coveredThrough: number;
}

/** What was told of one member: open or not, how bad, by which custom action, and by what kind of message. */
export interface Told {
  open: boolean;
  severity: Severity;
  asked?: string;
  /** The latest new episode that was told; see renewedAt. */
  renewed?: number;
  by: 'post' | 'reply';
  /** What it had that is worth calling for again; see news. */
  news?: string[];
  /** The chapter it was told in, by its generationAt: what was told as open there ends there, however late its closing comes. */
  chapter?: number;
  /** How many findings reported it then: those that came later are to be marked as well. */
  findings?: number;
  /** Still to be marked NOTIFIED. */
  toBeMarked?: boolean;
  /** So often Security Hub would not: those that it has not refused go first. */
  markRefused?: number;
  /** Of a member with more findings than a call takes: the last one asked for, by its key, and whether any so far was refused. */
  markedThrough?: string;
  partRefused?: true;
}
/**
 * `next` is written before a telling and holds once that telling is confirmed in the header: so the header's one write
 * after a post records it for all members at once, and a crash before it leaves what was true before.
 */
export interface ToldEntry {
  now?: Told;
  next?: Told & { telling: number };
}
/** What counts as told: `next` once its telling is confirmed. @param confirmed of the header that the entry belongs to. */
export function toldOnceConfirmed({ now, next }: ToldEntry, confirmed: number): Told | undefined {
  if (!next || next.telling > confirmed) return now;
  const { telling: _telling, ...told } = next;
  return told;
}

/** A slice of what was told, by member id: 256 pages a problem, so that 100,000 members fit. */
export type ToldPage = Record<string, ToldEntry>;

/** One delivery, for whoever asks later what was said, why, and with which words. */
export interface DeliveryRow {
  at: number;
  action: string;
  channel: string;
  ts: string;
  broadcast?: boolean;
  receiver: string;
  routePath: string[];
  severity: Severity;
  open: number;
  closed: number;
  members: number;
  briefHash?: string;
  promptVersion?: string;
  model?: string;
  inputTokens?: number;
  outputTokens?: number;
  contentHash?: string;
}

export interface LedgerKey {
  pk: string;
  sk: string;
}

export interface ProblemKey {
  receiver: string;
  fingerprint: string;
}

/** What the sort keys of a problem's reports begin with. */
export const REPORTS = 'member#';

export const rowKeys = {
  finding: (finding: FindingName): LedgerKey => ({ pk: `finding#${findingKey(finding)}`, sk: 'finding' }),
  problem: (problem: ProblemKey) => `problem#${problem.receiver}#${problem.fingerprint}`,
  header: (problem: ProblemKey): LedgerKey => ({ pk: rowKeys.problem(problem), sk: 'header' }),
  report: (problem: ProblemKey, memberId: string, finding: FindingName): LedgerKey => ({
    pk: rowKeys.problem(problem),
    sk: `${REPORTS}${memberId}#${findingKey(finding)}`,
  }),
  text: (textKey: string): LedgerKey => ({ pk: `text#${textKey}`, sk: 'text' }),
  told: (problem: ProblemKey, memberId: string): LedgerKey => ({ pk: rowKeys.problem(problem), sk: `told#${toldPage(memberId)}` }),
  delivery: (problem: ProblemKey, name: string): LedgerKey => ({ pk: rowKeys.problem(problem), sk: `delivery#${name}` }),
  controlText: (controlId: string): LedgerKey => ({ pk: `control#${controlId}`, sk: 'text' }),
  account: (accountId: string): LedgerKey => ({ pk: `account#${accountId}`, sk: 'owner' }),
  unit: (unitId: string): LedgerKey => ({ pk: `unit#${unitId}`, sk: 'name' }),
  briefing: (cacheKey: string): LedgerKey => ({ pk: `briefing#${cacheKey}`, sk: 'briefing' }),
  lease: (name: string): LedgerKey => ({ pk: `lease#${name}`, sk: 'lease' }),
  breaker: (name: string): LedgerKey => ({ pk: `breaker#${name}`, sk: 'breaker' }),
  slot: (name: string): LedgerKey => ({ pk: `slot#${name}`, sk: 'slot' }),
  hold: (channel: string): LedgerKey => ({ pk: `hold#${channel}`, sk: 'hold' }),
  away: (service: string): LedgerKey => ({ pk: `away#${service}`, sk: 'away' }),
  failures: (messageId: string): LedgerKey => ({ pk: `failures#${messageId}`, sk: 'failures' }),
  due: (sk: string): LedgerKey => ({ pk: sk.startsWith('read-back#') ? 'read-back' : 'due', sk }),
};

/** The first byte of the member's hash. */
export function toldPage(memberId: string): string {
  return memberId.slice(0, 2);
}

/** The findingKey in a report's sort key: what was hashed once is not hashed at each look. */
export function reportKey({ sk }: LedgerKey): string {
  return sk.slice(sk.lastIndexOf('#') + 1);
}
