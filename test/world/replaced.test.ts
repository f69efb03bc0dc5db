/**
 * Security Hub archives the findings of a control and makes others of the same check, where consolidated control findings are
 * switched: it takes up to 24 hours. https://docs.aws.amazon.com/securityhub/latest/userguide/controls-findings-create-update.html
 */
import type { Routes } from '../../config/schema';
import { readable } from '../../cli/simulate/world/slack';
import { config } from './config';
import { control, type FindingParts, imported, threat, threatFinding } from './events';
import { only } from './only';
import { HOUR, START, World } from './world';

const at = (time: number) => ({ updatedAt: START + time, time: START + time });
const open = (world: World, time: number, parts: FindingParts = {}) =>
  world.send(control({ ...parts, ...at(time) }), START + time - world.now);
const archive = (world: World, time: number, parts: FindingParts = {}) => open(world, time, { recordState: 'ARCHIVED', ...parts });
const consolidated = { standard: 'security-control' };
const broadcasts = (world: World) => world.slack.replies.filter(({ broadcast }) => broadcast).map(readable);
const post = (world: World) => readable(only(world.slack.posts));

test.each([1, 12, 23])(
  'what is archived and reported by another finding %d hours later is the same problem, and calls nobody',
  async (hours) => {
    const world = new World();
    open(world, 0);
    archive(world, 2 * HOUR);
    await world.run(START + 2.5 * HOUR);
    expect(post(world)).toMatch(/^🗄 ARCHIVED/);
    open(world, (2 + hours) * HOUR, consolidated);
    await world.run();
    expect(post(world)).toMatch(/^🔴 CRITICAL/);
    expect(post(world)).toContain('1 open');
    expect(broadcasts(world)).toEqual([]);
    expect(world.slack.replies.map(readable).join()).not.toContain('Open again');
  },
);

test('with a shorter reopenHours it is no new message either', async () => {
  const world = new World({ config: config({ settings: { reopenHours: 1 } }) });
  open(world, 0);
  archive(world, 2 * HOUR);
  open(world, 12 * HOUR, consolidated);
  await world.run();
  expect(post(world)).toContain('1 open');
  expect(broadcasts(world)).toEqual([]);
});

test('two standards’ findings that become one, and back again, call nobody', async () => {
  const world = new World();
  const standards = [{ standard: 'nist' }, { standard: 'pci' }];
  for (const each of standards) open(world, 0, each);
  for (const each of standards) archive(world, 2 * HOUR, each);
  open(world, 8 * HOUR, consolidated);
  archive(world, 100 * HOUR, consolidated);
  for (const standard of ['nist-5', 'pci-4']) open(world, 110 * HOUR, { standard });
  await world.run();
  expect(post(world)).toContain('1 open resource · 2 findings');
  expect(broadcasts(world)).toEqual([]);
});

test('it ends as ever, and what ended is told once more', async () => {
  const world = new World();
  open(world, 0);
  archive(world, 2 * HOUR);
  open(world, 8 * HOUR, consolidated);
  const passed = { ...consolidated, compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + 20 * HOUR };
  world.send(control({ ...passed, ...at(20 * HOUR) }), 20 * HOUR);
  await world.run();
  expect(post(world)).toMatch(/^✅ RESOLVED/);
  expect(world.slack.replies.map(readable).at(-1)).toContain('all of it passes');
  open(world, 30 * HOUR, { ...consolidated, firstObservedAt: START + 30 * HOUR });
  await world.run();
  expect(broadcasts(world)).toEqual([expect.stringContaining('Open again')]);
});

