/** What breaks the YAML itself is told at the line that is wrong, which is shown, with the line beside it where two do not agree. */
import { mistakesOf, removeFolders, routesWith, SETTINGS } from './folder';

afterAll(removeFolders);

const TWO_LINES: [what: string, routes: string, line: number, says: string][] = [
  [
    'a key indented too deep',
    '- match: { ou: A }\n  receiver: workloads\n    continue: true',
    11,
    '"continue: true" (line 11) is indented deeper than "receiver: workloads" (line 10)',
  ],
  [
    'a key indented too little',
    '- match: { ou: A }\n  receiver: workloads\n continue: true',
    11,
    '"continue: true" (line 11) is indented like no key above it; the line above is "receiver: workloads" (line 10)',
  ],
  [
    'two keys on one line',
    '- match: { ou: A }\n  receiver: workloads continue: true',
    10,
    '"receiver: workloads continue: true" (line 10) has a second key',
  ],
  ['two keys without a comma', '- { match: { ou: A } receiver: workloads }', 9, '(line 9)'],
  [
    'a bracket that is not closed',
    '- match: { ou: [A, B }\n  receiver: workloads',
    9,
    'this [ is not closed, in "- match: { ou: [A, B }" (line 9)',
  ],
  [
    'a quote that is not closed',
    '- match: { ou: "A }\n  receiver: workloads',
    9,
    'this quote is not closed, in "- match: { ou: "A }" (line 9)',
  ],
];

test.each([
  ['- match: { ou: [A, B }\n  receiver: workloads', 'Close it by ];'],
  ['- match: { ou: A\n  receiver: workloads', 'Close it by };'],
])('what is open is closed by its own bracket: %j', (routes, remedy) => {
  expect(mistakesOf({ routes: routesWith(routes) })[0]?.remedy).toContain(remedy);
});

test.each(TWO_LINES)('%s is told at its line, which is shown', (_what, routes, line, says) => {
  const mistakes = mistakesOf({ routes: routesWith(routes) });
  expect(mistakes.map((mistake) => [mistake.line, mistake.level])).toEqual([[line, 'error']]);
  expect(mistakes[0]?.message).toContain(says);
});

test('of a long line that is shown the beginning is', () => {
  const words = 'w'.repeat(55);
  const [mistake] = mistakesOf({ routes: routesWith(`- match: { ou: [${words}${words} }\n  receiver: workloads`) });
  expect(mistake?.message).toContain(`in "- match: { ou: [${'w'.repeat(44)}…" (line 9)`);
});

test('what the reader of YAML says is told in one sentence, with the line', () => {
  const [mistake] = mistakesOf({ settings: `${SETTINGS}language: @ja\n` });
  expect(mistake?.message).toBe('this is not valid YAML: plain value cannot start with reserved character @, in "language: @ja" (line 6)');
});
