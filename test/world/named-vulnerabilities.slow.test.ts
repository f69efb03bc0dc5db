/**
 * What a finding says of its vulnerabilities beyond their ids: that there are more than are known of it, that one of them was told before,
 * that it has no CVE. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Vulnerability.html
 */
import type { Routes } from '../../config/schema';
import { type Told, readable } from '../../cli/simulate/world/slack';
import { config } from './config';
import { eventOf } from './events';
import { imageScan } from './image-scan';
import { only } from './only';
import { HOUR, START, World } from './world';

const cve = (n: number) => `CVE-2025-${10000 + n}`;
/** As many, from the least bad to the worst. */
const scored = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ Id: cve(n), Cvss: [{ Version: '3.1', BaseScore: 4 + n / 1000 }] }));
const worst = (n: number) => ({ Id: cve(n), Cvss: [{ Version: '3.1', BaseScore: 9.9 }] });

const ROUTES: Routes = {
  receivers: { 'sec-ops': { channel: 'C0SECOPS001', language: 'en', securityAccountAccess: true, vulnerabilitiesBy: 'cve' } },
  route: { receiver: 'sec-ops' },
};
const byCve = () => new World({ config: config({ routes: ROUTES }) });
const flat = (message: Told) => readable(message).replace(/\s+/g, ' ');
const idOf = ({ text }: Told) => /CVE-2025-\d+/.exec(text)?.[0];
const play = async (world: World, ...events: [object, number][]) => {
  for (const [event, at] of events) world.send(event, at);
  await world.run();
  return world;
};

describe('a finding that names more than the hundred that are known of it', () => {
  test('mends none by naming another that is worse; what it names no longer is mended once it names all again', async () => {
    const world = byCve();
    const worse = [...scored(100), worst(500)];
    await play(world, [imageScan(scored(100)), 0], [imageScan(worse, { at: 2 * HOUR }), 2 * HOUR]);
    expect(world.slack.posts).toHaveLength(101);
    expect(world.slack.posts.filter(({ text }) => !text.startsWith('🟠')).map(({ text }) => text)).toEqual([]);
    expect(world.slack.replies).toEqual([]);
    const back = [imageScan(worse.slice(2), { at: 5 * HOUR }), 3 * HOUR] as [object, number];
    await play(world, back);
    expect(
      world.slack.posts
        .filter(({ text }) => text.startsWith('✅'))
        .map(idOf)
        .sort(),
    ).toEqual([cve(0), cve(1)]);
    await play(world, [imageScan(worse.slice(2), { at: 8 * HOUR, workflow: 'RESOLVED' }), 3 * HOUR]);
    expect(world.slack.posts.filter(({ text }) => !/^(?:✅|👤)/.test(text))).toEqual([]);
  });

  test('ends all that were told of it with it, also what it was not known to name any more', async () => {
    const worse = [...scored(100), worst(500)];
    const ending = imageScan(worse, { at: 5 * HOUR, workflow: 'RESOLVED' });
    const { slack } = await play(byCve(), [imageScan(scored(100)), 0], [imageScan(worse, { at: 2 * HOUR }), 2 * HOUR], [ending, 5 * HOUR]);
    expect(slack.posts).toHaveLength(101);
    expect(slack.posts.filter(({ text }) => !text.startsWith('👤'))).toEqual([]);
  });

  test('says in the image’s message that there are more, and in the thread where they are', async () => {
    const world = await play(new World(), [imageScan(scored(150)), 0]);
    expect(flat(only(world.slack.posts))).toContain('100 or more vulnerabilities');
    expect(flat(only(world.slack.replies))).toContain('… and others in Security Hub');
    const whole = await play(new World(), [imageScan(scored(100)), 0]);
    expect(flat(only(whole.slack.posts))).toMatch(/ 100 vulnerabilities/);
    expect(flat(only(whole.slack.replies))).not.toContain('in Security Hub');
  });
});

