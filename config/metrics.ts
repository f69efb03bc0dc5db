/**
 * Every metric of this system in one place: what it says, in which unit, and by what it is split. The functions count by it, the
 * dashboard and the alarms read it, and docs/operations.md tells it. What a dimension may say is a closed set, or a name that stands
 * in routes.yaml: CloudWatch bills each combination that was sent in an hour as a metric of its own.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const SERVICE = 'security-hub-interpreter';

export interface MetricSpec {
  unit: 'Count' | 'Seconds';
  /** In plain words, as a sentence. */
  means: string;
  /** What each dimension may say. */
  by: Readonly<Record<string, readonly string[]>>;
}

/** Names of receivers, and `removed` for those that routes.yaml names no more. */
const RECEIVERS: readonly string[] = [];
export const REMOVED = 'removed';

const ASKED = ['words', 'judge'] as const;

const SEVERITY = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const;

/** Counted by the functions, and written once an invocation (handlers/adapters/meter.ts). */
export const METRICS = {
  Events: {
    unit: 'Count',
    means: 'Events of Security Hub that intake read, by the format of their findings, or sent by a person (custom action).',
    by: { kind: ['asff', 'ocsf', 'custom-action'] },
  },
  Findings: {
    unit: 'Count',
    means: 'Findings in them, by what was decided: recorded is told to somebody, unchanged says what was told already.',
    by: { outcome: ['recorded', 'unchanged', 'muted', 'filtered', 'invalid'] },
  },
  Work: {
    unit: 'Count',
    means: 'Messages of a queue that were worked on, by how that ended: waits comes back in its time, failed is tried again and counted.',
    by: { queue: ['findings', 'deliveries'], end: ['done', 'waits', 'failed', 'dead-lettered'] },
  },
  Problems: {
    unit: 'Count',
    means: 'Problems that were told by a message of their own, by severity.',
    by: { severity: SEVERITY },
  },
  Tellings: {
    unit: 'Count',
    means: 'What stands in Slack by now: messages, replies in their threads, and edits of them.',
    by: { receiver: RECEIVERS, action: ['message', 'reply', 'update'] },
  },
  TellingFailures: {
    unit: 'Count',
    means: 'Calls of Slack that failed, by the kind of failure (handlers/domain/failure.ts).',
    by: { receiver: RECEIVERS, kind: ['rate-limited', 'unavailable', 'refused', 'unknown', 'receiver', 'gone', 'content'] },
  },
  SecondsToSlack: {
    unit: 'Seconds',
    means: 'From the first event of a problem to its message in Slack; read it as p50 and p99.',
    by: { severity: SEVERITY },
  },
  ModelCalls: {
    unit: 'Count',
    means:
      'Questions to the models, for words on a finding (asked again where sentences were withheld) or for the judge’s verdicts on them: answered, an answer of no use, or none.',
    by: { asked: ASKED, result: ['answered', 'unusable', 'failed'] },
  },
  ModelFailures: {
    unit: 'Count',
    means: 'Questions that came to no answer of use, by why: the next model of `model.profiles` is asked. absent: retired, or not there.',
    by: { why: ['absent', 'denied', 'throttled', 'refused', 'failed', 'unusable'] },
  },
  ModelTokens: {
    unit: 'Count',
    means: 'Tokens of those answers, as Bedrock bills them: in is what was asked.',
    by: { asked: ASKED, direction: ['in', 'out'] },
  },
  ModelCacheHits: {
    unit: 'Count',
    means: 'Words that came from the ledger, as the model was asked the same before.',
    by: {},
  },
  WrittenSentences: {
    unit: 'Count',
    means: 'Sentences that the model wrote.',
    by: {},
  },
  ShownSentences: {
    unit: 'Count',
    means: 'Sentences of the model that may be shown.',
    by: {},
  },
  WithheldSentences: {
    unit: 'Count',
    means: 'Sentences of the model that the gate does not let through, by what is wrong with them.',
    by: {
      kind: [
        ...(['identifier', 'address', 'domain', 'link', 'mention', 'command', 'markup', 'cve', 'action', 'control'] as const),
        ...(['number', 'service', 'name', 'severity', 'contradiction', 'language', 'speaker', 'credentials'] as const),
        ...(['weakening', 'unfounded'] as const),
      ],
    },
  },
  JudgedSentences: {
    unit: 'Count',
    means:
      'Sentences that the gate let through, by what the judge says of them; only supported and general-advice may be shown, where model.judge is on.',
    by: {
      verdict: ['supported', 'general-advice', 'contradicts', 'weakens', 'dismisses', 'claims-done', 'off-topic', 'unjudged'],
    },
  },
  WithheldAnswers: {
    unit: 'Count',
    means: 'Answers of the model of which nothing may be shown: they are not kept, and asked for again.',
    by: {},
  },
  OrganizationsCalls: {
    unit: 'Count',
    means: 'Questions to AWS Organizations; account is DescribeAccount with ListTagsForResource.',
    by: { about: ['account', 'parent', 'unit'] },
  },
  StaleAnswers: {
    unit: 'Count',
    means: 'Findings whose owner was told by an old answer of Organizations, or by none.',
    by: { knowledge: ['stale', 'unknown'] },
  },
} as const satisfies Record<string, MetricSpec>;

export type MetricName = keyof typeof METRICS;
/** What is said of a value beside its name. */
export type Labels<N extends MetricName> = {
  [D in keyof (typeof METRICS)[N]['by']]: ((typeof METRICS)[N]['by'][D] & readonly string[])[number];
};

export interface LineMetricSpec {
  unit: 'Count' | 'Seconds';
  means: string;
  /** Which function writes the line, and its words. */
  log: 'intake' | 'deliver' | 'tick' | 'enroll';
  words: string;
}

/** Made from lines of the logs by a filter of CloudWatch: of what an alarm reads, and people look for in the log. */
export const LINE_METRICS = {
  FindingsSecondsWaited: {
    unit: 'Seconds',
    log: 'intake',
    words: 'waits to be told',
    means: 'How long a finding that waits has waited to be taken in.',
  },
  SecondsWaited: {
    unit: 'Seconds',
    log: 'deliver',
    words: 'waits to be told',
    means: 'How long a problem that waits has waited to be told.',
  },
  FindingsSeen: { unit: 'Count', log: 'intake', words: 'finding', means: 'Findings that intake read; where `alarms.silenceHours` is set.' },
  ChannelsHeld: {
    unit: 'Count',
    log: 'deliver',
    words: 'channel held',
    means: 'How often a channel was held as Slack refuses it, or the token.',
  },
  MarksRefused: {
    unit: 'Count',
    log: 'deliver',
    words: 'marking refused',
    means: 'How often Security Hub refused to mark findings as NOTIFIED.',
  },
  ReadingsRefused: {
    unit: 'Count',
    log: 'deliver',
    words: 'read-back refused',
    means: 'How often Security Hub refused to say how told findings stand.',
  },
  WordsPaused: {
    unit: 'Count',
    log: 'deliver',
    words: 'words paused',
    means: 'How often the model was not asked since its budget is used up; where `model.budget` is set.',
  },
  Ticks: { unit: 'Count', log: 'tick', words: 'ticked', means: 'Looks of the minute at what has come due.' },
  AccountsNotEnrolled: {
    unit: 'Count',
    log: 'enroll',
    words: 'account not enrolled',
    means: 'Accounts that Security Hub did not take as members.',
  },
} as const satisfies Record<string, LineMetricSpec>;

export type LineMetricName = keyof typeof LINE_METRICS;
