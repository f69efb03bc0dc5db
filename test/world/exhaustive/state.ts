/** Rows and queues by what they hold, so that equal states are known again. */
import { hash } from '../../../handlers/domain/text/identity';
import type { Message } from '../../../cli/simulate/world/queues';

const digests = new WeakMap<object, string>();
export function digest(row: { key: object; version: number; value: unknown }): string {
  const known = digests.get(row);
  if (known) return known;
  const made = hash(JSON.stringify(row));
  digests.set(row, made);
  return made;
}

/** What stands in a queue, whatever it keeps besides. */
export function snapshot(queue: object): unknown {
  const seen = new Map<string, unknown>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > 6 || typeof value !== 'object' || value === null) return;
    const { id, visibleAt, receives, done } = value as Partial<Message>;
    if (typeof id === 'string' && visibleAt !== undefined) {
      if (!done) seen.set(id, [id, visibleAt, receives]);
      return;
    }
    for (const inner of value instanceof Map ? value.values() : Object.values(value)) visit(inner, depth + 1);
  };
  visit(queue, 0);
  return [...seen.values()].sort();
}
