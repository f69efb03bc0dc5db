/** From an event to the message: what decides is told, in both formats, and nothing hides that a reader has to know. */
import { type Told, readable } from '../../cli/simulate/world/slack';
import {
  asff,
  BRUTE_FORCE,
  BRUTE_FORCE_OCSF,
  EXPOSED_OCSF,
  OF_PARTNER,
  ocsf,
  SENSITIVE,
  SENSITIVE_OCSF,
  SEQUENCE,
  WEAK,
  WEAK_OCSF,
} from '../domain/facts/documented';
import { controlFinding, eventOf, ocsfFinding } from './events';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

const ACCOUNT = '555555555555';
const DAY = 24 * HOUR;
/** The documented account is none of this organization. */
const ours = <T extends object>(finding: T): T => JSON.parse(JSON.stringify(finding).replaceAll('111122223333', ACCOUNT)) as T;
const send = (world: World, format: 'asff' | 'ocsf', finding: object, at = 0) =>
  world.send(
    eventOf(
      format,
      { ...ours(finding), ...(format === 'asff' ? { UpdatedAt: new Date(START + at).toISOString() } : {}) },
      { time: START + at },
    ),
    at,
  );
const flat = (message: Pick<Told, 'blocks'>) =>
  readable(message)
    .replace(/[\s\u00a0]+/g, ' ')
    .replaceAll(' , ', ', ');

async function told(...findings: (readonly ['asff' | 'ocsf', object])[]): Promise<World> {
  const world = new World();
  for (const [index, [format, finding]] of findings.entries()) send(world, format, finding, index);
  await world.run(START + HOUR);
  expect(world.dead).toEqual([]);
  return world;
}
const posts = ({ slack }: World) => slack.posts;
const replies = ({ slack }: World) => slack.replies;

test('a threat leads, on a phone too, with how bad, what, whose, and what decides; the facts stand before the state', async () => {
  const message = only(posts(await told(['asff', { ...SEQUENCE, Title: 'Potential credential compromise of IAMUser/release-bot' }])));
  expect(message.text).toMatch(
    /^🔴 CRITICAL · Potential credential compromise of IAMUser\/release-bot · \S+ · iam:AttachRolePolicy → cloudtrail:StopLogging · 203\.0\.113\.140 Example Country \+1 · Tor network$/,
  );
  const read = flat(message);
  const at = [
    'Root/',
    'Who release-bot IAM user, no MFA',
    'Did iam:AttachRolePolicy → cloudtrail:StopLogging · Privilege Escalation → Defense Evasion',
    'From 203.0.113.140 Example Country +1 · Tor network',
    'us-east-1 · 1 open',
    'Resource release-bot · AwsIamUser',
    'Also amzn-s3-demo-destination-bucket',
    'What it means',
  ].map((part) => read.indexOf(part));
  expect(at).not.toContain(-1);
  expect(at).toEqual([...at].sort((a, b) => a - b));
});

test('of one threat to several resources each row says what decides of it', async () => {
  const other = JSON.parse(
    JSON.stringify(BRUTE_FORCE('TARGET'))
      .replaceAll('198.51.100.23', '203.0.113.9')
      .replaceAll('i-0abcd1234efgh5678', 'i-0fedc')
      .replace('finding/1', 'finding/2'),
  ) as object;
  const read = flat(only(posts(await told(['asff', BRUTE_FORCE('TARGET')], ['asff', other]))));
  expect(read).toContain('Traffic against this resource · TCP 22 (SSH) · not blocked');
  expect(read).toContain('i-0abcd1234efgh5678 198.51.100.23 Example Country');
  expect(read).toContain('i-0fedc 203.0.113.9 Example Country');
});

test('what both Security Hubs report is told once, in the words of one', async () => {
  const world = await told(['asff', BRUTE_FORCE('ACTOR')], ['ocsf', BRUTE_FORCE_OCSF('ACTOR')]);
  const read = flat(only(posts(world)));
  expect(read).toContain('Traffic from this resource · TCP 22 (SSH) · not blocked');
  expect(read).not.toContain('Findings');
});

