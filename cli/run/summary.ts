/** The figures of a run. */
import { counted } from '../doctor/check';
import type { TranscriptEntry } from '../../local/protocol/listener';
import { folded } from '../show/wrap';
import type { Outcome } from './run';

const KINDS = ['posted', 'updated', 'unchanged', 'filtered', 'muted', 'invalid', 'failed'] as const;

export interface Calls {
  posts: number;
  replies: number;
  updates: number;
  bedrock: number;
}

export const NO_CALLS: Calls = { posts: 0, replies: 0, updates: 0, bedrock: 0 };

/** Adds one call that left the functions. */
export function countCall(calls: Calls, { service, operation, request }: Pick<TranscriptEntry, 'service' | 'operation' | 'request'>): void {
  if (service === 'bedrock') calls.bedrock++;
  else if (operation === 'chat.update') calls.updates++;
  else if (operation === 'webhook') calls.posts++;
  else if (operation === 'chat.postMessage') calls[request.thread_ts === undefined ? 'posts' : 'replies']++;
}

/** In the words of the output. */
export function standIns({ bedrock, slack }: { bedrock?: 'stub' | 'live'; slack?: 'stub' | 'live' }): string[] {
  return [...(bedrock === 'live' ? [] : ['Bedrock']), ...(slack === 'live' ? [] : ['Slack'])];
}

export interface Figures extends Calls {
  deadLetters: number;
  seconds: number;
  aborted: boolean;
  /** Services that a stand-in on this machine answered for. */
  standIns: string[];
}

export interface Summary extends Omit<Figures, 'posts' | 'bedrock'> {
  findings: number;
  admitted: number;
  outcomes: Record<(typeof KINDS)[number], number>;
  messages: number;
  bedrockCalls: number;
}

export function summaryOf(outcomes: readonly Outcome[], { posts, replies, updates, bedrock, seconds, ...figures }: Figures): Summary {
  return {
    findings: outcomes.length,
    admitted: outcomes.filter(({ admitted }) => admitted).length,
    outcomes: Object.fromEntries(
      KINDS.map((kind) => [kind, outcomes.filter(({ outcome }) => outcome === kind).length]),
    ) as Summary['outcomes'],
    messages: posts,
    replies,
    updates,
    bedrockCalls: bedrock,
    ...figures,
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** What was not told, with its reason, and the figures. @param width columns. */
export function renderSummary(outcomes: readonly Outcome[], summary: Summary, width: number): string {
  const untold = outcomes.filter(({ outcome }) => outcome === 'invalid' || outcome === 'failed' || outcome === 'muted');
  const lines = untold.flatMap(({ file, findingId, outcome, reason }) => [
    ...folded(`${outcome.padEnd(8)} ${file}${findingId ? `  ${findingId}` : ''}`, width, 9),
    ...folded(reason, width - 9, 0).map((line) => `         ${line}`),
  ]);
  const counts = KINDS.filter((kind) => summary.outcomes[kind] > 0).map((kind) => `${summary.outcomes[kind]} ${kind}`);
  const figures = [
    counted(summary.messages, 'message'),
    counted(summary.replies, 'reply', 'replies'),
    counted(summary.updates, 'update'),
    `${counted(summary.bedrockCalls, 'call')} to ${summary.standIns.includes('Bedrock') ? 'the stand-in for Bedrock' : 'Bedrock'}`,
    counted(summary.deadLetters, 'dead letter'),
    `${summary.seconds} s`,
  ];
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...folded(`${counted(summary.findings, 'finding')}: ${counts.join(', ')}`, width, 2),
    ...folded(figures.join(', '), width, 2),
    ...standInText(summary.standIns).flatMap((line) => folded(line, width, 2)),
  ].join('\n');
}

function standInText(names: readonly string[]): string[] {
  return [
    ...(names.includes('Bedrock') ? ['Bedrock is a stand-in: the words that interpret a finding are canned, no model wrote them.'] : []),
    ...(names.includes('Slack') ? ['Slack is a stand-in: nothing left this machine.'] : []),
  ];
}
