/** What the model families take, since they differ: an unknown one gets what all of them take. */

export interface Capability {
  /** The most binding way to ask for structure. Structured outputs are not among them: the answer is checked here anyway, and a new schema may take minutes. */
  structure: 'forced-tool' | 'auto-tool' | 'text';
  /** Whether it thinks unless told not to, and takes being told. */
  thinking: 'disable' | 'leave';
  /** For those that think whatever they are told: as little as may be. Where it is not thinking, the default is left. */
  effort?: 'low';
  /** Longest answer where settings.yaml does not say: what is thought counts. */
  maxTokens: number;
}

/** Some three hundred are written; reserved against the quota with each request. */
const PLAIN = 1500;
const THINKING = 4000;

/**
 * First match counts. Sources: the models' pages in the Amazon Bedrock user guide, and for effort
 * https://platform.claude.com/docs/en/build-with-claude/effort (which Haiku 4.5 does not take), November 2026.
 */
const CAPABILITIES: readonly [RegExp, Capability][] = [
  // Their thinking cannot be switched off, and who thinks refuses a forced toolChoice.
  [/claude-(?:fable|mythos)/, { structure: 'auto-tool', thinking: 'leave', effort: 'low', maxTokens: THINKING }],
  [/claude-(?:haiku|sonnet|opus)-4-/, { structure: 'forced-tool', thinking: 'leave', maxTokens: PLAIN }],
  // These refuse a forced toolChoice.
  [/claude-(?:sonnet|opus)-5-5/, { structure: 'auto-tool', thinking: 'disable', maxTokens: PLAIN }],
  [/claude-(?:haiku|sonnet|opus)-5/, { structure: 'forced-tool', thinking: 'disable', maxTokens: PLAIN }],
  [/claude-(?:v?[23]|instant)/, { structure: 'auto-tool', thinking: 'leave', maxTokens: PLAIN }],
  // One that came after these may think, as all since the 5 series do.
  [/claude-/, { structure: 'auto-tool', thinking: 'leave', maxTokens: THINKING }],
];

export function capabilityOf(profile: string): Capability {
  return CAPABILITIES.find(([pattern]) => pattern.test(profile))?.[1] ?? { structure: 'text', thinking: 'leave', maxTokens: PLAIN };
}
