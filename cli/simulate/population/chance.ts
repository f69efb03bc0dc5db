/** Choices of the simulated quarter, from one seed. */
import { type Random, seeded } from '../world/random';

export class Chance {
  constructor(private readonly random: Random) {}

  /** A stream of its own for each source, so that a change to one leaves the others as they were. */
  static of(seed: number, source: string): Chance {
    let mixed = seed | 0;
    for (const character of source) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
    return new Chance(seeded(mixed));
  }

  /** In [0, 1). */
  share(): number {
    return this.random();
  }
  happens(probability: number): boolean {
    return this.random() < probability;
  }
  between(from: number, to: number): number {
    return from + this.random() * (to - from);
  }
  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }
  /** @throws Error where there is nothing to choose from. */
  one<T>(of: readonly T[]): T {
    const chosen = of[Math.floor(this.random() * of.length)];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }
  /** Five of a hundred make eighty of a hundred. */
  skewed<T>(of: readonly T[]): T {
    const few = Math.max(1, Math.round(of.length * 0.05));
    return this.happens(0.8) ? this.one(of.slice(0, few)) : this.one(of.length > few ? of.slice(few) : of);
  }
  /** Log-normal, as times to mend are. */
  logNormal(median: number, sigma: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
    return median * Math.exp(sigma * normal);
  }
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += Math.floor(this.random() * 16).toString(16);
    return text;
  }
}

/** Hands out whole things at a fractional rate, without chance: 0.2 a day is one on every fifth. */
export class Allotment {
  private saved = 0;

  take(rate: number): number {
    this.saved += rate;
    // 0.1 added ten times is a little less than 1.
    const whole = Math.floor(this.saved + 1e-9);
    this.saved -= whole;
    return whole;
  }
}
