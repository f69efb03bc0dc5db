/** The world is as unkind as the services are: each limit of theirs bites here as well. Security Hub's: limits-hub.test.ts. */
import { Environment } from '../../cli/simulate/world/environment';
import { seeded } from '../../cli/simulate/world/random';
import { FifoQueue } from '../../cli/simulate/world/queues';
import { MemoryLedger } from '../../cli/simulate/world/ledger';
import { RatedDirectory } from '../../cli/simulate/world/organization';
import { MemoryOrganization } from './organization';
import type { Directory } from '../../handlers/ports';
import { config } from './config';
import { control } from './events';
import { answer, HOUR, MINUTE, SECOND, START, World } from './world';

const DAY = 24 * HOUR;

/** A clock that a test sets. */
function time(): { now: number; clock: () => number } {
  const at = { now: START, clock: () => at.now };
  return at;
}

describe('SQS', () => {
  const sent = (id: string, group: string) => ({ id, body: id, group, sentAt: 0, visibleAt: 0 });
  const queue = (maxReceiveCount: number, dead: string[] = [], lookedAt?: number) =>
    new FifoQueue({ visibility: MINUTE, maxReceiveCount, exhausted: ({ id }) => dead.push(id) }, lookedAt);

  test('a message that was received as often as it may be goes to the dead letters, and its group goes on', () => {
    const dead: string[] = [];
    const fifo = queue(3, dead);
    for (const id of ['first', 'second']) fifo.send(sent(id, 'g'));
    const taken = [0, 1, 2, 3].map((minute) => fifo.take(minute * MINUTE)?.id);
    expect([taken, dead]).toEqual([['first', 'first', 'first', 'second'], ['first']]);
  });

  test('behind the first 120,000 messages no group is found, until some of those are gone', () => {
    const fifo = queue(1000, [], 3);
    for (const n of [1, 2, 3, 4]) fifo.send(sent(`long-${n}`, 'long'));
    fifo.send(sent('other', 'other'));
    const head = fifo.take(0);
    expect([head?.id, fifo.take(0)]).toEqual(['long-1', undefined]);
    if (head) fifo.delete(head);
    expect([fifo.take(0)?.id, fifo.take(0)]).toEqual(['long-2', undefined]);
    const second = fifo.take(MINUTE);
    if (second) fifo.delete(second);
    expect([fifo.take(MINUTE)?.id, fifo.take(MINUTE)?.id].sort()).toEqual(['long-3', 'other']);
  });

  test('a function that dies each time: the findings queue gives up after 100 receives, and says so', async () => {
    const world = new World();
    world.fault = ({ by }) => (by === 'intake' ? { before: 'crash' } : undefined);
    world.send(control());
    await world.run();
    expect(world.dead).toMatchObject([{ queue: 'intake', reason: 'received 100 times (maxReceiveCount)' }]);
    expect(world.now - START).toBe(100 * 6 * MINUTE);
  });

  test.each([
    ['SQS moved it', 'crash'],
    ['the function sent it', new Error('no')],
  ] as const)('a dead letter of the deliveries keeps its problem’s group where %s', async (_who, fault) => {
    const world = new World();
    world.fault = ({ by, name }) => (by === 'deliver' && name === 'ledger.list' ? { before: fault } : undefined);
    world.send(control());
    await world.run(START + 200 * DAY);
    expect(world.dead.map(({ group }) => group)).toEqual(['workloads/aws:control:S3.2']);
  });

  test('300 calls a second, of up to ten messages', async () => {
    const crowd = async (callTakes: number) => {
      const quick = config({ settings: { model: { enabled: false }, writeBack: false } });
      const world = new World({ config: quick, limits: { fifoRate: true }, callTakes });
      for (let n = 0; n < 400; n++) world.send(control({ control: `EC2.${n}`, severity: 'CRITICAL' }));
      await world.run(START + 5 * SECOND);
      return world.logs.filter(({ details }) => String(details.reason).includes('RequestThrottled')).length;
    };
    expect(await crowd(0)).toBeGreaterThan(0);
    expect(await crowd(5)).toBe(0);
  });
});

