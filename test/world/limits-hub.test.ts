/** Security Hub as the world has it: who a finding is, who may import it, how it lives, and how often it may be asked. */
import { seeded } from '../../cli/simulate/world/random';
import type { FindingReference } from '../../handlers/ports';
import { control, controlFinding, imported } from './events';
import { forged, forgery, importerOf } from './forged';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const DAY = 24 * HOUR;
const iso = (time: number) => new Date(time).toISOString();

function reference(finding: Record<string, unknown>): FindingReference {
  const { Id, ProductArn, AwsAccountId } = finding as Record<string, string>;
  return { id: Id ?? '', productArn: ProductArn ?? '', accountId: AwsAccountId ?? '', format: 'asff', region: 'ap-northeast-1' };
}

async function workflowOf(world: World, finding: Record<string, unknown>): Promise<string | undefined> {
  const states = await world.hub.read([reference(finding)]);
  return states.find(({ productArn }) => productArn === finding.ProductArn)?.workflow;
}

const own = controlFinding();
const stranger = forged(own, { product: 'custom', account: '999999999999' });

test('asked by id alone, it answers strangers of the same id as well', async () => {
  const world = new World();
  world.send(imported(own));
  world.send(imported(stranger));
  const states = await world.hub.read([reference(own)]);
  expect(states.map(({ productArn }) => productArn).sort()).toEqual([own.ProductArn, stranger.ProductArn].sort());
});

test('a mark reaches the finding of that id and product, not a stranger', async () => {
  const world = new World();
  world.send(imported(own));
  world.send(imported(stranger));
  expect(await world.hub.markNotified([reference(own)])).toEqual([]);
  expect([await workflowOf(world, own), await workflowOf(world, stranger)]).toEqual(['NOTIFIED', 'NEW']);
});

test('two accounts of one partner’s product may share an id, and a mark reaches both', async () => {
  const world = new World();
  const [here, there] = ['555555555555', '666666666666'].map((account) => forged(own, { product: 'partner', account }));
  for (const finding of [here, there]) expect(world.hub.import({ by: 'partner' }, finding ?? {})).toBeUndefined();
  await world.hub.markNotified([reference(here ?? {})]);
  expect((await world.hub.read([reference(here ?? {})])).map(({ workflow }) => workflow)).toEqual(['NOTIFIED', 'NOTIFIED']);
});

test('what it does not have is unprocessed by a mark, and absent from a read', async () => {
  const world = new World();
  expect(await world.hub.read([reference(own)])).toEqual([]);
  expect(await world.hub.markNotified([reference(own)])).toMatchObject([
    { id: own.Id, reason: expect.stringContaining('FindingNotFound') },
  ]);
  world.send(imported(own, { time: START + HOUR }), HOUR);
  expect(await world.hub.read([reference(own)])).toEqual([]);
});

test.each([
  ['archived and active again', { RecordState: 'ARCHIVED' }, 'NEW'],
  ['passed and failed again', { Compliance: { Status: 'PASSED', SecurityControlId: 'S3.2' } }, 'NEW'],
  ['merely updated', {}, 'NOTIFIED'],
])('a notified finding that is %s', async (_what, between, workflow) => {
  const world = new World();
  // A partner's: of its own control findings Security Hub resolves those that pass.
  const finding = (minutes: number, change: object = {}) =>
    forged(own, { product: 'custom', account: '555555555555' }, { UpdatedAt: iso(START + minutes * MINUTE), ...change });
  const send = (each: object) => expect(world.hub.import({ by: 'account', account: '555555555555' }, each)).toBeUndefined();
  send(finding(0));
  await world.hub.markNotified([reference(finding(0))]);
  send(finding(1, between));
  send(finding(2));
  expect(await workflowOf(world, finding(0))).toBe(workflow);
});

test('its own control finding is resolved when it passes, and new when it fails again', async () => {
  const world = new World();
  const at = (minutes: number, compliance: string) => controlFinding({ compliance, updatedAt: START + minutes * MINUTE });
  for (const [finding, workflow] of [
    [at(0, 'FAILED'), 'NEW'],
    [at(1, 'PASSED'), 'RESOLVED'],
    [at(2, 'FAILED'), 'NEW'],
  ] as const) {
    world.hub.import({ by: 'aws' }, finding);
    expect(await workflowOf(world, finding)).toBe(workflow);
  }
});

