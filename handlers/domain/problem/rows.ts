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
import type { Ticket } from '../pacing';
import { hash } from '../text/identity';
import type { Member } from './member';
import type { Sums } from './sums';

/**
 * One finding: its merged report, whose it is, and who is told of it. Written by intake, and by deliver what it reads back;
 * both by way of the merge, where nobody else wrote in between.
 */
export interface FindingRow {
  report: Report;
  fingerprint: string;
  /** Of receivers that gather vulnerabilities otherwise, by name; what was told under one fingerprint ends under it. */
  fingerprints?: Record<string, string>;
  memberId: string;
  receivers: string[];
  /** The severities of its open events by which it was routed: a route may name others for another severity. */
  severities?: Severity[];
  /** Counts what changed in this row: a mark names the change that it stands for, so that none is ever used twice. */
  changes: number;
  /** The marks or the wake-up of the last change may not be out. */
  owed?: true;
  /** What is told of it; absent where it is told to nobody. */
  told?: FindingFacts;
}

/** What of a finding its readers see beside its state. */
export interface FindingFacts {
  /** Without tags, which only routing reads; as it was known at `ownerAt`, in epoch milliseconds. */
  owner: Owner;
  ownerAt: number;
  region: string;
  resource: Resource;
  /** Told to these, since its owner came to be known after others had been told. */
  passedTo?: string[];
  /** By receiver. */
  routePaths: Record<string, string[]>;
  addedAt: number;
  /** When it was last known to be there, by an event or as read back. */
  seenAt: number;
  /** Security Hub was asked for it and answered without it, since then no event came. Epoch milliseconds. */
  missingSince?: number;
}

/** Says that one change of one finding is not counted yet in one problem. Put by intake, removed by deliver once it is. */
export interface Mark {
  /** findingKey */
  finding: string;
  memberId: string;
}

/** A problem that deliver is to look at: while it stands, no other wake-up is needed. */
export interface Flag {
  problem: ProblemKey;
  nonce: string;
  at: number;
}

/** One resource of a problem as it was counted last: what the sums hold of it, and what of it was told. Written by deliver. */
export interface StateRow {
  member: Member;
  /** The keys of its findings. */
  findings: string[];
  /** The fold that counted it, and the one that first did. */
  fold: number;
  since: number;
  /** The chapter it counts in, by its generationAt; see inChapter. */
  chapter: number;
  /** What was told of it before this fold; see toldAt. */
  base?: Told;
  /** What of this fold readers have not been told, unless a telling came since. */
  fresh?: Freshness;
}

/** news: a resource whose findings are worth a call; more: further findings of one that was told. */
export type Newness = 'new-account' | 'new' | 'more' | 'risen' | 'reopened' | 'news' | 'asked';

export interface Freshness {
  newness: Newness;
  /** Worth calling people for, as it stands. */
  loud: boolean;
  /** What of its news was not told; see news. */
  news: string[];
}

/** What was told of a member: open or not, how bad, by which custom action, and the latest new episode (renewedAt). */
export interface Told {
  open: boolean;
  severity: Severity;
  asked?: string;
  renewed?: number;
  /** What it had that is worth calling for again; see news. */
  news?: string[];
}

/** Changes that nobody was told of: sums, and the worst few by id. Empty again with each telling. */
export interface Untold {
  kinds: Partial<Record<Newness, number>>;
  loud: number;
  accounts: Record<string, number>;
  worst: Ranking;
}

/** Members by id, the most urgent first where it is sorted; at most RANKED of them. */
export type Ranking = Record<string, [open: 0 | 1, severity: Severity, firstSeenAt: number]>;

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

/** The problem as told to one receiver: the message, and what its members come to. Written by deliver alone. */
export interface ProblemRow {
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
  /** A post that was begun and whose outcome is not recorded; `told` will be this once it is known to stand. */
  attempt?: { step: string; at: number; unknown: number; fold?: number };
  interpretation?: Interpretation;
  /** Its place in the channel's line. */
  ticket?: Ticket;
  /** The same for an edit. */
  editTicket?: Ticket;
  /** The same for marking in Security Hub. */
  hubTicket?: Ticket;
  /** Sort key of its row in the due partition. */
  due?: string;
  /** Sort key of its row in the read-back partition, while anything is told as open. */
  readBack?: string;
  /** Where in its states the reading stopped. */
  readBackFrom?: string;
  /** Since when there is something to tell that waits in the ledger, for Slack and not for its time; epoch milliseconds. */
  waitingSince?: number;
  /** Whether findings wait to be marked NOTIFIED in Security Hub. */
  writeBackPending: boolean;
  /** Security Hub refuses to mark them: since when, how often it was asked, and when it is asked again. */
  marking?: { since: number; tries: number; nextAt: number };

