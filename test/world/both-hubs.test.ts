/** One problem that both Security Hubs report, each in its format: one message, one member, and a mark in each. */
import * as fc from 'fast-check';
import type { Routes } from '../../config/schema';
import { config } from './config';
import { control, controlFinding, eventOf, findingId, type FindingParts, ocsf, ocsfFinding } from './events';
import { seeded } from '../../cli/simulate/world/random';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

type Json = Record<string, unknown>;
const minute = (n: number) => ({ updatedAt: START + n * MINUTE, time: START + n * MINUTE });

/** One post, told of once, with one open member and both findings counted. */
function expectOneMessage(world: World): void {
  expect(world.dead).toEqual([]);
  const post = only(world.slack.posts);
  expect(readable(post)).toMatch(/1 open resource · 2 findings/);
  expect(readable(post)).toContain('invoices-2026');
  expect(world.slack.replies).toEqual([]);
}

describe('the same problem from both Security Hubs, five times each', () => {
  test.each([
    ['ASFF first', [control, ocsf]],
    ['OCSF first', [ocsf, control]],
  ])('is one message and one member (%s)', async (_name, makers) => {
    for (const gap of [0, 1, 7]) {
      const world = new World();
      let at = 0;
      for (const make of makers) for (let n = 0; n < 5; n++, at += gap) world.send(make(minute(at)), at * MINUTE);
      await world.run();
      expectOneMessage(world);
    }
  });

  test('is one message in whatever order the ten come, and reads the same', async () => {
    const texts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...Array(10).keys()], { minLength: 10 }), fc.integer(), async (order, seed) => {
        const world = new World({ workers: 3, random: seeded(seed) });
        for (const [place, n] of order.entries())
          world.send((n % 2 === 0 ? control : ocsf)({ ...minute(n), eventId: `e${n}` }), (place % 4) * MINUTE);
        await world.run();
        expectOneMessage(world);
        texts.add(JSON.stringify(only(world.slack.posts).blocks));
      }),
      { numRuns: 30 },
    );
    expect(texts.size).toBe(1);
  });

  test('one that names more resources in ASFF, and is routed by another severity, is shown as ASFF has it, whichever came last', async () => {
    const routes: Routes = {
      receivers: { 'sec-ops': { channel: 'C0SECOPS001', language: 'en', securityAccountAccess: false } },
      route: {
        receiver: 'sec-ops',
        routes: [
          { match: { severity: 'CRITICAL' }, name: 'at night', receiver: 'sec-ops' },
          { match: { severity: 'HIGH' }, name: 'by day', receiver: 'sec-ops' },
        ],
      },
    };
    const finding = controlFinding();
    const exports = { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::exports', Region: 'ap-northeast-1' };
    const asff = eventOf('asff', {
      ...finding,
      Resources: [...(finding.Resources as Json[]), exports, { ...exports, Id: `${exports.Id}-2` }],
    });
    const copy = ocsf({ severity: 'HIGH' });
    const messages = new Set<string>();
    for (const events of [
      [asff, copy],
      [copy, asff],
    ]) {
      const world = new World({ config: config({ routes }) });
      for (const [index, event] of events.entries()) world.send(event, index * HOUR);
      await world.run();
      messages.add(readable(only(world.slack.posts)));
    }
    expect([...messages]).toHaveLength(1);
    expect([...messages][0]).toMatch(/Also\s+exports\s+exports-2/);
  });

  test('what reports a told bucket later, of another standard or by the other hub, is marked as well', async () => {
    const world = new World();
    world.send(control());
    world.send(control({ standard: 'pci' }), HOUR);
    world.send(ocsf(), 2 * HOUR);
    await world.run();
    expect(readable(only(world.slack.posts))).toContain('1 open resource · 3 findings');
    expect(world.slack.replies).toEqual([]);
    expect(world.hub.marked.map(({ format, id }) => `${format} ${id}`).sort()).toEqual(
      [`asff ${findingId({})}`, `asff ${findingId({ standard: 'pci' })}`, `ocsf ${(ocsfFinding().metadata as Json).uid}`].sort(),
    );
  });

  test('closes when both have closed, and is marked in each through its own API, once', async () => {
    const world = new World();
    world.send(control());
    world.send(ocsf());
    const passed = { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR };
    world.send(control({ ...passed, ...minute(60) }), HOUR);
    await world.run();
    expect(readable(only(world.slack.posts))).toContain('1 open');
    world.send(ocsf({ ...passed, ...minute(61) }), HOUR);
    await world.run();
    expect(only(world.slack.posts).text).toMatch(/^✅/);
    expect(world.hub.marked.map(({ format, id }) => [format, id]).sort()).toEqual([
      ['asff', findingId({})],
      ['ocsf', (ocsfFinding().metadata as Json).uid],
    ]);
  });
});

