/** From an event to the message: what decides is told, in both formats. */
import {
  BRUTE_FORCE,
  BRUTE_FORCE_OCSF,
  OF_PARTNER,
  SENSITIVE,
  SENSITIVE_OCSF,
  SEQUENCE,
  WEAK,
  WEAK_OCSF,
} from '../domain/facts/documented';
import { controlFinding } from './events';
import { only } from './only';
import { ACCOUNT, DAY, flat, posts, send, told } from './told';
import { HOUR, MINUTE, START, World } from './world';

test('a threat leads, on a phone too, with how bad, what, whose, and what decides; the facts stand before the state', async () => {
  const message = only(posts(await told(['asff', { ...SEQUENCE, Title: 'Potential credential compromise of IAMUser/release-bot' }])));
  expect(message.text).toMatch(
    /^🔴 CRITICAL Potential credential compromise of IAMUser\/release-bot · \S+ · iam:AttachRolePolicy → cloudtrail:StopLogging · 203\.0\.113\.140 Example Country \+1 · Tor network$/,
  );
  const read = flat(message);
  const at = [
    'Who release-bot IAM user, no MFA',
    'Did iam:AttachRolePolicy → cloudtrail:StopLogging · Privilege Escalation, Defense Evasion',
    'From 203.0.113.140 Example Country +1 · Tor network',
    'Also amzn-s3-demo-destination-bucket',
    'State 1 open resource',
    'What it means',
    'Root/',
    'us-east-1',
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
    expect(flat(message)).toContain('Fix xz-libs 5.6.0-1.amzn2023 → 5.6.1-9.amzn2023 Risk exploit code public · CVSS 9.8 · EPSS 94 %');
    expect(message.text).toMatch(/ · 5\.6\.0-1\.amzn2023 → 5\.6\.1-9\.amzn2023 · exploit code public$/);
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
    expect(read).toContain('How to fix rebuild the image');
    expect(read).toContain('🔴 CVE-2025-10000 - lib0 · 5.6.0-1.amzn2023 → 5.6.1-9.amzn2023');
    expect(read.match(/ → 5\.6\.1/g)).toHaveLength(5);
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

test('F11: of each object that Macie found, its bucket and its key', async () => {
  const read = flat(only(posts(await told(['asff', SENSITIVE('home/alice/credentials.bak')], ['asff', SENSITIVE('db/master.pem')]))));
  for (const key of ['home/alice/credentials.bak', 'db/master.pem']) expect(read).toContain(`amzn-s3-demo-bucket/${key}`);
  expect(read).toContain('Holds 4120 × NAME');
  expect(read).toContain('Access not public · encrypted (aws:kms)');
  expect(flat(only(posts(await told(['ocsf', SENSITIVE_OCSF()]))))).toContain(
    'Object amzn-s3-demo-bucket/exports/payroll.csv.gz Holds 3 × NAME',
  );
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
