/**
 * What the models cost, in USD a million tokens, for settings.model.budget. On-demand prices as copies of Bedrock's price page had
 * them in the month named; `npm run prices` writes them into docs/deploy.md. What is not here can be bounded in tokens only.
 * https://aws.amazon.com/bedrock/pricing/
 */
import { geographyOf } from './geographies';

export interface ModelPrice {
  name: string;
  /** Of the model's id, without the prefix of a profile. */
  id: RegExp;
  in: number;
  out: number;
  /** Of which month. */
  asOf: string;
}

export const MODEL_PRICES: readonly ModelPrice[] = [
  { name: 'Claude Haiku 5.5', id: /^anthropic\.claude-haiku-5-5\b/, in: 0.1, out: 0.5, asOf: '2026-11' },
  { name: 'Claude Haiku 4.5', id: /^anthropic\.claude-haiku-4-5\b/, in: 1, out: 5, asOf: '2026-11' },
  { name: 'Claude Sonnet 5', id: /^anthropic\.claude-sonnet-5(?!-\d)/, in: 2, out: 10, asOf: '2026-11' },
  { name: 'Claude Sonnet 4.5 and 4.6', id: /^anthropic\.claude-sonnet-4-[56]\b/, in: 3, out: 15, asOf: '2026-11' },
];

/** Profiles of a geography cost a tenth more than `global.`; nobody says what GovCloud's and China's cost. */
export const GEOGRAPHIC = 1.1;
const PRICED = new Set(['global', 'us', 'eu', 'jp', 'au', 'apac']);

/** In USD a million tokens. @param model id of an inference profile. @returns undefined where no price is known. */
export function priceOf(model: string): { in: number; out: number } | undefined {
  const geography = geographyOf(model);
  if (geography === undefined || !PRICED.has(geography)) return undefined;
  const price = MODEL_PRICES.find(({ id }) => id.test(model.slice(geography.length + 1)));
  const factor = geography === 'global' ? 1 : GEOGRAPHIC;
  return price && { in: price.in * factor, out: price.out * factor };
}

/** In millionths of a dollar. @returns undefined where no price is known. */
export function costOf(model: string, inputTokens: number, outputTokens: number): number | undefined {
  const price = priceOf(model);
  return price && inputTokens * price.in + outputTokens * price.out;
}
