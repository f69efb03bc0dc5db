/**
 * What the model may cost in a day and in a month, both of UTC. What is spent stands in one row a month, so that a call costs one
 * write. A call is begun while anything is left: only those that are under way then can spend more.
 */
import type { Settings } from '../../../config/schema';

export type Period = 'day' | 'month';

export interface Sum {
  /** In and out together, as Bedrock counts them. */
  tokens: number;
  /** In millionths of a dollar. */
  microUsd: number;
}

/** Written by deliver after each call. */
export interface SpentRow extends Sum {
  /** By the day of the month, 01 to 31. */
  days: Record<string, Sum>;
}

export type Budget = NonNullable<Settings['model']['budget']>;

const NOTHING: Sum = { tokens: 0, microUsd: 0 };

/** @param at epoch milliseconds. @returns `2026-11`, and `26`. */
function dateOf(at: number): [month: string, day: string] {
  const date = new Date(at).toISOString();
  return [date.slice(0, 7), date.slice(8, 10)];
}

export const monthOf = (at: number): string => dateOf(at)[0];

export function spent(row: SpentRow | undefined, at: number): Record<Period, Sum> {
  return { day: row?.days[dateOf(at)[1]] ?? NOTHING, month: row ?? NOTHING };
}

/** @returns whose budget is used up; the month's, where both are, since it ends later. */
export function exhausted(budget: Budget, row: SpentRow | undefined, at: number): Period | undefined {
  const { day, month } = spent(row, at);
  const over = ({ tokens, microUsd }: Sum, most: { tokens?: number; usd?: number }) =>
    (most.tokens !== undefined && tokens >= most.tokens) || (most.usd !== undefined && microUsd >= most.usd * 1e6);
  if (over(month, { tokens: budget.tokensPerMonth, usd: budget.usdPerMonth })) return 'month';
  return over(day, { tokens: budget.tokensPerDay, usd: budget.usdPerDay }) ? 'day' : undefined;
}

/** The row with one call more. @param at when it was answered, in epoch milliseconds. */
export function withCall(row: SpentRow | undefined, call: Sum, at: number): SpentRow {
  const [, day] = dateOf(at);
  const plus = (sum: Sum): Sum => ({ tokens: sum.tokens + call.tokens, microUsd: sum.microUsd + call.microUsd });
  const days = row?.days ?? {};
  return { ...plus(row ?? NOTHING), days: { ...days, [day]: plus(days[day] ?? NOTHING) } };
}

/** When the next period begins, in epoch milliseconds. */
export function resumesAt(period: Period, at: number): number {
  const date = new Date(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  return period === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1);
}
