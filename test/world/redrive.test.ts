/** Dead letters that a person sends back: in the group of their problem, so that no two workers tell it. */
import { seeded } from '../../cli/simulate/world/random';
import { MemorySlack } from '../../cli/simulate/world/slack';
import { control } from './events';
import { seeds } from './seeds';
import { MINUTE, SECOND, START, World } from './world';

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
