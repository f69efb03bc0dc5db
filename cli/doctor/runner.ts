/** Runs checks side by side, each after those that it needs. */
import { type Check, type Outcome, type Result, skipped } from './check';
import type { Context } from './context';
import { outcomeOf } from './outcome';
import { withConfig } from './config-flag';

/** @returns one result a check, in the order given. Never rejects: what a check throws is its finding. */
export function runChecks(checks: readonly Check[], context: Context): Promise<Result[]> {
  const running = new Map<string, Promise<Result>>();
  const start = (check: Check): Promise<Result> => {
    const known = running.get(check.id);
    if (known) return known;
    const result = runOne(check, context, (id) => {
      const needed = checks.find((candidate) => candidate.id === id);
      // A check that does not apply here cannot stand in the way.
      return needed && start(needed);
    });
    running.set(check.id, result);
    return result;
  };
  return Promise.all(checks.map(start));
}

async function runOne(check: Check, context: Context, resultOf: (id: string) => Promise<Result> | undefined): Promise<Result> {
  const { id, group, title } = check;
  const done = (outcome: Outcome): Result => {
    const redacted = context.redaction.value(outcome) as Outcome;
    const remedies = redacted.remedies?.map(({ say, command }) => ({ say, command: command && withConfig(command, context.configDir) }));
    return { id, group, title, ...redacted, ...(remedies ? { remedies } : {}) };
  };
  for (const need of check.needs ?? []) {
    const needed = await resultOf(need);
    if (needed?.verdict === 'fail') return done(skipped(`says nothing before this is mended: ${needed.title}`));
    if (needed?.verdict === 'skipped') return done(skipped(needed.found));
  }
  try {
    return done(await check.run(context));
  } catch (error) {
    return done(outcomeOf(error));
  }
}
