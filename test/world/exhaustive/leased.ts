import type { Message, Queue } from '../../../cli/simulate/world/queues';

/** A queue whose messages are given back only by who still holds them: a receipt handle that has expired does nothing. */
export function leased(queue: Queue, holds: (message: Message) => boolean): Queue {
  return {
    get waiting() {
      return queue.waiting;
    },
    send: (message) => queue.send(message),
    take: (now) => queue.take(now),
    defer: (message, at) => {
      if (holds(message)) queue.defer(message, at);
    },
    delete: (message) => queue.delete(message),
    nextVisible: () => queue.nextVisible(),
  };
}
