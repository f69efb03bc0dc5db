/**
 * The ledger's rows and where each stands; a problem's own are in problem-row.ts. Whoever writes a row is named. The sizes stay
 * far below DynamoDB's 400 KB an item.
 */
import type { Fact } from '../facts/fact';
import type { Brief } from '../interpretation/brief';
import type { Finding, Resource, Severity } from '../finding/finding';
import type { Owner } from '../../../config/routing/owner';
import type { TaggedOwner } from '../../../config/routing/owner-tags';
import type { Report } from '../finding/report';
import type { Line, Ticket } from '../pacing';
import { hash } from '../text/identity';
import { DAY } from '../time';

/**
 * One finding: its merged report, whose it is, and who is told of it. Written by intake, and by deliver what it reads back;
 * both by way of the merge, where nobody else wrote in between.
 */
export interface FindingRow {
  report: Report;
  fingerprint: string;
  /**
   * Of receivers that gather by vulnerability, by name: one for each that it names. What was told under one fingerprint ends under it.
   * `left`: of those that the last change took away, whose problems are to learn of that.
   */
  fingerprints?: Record<string, string[]>;
  left?: Record<string, string[]>;
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
  /** Without its tags; as it was known at `ownerAt`, in epoch milliseconds. */
  owner: Owner;
  ownerAt: number;
  /** By one of its tags, or of its resource's, at the same time. */
  taggedOwner?: TaggedOwner;
  region: string;
  resource: Resource;
  /** Told to these when its owner came to be known, after others had been told. */
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
  /** Of its words, to be read along. */
  textKey?: string;
}

/** A problem that deliver is to look at: while it stands, no other wake-up is needed. What cannot wait has a flag of its own. */
export interface Flag {
  problem: ProblemKey;
  nonce: string;
  at: number;
  urgent?: true;
}

/** What wakes it. */
export function wakeUpOf({ problem, nonce, urgent }: Flag): ProblemKey & Pick<Flag, 'nonce' | 'urgent'> {
  return { ...problem, nonce, ...(urgent ? { urgent } : {}) };
}

/** A problem of which findings are to be marked NOTIFIED by whoever has the next turn at Security Hub: those that its readers know. */
export interface ToMarkRow {
  problem: ProblemKey;
  /** Since when it waits, in epoch milliseconds; how often Security Hub would not mark some of them. */
  since: number;
  tries: number;
  /** The marker's place in line, while it waits with this row. */
  ticket?: Ticket;
}

/** The words of a finding, once for all members of all problems that share them. Written by intake. */
export interface TextRow extends Pick<Finding, 'kind' | 'product' | 'title' | 'description' | 'remediation' | 'controlId' | 'types'> {
  /** A check of an importer's that failed: its title says as a rule what should be, not what is. */
  failedCheck?: true;
  /** Absent where it has none. */
  facts?: Fact[];
  /** By which ids it may stand in the phrasebook; absent where by none. */
  phrases?: string[];
  brief: Brief;
}

/** An account of which findings were told while nobody knew whose they are. Written by intake. */
export interface UnknownAccountRow {
  accountId: string;
  nonce: string;
  /** So long it is asked for, in epoch milliseconds. */
  until: number;
}

/** Work that waits in the ledger, in the order in which it comes due: what to look at. */
export interface DueRow {
  problem: ProblemKey;
  /** A timer was set for it: the tick wakes it only where that was lost. */
  timed?: true;
  /** The line in which it waits for its turn, where it does: then the turn may come later than this row is due. */
  line?: Line;
}

export interface LedgerKey {
  pk: string;
  sk: string;
}

export interface ProblemKey {
  receiver: string;
  fingerprint: string;
}

/**
 * How long what many findings share is kept after its last use, in milliseconds. Security Hub deletes what nobody updated for 90
 * days (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html): until then one may name it again.
 */
export function sharedFor(ledgerDays: number): number {
  return (90 + ledgerDays) * DAY;
}

/** What the sort keys of a problem's states begin with, and those of findings that are to be marked NOTIFIED. */
export const STATES = 'state#';
export const NOTIFY = 'notify#';
/** The partition of problems of which findings are to be marked, and under which name whoever marks them is woken: no receiver is called so. */
export const TO_MARK = 'to-mark';
export const MARKER: ProblemKey = { receiver: '*', fingerprint: TO_MARK };
/** The partition of accounts whose owner is waited for. */
export const UNKNOWN_OWNERS = 'owner-unknown';
/** Partitions of flags. */
const FLAGS = 16;

const nameOf = ({ receiver, fingerprint }: ProblemKey) => `${receiver}#${fingerprint}`;

