/** `npm run prices`: writes what the switches cost into docs/deploy.md, from the dated prices of docs/prices.yaml. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { GEOGRAPHIC, MODEL_PRICES } from '../config/model-prices';
import { PROJECT } from '../stacks/constructs/bundling';

export const PRICES = join(PROJECT, 'docs/prices.yaml');
export const DEPLOY = join(PROJECT, 'docs/deploy.md');
const BEGIN = '<!-- switches: written by `npm run prices`; what is changed here by hand is lost -->';
const END = '<!-- end of the switches -->';
const REGIONS = ['us-east-1', 'ap-northeast-1'] as const;

const amount = z.number().positive();
const price = z.strictObject({
  of: z.string(),
  per: z.enum(['hour', 'second', 'month', 'piece']),
  asOf: z.string().regex(/^\d{4}-\d{2}$/),
  source: z.url(),
  note: z.string().optional(),
  'us-east-1': amount,
  'ap-northeast-1': amount,
});
const pricesSchema = z.strictObject({
  hoursAMonth: amount,
  prices: z.record(z.string(), price),
  switches: z.array(z.strictObject({ section: z.string(), write: z.string(), costs: z.record(z.string(), amount), when: z.string() })),
});
export type Prices = z.infer<typeof pricesSchema>;

/** @throws Error where the file is not of that form. */
export function readPrices(): Prices {
  return pricesSchema.parse(parse(readFileSync(PRICES, 'utf8')));
}

/**
 * USD a month, when nothing happens.
 * @throws Error for a cost that has no price.
 */
export function idleCost({ hoursAMonth, prices }: Prices, costs: Record<string, number>, region: (typeof REGIONS)[number]): number {
  const times = { hour: hoursAMonth, second: hoursAMonth * 3600, month: 1, piece: 1 };
  return Object.entries(costs).reduce((sum, [name, count]) => {
    const found = prices[name];
    if (!found) throw new Error(`docs/prices.yaml has no price ${name}: write it there, with its source.`);
    return sum + found[region] * count * times[found.per];
  }, 0);
}

/**
 * The page with the table between its two marks.
 * @throws Error where the page has lost a mark.
 */
export function withPrices(page: string, prices: Prices): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`docs/deploy.md has lost the line ${from < 0 ? BEGIN : END}: write it back where the switches stand.`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${tableOf(prices)}\n\n${sourcesOf(prices)}\n\n${modelsOf()}\n\n${page.slice(to)}`;
}

function tableOf(prices: Prices): string {
  const head = ['section', 'written there', ...REGIONS, 'when'];
  const rows = prices.switches.map(({ section, write, costs, when }) => [
    `\`${section}\``,
    write,
    ...REGIONS.map((region) => dollars(idleCost(prices, costs, region))),
    when,
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ').replaceAll('\n', ' ')} |`).join('\n');
}

const EACH = { hour: 'an hour', second: 'a second', month: 'a month', piece: 'each' };

/** To the cent below ten dollars. */
function dollars(amount: number): string {
  return amount === 0 ? '0' : amount < 10 ? amount.toFixed(2) : amount.toFixed(0);
}

function sourcesOf({ prices }: Prices): string {
  const each = Object.values(prices).map(
    ({ of, per, asOf, source, note, ...region }) =>
      `- ${of}: ${REGIONS.map((name) => region[name]).join(' and ')} ${EACH[per]} ([${asOf}](${source}))${note ? `. ${note}` : ''}`,
  );
  return [
    'Of these prices, in USD, us-east-1 and ap-northeast-1, each as the price list had it in the month that is named; the link is where it stands today:',
    '',
    ...each,
  ].join('\n');
}

/** By which `model.budget` counts dollars. */
function modelsOf(): string {
  const each = MODEL_PRICES.map((price) => `- ${price.name}: ${price.in} and ${price.out} (${price.asOf})`);
  return [
    `Of the models, in USD a million tokens in and out, by a \`global.\` profile; those of a geography cost ${GEOGRAPHIC} times that ([today](https://aws.amazon.com/bedrock/pricing/)). \`model.budget\` counts by these:`,
    '',
    ...each,
  ].join('\n');
}

if (require.main === module) {
  writeFileSync(DEPLOY, withPrices(readFileSync(DEPLOY, 'utf8'), readPrices()));
  console.log(`wrote ${DEPLOY}`);
}
