/** From an event to the message: nothing hides that a reader has to know, and no two things read the same. */
import { type Told, readable } from '../../cli/simulate/world/slack';
import { asff, EXPOSED_OCSF, ocsf, OF_PARTNER } from '../domain/facts/documented';
import { controlFinding, ocsfFinding } from './events';
import { only } from './only';
import { ACCOUNT, flat, posts, replies, told } from './told';

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
  expect(flat(only(posts(await told([format, finding]))))).toMatch(new RegExp(`(?:Resource|Who) ${name} `));
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

describe('F15: where a link leads', () => {
  test('to the finding itself, of the new Security Hub by its finding_info.uid', async () => {
    const finding = ocsfFinding() as { finding_info: { uid: string } };
    const message = only(posts(await told(['ocsf', finding])));
    expect(decodeURIComponent(decodeURIComponent(JSON.stringify(message.blocks)))).toContain(finding.finding_info.uid);
    expect(flat(message)).not.toContain('Open the list');
  });
  test('to a list where the finding has no address; then it says so, and the id stands beside it', async () => {
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
  expect(message.blocks[0]).toMatchObject({ text: { text: expect.stringMatching(/… · account-555$/) } });
  expect(readable(message)).toContain(title);
  expect(flat(message)).toContain('Reachability: Publicly Invocable');
});

test('F22: the number of a standard is no part of a title, in either format', async () => {
  const title = '2.5 AWS Config should be enabled and use the service-linked role for resource recording';
  const inOcsf = ocsf('securityhub', { finding_info: { title }, compliance: { control: 'Config.1', status: 'Fail' } });
  const inAsff = asff('securityhub', { Title: title, Compliance: { Status: 'FAILED', SecurityControlId: 'Config.1' } });
  for (const each of [['ocsf', inOcsf] as const, ['asff', inAsff] as const])
    expect(only(posts(await told(each))).blocks[0]).toMatchObject({
      text: {
        text: '🔴 CRITICAL AWS Config should be enabled and use the service-linked role for resource recording (Config.1) · account-555',
      },
    });
});
