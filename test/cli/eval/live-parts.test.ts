/** Of what the evaluation is made: thirty findings that name nobody, sentences in an order by chance, prices, and a page that keeps its secret. */
import { type Question, questions } from '../../../cli/eval/live/briefs';
import type { Figures } from '../../../cli/eval/live/figures';
import { type Pair, pairsOf, renderEvaluation } from '../../../cli/eval/live/page';
import { priceOf, Purse, Spent } from '../../../cli/eval/live/purse';
import { batches } from '../../../cli/eval/live/sentences';
import { ownSamples } from '../../../cli/eval/sets';
import { phrasebookOf } from '../../../cli/run/phrasebook';
import { seeded } from '../../../cli/simulate/world/random';
import { examine } from '../../../handlers/domain/interpretation/briefing';
import { identifies } from '../../../handlers/domain/interpretation/identifying';
import { parseVerdicts, sentencesToJudge } from '../../../handlers/domain/interpretation/judge';
import { promptFor } from '../../../handlers/domain/interpretation/prompt';

const book = phrasebookOf({});

describe('the thirty findings', () => {
  const asked = questions(book);

  test('are thirty different ones, of each kind that AWS has, half in each language', () => {
    expect(new Set(asked.map(({ brief: { phrase: _phrase, ...brief } }) => JSON.stringify(brief))).size).toBe(30);
    expect(asked.filter(({ language }) => language === 'ja')).toHaveLength(15);
    expect([...new Set(asked.map(({ brief }) => brief.kind))].sort()).toEqual([
      ...['access-analyzer', 'control', 'exposure', 'guardduty', 'inspector', 'macie', 'third-party'],
    ]);
    expect(questions(book, 'ja').every(({ language }) => language === 'ja')).toBe(true);
  });

  test('have an entry of the phrasebook each, but for the partner’s', () => {
    expect(asked.filter(({ phrase }) => !phrase).map(({ name }) => name)).toEqual(['third-party']);
  });

  test('name nobody', () => {
    const said = asked.flatMap(({ brief: { phrase: _phrase, threatType: _threat, types: _types, ...brief } }) =>
      Object.values(brief).flat().map(String),
    );
    expect(said.filter((each) => each !== '[object Object]' && identifies(each))).toEqual([]);
  });
});

