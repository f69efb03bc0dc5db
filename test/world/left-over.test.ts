/**
 * DynamoDB deletes each row some days after it has expired, in no order, and an operator may shorten the retention: so states of a problem
 * may be there when its own row is gone. What comes of its name then is another problem.
 * @proves lost, repeated
 */
import { deletionOf } from '../../local/dynamodb/late-ttl';
import { config } from './config';
import { control } from './events';
import { only } from './only';
import { readable } from '../../cli/simulate/world/slack';
import { HOUR, START, World } from './world';

const DAY = 24 * HOUR;
/** More than a problem's own row holds. */
const MEMBERS = 60;
const [NOTHING] = [{ blocks: [] }];

function sendAll(world: World, controlId: string, at: number, compliance: 'FAILED' | 'PASSED'): void {
  const severity = compliance === 'FAILED' ? 'CRITICAL' : 'INFORMATIONAL';
  for (let n = 0; n < MEMBERS; n++)
    world.send(
      control({ control: controlId, bucket: `b${n}`, severity, compliance, updatedAt: at + n, firstObservedAt: at + n }),
      at + n - world.now,
    );
}

/** It closes, its row leaves, and it comes back and closes again. @param between runs as long as no row of the problem need agree. */
async function comesBack(world: World, controlId: string, again: number): Promise<void> {
  sendAll(world, controlId, again, 'FAILED');
  await world.run(again + 2 * HOUR);
  const { posts } = world.slack;
  expect(readable(posts.at(-1) ?? NOTHING)).toContain(`${MEMBERS} open resources`);
  sendAll(world, controlId, again + 2 * HOUR, 'PASSED');
  await world.run(again + 5 * HOUR);
  expect(posts.at(-1)?.text).toMatch(/^✅/);
  expect(readable(posts.at(-1) ?? NOTHING)).toContain(`${MEMBERS} resources mended`);
  expect(world.dead).toEqual([]);
}

test('it came back while DynamoDB had deleted its row and not yet its states', async () => {
  // The control whose problem's row goes soonest: which goes when follows from its key.
  const goesAfter = (controlId: string) => deletionOf(`problem#workloads#aws:control:${controlId}header`, 0);
  const controlId = Array.from({ length: 50 }, (_, n) => `EC2.${n}`).sort((a, b) => goesAfter(a) - goesAfter(b))[0] as string;
  const world = new World({ config: config({ settings: { retention: { ledgerDays: 1 } } }) });
  sendAll(world, controlId, START, 'FAILED');
  await world.run(START + HOUR);
  sendAll(world, controlId, START + HOUR, 'PASSED');
  await world.run(START + 2 * HOUR);
  const week = 7 * DAY;
  const expires = Math.ceil((START + HOUR + DAY) / week) * week;
  const header = () => world.ledger.keys().filter(({ sk }) => sk === 'header');
  const states = () => world.ledger.keys().filter(({ sk }) => sk.startsWith('state#'));
  only(header());
  world.now = expires + goesAfter(controlId) + HOUR;
  expect([header().length, states().length > MEMBERS / 2]).toEqual([0, true]);
  await comesBack(world, controlId, world.now);
});

test('it came back after the retention was shortened', async () => {
  const world = new World({ config: config({ settings: { retention: { ledgerDays: 365 } } }) });
  sendAll(world, 'S3.2', START, 'FAILED');
  await world.run(START + HOUR);
  sendAll(world, 'S3.2', START + HOUR, 'PASSED');
  await world.run(START + 2 * HOUR);
  world.config.settings.retention.ledgerDays = 30;
  // It is written anew, and leaves sooner than the states that are there.
  world.send(control({ bucket: 'x', updatedAt: world.now, firstObservedAt: world.now }));
  world.send(
    control({
      bucket: 'x',
      compliance: 'PASSED',
      severity: 'INFORMATIONAL',
      updatedAt: world.now + HOUR,
      firstObservedAt: world.now + HOUR,
    }),
    HOUR,
  );
  await world.run(START + 4 * HOUR);
  world.now = START + 60 * DAY;
  expect(world.ledger.keys().filter(({ sk }) => sk === 'header')).toEqual([]);
  await comesBack(world, 'S3.2', world.now);
});
