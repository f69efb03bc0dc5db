/** Which tests are near a source file: by how many imports lie between the two. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a file imports of ours, by path from the root; what it imports as types alone is gone when it runs. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const names = [...source.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm)].map(
    ([, name = '']) => name,
  );
  return names.flatMap((name) => {
    const path = join(dirname(file), name);
    return ['.ts', '/index.ts', ''].map((end) => path + end).find((each) => /\.ts$/.test(each) && existsSync(each)) ?? [];
  });
}

/** @returns for each source file the tests that reach it, nearest first, with the number of imports in between. */
export function testsBySource(tests: readonly string[]): Map<string, Map<string, number>> {
  const imports = new Map<string, string[]>();
  const near = new Map<string, Map<string, number>>();
  for (const test of tests) {
    const distance = new Map([[test, 0]]);
    // A map grows while it is walked: what is nearest comes first.
    for (const [file, steps] of distance) {
      const next = imports.get(file) ?? importsOf(file);
      imports.set(file, next);
      for (const each of next) if (!distance.has(each)) distance.set(each, steps + 1);
      if (file !== test) near.set(file, (near.get(file) ?? new Map<string, number>()).set(test, steps));
    }
  }
  return near;
}
