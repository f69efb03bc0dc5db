/**
 * What the use cases need from the world. An adapter keeps each in production;
 * tests and the local stand-ins keep them otherwise.
 */
import type { SlackMessage } from './domain/message/blocks';
import type { Finding } from './domain/finding/finding';
import type { Labels, MetricName } from '../config/metrics';
import type { AnalystRequest } from './domain/interpretation/prompt';
import type { LedgerKey } from './domain/problem/rows';

export type { AnalystRequest, LedgerKey, SlackMessage };

/** Time, in epoch milliseconds. Nothing in the domain reads another clock. */
export interface Clock {
  now(): number;
}

export interface DirectoryAccount {
  name: string;
  /** Ids from the organization's root (r-…) to the account's parent; absent where Organizations does not give them with the account. */
  parentIds?: string[];
  tags: Record<string, string>;
}

/** AWS Organizations. Each is one call of each operation that it needs. Answers undefined for what does not exist; throws when it cannot say. */
export interface Directory {
  /** DescribeAccount and ListTagsForResource. */
  account(accountId: string): Promise<DirectoryAccount | undefined>;
  /** DescribeOrganizationalUnit. */
  organizationalUnitName(ouId: string): Promise<string | undefined>;
  /** ListParents, of an account or an OU; needed where an account comes without its parents. */
  parent?(childId: string): Promise<string | undefined>;
}

export interface LedgerRow<T> {
  key: LedgerKey;
  value: T;
  /** Counts up by one with each write; what a conditional write names. */
  version: number;
}
/**
 * The ledger: rows with optimistic versions. All reads are consistent.
 * A refused condition answers false; everything else that fails throws.
 */
export interface Ledger {
  read<T>(key: LedgerKey): Promise<LedgerRow<T> | undefined>;
  /** The rows that there are of these keys, in no order; any number of keys, each once. */
  readAll<T>(keys: readonly LedgerKey[]): Promise<LedgerRow<T>[]>;
  /** All rows of a partition whose sort key starts with `prefix`, in order, up to `through` and after `from` where given. */
  list<T>(pk: string, prefix: string, options?: { through?: string; from?: string; limit?: number }): Promise<LedgerRow<T>[]>;
  /** Writes only where the row's version still is `expected` (0: the row must not exist). `expiresAt` in epoch seconds. */
  write<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number): Promise<boolean>;
  /** As `write`, and true where it is done; where it is refused, the row that stands there, if one does. */
  writeOrRead<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number): Promise<true | LedgerRow<T> | undefined>;
  remove(key: LedgerKey): Promise<void>;
  /** Puts rows whatever stands there, then removes rows: no removal before all puts are done. Their versions are 1. A part of it may be done where it throws. */
  writeAll(puts: readonly RowToPut[], removals?: readonly LedgerKey[]): Promise<void>;
  /** Writes where there is no row, or one whose value has a lower `fold`; else leaves it as it is. */
  writeNewer<T extends { fold: number }>(key: LedgerKey, value: T, expiresAt?: number): Promise<void>;
  /** Removes the row only where its value's `nonce` is this one. */
  removeNonce(key: LedgerKey, nonce: string): Promise<void>;
}
/** `expiresAt` in epoch seconds. */
export interface RowToPut {
  key: LedgerKey;
  value: unknown;
  expiresAt?: number;
}

export interface AnalystAnswer {
  /** As the model gave it: nothing about it has been checked. */
  content: unknown;
  model: string;
  inputTokens: number;
  outputTokens: number;
}
/** Which model is asked, by its inference profile, and how long it has, in whole milliseconds. */
export interface Asked {
  profile: string;
  timeoutMs: number;
}
/** The models. Throws on anything but an answer, and within the time given. */
export interface Analyst {
  interpret(request: AnalystRequest, asked: Asked): Promise<AnalystAnswer>;
}

export interface Messenger {
  /** Answers the message's ts. */
  post(channel: string, message: SlackMessage, thread?: { ts: string; broadcast: boolean }): Promise<{ ts: string; channel: string }>;
  update(channel: string, ts: string, message: SlackMessage): Promise<void>;
  /** The https link to a message. */
  permalink(channel: string, ts: string): Promise<string>;
}

export interface FindingReference {
  id: string;
  /** Its id is finding_info.uid: see Finding. */
  byFindingInfo?: true;
  productArn: string;
  format: Finding['format'];
  region: string;
  accountId: string;
}
/** What Security Hub holds now of one finding. */
export interface HubState {
  id: string;
  format: Finding['format'];
  productArn: string;
  accountId: string;
  workflow: string;
  hasNote: boolean;
  /** The whole of it; absent where it cannot be read, of which nothing follows but that it is there. */
  finding?: Finding;
}
/** A mark that Security Hub refused: of the finding it names as far as it names it, by an id alone where it says no more. */
export interface RefusedMark {
  id: string;
  productArn?: string;
  accountId?: string;
  reason: string;
}
/** Security Hub itself, to say that people were told. */
export interface Hub {
  /**
   * At most 100 at a time. What Security Hub no longer has is absent from the answer, which is whole: a part of it throws; others that share an id and a product
   * with one of them may be in it, as a mark would reach them too.
   */
  read(findings: FindingReference[]): Promise<HubState[]>;
  /**
   * Whether it shows anything of an AWS account, open or closed: nothing of one whose findings no longer come to this administrator.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-disassociate-members.html
   */
  shows(format: Finding['format'], accountId: string): Promise<boolean>;
  /** Sets NOTIFIED, with a note where asked. */
  markNotified(findings: (FindingReference & { note?: string })[]): Promise<RefusedMark[]>;
}

