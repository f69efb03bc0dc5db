/** A ledger that disagrees with itself is named, and mended so that a second run finds nothing and people hear of what they missed. */
import { type Ground, recountAll } from '../../../cli/ledger/recount';
import type { LedgerRow } from '../../../handlers/ports';
import { readable } from '../../../cli/simulate/world/slack';
import { control } from '../../world/events';
import { World } from '../../world/world';

type Value = Record<string, object>;

async function told(): Promise<World> {
  const world = new World();
  world.send(control());
  await world.run();
  return world;
}

function rowOf(world: World, sk: string): LedgerRow<Value> {
  return world.ledger.all().find(({ key }) => key.sk === sk) as LedgerRow<Value>;
}

function recounted(world: World, ground: Partial<Ground> = {}) {
  const keys = world.ledger.all().flatMap(({ key }) => (['header', 'finding'].includes(key.sk) ? [key] : []));
  return recountAll({
    ledger: world.ledger,
    keys: async function* () {
      yield* keys;
    },
    ledgerDays: 400,
    dryRun: false,
    now: world.clock.now,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...ground,
  });
}

/** More is open than there is. */
async function miscounted(world: World): Promise<void> {
  const { key, value, version } = rowOf(world, 'header');
  await world.ledger.write(key, JSON.parse(JSON.stringify(value).replace('"open":{"CRITICAL":1}', '"open":{"CRITICAL":2}')), version);
}

test('a ledger that agrees is left as it is', async () => {
  const world = await told();
  const before = JSON.stringify(world.ledger.all());
  expect(await recounted(world)).toEqual({ problems: 1, findings: 1, differences: [], stopped: false });
  expect(JSON.stringify(world.ledger.all())).toBe(before);
});

test('a sum that differs is named and put right', async () => {
  const world = await told();
  await miscounted(world);
  const what = ['open CRITICAL: 2, recounted 1'];
  expect((await recounted(world, { dryRun: true })).differences).toMatchObject([{ what, done: 'nothing' }]);
  expect((await recounted(world)).differences).toMatchObject([{ what, done: 'mended' }]);
  expect((await recounted(world)).differences).toEqual([]);
  await world.run();
});

test.each([true, false])('what another worker wrote meanwhile is left to the next run, with --dry-run %s', async (dryRun) => {
  const world = await told();
  await miscounted(world);
  const list: typeof world.ledger.list = async (...args) => {
    const { key, value, version } = rowOf(world, 'header');
    await world.ledger.write(key, value, version);
    return world.ledger.list(...args);
  };
  const ledger = Object.assign(Object.create(world.ledger) as typeof world.ledger, { list });
  expect((await recounted(world, { ledger, dryRun })).differences).toMatchObject([{ done: 'left' }]);
});

test('a finding whose mark was lost is marked, and told', async () => {
  const world = await told();
  const { key, value, version } = rowOf(world, 'finding');
  const report = JSON.parse(JSON.stringify(value.report).replace('"severity":"CRITICAL"', '"severity":"HIGH"')) as object;
  await world.ledger.write(key, { ...value, report, changes: 7 }, version);
  expect((await recounted(world)).differences).toMatchObject([
    { row: key.pk, what: [expect.stringMatching(/^counted otherwise/)], done: 'marked' },
  ]);
  await world.run();
  expect(world.slack.posts.map(({ text }) => text)).toEqual([expect.stringContaining('HIGH')]);
  expect((await recounted(world)).differences).toEqual([]);
});

test('a problem whose row is gone is told again, as of what is open in it', async () => {
  const world = await told();
  await world.ledger.remove(rowOf(world, 'header').key);
  expect((await recounted(world)).differences).toMatchObject([
    { what: [expect.stringMatching(/^not counted in problem#/)], done: 'marked' },
  ]);
  await world.run();
  expect(world.slack.posts).toHaveLength(2);
  expect(world.slack.posts.map(readable)[1]).toContain('invoices-2026');
});

test('Ctrl-C ends it between two rows', async () => {
  const stop = new AbortController();
  const done = await recounted(await told(), { signal: stop.signal, progress: () => stop.abort() });
  expect(done).toMatchObject({ stopped: true });
  expect(done.problems + done.findings).toBe(1);
});