  /** Counts the times that changes were taken in; the sums below are as of this one. */
  fold: number;
  /** When that was, in epoch milliseconds. */
  foldedAt: number;
  /** Readers know all that was counted up to this fold; `shown`: and by an edit, what closed. */
  told: number;
  shown: number;
  /** The fold that the message was posted with; what came later is told below it. */
  posted: number;
  untold: Untold;
  sums: Sums;
  worst: Ranking;
  /** The earliest that a member was added, first seen; the latest closing; of this chapter. */
  addedAt: number;
  firstSeenAt: number;
  closedAt: number;
  /** States of members that are not in rows of their own yet: what is here counts, else the row. */
  log: Record<string, StateRow>;
}

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

/** What the sort keys of a problem's states begin with, and those of findings that are to be marked NOTIFIED. */
export const STATES = 'state#';
export const NOTIFY = 'notify#';
/** The partition of accounts whose owner is waited for. */
export const UNKNOWN_OWNERS = 'owner-unknown';
/** Partitions of flags. */
const FLAGS = 16;

export const rowKeys = {
  finding: (finding: FindingName): LedgerKey => rowKeys.findingBy(findingKey(finding)),
  findingBy: (key: string): LedgerKey => ({ pk: `finding#${key}`, sk: 'finding' }),
  problem: (problem: ProblemKey) => `problem#${problem.receiver}#${problem.fingerprint}`,
  header: (problem: ProblemKey): LedgerKey => ({ pk: rowKeys.problem(problem), sk: 'header' }),
  state: (problem: ProblemKey, memberId: string): LedgerKey => ({ pk: rowKeys.problem(problem), sk: `${STATES}${memberId}` }),
  /** @param refused so often Security Hub would not: those that it has not refused go first. */
  notify: (problem: ProblemKey, finding: string, refused = 0): LedgerKey => ({
    pk: rowKeys.problem(problem),
    sk: `${NOTIFY}${Math.min(refused, 9)}#${finding}`,
  }),
  marks: (problem: ProblemKey) => `marks#${problem.receiver}#${problem.fingerprint}`,
  /** The worst first, since a look takes in some at a time. @param rank 0 for what cannot wait. */
  mark: (problem: ProblemKey, rank: number, finding: string, changes: number): LedgerKey => ({
    pk: rowKeys.marks(problem),
    sk: `${rank}#${finding}#${changes}`,
  }),
  flag: (problem: ProblemKey): LedgerKey => {
    const name = `${problem.receiver}#${problem.fingerprint}`;
    return { pk: `awake#${hash(name).slice(0, 1)}`, sk: name };
  },
  text: (textKey: string): LedgerKey => ({ pk: `text#${textKey}`, sk: 'text' }),
  delivery: (problem: ProblemKey, name: string): LedgerKey => ({ pk: rowKeys.problem(problem), sk: `delivery#${name}` }),
  controlText: (controlId: string): LedgerKey => ({ pk: `control#${controlId}`, sk: 'text' }),
  account: (accountId: string): LedgerKey => ({ pk: `account#${accountId}`, sk: 'owner' }),
  parent: (childId: string): LedgerKey => ({ pk: `parent#${childId}`, sk: 'parent' }),
  unit: (unitId: string): LedgerKey => ({ pk: `unit#${unitId}`, sk: 'name' }),
  briefing: (cacheKey: string): LedgerKey => ({ pk: `briefing#${cacheKey}`, sk: 'briefing' }),
  lease: (name: string): LedgerKey => ({ pk: `lease#${name}`, sk: 'lease' }),
  breaker: (name: string): LedgerKey => ({ pk: `breaker#${name}`, sk: 'breaker' }),
  slot: (name: string): LedgerKey => ({ pk: `slot#${name}`, sk: 'turns' }),
  hold: (receiver: string): LedgerKey => ({ pk: `hold#${receiver}`, sk: 'hold' }),
  away: (service: string): LedgerKey => ({ pk: `away#${service}`, sk: 'away' }),
  failures: (messageId: string): LedgerKey => ({ pk: `failures#${messageId}`, sk: 'failures' }),
  /** @param finding its key. */
  unknownOwner: (accountId: string, finding: string): LedgerKey => ({ pk: `${UNKNOWN_OWNERS}#${accountId}`, sk: finding }),
  unknownAccount: (accountId: string): LedgerKey => ({ pk: UNKNOWN_OWNERS, sk: accountId }),
  due: (sk: string): LedgerKey => ({ pk: sk.startsWith('read-back#') ? 'read-back' : 'due', sk }),
};

/** The partitions that flags stand in: by a hash, so that a storm of problems is not one partition. */
export const flagPartitions = Array.from({ length: FLAGS }, (_, index) => `awake#${index.toString(16)}`);
