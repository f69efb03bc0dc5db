/** The operator's purge over the ledger of a world, which goes on while it waits. */
import { seenIn } from '../../cli/words/seen';
import { type Ground, purge, type Purged } from '../../cli/words/purge';
import { namedBy } from '../../handlers/domain/interpretation/answer';
import { SECOND, type World } from './world';

export const BY = 'arn:aws:sts::222222222222:assumed-role/SecurityOperations/kim';

/** @param answer its name. */
export function purged(world: World, answer: string, ground: Partial<Ground> = {}): Promise<Purged> {
  const name = namedBy(answer);
  if (!name) throw new Error(`${answer} is no name of an answer`);
  return purge(name, {
    ledger: world.ledger,
    seen: async function* () {
      for (const { key, value } of world.ledger.all()) {
        const seen = seenIn(key, value);
        if (seen) yield seen;
      }
    },
    ledgerDays: 400,
    workersLive: 90 * SECOND,
    by: BY,
    why: 'It says that nothing is wrong.',
    now: world.clock.now,
    sleep: (ms) => world.run(world.now + ms),
    signal: new AbortController().signal,
    progress: () => undefined,
    ...ground,
  });
}
