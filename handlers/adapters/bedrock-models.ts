/** What the model families take, since they differ: an unknown one gets what all of them take. */

export interface Capability {
  structure: 'forced-tool' | 'auto-tool' | 'text';
  thinking: 'disable' | 'leave';
}

/** First match counts. Sources: the models' pages in the Amazon Bedrock user guide, November 2026. */
const CAPABILITIES: readonly [RegExp, Capability][] = [
  [/claude-(?:haiku|sonnet|opus)-4-/, { structure: 'forced-tool', thinking: 'leave' }],
  // These refuse a forced toolChoice.
  [/claude-(?:sonnet|opus)-5-5/, { structure: 'auto-tool', thinking: 'disable' }],
  [/claude-(?:haiku|sonnet|opus)-5/, { structure: 'forced-tool', thinking: 'disable' }],
  [/claude-/, { structure: 'auto-tool', thinking: 'leave' }],
];

export function capabilityOf(profile: string): Capability {
  return CAPABILITIES.find(([pattern]) => pattern.test(profile))?.[1] ?? { structure: 'text', thinking: 'leave' };
}
