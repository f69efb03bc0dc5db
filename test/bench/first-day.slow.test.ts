/**
 * The first day: all that was ever wrong in an organization comes within ten minutes. FIRST_DAY=100000 plays the whole, which takes
 * some 20 minutes and 4 GB (NODE_OPTIONS=--max-old-space-size=8000); by itself a tenth of it.
 */
import { firstDay } from '../../bench/first-day';
import { disagreements } from '../world/recounted';

const FINDINGS = Number(process.env.FIRST_DAY ?? 10_000);

test('a rise to CRITICAL in the largest problem, and a CRITICAL elsewhere, are told within a minute; all is told, and told once', async () => {
  const { findings, world, slack, urgent, problems, lost, repeated } = await firstDay(FINDINGS);
  expect(findings).toBe(FINDINGS + 1);
  expect(problems).toBeGreaterThan(FINDINGS / 20);
  for (const { what, after } of urgent) expect({ what, late: after > 60_000 }).toEqual({ what, late: false });
  expect({ lost, repeated, dead: world.dead, refused: slack.refused }).toEqual({ lost: 0, repeated: 0, dead: [], refused: 0 });
  expect(disagreements({ rows: world.ledger.all(), now: world.now, rested: true, given: [] })).toEqual([]);
}, 3_600_000);
