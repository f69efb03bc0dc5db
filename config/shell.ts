/** A path as one word of a POSIX shell: a folder's name may have spaces and apostrophes. */
export function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
