/** What the doctor says of a network: whether each subnet leads out, names resolve, and the endpoints are there. */
import { type Clinic, openClinic } from './doctor';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

const EXISTING = 'network: { vpc: existing, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3e], endpoints: [sqs] }';
const OWN = 'network: { vpc: own, endpoints: [sqs] }';
const [FIRST, SECOND] = ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'];

async function examined(network = EXISTING, argv: string[] = []) {
  clinic.configure(({ settings }) => ({ settings: `${settings}\n${network}\n` }));
  const { checks } = await clinic.examine(argv);
  return checks.find(({ id }) => id === 'system.network');
}

test('without a network nobody looks at one, and the policy does not ask for it', async () => {
  const { checks } = await clinic.examine();
  expect(checks.map(({ id }) => id)).not.toContain('system.network');
  expect((await clinic.run(['--policy'])).out).not.toContain('ec2:');
});

test('subnets with a way out and endpoints that are available pass, each way named', async () => {
  expect(await examined()).toMatchObject({ verdict: 'pass', found: '2 subnets lead out by nat-0a1b2c3d; endpoints of dynamodb, sqs' });
});

test('an own VPC is looked at as the stack names it; before its deployment there is nothing to look at', async () => {
  clinic.world.network.outputs = { NetworkVpc: 'vpc-0a1b2c3d', NetworkSubnets: `${FIRST},${SECOND}` };
  expect(await examined(OWN)).toMatchObject({ verdict: 'pass' });
  clinic.world.network.outputs = {};
  expect(await examined(OWN)).toMatchObject({ verdict: 'skipped' });
  clinic.world.stack = undefined;
  expect(await examined(OWN, ['--before'])).toBeUndefined();
  expect(await examined(EXISTING, ['--before'])).toMatchObject({ verdict: 'pass' });
});

test.each([
  ['no route to the internet', [], /^subnet-0a1b2c3e {2}has no route to the internet$/],
  ['an internet gateway', [{ destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-0a1b2c3d', state: 'active' }], /is a public subnet/],
  [
    'a gateway that is gone',
    [{ destinationCidrBlock: '0.0.0.0/0', natGatewayId: 'nat-0dead000', state: 'blackhole' }],
    /nat-0dead000, which is gone/,
  ],
  ['a peering', [{ destinationCidrBlock: '0.0.0.0/0', vpcPeeringConnectionId: 'pcx-0a1b2c3d', state: 'active' }], /leads to a peered VPC/],
])('a subnet with %s fails by its name, with what to give it', async (_what, routes, why) => {
  clinic.world.network.tables.push({ main: false, subnets: [SECOND], routes });
  const check = await examined();
  expect(check).toMatchObject({ verdict: 'fail', remedies: [{ say: expect.stringContaining('0.0.0.0/0 to a NAT gateway') }] });
  expect(check?.items.map(({ subnet, why: told }) => `${subnet}  ${told}`).join('\n')).toMatch(why);
  expect(check?.items).toHaveLength(1);
});

test('a firewall or a transit gateway is a way out as well', async () => {
  clinic.world.network.tables = [
    { main: true, subnets: [], routes: [{ destinationCidrBlock: '0.0.0.0/0', networkInterfaceId: 'eni-0a1b2c3d', state: 'active' }] },
    { main: false, subnets: [FIRST], routes: [{ destinationCidrBlock: '0.0.0.0/0', transitGatewayId: 'tgw-0a1b2c3d', state: 'active' }] },
  ];
  expect((await examined())?.found).toContain('lead out by tgw-0a1b2c3d, eni-0a1b2c3d');
});

test('names that are not resolved, and endpoints that are not there or not yet, are faults with their command or what to make', async () => {
  Object.assign(clinic.world.network, {
    enableDnsSupport: false,
    enableDnsHostnames: false,
    endpoints: [{ name: 'sqs', state: 'pending' }],
  });
  const check = await examined();
  expect(check).toMatchObject({ verdict: 'fail', found: 'functions in vpc-0a1b2c3d do not reach all that they call: 3 faults' });
  const said = check?.remedies.map(({ say, command = '' }) => `${say}\n${command}`).join('\n');
  expect(said).toMatch(/modify-vpc-attribute --region ap-northeast-1 --vpc-id vpc-0a1b2c3d --enable-dns-support/);
  expect(said).toMatch(/--enable-dns-hostnames[\s\S]*Make the endpoint/);
});

test('who may not look says so, and the policy names just the calls', async () => {
  clinic.world.trouble = (action) => (action.startsWith('ec2:') ? 'denied' : undefined);
  expect(await examined()).toMatchObject({ verdict: 'unknown' });
  clinic.world.trouble = () => undefined;
  clinic.running.calls.clear();
  await examined();
  const called = [...clinic.running.calls.keys()].filter((action) => action.startsWith('ec2:')).sort();
  const { Statement } = JSON.parse((await clinic.run(['--policy'])).out) as { Statement: { Sid: string; Action: string[] }[] };
  expect(Statement.find(({ Sid }) => Sid === 'ReadNetwork')?.Action).toEqual(called);
});