describe('F07: what mends it', () => {
  test.each([
    ['asff', WEAK()],
    ['ocsf', WEAK_OCSF],
  ] as const)('installed and fixed version, score and exploit stand in the message (%s)', async (format, finding) => {
    const message = only(posts(await told([format, finding])));
    expect(flat(message)).toContain('Update xz-libs 5.6.0-1.amzn2023 → 0:5.6.1-9.amzn2023 Risk exploit known · CVSS 9.8 · EPSS 94 %');
    expect(message.text).toMatch(/ · 5\.6\.0-1\.amzn2023 → 0:5\.6\.1-9\.amzn2023 · exploit known$/);
  });
  test('of an image with many, each of the worst five says from what to what, and one thing is to be done', async () => {
    const image = { Type: 'AwsEcrContainerImage', Id: `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/shop/api/sha256:${'ab'.repeat(32)}` };
    const weak = (n: number) =>
      ({
        ...WEAK({ Id: `CVE-2025-1000${n}`, ExploitAvailable: 'NO' }, image, { Name: `lib${n}` }),
        Id: `finding/${n}`,
        Title: `CVE-2025-1000${n} - lib${n}`,
      }) as const;
    const read = flat(only(posts(await told(...[0, 1, 2, 3, 4, 5, 6].map((n) => ['asff', weak(n)] as const)))));
    expect(read).toContain('Mend rebuild the image');
    expect(read).toContain('🔴 CVE-2025-10000 - lib0 · 5.6.0-1.amzn2023 → 0:5.6.1-9.amzn2023');
    expect(read.match(/ → 0:5\.6\.1/g)).toHaveLength(5);
    expect(read).toContain('… and 2 more');
  });
  test('a third party’s own description and remediation stand beside the words of the model', async () => {
    const message = only(posts(await told(['asff', OF_PARTNER(1)])));
    const read = flat(message);
    expect(read).toContain('What it means');
    expect(read).toContain('The groups let anyone connect.');
    expect(read).toContain('Remove the rule for 0.0.0.0/0 and add the ranges that need it.');
  });
});

test('F08: a time of another year has its year, and what is old its age', async () => {
  const read = flat(only(posts(await told(['asff', { ...controlFinding(), FirstObservedAt: '2023-03-04T08:06:00Z' }]))));
  expect(read).toContain('first seen 4 Mar 2023 17:06 JST (3 years ago)');
});

test('F09: a scanner that dates each scan anew moves nothing: first seen stays the earliest', async () => {
  const world = new World();
  const scanned = (days: number) => ({ ...OF_PARTNER(1), FirstObservedAt: new Date(START - DAY + days * DAY).toISOString() });
  send(world, 'asff', scanned(0));
  send(world, 'asff', scanned(1), DAY);
  await world.run(START + 2 * DAY);
  expect(flat(only(posts(world)))).toContain('first seen 20 Nov 09:14 JST');
  expect(only(posts(world)).edits).toBe(0);
});

