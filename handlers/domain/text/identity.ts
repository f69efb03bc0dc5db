/** Short, stable names for things: ledger keys, message groups, cache keys. */
import { createHash } from 'node:crypto';

/** 128 bits of SHA-256 in hexadecimal: 32 characters, safe in keys and message group ids. */
export function hash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** JSON with sorted keys, so that equal content has equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const content = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(content)
      .sort()
      .map((key) => [key, sorted(content[key])]),
  );
}
