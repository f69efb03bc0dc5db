/** The model within its budget: past it nobody is asked, and messages go out without its words. */
import { costOf } from '../../../config/model-prices';
import type { Settings } from '../../../config/schema';
import { reasonOf } from '../../domain/failure';
import { UnusableAnswer } from '../../domain/interpretation/briefing';
import { exhausted, monthOf, type Period, resumesAt, type SpentRow, withCall } from '../../domain/interpretation/budget';
import { rowKeys } from '../../domain/problem/rows';
import { DAY, expiry } from '../../domain/time';
import { change } from '../../optimistic';
import type { Analyst, AnalystAnswer, Clock, LedgerKey } from '../../ports';
import type { DeliverDeps } from '../deps';

/** What was spent is looked at for as long after its month. */
const KEPT_DAYS = 400;

/** The model is not asked since its budget is used up. */
export class Paused extends Error {
  override name = 'Paused';
  constructor(
    readonly period: Period,
    until: number,
  ) {
    super(`the model's budget of the ${period} is used up: it is asked again from ${new Date(until).toISOString()}`);
  }
}

const spentKey = (clock: Clock): LedgerKey => rowKeys.spent(monthOf(clock.now()));

/** What is to be read with the question; nothing where no budget is set. */
export function spentKeys({ model }: Settings, clock: Clock): LedgerKey[] {
  return model.budget ? [spentKey(clock)] : [];
}

/** @throws Paused */
export function mayAsk(row: SpentRow | undefined, { model }: Settings, clock: Clock): void {
  const now = clock.now();
  const period = model.budget && exhausted(model.budget, row, now);
  if (period) throw new Paused(period, resumesAt(period, now));
}

type BudgetDeps = Pick<DeliverDeps, 'config' | 'ledger' | 'analyst' | 'clock' | 'journal'>;

/** Whoever asks goes through here, for whatever: it looks before each call what is left, and writes after it what it took. */
export function withinBudget(deps: BudgetDeps): Analyst {
  const { analyst, ledger, clock } = deps;
  const { settings } = deps.config;
  if (!settings.model.budget) return analyst;
  return {
    async interpret(request, asked) {
      mayAsk((await ledger.read<SpentRow>(spentKey(clock)))?.value, settings, clock);
      try {
        const answer = await analyst.interpret(request, asked);
        await countIn(answer, asked.profile, deps);
        return answer;
      } catch (error) {
        if (error instanceof UnusableAnswer && error.usage) await countIn(error.usage, asked.profile, deps);
        throw error;
      }
    },
  };
}

/** What is paid for is paid for, also where it cannot be written: then the answer is not lost beside. */
async function countIn(answer: Omit<AnalystAnswer, 'content'>, profile: string, { ledger, clock, journal }: BudgetDeps): Promise<void> {
  const { model, inputTokens, outputTokens } = answer;
  // Where something chose among models its price may not be known: then it cost what was asked for.
  const microUsd = Math.ceil(costOf(model, inputTokens, outputTokens) ?? costOf(profile, inputTokens, outputTokens) ?? 0);
  const now = clock.now();
  const call = { tokens: inputTokens + outputTokens, microUsd };
  await change<SpentRow, void>(ledger, spentKey(clock), (row) => ({
    next: withCall(row, call, now),
    expiresAt: expiry(now + KEPT_DAYS * DAY),
    result: undefined,
  })).catch((error: unknown) => journal.error('tokens not counted in the budget', { ...call, reason: reasonOf(error) }));
}