describe('a vulnerability that was told and has become known to be exploited', () => {
  const later = (...changed: object[]): [object, number] => [imageScan(changed, { at: 2 * HOUR }), 2 * HOUR];

  test.each([
    ['in the image’s message', () => new World()],
    ['in its own', byCve],
  ])('is broadcast as that, and not as newly found (%s)', async (_where, world) => {
    const { slack } = await play(world(), [imageScan([{ Id: cve(1) }]), 0], later({ Id: cve(1), ExploitAvailable: 'YES' }));
    const reply = only(slack.replies);
    expect(reply.broadcast).toBe(true);
    expect(flat(reply)).toContain('Found earlier, now exploited or critical');
    expect(flat(reply)).toContain(cve(1));
    expect(flat(reply)).not.toContain('Newly found');
  });

  test('beside one that is new both are told as newly found', async () => {
    const { slack } = await play(
      new World(),
      [imageScan([{ Id: cve(1) }]), 0],
      later({ Id: cve(1), ExploitAvailable: 'YES' }, { Id: cve(2) }),
    );
    expect(flat(only(slack.replies))).toMatch(
      new RegExp(`Newly found \\(.* JST\\): ${cve(1)}, ${cve(2)} · .*shop/api.* · account-555 \\(1 open resource\\)`),
    );
  });
});

test('the list in the thread is headed by what it is: all of them, also those that the message names', async () => {
  const world = await play(new World(), [imageScan(scored(12)), 0]);
  const list = flat(only(world.slack.replies));
  expect(list).toMatch(/^12 vulnerabilities CVE/);
  expect(list).not.toContain('All of them');
});

test('ids that are long, of many scans and many machines, leave the reply as long as Slack takes it, and it says where the others are', async () => {
  // https://github.com/slackapi/node-slack-sdk: msg_blocks_too_long comes at some 13,200 characters over all blocks.
  const world = new World();
  for (let machine = 0; machine < 60; machine++) {
    const long = Array.from({ length: 40 }, (_, n) => ({ Id: `SNYK-JAVA-ORGAPACHELOGGINGLOG4J-${1000000 + (machine % 12) * 100 + n}` }));
    const event = imageScan(long) as { detail: { findings: Record<string, unknown>[] } };
    const [finding] = event.detail.findings;
    const name = `i-0${String(machine).padStart(16, '0')}`;
    const tags = { 'aws:autoscaling:groupName': 'web' };
    const resource = {
      Type: 'AwsEc2Instance',
      Id: `arn:aws:ec2:ap-northeast-1:555555555555:instance/${name}`,
      Region: 'ap-northeast-1',
      Tags: tags,
    };
    event.detail.findings = [{ ...finding, Id: name, Resources: [resource] }];
    world.send(event);
  }
  await world.run();
  for (const reply of world.slack.replies) expect(readable(reply).length).toBeLessThan(13_000);
  expect(world.slack.replies.map(flat).join()).toMatch(/… and \d+ more in Security Hub/);
});

test('one of which OCSF has an advisory and no CVE is told by the advisory’s id', async () => {
  const finding = {
    class_uid: 2002,
    cloud: { account: { uid: '555555555555' }, region: 'ap-northeast-1', provider: 'AWS' },
    finding_info: { uid: 'scan-1', title: 'Container image has vulnerabilities', types: ['Vulnerabilities'], modified_time: START },
    metadata: { uid: 'm-1', product: { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/wiz-security/wiz-security' } },
    resources: [{ uid: 'registry.example.com/shop/api:1.2', type: 'Container' }],
    severity: 'High',
    status: 'New',
    time: START,
    // https://schema.ocsf.io/1.6.0/objects/advisory
    vulnerabilities: [{ cve: { uid: cve(1) }, advisory: { uid: 'RHSA-2025:1111' } }, { advisory: { uid: 'GHSA-jfh8-c2jp-5v3q' } }],
  };
  const world = await play(new World(), [eventOf('ocsf', finding), 0]);
  expect(flat(only(world.slack.posts))).toContain(`2 vulnerabilities ${cve(1)}, GHSA-jfh8-c2jp-5v3q`);
});

test('the thread has its list once: what became worse in it is broadcast, and the same list is not said again', async () => {
  const all = Array.from({ length: 30 }, (_, n) => ({ Id: cve(n) }));
  const worse = all.map((each, n) => (n < 8 ? { ...each, ExploitAvailable: 'YES' } : each));
  const { slack } = await play(new World(), [imageScan(all), 0], [imageScan(worse, { at: 2 * HOUR }), 2 * HOUR]);
  const replies = slack.replies.map(flat);
  expect(slack.replies.filter(({ broadcast }) => broadcast)).toHaveLength(1);
  expect(replies.filter((words) => words.startsWith('30 vulnerabilities'))).toHaveLength(1);
});
