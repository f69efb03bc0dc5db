/**
 * Patterns with `*` (any run of characters, also none, also slashes) and `?`
 * (exactly one). Upper and lower case are the same. No regular expressions: the
 * text is foreign, and a pattern must cost at most pattern × text steps.
 */
export function globMatches(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let p = 0;
  let t = 0;
  let star = -1;
  let retry = 0;
  while (t < given.length) {
    const char = wanted[p];
    if (char === '*') {
      star = p++;
      retry = t;
    } else if (char !== undefined && (char === '?' || char === given[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      // Let the last star take one character more and try again behind it.
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (wanted[p] === '*') p++;
  return p === wanted.length;
}

export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Whether the first pattern certainly matches everything the second does. */
export function globCovers(wider: string, narrower: string): boolean {
  if (wider.toLowerCase() === narrower.toLowerCase()) return true;
  // Read as text, a star of the narrower pattern must meet a star of the wider: a `?` takes one character only.
  if (wider.includes('?') && narrower.includes('*')) return false;
  return globMatches(wider, narrower);
}

/** Whether no text can match both. May say false where that is hard to see. */
export function globsDisjoint(a: string, b: string): boolean {
  if (!isGlob(a)) return !globMatches(b, a);
  if (!isGlob(b)) return !globMatches(a, b);
  return false;
}
