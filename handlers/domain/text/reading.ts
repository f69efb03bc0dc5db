/** Tolerant reading of foreign JSON: a value of the wrong type reads as absent, never as a crash. */

export type Json = Record<string, unknown>;

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * A non-empty string, trimmed. JSON may hold half of a surrogate pair, which UTF-8 cannot: encodeURIComponent
 * throws at it, so it becomes the replacement character here, as every encoder would make it.
 */
export function text(value: unknown): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed.replace(/\p{Cs}/gu, '\ufffd');
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** What a text says as JSON; undefined where it is none. */
export function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Follows property names down; whatever is missing on the way reads as undefined. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, name) => (Object.hasOwn(object(inner), name) ? object(inner)[name] : undefined), value);
}

/** The entry of a table that a foreign word names; what every object inherits ("constructor") is no entry. */
export function entryOf<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}

/** Each once, in its order. */
export function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => value !== undefined))];
}

/** Without what is absent or empty: a row of the ledger holds only what there is. */
export function present<T extends object>(values: T): T {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(kept) as T;
}

const LATEST = Date.UTC(2200, 0);

/** Epoch milliseconds of an ISO 8601 text, or of a number in seconds or milliseconds, within 1970 to 2200. */
export function time(value: unknown): number | undefined {
  const milliseconds =
    typeof value === 'number' ? (value < 1e11 ? value * 1000 : value) : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(milliseconds) && milliseconds >= 0 && milliseconds < LATEST ? Math.round(milliseconds) : undefined;
}

/** What cannot be read as a finding. The message says what is missing and where. */
export class InvalidFinding extends Error {
  override name = 'InvalidFinding';
}
