/** A problem's messages, one after the other: each is a chapter, and names the one before it. */
import { isOneWay } from '../../../config/routing/address';
import type { ProblemRow } from './problem-row';

/** What the header holds once its message is gone, or done with: the next telling is a new message with a link to it. */
export function nextChapter({ message, generation }: ProblemRow): Partial<ProblemRow> {
  return {
    generation: generation + 1,
    message: undefined,
    // A webhook's message has no address that could be linked.
    previous: message && !isOneWay(message.channel) ? { channel: message.channel, ts: message.ts } : undefined,
    earlierUrl: undefined,
    linkTries: 0,
    contentHash: undefined,
  };
}