export const rowKeys = {
  finding: (key: string): LedgerKey => ({ pk: `finding#${key}`, sk: 'finding' }),
  problem: (problem: ProblemKey) => `problem#${nameOf(problem)}`,
  header: (problem: ProblemKey): LedgerKey => ({ pk: rowKeys.problem(problem), sk: 'header' }),
  state: (problem: ProblemKey, memberId: string): LedgerKey => ({ pk: rowKeys.problem(problem), sk: `${STATES}${memberId}` }),
  /** @param refused so often Security Hub would not: those that it has not refused go first. */
  notify: (problem: ProblemKey, finding: string, refused = 0): LedgerKey => ({
    pk: rowKeys.problem(problem),
    sk: `${NOTIFY}${refused}#${finding}`,
  }),
  /** @param at when it is to be marked, in epoch milliseconds. @param fold of the problem: one that is told anew has a row of its own. */
  toMark: (problem: ProblemKey, at: number, fold: number): LedgerKey => ({ pk: TO_MARK, sk: `${dueKey(at, problem)}#${fold}` }),
  marks: (problem: ProblemKey) => `marks#${nameOf(problem)}`,
  /** The worst first, since a look takes in some at a time. @param rank 0 for what cannot wait. */
  mark: (problem: ProblemKey, rank: number, finding: string, changes: number): LedgerKey => ({
    pk: rowKeys.marks(problem),
    sk: `${rank}#${finding}#${changes}`,
  }),
  flag: (problem: ProblemKey, urgent = false): LedgerKey => {
    const name = nameOf(problem);
    // No receiver's name begins so.
    return { pk: `awake#${hash(name).slice(0, 1)}`, sk: urgent ? `!${name}` : name };
  },
  text: (textKey: string): LedgerKey => ({ pk: `text#${textKey}`, sk: 'text' }),
  delivery: (problem: ProblemKey, name: string): LedgerKey => ({ pk: rowKeys.problem(problem), sk: `delivery#${name}` }),
  controlText: (controlId: string): LedgerKey => ({ pk: `control#${controlId}`, sk: 'text' }),
  account: (accountId: string): LedgerKey => ({ pk: `account#${accountId}`, sk: 'owner' }),
  parent: (childId: string): LedgerKey => ({ pk: `parent#${childId}`, sk: 'parent' }),
  unit: (unitId: string): LedgerKey => ({ pk: `unit#${unitId}`, sk: 'name' }),
  briefing: (cacheKey: string): LedgerKey => ({ pk: `briefing#${cacheKey}`, sk: 'briefing' }),
  purges: (answer: string, at: number): LedgerKey => ({ pk: `purges#${answer}`, sk: new Date(at).toISOString() }),
  /** @param month `2026-11` */
  spent: (month: string): LedgerKey => ({ pk: `spent#${month}`, sk: 'spent' }),
  lease: (name: string): LedgerKey => ({ pk: `lease#${name}`, sk: 'lease' }),
  slot: (name: string): LedgerKey => ({ pk: `slot#${name}`, sk: 'slot' }),
  hold: (channel: string): LedgerKey => ({ pk: `hold#${channel}`, sk: 'hold' }),
  away: (service: string): LedgerKey => ({ pk: `away#${service}`, sk: 'away' }),
  failures: (messageId: string): LedgerKey => ({ pk: `failures#${messageId}`, sk: 'failures' }),
  unknownAccount: (accountId: string): LedgerKey => ({ pk: UNKNOWN_OWNERS, sk: accountId }),
  /** @param finding findingKey */
  unknownOwner: (accountId: string, finding: string): LedgerKey => ({ pk: `${UNKNOWN_OWNERS}#${accountId}`, sk: finding }),
  /** @param sk a dueKey, of a reading behind READ_BACK. */
  due: (sk: string): LedgerKey => ({ pk: sk.startsWith(READ_BACK) ? 'read-back' : 'due', sk }),
};

/** The partitions that flags stand in: by a hash, so that a storm of problems is not one partition. */
export const flagPartitions = Array.from({ length: FLAGS }, (_, index) => `awake#${index.toString(16)}`);

/** What the sort keys of readings begin with (deliver/security-hub/read-back): nobody waits for them, so they stand in a partition of their own. */
export const READ_BACK = 'read-back#';

/** When it is due, in epoch milliseconds. @param key of a reading. */
export function timeOfReadBack(key: string): number {
  return Date.parse(key.slice(READ_BACK.length).split('#')[0] ?? '');
}

/** Sort key: ISO time first, so that a range query finds what has come due. @param at epoch milliseconds. */
export function dueKey(at: number, problem: ProblemKey): string {
  return `${new Date(at).toISOString()}#${nameOf(problem)}`;
}
