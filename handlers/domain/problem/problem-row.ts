/** What deliver alone writes of a problem: its own row, those of the resources in it, and those of what was told. */
import type { Severity } from '../finding/finding';
import type { AnswerName, WithheldCounts, Words } from '../interpretation/answer';
import type { Judged } from '../interpretation/verdict';
import type { Period } from '../interpretation/budget';
import type { Ticket } from '../pacing';
import type { Member } from './member';
import type { Ranking } from './ranking';
import type { Sums } from './sums';

/** One resource of a problem as it was counted last: what the sums hold of it, and what of it was told. Written by deliver. */
export interface StateRow {
  member: Member;
  /** The week in which the row leaves, and what it counts for; absent while the member is open. */
  week?: number;
  /** The keys of its findings. */
  findings: string[];
  /** The fold that counted it, and the one that first did. */
  fold: number;
  since: number;
  /** The chapter it counts in, by its generationAt; see countsIn; -1 where it counts in none. */
  chapter: number;
  /** What was told of it before this fold; see toldAt. */
  base?: Told;
  /** What of this fold readers have not been told, unless a telling came since. */
  fresh?: Freshness;
}

/** news: a resource whose findings are worth a call; more: further findings of one that was told. */
export type Newness = 'new-account' | 'new' | 'more' | 'worse' | 'risen' | 'reopened' | 'news' | 'asked';

export interface Freshness {
  newness: Newness;
  /** Worth calling people for, as it stands. */
  loud: boolean;
  /** What of its news was not told; see news. */
  news: string[];
  /** How it was told to have ended, of what is open again. */
  ended?: 'suppressed';
  /** How severe it was told to be, of what has risen. */
  from?: Severity;
}

/** What was told of a member: open or not, how bad, by which custom action, and the latest new episode (renewedAt). */
export interface Told {
  open: boolean;
  severity: Severity;
  asked?: string;
  renewed?: number;
  /** What it had that is worth calling for again; see news. */
  news?: string[];
  /** How it ended, where that is suppressed: that somebody took the risk back is told as what it is. */
  closing?: 'suppressed';
}

/** Changes that nobody was told of: sums, and the worst few by id. Empty again with each telling. */
export interface Untold {
  kinds: Partial<Record<Newness, number>>;
  loud: number;
  accounts: Record<string, number>;
  worst: Ranking;
}

export interface MessageReference {
  channel: string;
  ts: string;
}

/** What the model said for this problem, or why it did not. */
export interface Interpretation extends Partial<Words> {
  briefHash: string;
  promptVersion: string;
  /** Which answer they are of: see AnswerName. */
  answer?: AnswerName;
  /** Failed tries so far of the question that was asked last, and when the next one is due: another question begins anew. */
  tries: number;
  question?: string;
  nextAt?: number;
  failure?: string;
  /** Whose budget was used up when it would have been asked: it is asked again with the next edit that comes of something else. */
  paused?: Period;
  /** A person took its words back: they are asked for anew. Written by the operator's command. */
  purged?: AnswerName;
}

/** The problem as told to one receiver: the message, and what its members come to. Written by deliver alone. */
export interface ProblemRow {
  /** What closed before this was told in an earlier message. */
  generationAt: number;
  message?: MessageReference & { postedAt: number };
  previous?: MessageReference;
  /** Link to the previous message, and how often Slack was asked for it. */
  earlierUrl?: string;
  linkTries?: number;
  contentHash?: string;
  /** As readers were told, or shown, last. */
  severity?: Severity;
  lastUpdateAt: number;
  lastReplyAt: number;
  lastBroadcastAt: number;
  /** When it was last posted or broadcast as CRITICAL, in epoch milliseconds. */
  criticalAt?: number;
  resolvedAt?: number;
  /** Since the last telling something is open again of which nobody has to be told so; see Change.goesOn. */
  resumed?: true;
  /** Whether the thread has the list of those that the message does not name. */
  listed?: boolean;
  /** Hash of the newest list in the thread: the same is not told again. */
  listHash?: string;
  /** Posts and replies that are known to stand in the channel. */
  confirmed: number;
  /** A post that was begun and whose outcome is not recorded; `told` will be this once it is known to stand. */
  attempt?: { step: string; at: number; unknown: number; fold?: number };
  interpretation?: Interpretation;
  /** Its place in the channel's line. */
  ticket?: Ticket;
  /** The same for an edit. */
  editTicket?: Ticket;
  /** Sort key of its row in the due partition. */
  due?: string;
  /** Sort key of its row in the read-back partition, while anything is told as open. */
  readBack?: string;
  /** Where in its states the reading stopped. */
  readBackFrom?: string;
  /** Since when there is something to tell that waits in the ledger, for Slack and not for its time; epoch milliseconds. */
  waitingSince?: number;
  /** Whether findings wait to be told, and then to be marked NOTIFIED in Security Hub. */
  writeBackPending: boolean;
  /** Marking was given up for findings of it, whose rows wait for what is told next. */
  leftUnmarked?: boolean;

  /** Counts the times that changes were taken in; the sums below are as of this one. */
  fold: number;
  /** When that was, in epoch milliseconds. */
  foldedAt: number;
  /** The first of them: a state with an earlier one is left of a problem of this name whose row is gone. */
  began?: number;
  /** Readers know all that was counted up to this fold; `shown`: what closed, up to this one; `edited`: in an edit that they see, also what fell. */
  told: number;
  shown: number;
  edited: number;
  /** The fold that the message was posted with; what came later is told below it. */
  posted: number;
  untold: Untold;
  /** The events that it is told for, or was last, the first few: when they happened, in epoch milliseconds, by EventBridge's id. */
  events?: Record<string, number>;
  sums: Sums;
  worst: Ranking;
  /** The earliest that a member was added, first seen; the latest closing; of this chapter. */
  addedAt: number;
  firstSeenAt: number;
  closedAt: number;
  /** States of members that are not in rows of their own yet: what is here counts, else the row. */
  log: Record<string, StateRow>;
  /** Whether any ever left the log. */
  spilled?: true;
}

/** One delivery, for whoever asks later what was said, why, and with which words. */
export interface DeliveryRow extends Partial<Pick<Interpretation, 'briefHash' | 'promptVersion' | 'inputTokens' | 'outputTokens'>> {
  at: number;
  action: string;
  channel: string;
  ts: string;
  broadcast?: boolean;
  /** The events that it tells, the first few; see ProblemRow.events. */
  eventIds: string[];
  receiver: string;
  routePath: string[];
  severity: Severity;
  open: number;
  closed: number;
  members: number;
  /** Where it shows words of the model: of which model, and the name of the answer. */
  model?: string;
  answer?: string;
  /** What the judge said of the words, by how many sentences, whether or not it had a say (settings: model.judge). */
  judge?: { version: string; model: string; inputTokens: number; outputTokens: number; verdicts: Partial<Record<Judged, number>> };
  /** Sentences of the model's that it does not show. */
  withheld?: WithheldCounts;
  /** Why it shows none of its words, where it was to. */
  withoutWords?: string;
  contentHash?: string;
}
