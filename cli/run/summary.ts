/** The figures of a run. */
import type { Outcome } from './run';

const KINDS = ['posted', 'updated', 'unchanged', 'filtered', 'muted', 'invalid', 'failed'] as const;

export interface Figures {
  posts: number;
  replies: number;
  updates: number;
  bedrock: number;
  deadLetters: number;
  seconds: number;
  aborted: boolean;
}

export interface Summary {
  findings: number;
  admitted: number;
  outcomes: Record<(typeof KINDS)[number], number>;
  messages: number;
  replies: number;
  updates: number;
  bedrockCalls: number;
  deadLetters: number;
  seconds: number;
  aborted: boolean;
}

export function summaryOf(outcomes: readonly Outcome[], figures: Figures): Summary {
  return {
    findings: outcomes.length,
    admitted: outcomes.filter(({ admitted }) => admitted).length,
    outcomes: Object.fromEntries(
      KINDS.map((kind) => [kind, outcomes.filter(({ outcome }) => outcome === kind).length]),
    ) as Summary['outcomes'],
    messages: figures.posts,
    replies: figures.replies,
    updates: figures.updates,
    bedrockCalls: figures.bedrock,
    deadLetters: figures.deadLetters,
    seconds: Math.round(figures.seconds * 10) / 10,
    aborted: figures.aborted,
  };
}

/** What was not told, with its reason, and the figures. */
export function renderSummary(outcomes: readonly Outcome[], summary: Summary): string {
  const untold = outcomes.filter(({ outcome }) => outcome === 'invalid' || outcome === 'failed' || outcome === 'muted');
  const lines = untold.map(
    ({ file, findingId, outcome, reason }) => `${outcome.padEnd(8)} ${file}${findingId ? `  ${findingId}` : ''}\n         ${reason}`,
  );
  const counts = KINDS.filter((kind) => summary.outcomes[kind] > 0).map((kind) => `${summary.outcomes[kind]} ${kind}`);
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    `${summary.findings} findings: ${counts.join(', ')}`,
    `${summary.messages} messages, ${summary.replies} replies, ${summary.updates} updates, ${summary.bedrockCalls} calls to Bedrock, ${summary.deadLetters} dead letters, ${summary.seconds} s`,
    '',
  ].join('\n');
}
