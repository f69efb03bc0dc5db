/** What is one problem, as its readers see it: strangers' findings, images with many CVEs, checks that cannot run, other clouds. */
import type { Routes } from '../../config/schema';
import { config } from './config';
import { control, controlFinding, eventOf, imported, ocsf, ocsfFinding, threatFinding } from './events';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

type Json = Record<string, unknown>;
const REGION = 'ap-northeast-1';
const ARN = { inspector: `arn:aws:securityhub:${REGION}::product/aws/inspector` };
const iso = (at: number) => new Date(at).toISOString();

const receiver = (channel: string, more = {}) => ({ channel, language: 'en' as const, securityAccountAccess: false, ...more });
const ROUTES: Routes = {
  receivers: { 'sec-ops': receiver('C0SECOPS001', { vulnerabilitiesBy: 'cve' }), workloads: receiver('C0WORKLD001') },
  route: {
    receiver: 'sec-ops',
    routes: [
      { match: { ou: 'Workloads' }, receiver: 'workloads', continue: true },
      { match: { ou: 'Workloads' }, receiver: 'sec-ops' },
    ],
  },
};

function weakness(cve: string, account: string, changes: Json = {}): Json {
  const id = `arn:aws:inspector2:${REGION}:${account}:finding/${cve}`;
  return {
    ...threatFinding({ account }),
    Id: id,
    ProductArn: ARN.inspector,
    GeneratorId: 'AWSInspector',
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Severity: { Label: 'CRITICAL' },
    Title: `${cve} - openssl`,
    Description: `A weakness of openssl: ${cve}.`,
    Vulnerabilities: [{ Id: cve }],
    Resources: [{ Type: 'AwsEcrContainerImage', Id: `arn:aws:ecr:${REGION}:${account}:repository/shop/api/sha256:${'ab'.repeat(32)}` }],
    ...changes,
  };
}
const posts = (world: World, channel: string) => world.slack.posts.filter((post) => post.channel === channel);

test('an account’s own finding with Inspector’s CVE heads, joins and closes nothing of Inspector’s', async () => {
  const world = new World({ config: config({ routes: ROUTES }) });
  const drill = (changes: Json) => ({
    ...weakness('CVE-2021-44228', '999999999999'),
    Id: 'x',
    ProductArn: `arn:aws:securityhub:${REGION}:999999999999:product/999999999999/default`,
    Title: 'Drill CLOSED: all hosts are patched',
    FirstObservedAt: '1971-01-01T00:00:00Z',
    ...changes,
  });
  world.send(imported(weakness('CVE-2021-44228', '555555555555')));
  world.send(imported(drill({})), MINUTE);
  world.send(imported(drill({ Workflow: { Status: 'RESOLVED' }, UpdatedAt: iso(START + HOUR) })), HOUR);
  await world.run();
  const own = world.slack.posts.filter(({ text }) => text.includes('CVE-2021-44228 - openssl'));
  expect(own).toHaveLength(2);
  for (const post of own) {
    expect(readable(post)).toContain('1 open');
    expect(JSON.stringify(post.blocks)).not.toMatch(/Drill|1971|999999999999|✅/);
  }
});

test('forty CVEs of one image are one message, and forty for who asks by CVE', async () => {
  const world = new World({ config: config({ routes: ROUTES }) });
  for (let n = 0; n < 40; n++) world.send(imported(weakness(`CVE-2025-${20_000 + n}`, '555555555555')));
  await world.run();
  expect(posts(world, 'C0WORKLD001')).toHaveLength(1);
  expect(posts(world, 'C0SECOPS001')).toHaveLength(40);
});

test('one CVE in two accounts is one message for who asks by CVE; each ends where it was told, also when the choice changes', async () => {
  const world = new World({ config: config({ routes: ROUTES }) });
  for (const account of ['555555555555', '666666666666']) world.send(imported(weakness('CVE-2025-20000', account)));
  await world.run(START + HOUR);
  expect(posts(world, 'C0WORKLD001')).toHaveLength(2);
  expect(readable(only(posts(world, 'C0SECOPS001')))).toContain('2 open');
  delete (world.config.routes.receivers['sec-ops'] as { vulnerabilitiesBy?: string }).vulnerabilitiesBy;
  for (const account of ['555555555555', '666666666666'])
    world.send(imported(weakness('CVE-2025-20000', account, { RecordState: 'ARCHIVED', UpdatedAt: iso(START + 2 * HOUR) })), HOUR);
  await world.run();
  expect(world.slack.posts).toHaveLength(3);
  for (const post of world.slack.posts) expect(readable(post)).not.toMatch(/[12] open/);
});

