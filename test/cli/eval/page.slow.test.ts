/** Who reads the comparison aloud, by keys alone, on a phone or in the dark can use it: axe finds nothing, and nothing is wider than the screen. */
import type { Explained } from '../../../cli/eval/live/asking';
import { questions } from '../../../cli/eval/live/briefs';
import type { Caught, Figures } from '../../../cli/eval/live/figures';
import { pairsOf, renderEvaluation } from '../../../cli/eval/live/page';
import { phrasebookOf } from '../../../cli/run/phrasebook';
import { seeded } from '../../../cli/simulate/world/random';
import { parseVerdicts, sentencesToJudge } from '../../../handlers/domain/interpretation/judge';
import { axeOn } from '../../axe';
import { testWithChromium } from '../../where-there';

const test = testWithChromium();

const SAID = {
  en: { summary: 'The files were open.', impact: 'Copies may exist.', actions: ['Look for copies.', 'Close the access.'] },
  ja: { summary: 'ファイルが公開されていました。', impact: '複製が残っているおそれがあります。', actions: ['複製を確認してください。'] },
};
const explained = questions(phrasebookOf({})).map((question): Explained => {
  const briefing = SAID[question.language];
  const sentences = sentencesToJudge(briefing, question.brief, question.language);
  const verdicts = sentences.map((_, index) => ({ number: index + 1, verdict: 'supported' }));
  return { question, end: 'answered', briefing, verdicts: parseVerdicts({ verdicts }, sentences) };
});
const row: Caught = {
  kind: 'contradiction',
  language: 'en',
  checkable: true,
  bad: 58,
  badByGate: 56,
  badByJudge: 2,
  good: 16,
  goodByGate: 0,
  goodByJudge: 1,
};
const FIGURES: Figures = {
  at: '2026-11-26T00:00:00.000Z',
  profile: 'jp.anthropic.claude-haiku-4-5-20251001-v1:0',
  models: ['m'],
  standIn: true,
  judge: 'abc',
  prompt: 'def',
  seed: 3,
  survival: [{ language: 'en', asked: 15, whole: 13, wholeByGate: 14, partly: 1, none: 1 }],
  survives: 0.87,
  unanswered: 0,
  sentences: { asked: 790, judged: 790, rows: [row, { ...row, kind: 'dismiss', language: 'ja', checkable: false }] },
  verdicts: { supported: 300 },
  seconds: {
    answer: { count: 30, p50: 3, p95: 6 },
    judge: { count: 90, p50: 2, p95: 3 },
    both: { count: 30, p50: 5, p95: 9 },
    inTime: 29,
    limit: 15,
  },
  tokens: { answers: { in: 1, out: 1 }, judge: { in: 1, out: 1 } },
  cost: { spent: 0.26, atMost: 1, aFinding: 0.0031 },
};

test.each([
  [1280, false],
  [390, false],
  [1280, true],
  [390, true],
] as const)('%i px wide, dark: %s', async (width, dark) => {
  const page = renderEvaluation(FIGURES, pairsOf(explained, seeded(3)));
  const seen = await axeOn(page, { width, dark }, 'document.querySelector("details").open = true');
  expect(seen.violations).toEqual([]);
  expect(seen.passes).toEqual(expect.arrayContaining(['color-contrast', 'heading-order', 'valid-lang']));
  expect(seen.width).toBeLessThanOrEqual(width);
});
