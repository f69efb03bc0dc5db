/**
 * What comes and goes between two messages of a problem, while nobody can be told: it is of one of the two.
 * @proves lost
 */
import { SlackFailure } from '../../handlers/domain/failure';
import { MemorySlack, readable } from '../../cli/simulate/world/slack';
import { awsError } from '../../cli/simulate/world/limits';
import { answer } from './world';
import { config } from './config';
import { control, type FindingParts } from './events';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const DAY = 24 * HOUR;
const OTHERS = '666666666666';

/** @param sent after it happened. */
function send(world: World, parts: FindingParts, at: number, sent = 0): void {
  world.send(control({ ...parts, updatedAt: at, firstObservedAt: at }), at + sent - world.now);
}
const open = (world: World, parts: FindingParts, at: number, sent = 0) => send(world, parts, at, sent);
const pass = (world: World, parts: FindingParts, at: number, sent = 0) =>
  send(world, { ...parts, compliance: 'PASSED', severity: 'INFORMATIONAL' }, at, sent);
const heard = ({ slack }: World) => slack.told.map((message) => `${message.text}\n${readable(message)}`).join('\n');

/** Told and mended within the first hour. */
async function mended(slack = new MemorySlack()): Promise<World> {
  const world = new World({ slack, config: config({ settings: { reopenHours: 4 } }) });
  open(world, { bucket: 'alpha' }, START);
  pass(world, { bucket: 'alpha' }, START + HOUR);
  await world.run(START + 2 * HOUR);
  expect(slack.posts.map(({ text }) => text)).toEqual([expect.stringMatching(/^✅/)]);
  return world;
}

test.each([
  ['archived', new SlackFailure('receiver', 'Slack answered is_archived')],
  ['limited', new SlackFailure('rate-limited', 'Slack answered 429', 600)],
  ['away', new SlackFailure('unavailable', 'Slack answered HTTP 503')],
])('what came and went while its channel was %s is told, though its problem came back too late for its message', async (_, failure) => {
  const world = await mended();
  const ends = START + 7 * HOUR;
  world.slack.before = ({ at }) => {
    if (at < ends) throw failure;
  };
  open(world, { bucket: 'bravo', account: OTHERS }, START + 3 * HOUR);
  pass(world, { bucket: 'bravo', account: OTHERS }, START + 4 * HOUR);
  open(world, { bucket: 'alpha' }, START + 6 * HOUR);
  await world.run(ends + HOUR);
  expect(heard(world)).toContain('account-666');
  expect(readable(world.slack.posts.at(-1) ?? { blocks: [] })).toContain('1 open resource, 1 mended');
  expect(world.dead).toEqual([]);
});

test.each([
  ['a minute late', MINUTE, MINUTE],
  // As where their account waits for its turn at Organizations.
  ['an hour late', HOUR, HOUR],
  ['late, the last first', MINUTE, 30 * SECOND],
])('what came and went before a new message was begun is told below it, where its events come %s', async (_, late, lateToo) => {
  const world = await mended();
  const again = START + 8 * HOUR;
  open(world, { bucket: 'alpha' }, again);
  open(world, { bucket: 'bravo', account: OTHERS }, again - 40 * SECOND, late);
  pass(world, { bucket: 'bravo', account: OTHERS }, again - 20 * SECOND, lateToo);
  await world.run(again + 3 * HOUR);
  const last = world.slack.posts.at(-1);
  expect(world.slack.posts).toHaveLength(2);
  expect(world.slack.replies.filter(({ thread }) => thread === last?.ts).map(readable)).toEqual([expect.stringContaining('bravo')]);
  expect(readable(last ?? { blocks: [] })).toContain('1 open resource, 1 mended');
});

test('what was mended so long ago that its rows are gone is not told again for a late word on it', async () => {
  const world = await mended();
  const { ledgerDays } = world.config.settings.retention;
  const later = START + (ledgerDays + 20) * DAY;
  open(world, { bucket: 'bravo' }, later - DAY);
  await world.run(later);
  const { told } = world.slack;
  const before = told.length;
  pass(world, { bucket: 'alpha' }, START + HOUR, later + HOUR - START);
  await world.run(later + DAY);
  expect(told.slice(before)).toEqual([]);
});

test('a message that is begun while the words of the one before are awaited gets them', async () => {
  let there = false;
  const analyst = {
    interpret: async () => {
      if (!there) throw awsError('ThrottlingException', 'Too many tokens', 429);
      return { content: answer, model: 'test', inputTokens: 1, outputTokens: 1 };
    },
  };
  const world = new World({ analyst });
  world.config.settings.reopenHours = 1;
  open(world, { bucket: 'alpha' }, START);
  pass(world, { bucket: 'alpha' }, START + 10 * MINUTE);
  open(world, { bucket: 'alpha' }, START + 3 * HOUR);
  await world.run(START + 4 * HOUR);
  expect(world.slack.posts).toHaveLength(2);
  there = true;
  await world.run(START + 12 * HOUR);
  expect(world.slack.posts.map((message) => readable(message).includes(answer.summary))).toEqual([false, true]);
});
