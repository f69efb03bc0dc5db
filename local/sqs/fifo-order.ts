/** Which messages of a FIFO queue may be received, and in which order. */
import type { Message } from './message';

/**
 * So many of its messages, the oldest, are looked at for groups, those in flight among them: behind the long backlog of one
 * group no other group is found.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/avoid-backlog-with-the-same-message-group-id.html
 */
export const LOOKED_AT = 120_000;

/** A group waits while one of its messages is out; of the others, whole groups after one another, the oldest head first. */
export function fifoOrder(lookedAt: Message[], now: number): Message[] {
  const blocked = new Set<string | undefined>();
  for (const message of lookedAt) if (message.visibleAt > now) blocked.add(message.groupId);
  const groups = new Map<string | undefined, Message[]>();
  for (const message of lookedAt) {
    if (blocked.has(message.groupId)) continue;
    const group = groups.get(message.groupId);
    if (group) group.push(message);
    else groups.set(message.groupId, [message]);
  }
  return [...groups.values()].flat();
}
