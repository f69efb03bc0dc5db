/** The cost of the switches, as the page tells it. */
import { readFileSync } from 'node:fs';
import { settingsSchema } from '../../config/settings-schema';
import { DEPLOY, idleCost, readPrices, withPrices } from '../../scripts/prices';

const page = readFileSync(DEPLOY, 'utf8');
const prices = readPrices();

test('docs/deploy.md tells what docs/prices.yaml says; where it does not: npm run prices', () => {
  expect(page).toBe(withPrices(page, prices));
});

test('every section of switches has a row, every row a section of settings.yaml, and every price is used', () => {
  const sections = new Set(prices.switches.map(({ section }) => section));
  for (const section of ['network', 'functions', 'keys', 'deployment', 'metrics', 'tracing', 'alarms', 'allTo', 'environments'])
    expect(sections).toContain(section);
  // Environments are files beside settings.yaml.
  for (const section of sections) expect([...Object.keys(settingsSchema.shape), 'environments']).toContain(section);
  const used = new Set(prices.switches.flatMap(({ costs }) => Object.keys(costs)));
  expect(Object.keys(prices.prices).filter((name) => !used.has(name))).toEqual([]);
});

test('a month of an hourly price is 730 hours of it, of one of seconds their seconds, and what has no price is refused', () => {
  const made = {
    hoursAMonth: 730,
    switches: [],
    prices: Object.fromEntries(
      (['hour', 'second', 'month', 'piece'] as const).map((per) => [
        per,
        { of: per, per, asOf: '2026-11', source: 'https://aws.amazon.com', 'us-east-1': 2, 'ap-northeast-1': 3 },
      ]),
    ),
  };
  expect(idleCost(made, { hour: 1, month: 10 }, 'us-east-1')).toBe(1480);
  expect(idleCost(made, { second: 1 }, 'ap-northeast-1')).toBe(3 * 2_628_000);
  expect(idleCost(made, { piece: 7 }, 'us-east-1')).toBe(14);
  expect(() => idleCost(made, { hours: 1 }, 'us-east-1')).toThrow(/no price hours: write it there, with its source/);
});

test('a page that lost its marks is not written over', () => {
  expect(() => withPrices('# Deploying', prices)).toThrow(/has lost the line <!-- switches/);
});