test.each([
  [
    'asff',
    {
      Type: 'AwsElbv2LoadBalancer',
      Id: 'arn:aws:elasticloadbalancing:us-east-1:555555555555:loadbalancer/app/shop-front/50dc6c495c0c9188',
    },
    'shop-front',
  ],
  [
    'asff',
    { Type: 'AwsEcsTaskDefinition', Id: 'arn:aws:ecs:us-east-1:555555555555:task-definition/settlement-worker:37' },
    'settlement-worker:37',
  ],
  ['asff', { Type: 'AwsApiGatewayStage', Id: 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/prod' }, 'a1b2c3d4e5/prod'],
  ['ocsf', { type: 'AWS::IAM::AccessKey', uid: 'ASIAIOSFODNN7EXAMPLE', data: { user_name: 'settlement-batch' } }, 'settlement-batch'],
  ['ocsf', { type: 'AWS::Container::Container', uid: 'ab'.repeat(32), name: 'payments-sidecar' }, 'payments-sidecar'],
] as const)('F10: people read the name of it (%s, %o)', async (format, resource, name) => {
  const finding = format === 'asff' ? asff('guardduty', { Resources: [resource] }) : ocsf('guardduty', { resources: [resource] });
  expect(flat(only(posts(await told([format, finding]))))).toContain(`Resource ${name} · `);
});

test('F11: of each object that Macie found, its bucket and its key', async () => {
  const read = flat(only(posts(await told(['asff', SENSITIVE('home/alice/credentials.bak')], ['asff', SENSITIVE('db/master.pem')]))));
  for (const key of ['home/alice/credentials.bak', 'db/master.pem']) expect(read).toContain(`amzn-s3-demo-bucket/${key}`);
  expect(read).toContain('Holds 4120 × NAME');
  expect(read).toContain('Access not public · encrypted (aws:kms)');
  expect(flat(only(posts(await told(['ocsf', SENSITIVE_OCSF()]))))).toContain(
    'Object amzn-s3-demo-bucket/exports/payroll.csv.gz Holds 3 × NAME',
  );
});

describe('F12: rows that are not the same do not read the same', () => {
  const REGIONS = ['ap-northeast-1', 'us-east-1', 'eu-west-1'];
  test('in several Regions each says its own, in the message and in its thread', async () => {
    const of = (region: string, n: number) => ({
      ...controlFinding({ control: 'EC2.7', bucket: `b${n}` }),
      Region: region,
      Id: `arn:aws:securityhub:${region}:${ACCOUNT}:security-control/EC2.7/finding/${n}`,
      Resources: [{ Type: 'AwsAccount', Id: `AWS::::Account:${ACCOUNT}`, Region: region }],
    });
    const all = [...REGIONS, 'us-west-2', 'eu-north-1', 'sa-east-1', 'ap-south-1'];
    const world = await told(...all.map((region, n) => ['asff', of(region, n)] as const));
    const rows = (message: Told) => flat(message).match(/the account itself \S+/g) ?? [];
    const named = [only(posts(world)), ...replies(world)].flatMap(rows);
    expect(new Set(named)).toEqual(new Set(all.map((region) => `the account itself ${region}`)));
  });
  test('one use of the root user in three Regions', async () => {
    const root = (region: string) =>
      asff('guardduty', {
        Id: `arn:aws:guardduty:${region}:${ACCOUNT}:detector/1/finding/1`,
        Region: region,
        Types: ['TTPs/Policy/Policy:IAMUser-RootCredentialUsage'],
        Resources: [{ Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:ASIAIOSFODNN7EXAMPLE', Region: region }],
      });
    const read = flat(only(posts(await told(...REGIONS.map((region) => ['asff', root(region)] as const)))));
    for (const region of REGIONS) expect(read).toContain(`ASIAIOSFODNN7EXAMPLE ${region}`);
  });
  test('two types of one name, and two accounts of one name', async () => {
    const of = (n: number, type: string, kind: string) =>
      asff('guardduty', {
        Id: `finding/${n}`,
        Types: ['TTPs/Policy/Policy:IAMUser-RootCredentialUsage'],
        Resources: [{ Type: type, Id: `arn:aws:iam::${ACCOUNT}:${kind}/deploy` }],
      });
    const read = flat(only(posts(await told(['asff', of(1, 'AwsIamUser', 'user')], ['asff', of(2, 'AwsIamRole', 'role')]))));
    expect(read).toContain('deploy AwsIamUser');
    expect(read).toContain('deploy AwsIamRole');
  });
});

describe('F14: every resource of a finding is named', () => {
  test('a few in the message, and all of many in the thread', async () => {
    const few = await told(['asff', OF_PARTNER(4)]);
    expect(flat(only(posts(few)))).toContain('Also sg-0a1b2c3d4e5f60701 sg-0a1b2c3d4e5f60702 sg-0a1b2c3d4e5f60703');
    expect(replies(few)).toEqual([]);
    const many = await told(['asff', OF_PARTNER(10)]);
    expect(flat(only(posts(many)))).toContain('sg-0a1b2c3d4e5f60703 +6');
    const thread = flat(only(replies(many)));
    for (let n = 1; n < 10; n++) expect(thread).toContain(`sg-0a1b2c3d4e5f6070${n}`);
    expect(thread).toContain('Other resources of the finding');
  });
});

describe('F15: where a button leads', () => {
  test('to a list where the finding has no address; then it says so, and the id stands beside it', async () => {
    const message = flat(only(posts(await told(['ocsf', ocsfFinding()]))));
    expect(message).toContain('Open the list in Security Hub');
    expect(message).toMatch(/Finding id \S+/);
    const long = { ...OF_PARTNER(1), Id: `prowler-${'é'.repeat(300)}` };
    const read = flat(only(posts(await told(['asff', long]))));
    expect(read).toContain('Open the list in Security Hub');
    expect(read).toContain(`prowler-${'é'.repeat(300)}`);
    expect(flat(only(posts(await told(['asff', controlFinding()]))))).not.toContain('Finding id');
  });
});

test('F16: a title that the header has to cut stands whole below it', async () => {
  const title =
    'Potential Remote Execution: EC2 instance has network-exploitable software vulnerabilities, is reachable from the internet, and has an instance profile with administrative access';
  const finding = { ...EXPOSED_OCSF, finding_info: { ...(EXPOSED_OCSF.finding_info as object), title } };
  const message = only(posts(await told(['ocsf', finding])));
  expect(message.blocks[0]).toMatchObject({ text: { text: expect.stringMatching(/…$/) } });
  expect(readable(message)).toContain(title);
  expect(flat(message)).toContain('Reachability: Publicly Invocable');
});

test('F22: the number of a standard is no part of a title, in either format', async () => {
  const title = '2.5 AWS Config should be enabled and use the service-linked role for resource recording';
  const inOcsf = ocsf('securityhub', { finding_info: { title }, compliance: { control: 'Config.1', status: 'Fail' } });
  const inAsff = asff('securityhub', { Title: title, Compliance: { Status: 'FAILED', SecurityControlId: 'Config.1' } });
  for (const each of [['ocsf', inOcsf] as const, ['asff', inAsff] as const])
    expect(only(posts(await told(each))).blocks[0]).toMatchObject({
      text: { text: '🔴 CRITICAL · AWS Config should be enabled and use the service-linked role for resource recording (Config.1)' },
    });
});

test('GuardDuty counts on, and the message is not edited for it', async () => {
  const world = new World();
  for (let n = 0; n < 6; n++) {
    const finding = JSON.parse(
      JSON.stringify(BRUTE_FORCE('TARGET')).replace('"aws/guardduty/service/count":"6"', `"aws/guardduty/service/count":"${6 + n}"`),
    ) as object;
    send(world, 'asff', finding, n * 15 * MINUTE);
  }
  await world.run(START + 3 * HOUR);
  expect(flat(only(posts(world)))).toContain('When 6 times');
  expect(only(posts(world)).edits).toBe(0);
});