describe('the sentences', () => {
  const samples = ownSamples().filter((_, index) => index % 16 === 0);
  const all = batches(samples, seeded(1));

  test('each that the gate lets through is judged once, beside others of its brief and language, a dozen at the most', () => {
    const passing = samples.filter(({ field, sentence, brief, severity, language }) => {
      const alone =
        field === 'actions'
          ? { summary: '', impact: '', actions: [sentence] }
          : { summary: '', impact: '', actions: [], [field]: sentence };
      return examine(alone, brief, severity, language).passed.length > 0;
    });
    const judged = all.flatMap((batch) => batch.samples);
    expect([judged.length, new Set(judged).size]).toEqual([passing.length, passing.length]);
    expect(all.every((batch) => new Set(batch.samples.map(({ brief, language }) => language + JSON.stringify(brief))).size === 1)).toBe(
      true,
    );
    expect(Math.max(...all.map((batch) => batch.samples.length))).toBeLessThanOrEqual(12);
  });

  test('stand in an order by chance, which a seed repeats', () => {
    const order = (seed: number) => batches(samples, seeded(seed)).flatMap((batch) => batch.samples.map(({ sentence }) => sentence));
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});

describe('the cost', () => {
  test.each([
    ['jp.anthropic.claude-haiku-4-5-20251001-v1:0', 1.1, 5.5],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 1, 5],
    ['eu.anthropic.claude-haiku-5-5', 0.11, 0.55],
    ['global.anthropic.claude-sonnet-5', 2, 10],
  ])('%s: %f and %f USD a million tokens', (profile, input, output) => {
    const price = priceOf(profile, undefined);
    expect([price.in, price.out]).toEqual([expect.closeTo(input, 9), expect.closeTo(output, 9)]);
  });

  test('of a model that is not known it has to be said', () => {
    expect(() => priceOf('global.anthropic.claude-sonnet-5-5', undefined)).toThrow(/--price IN,OUT/);
    expect(() => priceOf('apac.amazon.nova-pro-v1:0', undefined)).toThrow(/--price IN,OUT/);
    expect(priceOf('apac.amazon.nova-pro-v1:0', '0.8, 3.2')).toEqual({ in: 0.8, out: 3.2 });
  });

  test('questions under way count with what they may cost at most, answered ones with what they did', () => {
    const request = promptFor({ kind: 'aws' }, 'ja');
    const most = new Purse(1, { in: 1, out: 5 }, 1500).reserve(request);
    const purse = new Purse(2.1 * most, { in: 1, out: 5 }, 1500);
    const first = purse.reserve(request);
    expect(first).toBeGreaterThan(0.0075);
    const second = purse.reserve(request);
    expect(() => purse.reserve(request)).toThrow(Spent);
    purse.settle(first, { inputTokens: 900, outputTokens: 200 });
    expect(purse.spent).toBeCloseTo(0.0019, 9);
    // Of this one nobody knows.
    purse.settle(second, undefined);
    expect(purse.spent).toBeCloseTo(0.0019 + second, 9);
    expect(() => purse.reserve(request)).toThrow(Spent);
  });
});

describe('the page', () => {
  const said = { summary: 'The files were open.', impact: 'Copies may exist.', actions: ['Look for copies.'] };
  const explained = questions(book, 'en')
    .slice(8)
    .map((question: Question) => {
      const sentences = sentencesToJudge(said, question.brief, 'en');
      const verdicts = sentences.map((_, index) => ({ number: index + 1, verdict: 'supported' }));
      return { question, end: 'answered' as const, briefing: said, verdicts: parseVerdicts({ verdicts }, sentences) };
    });
  const figures = {
    survival: [],
    sentences: { asked: 0, judged: 0, rows: [] },
    verdicts: {},
    cost: { spent: 0, atMost: 1 },
  } as unknown as Figures;
  const spread = { count: 0, p50: 0, p95: 0 };
  const page = (pairs: readonly Pair[]) =>
    renderEvaluation({ ...figures, seconds: { answer: spread, judge: spread, both: spread, inTime: 0, limit: 15 } }, pairs);

  test('puts the model left or right by chance, as the seed says', () => {
    const order = (seed: number) => pairsOf(explained, seeded(seed)).map(({ modelIsA }) => modelIsA);
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    expect(order(1).filter(Boolean).length).toBeGreaterThan(5);
    expect(order(1).filter((left) => !left).length).toBeGreaterThan(5);
  });

  test('says whose words they are in the key alone, which is closed and comes last', () => {
    const pairs = pairsOf(explained, seeded(3));
    const [before = '', key = ''] = page(pairs).split('id="key"');
    const compared = before.slice(before.indexOf('id="blind"'));
    expect(compared.split('<article').length - 1).toBe(pairs.length);
    expect(compared).not.toMatch(/\bmodel\b|phrasebook|AI-generated/);
    expect(key).toContain('<details><summary>');
    for (const [index, { name, modelIsA }] of pairs.entries())
      expect(key).toContain(
        `<th scope="row">${index + 1} ${name}</th><td>${modelIsA ? 'the model' : 'the phrasebook'}</td><td>${modelIsA ? 'the phrasebook' : 'the model'}</td>`,
      );
  });

  test('holds foreign words as text, and can neither run nor load anything', () => {
    const [pair] = pairsOf(explained, seeded(3));
    if (!pair) throw new Error('no pair');
    const html = page([{ ...pair, model: { ...pair.model, meaning: '<img src=x onerror=alert(1)>' } }]);
    expect(html).not.toContain('<img');
    expect(html).toContain('default-src &#39;none&#39;');
  });
});
