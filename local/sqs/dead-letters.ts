/** What lies in the dead-letter queues of a template. */
import type { Queue } from './queue';
import type { Message } from './message';
import type { LocalTemplate } from '../template/template';

export interface DeadLetter {
  body: string;
  messageId: string;
  /** Message attributes, such as the reason. */
  attributes: Record<string, string>;
  groupId?: string;
  receiveCount: number;
  sentAt: number;
}

/** By queue; also those that hold nothing. */
export function deadLettersOf(template: LocalTemplate, queues: ReadonlyMap<string, Queue>): Record<string, DeadLetter[]> {
  const names = new Set([
    ...template.queues.flatMap((queue) => queue.redrive?.deadLetterQueue ?? []),
    ...template.rules.flatMap((rule) => rule.deadLetterQueues),
  ]);
  return Object.fromEntries([...names].map((name) => [name, (queues.get(name)?.messages() ?? []).map(deadLetter)]));
}

function deadLetter(message: Message): DeadLetter {
  return {
    body: message.body,
    messageId: message.id,
    attributes: Object.fromEntries(Object.entries(message.attributes).map(([name, { StringValue = '' }]) => [name, StringValue])),
    groupId: message.groupId,
    receiveCount: message.receiveCount,
    sentAt: message.sentAt,
  };
}
