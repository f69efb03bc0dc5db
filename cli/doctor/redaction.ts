/** What must never be shown: the values of secrets as they were read, and whatever looks like one. */
import { redact } from '../../config/rules/secrets';
import { inert } from '../show/inert';

/** Shorter ones would blacken ordinary words. */
const SHORTEST = 8;

export class Redaction {
  private readonly values = new Set<string>();

  /** A secret's value, or a part of it, that nothing may repeat. */
  add(value: string): void {
    const trimmed = value.trim();
    for (const form of [trimmed, encodeURIComponent(trimmed), JSON.stringify(trimmed).slice(1, -1)])
      if (form.length >= SHORTEST) this.values.add(form);
  }

  /** Without secrets, and without what a terminal would obey. */
  text(text: string): string {
    return inert(this.hidden(text));
  }

  /** Without secrets; colours stay. */
  hidden(text: string): string {
    let rest = text;
    // The longest first: a part that goes first would leave the rest of the whole behind.
    for (const value of [...this.values].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(value, '…');
    return redact(rest);
  }

  /** The same of every text in a value, keys included. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((entry) => this.value(entry));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [this.text(key), this.value(entry)]));
  }
}
