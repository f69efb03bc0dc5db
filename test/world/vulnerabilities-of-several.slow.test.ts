/** Several findings, of both Security Hubs, name vulnerabilities of one image: each is open while one of them is open and names it. */
import * as fc from 'fast-check';
import { seeded } from '../../cli/simulate/world/random';
import { type Told, readable } from '../../cli/simulate/world/slack';
import type { Routes } from '../../config/schema';
import { config } from './config';
import { eventOf } from './events';
import { IMAGE, imageScan } from './image-scan';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

const CVE = 'C0CVE000001';
const OWNER = 'C0OWNER0001';

interface Said {
  by: 'asff' | 'ocsf';
  id: string;
  names: number[];
  workflow: 'NEW' | 'RESOLVED' | 'SUPPRESSED';
}

const cve = (n: number) => `CVE-2025-${10000 + n}`;
/** https://schema.ocsf.io/1.6.0/classes/vulnerability_finding */
function event({ by, id, names, workflow }: Said, at: number): object {
  const time = START + at;
  if (by === 'ocsf') {
    const product = { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/wiz-security/wiz-security' };
    const finding = {
      class_uid: 2002,
      cloud: { account: { uid: '555555555555' }, region: 'ap-northeast-1', provider: 'AWS' },
      finding_info: { uid: id, title: 'Container image has vulnerabilities', types: ['Vulnerabilities'], modified_time: time },
      metadata: { uid: `m-${id}`, product },
      resources: [{ uid: IMAGE, name: IMAGE, type: 'Container' }],
      severity: 'High',
      status: { NEW: 'New', RESOLVED: 'Resolved', SUPPRESSED: 'Suppressed' }[workflow],
      time,
      vulnerabilities: names.map((n) => ({ cve: { uid: cve(n) } })),
    };
    return eventOf('ocsf', finding, { time });
  }
  return imageScan(
    names.map((n) => ({ Id: cve(n) })),
    { id, workflow, at },
  );
}

/** One receiver gathers by vulnerability, the other by what is mended as one. */
const ROUTES: Routes = {
  receivers: {
    owner: { channel: OWNER, language: 'en', securityAccountAccess: true },
    cve: { channel: CVE, language: 'en', securityAccountAccess: true, vulnerabilitiesBy: 'cve' },
  },
  route: {
    receiver: 'owner',
    routes: [
      { match: { severity: 'HIGH' }, receiver: 'cve', continue: true },
      { match: { severity: 'HIGH' }, receiver: 'owner' },
    ],
  },
};
const worldOf = (options: { workers?: number; random?: () => number } = {}) =>
  new World({ ...options, config: config({ routes: ROUTES }) });
const posts = (world: World, n: number) => world.slack.posts.filter(({ channel, text }) => channel === CVE && text.includes(cve(n)));
const flat = (message: Told) => readable(message).replace(/\s+/g, ' ');

/** An hour apart. */
async function play(...all: [id: string, names: number[], workflow?: Said['workflow']][]): Promise<World> {
  const world = worldOf();
  for (const [index, [id, names, workflow = 'NEW']] of all.entries())
    world.send(event({ by: 'asff', id, names, workflow }, index * HOUR), index * HOUR);
  await world.run();
  return world;
}

describe('a finding that names a vulnerability no longer has no more to say of it, and another that names it ends it', () => {
  test.each<[string, [number[], Said['workflow']?]]>([
    ['though the first is suppressed for what else it names', [[2], 'SUPPRESSED']],
    ['though the first came to name none at all', [[]]],
    ['though the first is refreshed, with another', [[2, 3]]],
  ])('%s', async (_how, since) => {
    const world = await play(['scan-1', [1, 2]], ['scan-2', [1]], ['scan-1', [2]], ['scan-1', ...since], ['scan-2', [1], 'RESOLVED']);
    expect(only(posts(world, 1)).text).toMatch(/^👤 SET TO RESOLVED/);
  });

  test('until it names it again', async () => {
    const world = await play(['scan-1', [1, 2]], ['scan-2', [1]], ['scan-1', [2]], ['scan-2', [1], 'RESOLVED'], ['scan-1', [1, 2]]);
    expect(only(posts(world, 1)).text).toMatch(/^🟠/);
    expect(world.slack.replies.filter(({ broadcast }) => broadcast).map(flat)).toEqual([expect.stringContaining('Open again')]);
  });
});

test('whatever they say, in whatever order it comes, each vulnerability ends as the last of each has it, for both receivers', async () => {
  const said = fc.record({
    by: fc.constantFrom('asff' as const, 'ocsf' as const),
    id: fc.constantFrom('scan-1', 'scan-2'),
    names: fc.subarray([1, 2, 3], { minLength: 1 }),
    workflow: fc.constantFrom('NEW' as const, 'NEW' as const, 'RESOLVED' as const, 'SUPPRESSED' as const),
    late: fc.nat(2),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 3, maxLength: 9 }), fc.nat(), async (all, seed) => {
      const world = worldOf({ workers: 3, random: seeded(seed) });
      const last = new Map<string, Said>();
      for (const [index, { late, ...each }] of all.entries()) {
        last.set(`${each.by} ${each.id}`, each);
        world.send(event(each, index * 40 * MINUTE), (index * 40 + late * 30) * MINUTE);
      }
      await world.run();
      const open = new Set([...last.values()].flatMap(({ workflow, names }) => (workflow === 'NEW' ? names : [])));
      for (const n of [1, 2, 3]) {
        if (open.has(n)) expect(posts(world, n).at(-1)?.text).toMatch(/^🟠/);
        else for (const { text } of posts(world, n)) expect(text).not.toMatch(/^🟠/);
      }
      const owners = world.slack.posts.filter(({ channel }) => channel === OWNER);
      if (open.size > 0)
        expect(flat(owners.at(-1) as Told)).toMatch(new RegExp(`${[...open].sort().map(cve).join(', ')} (?:The finding says|What)`));
      else for (const { text } of owners) expect(text).not.toMatch(/^🟠/);
      expect(world.dead).toEqual([]);
    }),
    { numRuns: 60, seed: 20261126 },
  );
});