describe('a true reopening is told', () => {
  test.each<[string, (world: World) => unknown]>([
    ['of the same finding, archived and active again', (world) => [archive(world, 2 * HOUR), open(world, 8 * HOUR)]],
    ['by another finding after more than a day', (world) => [archive(world, 2 * HOUR), open(world, 27 * HOUR, consolidated)]],
    [
      'by another finding after the check had passed',
      (world) => {
        const passed = { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + 2 * HOUR };
        world.send(control({ ...passed, ...at(2 * HOUR) }), 2 * HOUR);
        archive(world, 3 * HOUR, passed);
        open(world, 8 * HOUR, consolidated);
      },
    ],
    [
      'by another finding after a person had resolved it',
      (world) => {
        world.send(control({ workflow: 'RESOLVED', ...at(2 * HOUR) }), 2 * HOUR);
        open(world, 8 * HOUR, consolidated);
      },
    ],
  ])('%s', async (_what, story) => {
    const world = new World({ config: config({ settings: { reopenHours: 48 } }) });
    open(world, 0);
    story(world);
    await world.run();
    expect(post(world)).toContain('1 open');
    expect(broadcasts(world)).toEqual([expect.stringContaining('Open again')]);
  });

  test('of one bucket, though another only goes on', async () => {
    const world = new World();
    for (const bucket of ['a', 'b']) open(world, 0, { bucket });
    archive(world, 2 * HOUR, { bucket: 'a' });
    world.send(control({ bucket: 'b', workflow: 'RESOLVED', ...at(2 * HOUR) }), 2 * HOUR);
    open(world, 8 * HOUR, { bucket: 'a', ...consolidated });
    open(world, 8 * HOUR, { bucket: 'b', ...consolidated });
    await world.run();
    expect(post(world)).toContain('2 open');
    expect(broadcasts(world)).toEqual([expect.stringMatching(/Open again.*\bb\b/s)]);
    expect(broadcasts(world)[0]).not.toMatch(/\n\s*a\s*\n/);
  });

  test('by a new message where reopenHours are over, though another bucket only goes on', async () => {
    const world = new World({ config: config({ settings: { reopenHours: 1 } }) });
    for (const bucket of ['a', 'b']) open(world, 0, { bucket });
    archive(world, 2 * HOUR, { bucket: 'a' });
    world.send(control({ bucket: 'b', workflow: 'RESOLVED', ...at(2 * HOUR) }), 2 * HOUR);
    for (const bucket of ['a', 'b']) open(world, 8 * HOUR, { bucket, ...consolidated });
    await world.run();
    expect(world.slack.posts).toHaveLength(2);
  });

  test('of what is no control: another threat is another', async () => {
    const world = new World();
    const first = { severity: 'CRITICAL', instance: 'i-0aaaaaaaaaaaaaaaa' };
    world.send(threat(first));
    world.send(threat({ ...first, recordState: 'ARCHIVED', ...at(2 * HOUR) }), 2 * HOUR);
    const second = {
      ...threatFinding({ ...first, ...at(8 * HOUR) }),
      Id: 'arn:aws:guardduty:ap-northeast-1:555555555555:detector/d1/finding/2',
    };
    world.send(imported(second, { time: START + 8 * HOUR }), 8 * HOUR);
    await world.run();
    expect(broadcasts(world)).toEqual([expect.stringContaining('Open again')]);
  });

  test('a rise is told, though it only goes on', async () => {
    const world = new World();
    open(world, 0, { severity: 'HIGH' });
    archive(world, 2 * HOUR, { severity: 'HIGH' });
    open(world, 8 * HOUR, { ...consolidated, severity: 'CRITICAL' });
    await world.run();
    expect(broadcasts(world)).toEqual([expect.stringContaining('CRITICAL up from')]);
  });
});

test('to a webhook, whose messages cannot be edited, it is said that it is open', async () => {
  const routes: Routes = {
    receivers: { hook: { webhookSecret: 'security-hub-interpreter/hook', language: 'en', securityAccountAccess: false } },
    route: { receiver: 'hook' },
  };
  const world = new World({ config: config({ routes }) });
  open(world, 0);
  archive(world, 2 * HOUR);
  open(world, 8 * HOUR, consolidated);
  await world.run();
  expect(readable(world.slack.told.at(-1) as (typeof world.slack.told)[number])).toContain('Open again');
});
