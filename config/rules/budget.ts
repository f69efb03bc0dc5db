/** A budget in dollars wants models whose prices are known. */
import type { Fault } from '../mistake';
import { MODEL_PRICES, priceOf } from '../model-prices';
import { texts, valueAt } from '../path';
import { settingsFault } from './fault';

export function checkBudget(raw: unknown): Fault[] {
  const profiles = texts(valueAt(raw, ['model', 'profiles']));
  const unpriced = profiles.find((profile) => priceOf(profile) === undefined);
  if (unpriced === undefined) return [];
  return (['usdPerDay', 'usdPerMonth'] as const).flatMap((name) => {
    const path = ['model', 'budget', name];
    if (valueAt(raw, path) === undefined) return [];
    const message = `a budget in dollars needs the price of each model, and that of "${unpriced}" is not known here`;
    const remedy = `Remove it and write ${name.replace('usd', 'tokens')}, or name a model whose price is known: ${MODEL_PRICES.map((each) => each.name).join(', ')}.`;
    return [settingsFault('budget-price', path, message, remedy)];
  });
}
