/** Findings shaped as AWS documents them, in this organization. */
import { type Told, readable } from '../../cli/simulate/world/slack';
import { eventOf } from './events';
import { HOUR, START, World } from './world';

export const ACCOUNT = '555555555555';
export const DAY = 24 * HOUR;
/** The documented account is none of this organization. */
const ours = <T extends object>(finding: T): T => JSON.parse(JSON.stringify(finding).replaceAll('111122223333', ACCOUNT)) as T;
export const send = (world: World, format: 'asff' | 'ocsf', finding: object, at = 0) =>
  world.send(
    eventOf(
      format,
      { ...ours(finding), ...(format === 'asff' ? { UpdatedAt: new Date(START + at).toISOString() } : {}) },
      { time: START + at },
    ),
    at,
  );
/** All text of a message in one line. */
export const flat = (message: Pick<Told, 'blocks'>) =>
  readable(message)
    .replace(/[\s\u00a0]+/g, ' ')
    .replaceAll(' , ', ', ');

/** What becomes of findings that come one after the other. */
export async function told(...findings: (readonly ['asff' | 'ocsf', object])[]): Promise<World> {
  const world = new World();
  for (const [index, [format, finding]] of findings.entries()) send(world, format, finding, index);
  await world.run(START + HOUR);
  expect(world.dead).toEqual([]);
  return world;
}
export const posts = ({ slack }: World) => slack.posts;
export const replies = ({ slack }: World) => slack.replies;
