/**
 * What the model's checked words say beyond the entry of the phrasebook. Code compares words, not meaning: what says the same in other words
 * stands first though it need not, under its own label.
 */
import type { Phrase } from '../phrasebook/phrase';
import type { CheckedBriefing } from './briefing';

export interface Beyond {
  /** Present where they say more than the entry does. */
  summary?: string;
  impact?: string;
  /** Those that no step of the entry says. */
  steps: string[];
}

/** More than this of what a text speaks of stands in the entry: it says the same. */
const SAID = 0.5;
/** With those of the entry. */
const MOST_STEPS = 5;

/** What is left of an answer of which a sentence was withheld may lack its condition: of it only steps stand, each by itself. */
export function beyond({ summary, impact, actions, withheld }: CheckedBriefing, phrase: Phrase): Beyond {
  const known = unitsOf([phrase.headline, phrase.meaning, phrase.impact].join('\n'));
  const more = (text: string) => withheld.length === 0 && saysMore(text, known);
  return {
    ...(more(summary) ? { summary } : {}),
    ...(more(impact) ? { impact } : {}),
    steps: freshOf(actions, phrase.steps).slice(0, Math.max(0, MOST_STEPS - phrase.steps.length)),
  };
}

function freshOf(actions: readonly string[], steps: readonly string[]): string[] {
  const said = unitsOf(steps.join('\n'));
  return actions.filter((action) => {
    const fresh = saysMore(action, said);
    if (fresh) for (const unit of unitsOf(action)) said.add(unit);
    return fresh;
  });
}

function saysMore(text: string, known: ReadonlySet<string>): boolean {
  const units = [...unitsOf(text)];
  return units.length > 0 && units.filter((unit) => isKnown(unit, known)).length / units.length <= SAID;
}

/** In katakana words are joined without a gap: パブリックアクセス stands in ブロックパブリックアクセス. */
function isKnown(unit: string, known: ReadonlySet<string>): boolean {
  return known.has(unit) || (/^[\p{sc=Katakana}ー]{4,}$/u.test(unit) && [...known].some((each) => each.includes(unit)));
}

/** Words that every advice has. */
const COMMON = new Set(
  'about after also and any are been before can could does for from has have into its may more not only other should that the their them then there these they this those through to was were what when where whether which while who will with you your'.split(
    ' ',
  ),
);

/** What a text speaks of: English words without their endings, and pairs of Japanese letters but hiragana, which bind them. */
function unitsOf(text: string): Set<string> {
  const plain = text.normalize('NFKC').toLowerCase();
  const words = (plain.match(/[a-z0-9]{2,}/g) ?? []).filter((word) => !COMMON.has(word)).map(stem);
  const runs = plain.match(/[\p{sc=Han}々]+|[\p{sc=Katakana}ー]+/gu) ?? [];
  return new Set([...words, ...runs.flatMap(pairs)]);
}

function stem(word: string): string {
  return word.replace(/(?:ations?|ings?|ed|es|s|e|able|ly)$/, '') || word;
}

/** A run of one letter, or of katakana, is a word by itself. */
function pairs(run: string): string[] {
  if (run.length < 3 || !/\p{sc=Han}/u.test(run)) return [run];
  return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}
