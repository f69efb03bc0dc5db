/** All schedules of a scenario within its budget, depth first; each is run from the start. States that were seen before end a run. */
import { control } from '../events';
import { only } from '../only';
import { HOUR, START, World } from '../world';
import { QUIET } from './elapsing';
import { Explored, NoRest } from './explored';
import { wrongAtRest } from './rest';
import type { Scenario } from './scenarios';

export interface Found {
  /** Runs, those among them that came to rest, and places at which there was a choice. */
  runs: number;
  rests: number;
  states: number;
  /** Whether all were run, or the first that ends wrong was found. */
  complete: boolean;
  wrong?: { what: string[]; trace: string[] };
}

export async function search(scenario: Scenario, mostRuns = Number.POSITIVE_INFINITY): Promise<Found> {
  const seen = new Set<string>();
  const found: Found = { runs: 0, rests: 0, states: 0, complete: false };
  let path: { choice: number; count: number }[] = [];
  while (found.runs < mostRuns) {
    found.runs++;
    let depth = 0;
    const world: Explored = new Explored(scenario, (count, state) => {
      const known = path[depth];
      if (known && known.count !== count) throw new Error('a schedule cannot be replayed');
      if (!known) {
        const name = state();
        if (seen.has(name)) return undefined;
        seen.add(name);
        path.push({ choice: 0, count });
      }
      return (path[depth++] as { choice: number }).choice;
    });
    const what = await outcome(world, found);
    if (what.length > 0) return { ...found, states: seen.size, wrong: { what, trace: world.trace } };
    path = next(path);
    if (path.length === 0) return { ...found, states: seen.size, complete: true };
  }
  return { ...found, states: seen.size };
}

let before: ReturnType<typeof fullProblem> | undefined;
function full(): ReturnType<typeof fullProblem> {
  before ??= fullProblem();
  return before;
}

/** A problem of 64 that was told, in one row. */
async function fullProblem() {
  const world = new World({ config: QUIET, limits: { lateTtl: false } });
  for (let n = 0; n < 64; n++)
    world.send(control({ bucket: `known-${n}`, severity: 'HIGH', eventId: `known-${n}`, updatedAt: START - HOUR }));
  await world.run();
  const rows = [...world.ledger.all()].map(({ key, value }) => ({ key, value }));
  return { rows, message: only(world.slack.posts), at: world.now };
}

async function outcome(world: Explored, found: Found): Promise<string[]> {
  try {
    if (world.scenario.full) await world.begins(await full());
    if (world.scenario.busy) await world.isBusy(world.scenario.busy);
    if (!(await world.rest())) return [];
    found.rests++;
    const gaveUp = world.dead.length > 0;
    const wrong = wrongAtRest(world);
    if (wrong.length > 0 || !gaveUp) return wrong;
    // A person sends it back.
    world.redriven = true;
    world.redrive();
    if (!(await world.rest())) return [];
    return wrongAtRest(world);
  } catch (error) {
    if (error instanceof NoRest) return [error.message];
    throw error;
  }
}

function next(path: { choice: number; count: number }[]): { choice: number; count: number }[] {
  const rest = [...path];
  for (let last = rest.pop(); last; last = rest.pop())
    if (last.choice + 1 < last.count) return [...rest, { ...last, choice: last.choice + 1 }];
  return [];
}
