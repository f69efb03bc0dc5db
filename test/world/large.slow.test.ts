/** Problems that are large: rows stay small, messages stay readable, counts stay right. */
import { config } from './config';
import { control } from './events';
import { seeded } from '../../cli/simulate/world/random';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const DAY = 24 * HOUR;
const account = (n: number) => String(100000000000 + n);

/** Every string in a message's blocks: what Slack counts. */
function characters(blocks: readonly object[]): number {
  let count = 0;
  JSON.stringify(blocks, (_key, value: unknown) => {
    if (typeof value === 'string') count += value.length;
    return value;
  });
  return count;
}

test('a problem of 10,000 members: small rows, bounded messages, right counts, and a list in the thread', async () => {
  // A look takes time, in which the wake-ups of other members gather.
  const world = new World({ deliveryTakes: 200, config: config({ settings: { writeBack: false } }) });
  const members = 10_000;
  const partsOf = (n: number) => ({
    account: account(n % 150),
    bucket: `bucket-${String(n).padStart(5, '0')}-${'x'.repeat(40)}`,
    severity: 'HIGH',
  });
  // In three waves: before the first message, while it stands, and when it closes.
  for (let n = 0; n < members; n++) world.send(control(partsOf(n)), n < 9000 ? 0 : HOUR);
  for (let n = 0; n < 1000; n++)
    world.send(control({ ...partsOf(n), compliance: 'PASSED', updatedAt: START + 3 * HOUR, firstObservedAt: START + 3 * HOUR }), 3 * HOUR);
  await world.run();

  expect(world.dead).toEqual([]);
  expect(readable(only(world.slack.posts))).toContain('9000 open resources, 1000 mended');
  for (const { blocks } of [...world.slack.messages, ...world.slack.told]) {
    expect(blocks.length).toBeLessThan(40);
    expect(characters(blocks)).toBeLessThan(10_000);
  }
  const [list = '', growth = ''] = world.slack.replies.map(readable);
  expect(list.match(/bucket-\d{5}/g)?.length).toBeGreaterThan(20);
  expect(growth.match(/bucket-\d{5}/g)?.length).toBeGreaterThan(20);
  expect(growth).toContain('more in Security Hub');
  expect(world.slack.calls.length).toBeLessThanOrEqual(8);
  // DynamoDB takes 400 KB an item.
  expect(world.ledger.largest).toBeLessThan(160_000);
  console.log(
    `members ${members} · largest row ${(world.ledger.largest / 1000).toFixed(1)} KB · Slack calls ${world.slack.calls.length} · invocations ${world.invocations}`,
  );
}, 120_000);

test('a resource that a product reports anew for ever stays one small row', async () => {
  const world = new World();
  for (let n = 0; n < 100; n++) {
    const standard = `run-${n}`;
    world.send(control({ standard, updatedAt: START + n * MINUTE }), n * MINUTE);
    world.send(control({ standard, recordState: 'ARCHIVED', updatedAt: START + n * MINUTE + SECOND }), n * MINUTE + SECOND);
  }
  world.send(control({ standard: 'last', updatedAt: START + 101 * MINUTE }), 101 * MINUTE);
  await world.run();
  expect(readable(only(world.slack.posts))).toContain('1 open');
  expect(world.ledger.largest).toBeLessThan(100_000);
}, 60_000);

test('an open member that was not seen for 30 days, and cannot be read back, is shown as stale, and as itself again when it is seen', async () => {
  const world = new World();
  world.fault = ({ name }) => (name === 'hub.read' ? { before: new Error('AccessDenied') } : undefined);
  const send = (bucket: string, day: number) => world.send(control({ bucket, updatedAt: START + day * DAY }), day * DAY);
  for (let day = 0; day <= 40; day++) send('refreshed', day);
  send('forgotten', 0);
  await world.run();
  const post = only(world.slack.posts);
  expect(readable(post)).toContain('2 open');
  expect(readable(post)).toContain('1 not seen for 30 days');
  send('forgotten', 41 - 40);
  await world.run();
  expect(readable(post)).not.toContain('not seen for 30 days');
});

test('2,000 findings of 5 controls that come within five minutes are told in at most 60 calls', async () => {
  const random = seeded(3);
  const world = new World({ random });
  for (let n = 0; n < 2000; n++) {
    const parts = { control: `S3.${1 + (n % 5)}`, title: `Control ${n % 5}`, account: account(Math.floor(n / 5) % 100), bucket: `b-${n}` };
    world.send(control({ ...parts, severity: n % 5 < 2 ? 'CRITICAL' : 'HIGH' }), Math.floor(random() * 300) * SECOND);
  }
  await world.run();
  expect(world.dead).toEqual([]);
  expect(world.slack.posts).toHaveLength(5);
  for (const post of world.slack.posts) expect(readable(post)).toContain('400 open');
  expect(world.asks).toBeLessThanOrEqual(5);
  expect(world.slack.calls.length).toBeLessThanOrEqual(60);
}, 60_000);