describe('spellings of real events of the new Security Hub', () => {
  const spelt = (change: (finding: Json) => void, parts: FindingParts = {}) => {
    const finding = ocsfFinding(parts);
    change(finding);
    return eventOf('ocsf', finding, { time: parts.time ?? START });
  };
  const both = async (...events: object[]) => {
    const world = new World();
    world.send(control());
    for (const event of events) world.send(event, MINUTE);
    await world.run();
    return world;
  };

  test.each<[string, (finding: Json) => void]>([
    [
      'a product ARN without the 2',
      (finding) => Object.assign((finding.metadata as { product: Json }).product, { uid: controlFinding().ProductArn }),
    ],
    ['a bucket by its name alone', (finding) => delete (finding.resources as Json[])[0]?.uid_alt],
    [
      'an ARN in uid',
      (finding) => Object.assign((finding.resources as Json[])[0] ?? {}, { uid: 'arn:aws:s3:::invoices-2026', uid_alt: undefined }),
    ],
    [
      'ids of severity and status instead of words',
      (finding) => Object.assign(finding, { severity: undefined, severity_id: 5, status: undefined, status_id: 1 }),
    ],
    ['no metadata.uid', (finding) => delete (finding.metadata as Json).uid],
    [
      'times in ISO 8601',
      (finding) =>
        Object.assign(finding.finding_info as Json, { modified_time: undefined, modified_time_dt: new Date(START).toISOString() }),
    ],
  ])('%s is the same member of the same problem', async (_what, change) => {
    expectOneMessage(await both(spelt(change)));
  });

  test('the resource type reads as ASFF spells it, whichever came last', async () => {
    const world = await both(spelt((finding) => Object.assign((finding.resources as Json[])[0] ?? {}, { type: 'AWS::S3::Bucket' })));
    expect(readable(only(world.slack.posts))).toContain('AwsS3Bucket');
  });

  test('Suppressed, Archived, Resolved and Close end it, each in its own way; In Progress does not', async () => {
    for (const [closing, badge] of [
      [{ status: 'Suppressed' }, '⚪ SUPPRESSED'],
      [{ status: 'Archived' }, '🗄 ARCHIVED'],
      [{ status: 'Resolved' }, '👤 SET TO RESOLVED'],
      // By its id alone.
      [{ status: undefined, status_id: 4 }, '👤 SET TO RESOLVED'],
      [{ status: 'Resolved', compliance: { status: 'Pass', control: 'S3.2' } }, '✅ RESOLVED'],
      [{ activity_name: 'Close' }, '🗄 ARCHIVED'],
      [{ status: 'In Progress' }, '🔴 CRITICAL'],
    ] as const) {
      const world = new World();
      world.send(ocsf());
      world.send(
        spelt((finding) => Object.assign(finding, closing), minute(60)),
        HOUR,
      );
      await world.run();
      expect({ ...closing, badge: /^(?:🔴 CRITICAL|[^·]+(?= ·))/.exec(only(world.slack.posts).text)?.[0] }).toEqual({ ...closing, badge });
    }
  });

  test('a closing that is rated no more ends it all the same', async () => {
    const world = new World();
    world.send(ocsf());
    const unrated = { severity: 'Unknown', severity_id: 0, status: 'Resolved', vendor_attributes: {} };
    world.send(
      spelt((finding) => Object.assign(finding, unrated), minute(60)),
      HOUR,
    );
    await world.run();
    expect(world.dead).toEqual([]);
    expect(only(world.slack.posts).text).toMatch(/^👤 SET TO RESOLVED .* CRITICAL/);
  });

  test('a finding without metadata.uid is another than the one of ASFF with the same id, and is marked by its parts', async () => {
    const world = await both(spelt((finding) => delete (finding.metadata as Json).uid));
    expect(world.hub.marked.map(({ format, id, byFindingInfo }) => [format, id, byFindingInfo ?? false])).toEqual([
      ['asff', findingId({}), false],
      ['ocsf', findingId({}), true],
    ]);
  });
});

test('the title that both give is listed once, however each of them describes it', async () => {
  const world = new World();
  const weakness = (cve: string) => [
    eventOf('asff', {
      ...controlFinding(),
      Id: cve,
      ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/inspector',
      Compliance: undefined,
      Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      Title: `${cve} - openssl`,
      Vulnerabilities: [{ Id: cve }],
      Resources: [{ Type: 'AwsLambdaFunction', Id: 'arn:aws:lambda:ap-northeast-1:555555555555:function:checkout' }],
    }),
    eventOf('ocsf', {
      ...ocsfFinding(),
      compliance: undefined,
      finding_info: {
        uid: `i-${cve}`,
        title: `${cve} - openssl`,
        desc: 'In other words.',
        types: ['Vulnerabilities'],
        modified_time: START,
      },
      metadata: { uid: `m-${cve}`, product: { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/aws/inspector' } },
      vulnerabilities: [{ cve: { uid: cve } }],
      resources: [{ type: 'AWS::Lambda::Function', uid: 'checkout' }],
    }),
  ];
  for (const event of weakness('CVE-2025-10001')) world.send(event);
  await world.run(START + HOUR);
  expect(readable(only(world.slack.posts))).toContain('1 open resource · 2 findings');
  expect(readable(only(world.slack.posts))).not.toContain('🔴 CVE-2025-10001');
  for (const event of weakness('CVE-2025-10002')) world.send(event);
  await world.run(START + 6 * HOUR);
  expect(readable(only(world.slack.posts)).match(/🔴 CVE-\S+/g)).toEqual(['🔴 CVE-2025-10001', '🔴 CVE-2025-10002']);
});
