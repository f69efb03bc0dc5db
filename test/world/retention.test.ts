/** When all is closed and its retention is over the table is empty of it. */
import { NOTIFY } from '../../handlers/domain/problem/rows';
import { config } from './config';
import { control, threat } from './events';
import { HOUR, START, World } from './world';

const DAY = 24 * HOUR;
/** Kept whatever becomes of problems, one row a name, none of which grows with findings: the organization's, AWS's wordings, turns. */
const LASTING = ['account', 'parent', 'unit', 'control', 'slot'];
/** Texts outlive what is told with them. */
const TEXTS = 90;

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

  await world.run(START + (settings.retention.ledgerDays + TEXTS + 30) * DAY);
  expect([...kindsNow()].filter((kind) => !LASTING.includes(kind))).toEqual([]);
});

test('nor does what Security Hub would never mark', async () => {
  const { retention } = config().settings;
  const world = new World();
  world.fault = ({ name }) => (name === 'hub.mark' ? { answer: [{ id: 'each', reason: 'InternalException' }] } : undefined);
  world.send(threat());
  world.send(threat({ recordState: 'ARCHIVED', updatedAt: START + 5 * DAY }), 5 * DAY);
  await world.run(START + 6 * DAY);
  expect(world.ledger.keys().some(({ sk }) => sk.startsWith(NOTIFY))).toBe(true);
  await world.run(START + (retention.ledgerDays + 30) * DAY);
  expect(world.ledger.keys().filter(({ sk }) => sk.startsWith(NOTIFY))).toEqual([]);
});