export interface WakeUp {
  receiver: string;
  fingerprint: string;
  /** Of the flag that it was sent with; whether that is the flag of what cannot wait. */
  nonce?: string;
  urgent?: true;
  /** Sort key of the due row that this answers; deliver removes the row when it has looked. */
  due?: string;
  /** A person sent this back from the dead-letter queue: earlier failed attempts no longer count. */
  again?: boolean;
}
/** The deliveries queue. Resolves only when every wake-up was accepted. */
export interface WakeUps {
  send(wakeUps: WakeUp[]): Promise<void>;
}
/** The tick's queue: it sends a wake-up when its time has come. Resolves only when every one was accepted. */
export interface Timers {
  /** @param seconds from now, up to LONGEST_TIMER. */
  set(wakeUps: WakeUp[], seconds: number): Promise<void>;
}
/** SQS's longest delay, in seconds. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html */
export const LONGEST_TIMER = 900;

/** Whose an account is, of which findings were told while nobody knew. A message of the findings queue. */
export interface OwnerQuestion {
  /** The account. */
  owner: string;
  /** Of the account's row. */
  nonce: string;
}
/** The findings queue. Resolves only when every question was accepted. */
export interface OwnerQuestions {
  ask(questions: OwnerQuestion[]): Promise<void>;
}

/** The message attribute that keeps when what was sent again was first sent, in epoch milliseconds. */
export const FIRST_SENT_AT = 'firstSentAt';

/** A queue that work came from, and its dead-letter queue. */
export interface Inbox {
  /** Makes a message visible again after so many seconds (0 to 43,200, SQS's limit). */
  defer(receiptHandle: string, seconds: number): Promise<void>;
  /**
   * Puts a body where an alarm rings, with the reason beside it. Resolves when it is accepted.
   * @param group the FIFO group that the message came in: one that is sent back stays in it, behind what is done in it just then.
   */
  deadLetter(body: string, reason: string, group?: string): Promise<void>;
  /**
   * Sends a message once more to where it came from, in its group: with a retention and a count of receives of its own. Resolves when
   * it is accepted; then the one that it repeats may go.
   */
  sendAgain(message: { body: string; group?: string; firstSentAt: number }): Promise<void>;
}

/** Structured log lines: decisions and failures, with hashes and ids of AWS only, never titles, names or tokens; see domain/problem/logged.ts. */
export interface Journal {
  info(message: string, details: Record<string, unknown>): void;
  warn(message: string, details: Record<string, unknown>): void;
  error(message: string, details: Record<string, unknown>): void;
}

/** Counts what happens, under the names of config/metrics.ts. What is counted is published by whoever runs the functions. */
export interface Meter {
  /** @param value of a Count how many, 1 where absent; of Seconds how long. */
  count<N extends MetricName>(name: N, labels: Labels<N>, value?: number): void;
}

export interface OrganizationAccount {
  id: string;
  /** ACTIVE, or why not: SUSPENDED, PENDING_CLOSURE, … */
  state: string;
}
/** The accounts of the organization, all of them: the management account and the caller too. Throws when it cannot list them. */
export interface Organization {
  accounts(): Promise<OrganizationAccount[]>;
}

export interface OrganizationSettings {
  /** CENTRAL: configuration policies rule, and nothing of the rest can be set. */
  configuration: 'CENTRAL' | 'LOCAL';
  /** New accounts of the organization get Security Hub by themselves. */
  autoEnable: boolean;
  /** With AWS's default standards, or with none. */
  autoEnableStandards: 'DEFAULT' | 'NONE';
}
/** Security Hub of one Region, in the hands of its delegated administrator. Everything throws when Security Hub says no. */
export interface Administration {
  organizationSettings(): Promise<OrganizationSettings>;
  /** From now on new accounts get Security Hub, and no standard with it. */
  enableNewAccounts(): Promise<void>;
  /** Whether a control that several standards share makes one finding. */
  findingsConsolidated(): Promise<boolean>;
  consolidateFindings(): Promise<void>;
  /** Ids of the accounts that are associated with the administrator. */
  members(): Promise<string[]>;
  /** At most 50 accounts. Answers those that were not taken, with Security Hub's reason. */
  createMembers(accountIds: string[]): Promise<{ accountId: string; reason: string }[]>;
}