describe('DynamoDB', () => {
  const key = (n: number) => ({ pk: 'p', sk: `row-${String(n).padStart(6, '0')}` });

  test('an item over 400 KB is refused', async () => {
    const ledger = new MemoryLedger();
    expect(await ledger.write(key(1), 'x'.repeat(400 * 1024 - 2), 0)).toBe(true);
    await expect(ledger.write(key(2), 'x'.repeat(400 * 1024), 0)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('a partition takes 1,000 writes of 1 KB a second; another partition its own', async () => {
    const at = time();
    const ledger = new MemoryLedger({ now: at.clock, partitions: true });
    for (let n = 0; n < 500; n++) await ledger.write(key(n), 'x'.repeat(1500), 0);
    await expect(ledger.write(key(500), 1, 0)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await ledger.write({ pk: 'q', sk: 'x' }, 1, 0)).toBe(true);
    at.now += SECOND;
    expect(await ledger.write(key(500), 1, 0)).toBe(true);
  });

  test('a partition gives 12 MB a second to consistent reads: a list of more is throttled each time', async () => {
    const at = time();
    const ledger = new MemoryLedger({ now: at.clock, partitions: true });
    for (let n = 0; n < 130; n++) {
      at.now += SECOND;
      await ledger.write(key(n), 'x'.repeat(100_000), 0);
    }
    expect(await ledger.list('p', '', { limit: 100 })).toHaveLength(100);
    await expect(ledger.list('p', '')).rejects.toMatchObject({ name: 'ThrottlingException' });
    at.now += MINUTE;
    await expect(ledger.list('p', '')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test('an expired row is still read; it goes some time within three days', async () => {
    const at = time();
    const ledger = new MemoryLedger({ now: at.clock, lateTtl: true });
    for (let n = 0; n < 100; n++) await ledger.write(key(n), n, 0, START / 1000);
    await ledger.write(key(100), 'for ever', 0);
    const left = async (days: number) => {
      at.now = START + days * DAY;
      return (await ledger.list('p', 'row')).length;
    };
    expect(await left(0)).toBeGreaterThan(95);
    expect(await left(1.5)).toBeGreaterThan(20);
    expect(await left(1.5)).toBeLessThan(80);
    expect(await left(3)).toBe(1);
    // Gone is gone: written again it begins anew.
    expect(await ledger.write(key(0), 'again', 1)).toBe(false);
    expect(await ledger.write(key(0), 'again', 0)).toBe(true);
  });
});

describe('Organizations', () => {
  const account = { name: 'shop', parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} };

  test('knows who joined, says where an account is now, and forgets what left or was closed 90 days ago', async () => {
    const at = time();
    const organization = new MemoryOrganization(at.clock);
    for (const id of ['555555555555', '666666666666']) organization.join(id, account);
    expect(await organization.account('777777777777')).toBeUndefined();
    organization.move('555555555555', ['r-ab12', 'ou-ab12-sandbox1']);
    expect((await organization.account('555555555555'))?.parentIds).toEqual(['r-ab12', 'ou-ab12-sandbox1']);
    organization.close('555555555555');
    organization.leave('666666666666');
    expect([await organization.account('555555555555'), await organization.account('666666666666')]).toMatchObject([
      { name: 'shop' },
      undefined,
    ]);
    at.now += 91 * DAY;
    expect(await organization.account('555555555555')).toBeUndefined();
  });

  test('two OUs at once and two a second; what others of the organization ask counts as well', async () => {
    const at = time();
    const rated = new RatedDirectory({ account: async () => account, organizationalUnitName: async () => 'Workloads' }, at.clock);
    const units = async () => {
      for (let count = 0; ; count++) if ((await rated.organizationalUnitName('ou-x').catch(() => undefined)) === undefined) return count;
    };
    expect(await units()).toBe(2);
    at.now += SECOND;
    expect(await units()).toBe(2);
    at.now += 10 * SECOND;
    for (let n = 0; n < 2; n++) expect(rated.rates.takenByOthers('DescribeOrganizationalUnit')).toBe(true);
    expect(await units()).toBe(1);
    await expect(rated.organizationalUnitName('ou-x')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });

  test('accounts that come all at once meet the limits of DescribeAccount and ListTagsForResource', async () => {
    const rated = new RatedDirectory({ account: async () => account, organizationalUnitName: async () => 'Workloads' }, time().clock);
    const answers = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => rated.account(String(100000000000 + n))));
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(40 - 15);
  });

  test.each([true, false])('which the hub keeps below, whether accounts come with their parents (%s) or not', async (paths) => {
    const parentIds = ['r-ab12', 'ou-ab12-wkld0001'];
    const parent = async (id: string) => (id.startsWith('ou-') ? parentIds[0] : parentIds[1]);
    const directory: Directory = {
      account: async () => ({ name: 'a', parentIds: paths ? parentIds : undefined, tags: {} }),
      organizationalUnitName: async () => 'Workloads',
      parent,
    };
    const world = new World({ directory, random: seeded(1), workers: 3, limits: { organizationRates: true } });
    for (let n = 0; n < 60; n++) world.send(control({ account: String(100000000000 + n), bucket: `b-${n}`, severity: 'HIGH' }));
    await world.run();
    expect(world.logs.filter(({ message }) => message === 'organizations failed')).toEqual([]);
    expect(world.slack.posts.map(({ channel }) => channel)).toEqual(['C0WORKLD001']);
  });
});

describe('Lambda', () => {
  test.each([0, 2])('an invocation of 90 seconds is ended, and its message comes back (%i workers)', async (workers) => {
    let slow = true;
    const world: World = new World({
      workers,
      random: seeded(1),
      analyst: {
        interpret: async () => {
          if (slow) await world.sleep(95 * SECOND);
          slow = false;
          return { content: answer, model: 'm', inputTokens: 1, outputTokens: 1 };
        },
      },
    });
    world.send(control());
    await world.run();
    expect(world.asks).toBe(2);
    expect(world.slack.posts.map(({ at }) => at >= START + 9 * MINUTE)).toEqual([true]);
  });

  test('no more invocations of a function than its concurrency', async () => {
    const world: World = new World({
      workers: 50,
      random: seeded(2),
      analyst: {
        interpret: async () => {
          await world.sleep(10 * SECOND);
          return { content: answer, model: 'm', inputTokens: 1, outputTokens: 1 };
        },
      },
      config: config({ settings: { writeBack: false } }),
    });
    for (let n = 0; n < 25; n++) world.send(control({ control: `EC2.${n}`, title: `Control ${n}`, bucket: `b-${n}` }));
    await world.run();
    const seconds = new Map<number, number>();
    for (const { at } of world.slack.posts) seconds.set(at, (seconds.get(at) ?? 0) + 1);
    expect(Math.max(...seconds.values())).toBeLessThanOrEqual(10);
    expect(world.slack.posts).toHaveLength(25);
  });

  test('a list of more rows than fit into memory ends the invocation', async () => {
    const ledger = new MemoryLedger();
    for (let n = 0; n < 90_000; n++) await ledger.write({ pk: 'p', sk: String(n).padStart(6, '0') }, 1, 0);
    const environment = new Environment('deliver', { fault: () => undefined, pause: () => undefined, now: () => START });
    const listed = environment.ledger(ledger).list('p', '');
    expect(await Promise.race([listed, environment.crashed.then(() => 'crashed')])).toBe('crashed');
    expect(environment.dead).toBe(true);
  });
});
