/** Scanners of others name all vulnerabilities of an image in one finding, in either format: each of them is known. */
import * as fc from 'fast-check';
import type { Routes } from '../../config/schema';
import { seeded } from '../../cli/simulate/world/random';
import { type Told, readable } from '../../cli/simulate/world/slack';
import { config } from './config';
import { eventOf } from './events';
import { IMAGE, imageScan } from './image-scan';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

/** https://schema.ocsf.io/1.6.0/classes/vulnerability_finding */
function ocsf(vulnerabilities: object[]): object {
  return eventOf('ocsf', {
    class_uid: 2002,
    cloud: { account: { uid: '555555555555' }, region: 'ap-northeast-1', provider: 'AWS' },
    finding_info: { uid: 'wiz-1', title: 'Container image has vulnerabilities', types: ['Vulnerabilities'], modified_time: START },
    metadata: { uid: 'm-1', product: { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/wiz-security/wiz-security' } },
    resources: [{ uid: IMAGE, name: IMAGE, type: 'Container' }],
    severity: 'High',
    status: 'New',
    time: START,
    vulnerabilities,
  });
}

const cve = (n: number) => `CVE-2025-${10000 + n}`;
const inAsff = (...ns: number[]) => ns.map((n) => ({ Id: cve(n) }));
const inOcsf = (...ns: number[]) => ns.map((n) => ({ cve: { uid: cve(n) } }));

const ROUTES: Routes = {
  receivers: { 'sec-ops': { channel: 'C0SECOPS001', language: 'en', securityAccountAccess: true, vulnerabilitiesBy: 'cve' } },
  route: { receiver: 'sec-ops' },
};
const byCve = () => new World({ config: config({ routes: ROUTES }) });
const flat = (message: Told) => readable(message).replace(/\s+/g, ' ');
const about = (world: World, n: number): Told => only(world.slack.posts.filter((post) => post.text.includes(cve(n))));

describe('one finding with three vulnerabilities', () => {
  test.each([
    ['ASFF', () => imageScan(inAsff(1, 2, 3))],
    ['OCSF', () => ocsf(inOcsf(1, 2, 3))],
  ])('is one message of the image that counts and names them (%s)', async (_format, event) => {
    const world = new World();
    world.send(event());
    await world.run();
    expect(flat(only(world.slack.posts))).toContain(`3 vulnerabilities ${cve(1)}, ${cve(2)}, ${cve(3)}`);
  });

  test.each([
    ['ASFF', () => imageScan(inAsff(1, 2, 3))],
    ['OCSF', () => ocsf(inOcsf(1, 2, 3))],
  ])('is three messages for who asks who has which, each of its own (%s)', async (_format, event) => {
    const world = byCve();
    world.send(event());
    await world.run();
    expect(world.slack.posts).toHaveLength(3);
    for (const n of [1, 2, 3]) {
      expect(readable(about(world, n))).toContain('shop/api');
      for (const other of [1, 2, 3].filter((each) => each !== n)) expect(readable(about(world, n))).not.toContain(cve(other));
    }
    expect(world.slack.replies).toEqual([]);
  });

  test('is marked in Security Hub once, when all three were told', async () => {
    const world = byCve();
    const told: number[] = [];
    world.hub.onMark = () => told.push(world.slack.posts.length);
    world.send(imageScan(inAsff(1, 2, 3)));
    await world.run();
    expect(world.hub.marked).toHaveLength(1);
    expect(told).toEqual([3]);
  });

  test('ends all three, and the vulnerability still stands in the heading of each', async () => {
    const world = byCve();
    world.send(imageScan(inAsff(1, 2, 3)));
    world.send(imageScan(inAsff(1, 2, 3), { workflow: 'RESOLVED', at: HOUR }), HOUR);
    await world.run();
    for (const n of [1, 2, 3]) expect(about(world, n).text).toMatch(new RegExp(`^👤 SET TO RESOLVED .*${cve(n)}`));
  });
});

describe('a finding whose list changes', () => {
  const changed = async (from: number[], to: number[]) => {
    const world = byCve();
    world.send(imageScan(inAsff(...from)));
    world.send(imageScan(inAsff(...to), { at: 2 * HOUR }), 2 * HOUR);
    await world.run();
    return world;
  };

  test('a vulnerability that it names no longer is mended; the others stay open', async () => {
    const world = await changed([1, 2], [1]);
    expect(about(world, 1).text).toMatch(/^🟠/);
    expect(about(world, 2).text).toMatch(/^✅ RESOLVED/);
  });

  test('one that is new is a problem of its own', async () => {
    const world = await changed([1], [1, 2]);
    expect(world.slack.posts).toHaveLength(2);
    expect(about(world, 2).text).toMatch(/^🟠/);
    expect(world.slack.replies).toEqual([]);
  });

  test('in the image’s message the new one is told in the thread', async () => {
    const world = new World();
    world.send(imageScan(inAsff(1)));
    world.send(imageScan(inAsff(1, 2), { at: 2 * HOUR }), 2 * HOUR);
    await world.run();
    expect(readable(only(world.slack.replies))).toContain(cve(2));
    expect(only(world.slack.replies).broadcast).toBe(false);
  });

  test('what closed stays closed, whatever the finding says of the rest later', async () => {
    const world = byCve();
    world.send(imageScan(inAsff(1, 2)));
    world.send(imageScan(inAsff(1), { at: HOUR }), HOUR);
    await world.run();
    const closed = readable(about(world, 2));
    world.send(imageScan(inAsff(1), { severity: 'CRITICAL', at: 3 * HOUR }), 3 * HOUR);
    world.send(imageScan(inAsff(1), { workflow: 'RESOLVED', at: 5 * HOUR }), 5 * HOUR);
    await world.run();
    expect(readable(about(world, 2))).toBe(closed);
    expect(about(world, 1).text).toMatch(/^👤 SET TO RESOLVED/);
    expect(world.slack.posts).toHaveLength(2);
  });

  test('one that comes back opens again', async () => {
    const world = byCve();
    world.send(imageScan(inAsff(1, 2)));
    world.send(imageScan(inAsff(1), { at: HOUR }), HOUR);
    world.send(imageScan(inAsff(1, 2), { at: 3 * HOUR }), 3 * HOUR);
    await world.run();
    expect(about(world, 2).text).toMatch(/^🟠/);
    expect(world.slack.replies.filter(({ broadcast }) => broadcast).map(readable)).toEqual([expect.stringContaining('Open again')]);
  });
});

test('those that are known to be exploited are named first, whatever place they have in the list', async () => {
  const world = new World();
  world.send(imageScan([...inAsff(1, 2, 3, 4, 5, 6), { Id: cve(9), ExploitAvailable: 'YES' }]));
  await world.run();
  const text = flat(only(world.slack.posts));
  expect(text).toContain(`7 vulnerabilities ${[9, 1, 2, 3, 4].map(cve).join(', ')}`);
  expect(text).toContain('… and 2 more in the thread');
  expect(world.slack.replies.map(readable).join()).toContain(cve(6));
});

test('of more than a hundred in one finding the worst hundred are known', async () => {
  const world = new World();
  const scored = Array.from({ length: 150 }, (_, n) => ({
    Id: cve(n),
    Cvss: [{ Version: '3.1', BaseScore: n < 51 ? 2 : 8 }],
    ...(n === 7 ? { ExploitAvailable: 'YES' } : {}),
  }));
  world.send(imageScan(scored));
  await world.run();
  const said = [...world.slack.posts, ...world.slack.replies].map(readable).join();
  expect(said).toContain('100 or more vulnerabilities');
  expect(said).not.toContain(cve(49));
  for (const n of [7, 51, 149]) expect(said).toContain(cve(n));
});

test('whatever order its events come in, and whatever fails on the way, each ends as the last list has it', async () => {
  const list = fc.subarray([1, 2, 3], { minLength: 1 });
  const fault = fc.record({
    after: fc.nat(25),
    name: fc.constantFrom('ledger.write', 'ledger.writeAll', 'wakeups.send'),
    crash: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      list,
      list,
      list,
      fc.array(fc.nat(40), { minLength: 3, maxLength: 3 }),
      fc.array(fault, { maxLength: 3 }),
      fc.nat(),
      async (a, b, c, delays, faults, seed) => {
        const world = new World({ config: config({ routes: ROUTES }), workers: 3, random: seeded(seed) });
        let calls = 0;
        world.fault = ({ by, name }) => {
          if (by !== 'intake') return undefined;
          calls++;
          const due = faults.find((each) => each.after === calls && each.name === name);
          return due && { before: due.crash ? 'crash' : new Error('socket hang up') };
        };
        for (const [index, named] of [a, b, c].entries())
          world.send(imageScan(inAsff(...named), { at: index * HOUR }), index * HOUR + (delays[index] ?? 0) * 5 * MINUTE);
        await world.run();
        expect(world.dead).toEqual([]);
        for (const n of [1, 2, 3]) {
          const posts = world.slack.posts.filter(({ text }) => text.includes(cve(n)));
          // What was in no list that came in time was never told.
          if (c.includes(n)) expect(posts.at(-1)?.text).toMatch(/^🟠/);
          else for (const { text } of posts) expect(text).toMatch(/^✅/);
        }
      },
    ),
    { numRuns: 40, seed: 20261126 },
  );
});