describe('a failing control that cannot be checked any more', () => {
  const unchecked = { updatedAt: START + HOUR, firstObservedAt: START + HOUR, severity: 'INFORMATIONAL', time: START + HOUR };
  test.each([
    ['ASFF', control(), control({ ...unchecked, compliance: 'NOT_AVAILABLE' })],
    ['ASFF, with a warning', control(), control({ ...unchecked, compliance: 'WARNING' })],
    [
      'OCSF',
      ocsf(),
      eventOf('ocsf', { ...ocsfFinding(unchecked), compliance: { control: 'S3.2', status: 'Not Available' } }, { time: START + HOUR }),
    ],
  ])('is open no longer (%s)', async (_format, failing, after) => {
    const world = new World();
    world.send(failing);
    world.send(after, HOUR);
    await world.run();
    expect(readable(only(world.slack.posts))).not.toMatch(/1 open/);
    expect(world.dead).toEqual([]);
  });

  test('is not told as failing where it never failed, and the log says why', async () => {
    const world = new World();
    world.send(
      imported({
        ...controlFinding(),
        Compliance: {
          Status: 'WARNING',
          SecurityControlId: 'S3.2',
          StatusReasons: [{ ReasonCode: 'S3_BUCKET_CROSS_ACCOUNT_CROSS_REGION' }],
        },
      }),
    );
    await world.run();
    expect(world.slack.posts).toEqual([]);
    expect(world.decisions).toMatchObject([
      { outcome: 'filtered', admission: { rule: 'unchecked', reason: 'it could not be checked (compliance WARNING): elsewhere' } },
    ]);
  });
});

test('what is in another cloud is told to the root’s receiver with the provider’s own id, and Organizations is not asked', async () => {
  const world = new World();
  const azure = { ...ocsfFinding(), cloud: { provider: 'Azure', account: { uid: '0f1e2d3c-sub' }, region: 'japaneast' } };
  world.send(eventOf('ocsf', azure));
  await world.run();
  const post = only(world.slack.posts);
  expect(post.channel).toBe('C0SECOPS001');
  expect(readable(post)).toContain('azure:0f1e2d3c-sub');
  expect(world.lookups.accounts).toEqual([]);
  expect(world.dead).toEqual([]);
});

test('a control is worded as AWS worded it last, and by nobody else', async () => {
  const briefs: string[] = [];
  const world: World = new World({
    analyst: {
      interpret: async ({ prompt }) => {
        briefs.push(prompt);
        throw new Error('no answer');
      },
    },
  });
  const titled = (title: string, bucket: string, at: number) =>
    control({ title, bucket, account: bucket === 'b' ? '666666666666' : '555555555555', updatedAt: START + at, time: START + at });
  world.send(titled('Test Finding', 'a', 0));
  world.send(
    imported({
      ...controlFinding({ title: 'Nothing to see here', bucket: 'c' }),
      ProductArn: `arn:aws:securityhub:${REGION}:999999999999:product/999999999999/default`,
      AwsAccountId: '999999999999',
      UpdatedAt: '2199-01-01T00:00:00Z',
    }),
    MINUTE,
  );
  world.send(titled('S3 buckets should block public access', 'b', HOUR), HOUR);
  await world.run(START + 2 * HOUR);
  const row = await world.ledger.read<{ title: string }>({ pk: 'control#S3.2', sk: 'text' });
  expect(row?.value.title).toBe('S3 buckets should block public access');
  expect(briefs.some((prompt) => prompt.includes('S3 buckets should block public access'))).toBe(true);
  expect(briefs.some((prompt) => prompt.includes('Nothing to see here'))).toBe(false);
});
