/** Which messages of a FIFO queue may be received, and in which order. */
import type { Message } from './message';

/** A group waits while one of its messages is out; of the others, whole groups after one another, the oldest head first. */
export function fifoOrder(candidates: Message[], all: Iterable<Message>, now: number): Message[] {
  const blocked = new Set<string | undefined>();
  for (const message of all) if (message.visibleAt > now) blocked.add(message.groupId);
  const groups = new Map<string | undefined, Message[]>();
  for (const message of candidates) {
    if (blocked.has(message.groupId)) continue;
    const group = groups.get(message.groupId);
    if (group) group.push(message);
    else groups.set(message.groupId, [message]);
  }
  return [...groups.values()].flat();
}