test('a suppressed finding is no longer updated, and no event comes of it', async () => {
  const world = new World({ limits: { hubEvents: true } });
  world.hub.import({ by: 'aws' }, own);
  world.hub.update({ id: String(own.Id), productArn: String(own.ProductArn) }, { workflow: 'SUPPRESSED' });
  const before = world.waiting;
  world.hub.import({ by: 'aws' }, controlFinding({ updatedAt: START + HOUR, recordState: 'ARCHIVED' }));
  world.hub.import({ by: 'aws' }, controlFinding({ updatedAt: START + 2 * HOUR }));
  expect([await workflowOf(world, own), world.waiting]).toEqual(['SUPPRESSED', before]);
});

test('an update that is not later is ignored without an error; one of the year 2199 takes no other after it', () => {
  const world = new World();
  const at = (updated: string) => world.hub.import({ by: 'aws' }, { ...own, UpdatedAt: updated });
  expect([at(iso(START)), at(iso(START)), at(iso(START - 1)), world.waiting]).toEqual([undefined, undefined, undefined, 1]);
  expect([at('2199-12-31T00:00:00Z'), at(iso(START + HOUR)), world.waiting]).toEqual([undefined, undefined, 2]);
});

test.each([
  ['a finding of another account', { product: 'custom', account: '555555555555' }, { by: 'account', account: '999999999999' }],
  ['a finding of another account’s custom product', { product: 'custom', account: '555555555555' }, { by: 'partner' }],
] as const)('BatchImportFindings refuses %s', (_what, forger, importer) => {
  const world = new World();
  expect(world.hub.import(importer, forged(own, forger))).toMatch(/^InvalidAccess/);
  expect(world.hub.import(importerOf(forger), forged(own, forger))).toBeUndefined();
});

test('nobody but AWS sends for AWS’s products; a partner on its list sends for any account', () => {
  const world = new World();
  expect(world.hub.import({ by: 'account', account: '555555555555' }, own)).toMatch(/^InvalidAccess/);
  expect(world.hub.import({ by: 'partner' }, own)).toMatch(/^InvalidAccess/);
  for (const account of ['555555555555', '666666666666'])
    expect(world.hub.import({ by: 'partner' }, forged(own, { product: 'partner', account }))).toBeUndefined();
});

test('every forgery is one that BatchImportFindings takes, and none touches AWS’s own', async () => {
  const random = seeded(5);
  const world = new World();
  world.send(imported(own));
  for (let n = 0; n < 200; n++) {
    const { forger, finding } = forgery(random);
    expect(world.hub.import(importerOf(forger), finding)).toBeUndefined();
  }
  expect(await workflowOf(world, own)).toBe('NEW');
});

test('it deletes after 90 days, 30 where archived, without an event; never what says it was updated in 2199', async () => {
  const world = new World();
  const [open, archived] = [own, controlFinding({ bucket: 'old', recordState: 'ARCHIVED' })];
  const forever = forged(own, { product: 'custom', account: '999999999999' }, { UpdatedAt: '2199-01-01T00:00:00Z' });
  for (const finding of [open, archived]) world.hub.import({ by: 'aws' }, finding);
  world.hub.import({ by: 'account', account: '999999999999' }, forever);
  const events = world.waiting;
  const left = async (days: number) => {
    world.now = START + days * DAY;
    return Promise.all([open, archived, forever].map(async (finding) => (await workflowOf(world, finding)) !== undefined));
  };
  expect(await left(29)).toEqual([true, true, true]);
  expect(await left(31)).toEqual([true, false, true]);
  expect(await left(91)).toEqual([false, false, true]);
  expect(world.waiting).toBe(events);
});

test('a mark makes an event of the finding as it is then, and leaves UpdatedAt', async () => {
  const world = new World({ limits: { hubEvents: true } });
  world.send(control());
  await world.run();
  const told = world.decisions.filter((decision) => 'finding' in decision && decision.finding.id === own.Id);
  expect(told.length).toBe(2);
  expect(await workflowOf(world, own)).toBe('NOTIFIED');
});

test('GetFindings: six at once and three a second; all others ten a second', async () => {
  const world = new World({ limits: { hubRates: true } });
  world.send(imported(own));
  const reads = async () => {
    let count = 0;
    for (; ; count++)
      if (
        await world.hub
          .read([reference(own)])
          .catch(() => undefined)
          .then((answer) => !answer)
      )
        return count;
  };
  expect(await reads()).toBe(6);
  world.now += SECOND;
  expect(await reads()).toBe(3);
  world.now += HOUR;
  expect(await reads()).toBe(6);
  await expect(world.hub.read([reference(own)])).rejects.toMatchObject({ name: 'ThrottlingException' });
  for (let n = 0; n < 30; n++) await world.hub.markNotified([reference(own)]);
  await expect(world.hub.markNotified([reference(own)])).rejects.toMatchObject({ name: 'ThrottlingException' });
});
