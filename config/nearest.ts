/** Which known word somebody probably meant. */

/**
 * The known word nearest to `word`, where one is near enough to be meant; else the only one that holds it.
 * @param farthest how many edits away it may be; a third of the word's length where it is not given.
 */
export function nearest(word: string, known: readonly string[], farthest = Math.max(1, Math.floor(word.length / 3))): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter((entry) => entry.distance <= farthest)
    .sort((a, b) => a.distance - b.distance);
  const holds = (candidate: string) => word.length > 3 && candidate.toLowerCase().includes(word.toLowerCase());
  const holders = known.filter(holds);
  return ranked[0]?.candidate ?? (holders.length === 1 ? holders[0] : undefined);
}

/** `Did you mean "x"?`, else the known words, else what to do where none is known. */
export function suggestion(word: string, given: readonly string[], otherwise: string): string {
  const known = [...new Set(given)];
  const meant = nearest(word, known);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  return known.length > 0 && known.length <= 25 ? `Known are: ${known.join(', ')}.` : otherwise;
}

/** Edits from one word to the other, two neighbours swapped counting as one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
