/**
 * Which version tells, in a message's footer. It is written as the message is sent and is no part of what is compared with
 * what stands: else each deployment would edit every message that it looks at.
 */
import type { SlackMessage } from './blocks';

/** @param version as stacks/version.ts makes it. A message without a footer stays as it is: a reply has one above it. */
export function namingVersion(message: SlackMessage, version: string): SlackMessage {
  const blocks = message.blocks.map((block) =>
    block.type === 'context' && Array.isArray(block.elements)
      ? { ...block, elements: [...block.elements, { type: 'plain_text', text: version, emoji: false }] }
      : block,
  );
  return { ...message, blocks };
}
