/** When all is closed and its retention is over the table is empty of it. */
import { config } from './config';
import { control, threat } from './events';
import { HOUR, START, World } from './world';

const DAY = 24 * HOUR;
/** Kept whatever becomes of problems, one row a name, none of which grows with findings: the organization's, the model's words, AWS's words, turns. */
const LASTING = ['account', 'unit', 'briefing', 'control', 'text', 'slot', 'away', 'lease', 'breaker'];

test('a problem that was told and mended leaves nothing behind, when its retention and the delay of DynamoDB are over', async () => {
  const settings = config().settings;
  const world = new World();
  const buckets = Array.from({ length: 80 }, (_, n) => `bucket-${n}`);
  const mended = { compliance: 'PASSED', severity: 'INFORMATIONAL', updatedAt: START + HOUR, firstObservedAt: START + HOUR };
  for (const bucket of buckets) {
    world.send(control({ bucket }));
    world.send(control({ bucket, ...mended }), HOUR);
  }
  world.send(threat());
  world.send(threat({ recordState: 'ARCHIVED', updatedAt: START + HOUR }), HOUR);
  await world.run(START + DAY);
  expect(world.slack.posts.map(({ edits }) => edits > 0)).toEqual([true, true]);
  const kindsNow = () => new Set(world.ledger.keys().map(({ pk }) => pk.replace(/#.*/, '')));
  expect([...kindsNow()]).toEqual(expect.arrayContaining(['finding', 'problem', 'account']));

  await world.run(START + (settings.retention.ledgerDays + 30) * DAY);
  expect([...kindsNow()].filter((kind) => !LASTING.includes(kind))).toEqual([]);
});
