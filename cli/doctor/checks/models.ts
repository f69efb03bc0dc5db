/** What is asked of each model of the list, told as one. */
import { profilesOf } from '../../../config/models';
import type { Outcome, Verdict } from '../check';
import type { Context } from '../context';
import { outcomeOf } from '../outcome';

const WORST: readonly Verdict[] = ['fail', 'unknown', 'warn', 'skipped', 'pass'];

/** The worst of them; but nothing is lost where one fails and another stands in for it. */
export async function ofEach({ config }: Pick<Context, 'config'>, ask: (profile: string) => Outcome | Promise<Outcome>): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  // One after the other: what Bedrock allows in a second is little.
  for (const profile of profilesOf(config.settings)) outcomes.push(await Promise.resolve(profile).then(ask).catch(outcomeOf));
  const worst = WORST.find((verdict) => outcomes.some((outcome) => outcome.verdict === verdict)) ?? 'pass';
  const stands = outcomes.some(({ verdict }) => verdict === 'pass' || verdict === 'warn');
  const remedies = new Map(
    outcomes.flatMap((outcome) => (outcome.remedies ?? []).map((remedy) => [JSON.stringify(remedy), remedy] as const)),
  );
  return {
    verdict: worst === 'fail' && stands ? 'warn' : worst,
    found: [...new Set(outcomes.map(({ found }) => found))].join('; '),
    ...(remedies.size > 0 ? { remedies: [...remedies.values()] } : {}),
  };
}
