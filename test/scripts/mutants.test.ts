/** What `npm run mutate` breaks, and where. */
import { mutantsOf } from '../../scripts/mutate/mutants';

const changes = (source: string) => mutantsOf('x.ts', source).map(({ original, replacement }) => `${original} → ${replacement}`);

test.each([
  ['a constant', 'const MOST = 8;', ['8 → 32', '8 → 2']],
  ['nothing and one', 'const none = 0, one = 1;', ['0 → 1', '1 → 0', '1 → 2']],
  ['words', "const word = 'HIGH', empty = '';", ["'HIGH' → ''", "'' → 'mutant'"]],
  ['a comparison', 'x = a < b;', ['< → <=', '< → >=']],
  ['a condition', 'if (a && !b) c();', ['a && !b → true', 'a && !b → false', '&& → ||', '!b → Boolean(b)']],
  ['a return', 'function f() { return g(); }', ['g() → (undefined)']],
  ['what an arrow returns', 'const f = (n: number) => g(n);', ['g(n) → (undefined)']],
])('%s is broken', (_what, source, expected) => {
  expect(changes(source)).toEqual(expected);
});

test.each([
  ['types', "type Of = 'a' | 1; function f(x: 'b'): x is 'b' { x; }"],
  ['imports', "import { a } from './a'; export * from './b'; import type { C } from 'c';"],
  ['the names of keys', "const x = { 'a-b': y };"],
  ['a return of nothing', 'function f() { return undefined; }'],
])('%s are left alone: there is nothing to run', (_what, source) => {
  expect(changes(source)).toEqual([]);
});

test('a mutant stands in its place, behind whatever characters, and the rest of the file is as it was', () => {
  const source = "/** 重要度 🔴 */\nconst a = '緊急';\n// –\nconst LIMIT = 8 as const;\n";
  const [mutant] = mutantsOf('x.ts', source).filter(({ original }) => original === '8');
  expect(mutant).toMatchObject({ line: 4, text: 'const LIMIT = 8 as const;', code: source.replace('8', '32') });
});
