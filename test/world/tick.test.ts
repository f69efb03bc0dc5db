/** A storm of findings does not hold back what has come due: the minute's tick has a queue and a function of its own. */
import { seeded } from '../../cli/simulate/world/random';
import { readable } from '../../cli/simulate/world/slack';
import { control } from './events';
import { MINUTE, SECOND, START, World } from './world';

const HIGH = { severity: 'HIGH' };
/** Of changes that gather: docs/architecture.md, "Time". */
const GATHERS = 5 * MINUTE;

test('a change that is due in the midst of a storm is shown within a minute and a half, though thousands of findings wait', async () => {
  // Ten workers, a second and a half for each call: a storm of hours.
  const world = new World({ workers: 10, callTakes: 1500, random: seeded(7) });
  world.send(control(HIGH));
  await world.run(START + 2 * MINUTE);
  expect(world.slack.posts.map(({ edits }) => edits)).toEqual([0]);
  const grows = world.now;
  world.send(control({ ...HIGH, bucket: 'exports', updatedAt: grows, time: grows }));
  await world.run(grows + 20 * SECOND);
  for (let n = 0; n < 5000; n++)
    world.send(control({ ...HIGH, control: 'EC2.7', bucket: `volume-${n}`, updatedAt: world.now, time: world.now }));
  const due = grows + GATHERS;
  await world.run(due + 90 * SECOND);
  expect(world.waiting).toBeGreaterThan(4000);
  const shown = world.slack.posts.filter((post) => readable(post).includes('exports'));
  expect(shown).toHaveLength(1);
});
