/**
 * Dead letters that a person sends back: in the group of their problem, so that no two workers tell it.
 * @proves lost, repeated
 */
import { awsError } from '../../cli/simulate/world/limits';
import { seeded } from '../../cli/simulate/world/random';
import { MemorySlack, readable } from '../../cli/simulate/world/slack';
import { control } from './events';
import { seeds } from './seeds';
import { HOUR, MINUTE, SECOND, START, World } from './world';

/** Posts take a while, as Slack's do when it is busy; what was sent back meanwhile is given every chance to overtake. */
class SlowSlack extends MemorySlack {
  posting: () => Promise<void> = async () => undefined;
  override async post(...args: Parameters<MemorySlack['post']>) {
    await this.posting();
    return super.post(...args);
  }
}

test.each(seeds(5))('one that is sent back while its problem is being posted repeats nothing (seed %i)', async (seed) => {
  const slack = new SlowSlack();
  const world = new World({ slack, workers: 3, random: seeded(seed) });
  world.fault = ({ by, name }) => (by === 'deliver' && name === 'ledger.list' ? { before: new Error('no') } : undefined);
  world.send(control());
  await world.run(START + 10 * MINUTE);
  expect([world.dead.length, slack.posts.length]).toEqual([1, 0]);
  world.fault = () => undefined;
  slack.posting = async () => {
    await world.sleep(2 * SECOND);
    world.redrive();
    await world.sleep(10 * SECOND);
  };
  world.send(control({ bucket: 'exports', updatedAt: world.now, time: world.now }));
  await world.run();
  expect(slack.posts).toHaveLength(1);
  expect(world.dead).toEqual([]);
});

test('what fails whenever it is due ends as a dead letter and is not woken each minute as well; sent back, it is told', async () => {
  const world = new World();
  world.send(control({ severity: 'HIGH' }));
  await world.run(START + 2 * MINUTE);
  world.send(control({ severity: 'HIGH', bucket: 'exports', updatedAt: world.now, time: world.now }));
  await world.run(START + 4 * MINUTE);
  expect(world.ledger.first('due')).toBeDefined();
  // As DynamoDB says it of a row that is too large: not for a while, but for ever.
  const tooLarge = awsError('ValidationException', 'Item size has exceeded the maximum allowed size');
  const write = world.ledger.write.bind(world.ledger);
  world.ledger.write = (key, ...row) => (key.sk === 'header' ? Promise.reject(tooLarge) : write(key, ...row));
  await world.run(START + 6 * HOUR);
  // A tick or two woke it again while the first was being tried.
  const given = world.dead.map(({ reason }) => reason);
  expect([1, 2, 3]).toContain(given.length);
  expect(given.every((reason) => reason.includes('ValidationException'))).toBe(true);
  await world.run();
  expect(world.dead).toHaveLength(given.length);
  world.ledger.write = write;
  world.redrive();
  await world.run();
  expect(world.slack.posts.map(readable).filter((text) => text.includes('exports'))).toHaveLength(1);
});
