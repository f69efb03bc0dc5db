/** What is open again: the message and the reply say since when, and whether somebody took a risk back. */
import { readable } from '../../cli/simulate/world/slack';
import { control } from './events';
import { only } from './only';
import { HOUR, START, World } from './world';

const flat = (said: string) => said.replace(/\s+/g, ' ');

/** Suppressed or archived, told as such, and open again six hours later. */
async function playedOut(ended: { workflow?: string; recordState?: string }, more: Parameters<typeof control>[0] = {}): Promise<World> {
  const world = new World();
  world.send(control({}));
  world.send(control({ ...ended, updatedAt: START + HOUR }), HOUR);
  world.send(control({ updatedAt: START + 6 * HOUR }), 6 * HOUR);
  if (Object.keys(more).length > 0) world.send(control({ updatedAt: START + 8 * HOUR, ...more }), 8 * HOUR);
  await world.run(START + 10 * HOUR);
  return world;
}

test.each([
  [{ workflow: 'SUPPRESSED' }, 'no longer suppressed since 15:14', 'No longer suppressed: open again (15:14 JST): '],
  [{ recordState: 'ARCHIVED' }, 'open again since 15:14', 'Open again (15:14 JST): '],
])('%j', async (ended, said, told) => {
  const world = await playedOut(ended);
  expect(flat(readable(only(world.slack.posts)))).toContain(`Changed ${said}`);
  expect(flat(readable(world.slack.replies.at(-1) as never))).toContain(told);
});

test('it is said until it ends again', async () => {
  const resent = await playedOut({ workflow: 'SUPPRESSED' }, { severity: 'HIGH' });
  expect(flat(readable(only(resent.slack.posts)))).toContain('no longer suppressed since 15:14');
  const shut = await playedOut({ workflow: 'SUPPRESSED' }, { workflow: 'RESOLVED' });
  expect(flat(readable(only(shut.slack.posts)))).not.toContain('no longer suppressed');
});
