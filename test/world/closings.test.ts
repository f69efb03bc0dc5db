/** How a problem ends: what is mended is green, and what ends otherwise says how; each closing ends what it closes, however late it comes. */
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { asked, control, controlFinding, imported, threat, threatFinding } from './events';
import { HOUR, MINUTE, START, World } from './world';

const at = (time: number) => ({ updatedAt: START + time, time: START + time });
const text = (world: World) => readable(only(world.slack.posts));

test('a failing control that can no longer be checked is told as that, with what its reason code means', async () => {
  const world = new World();
  world.send(control());
  const gone = {
    compliance: 'NOT_AVAILABLE',
    severity: 'INFORMATIONAL',
    reason: 'CONFIG_RETURNS_NOT_APPLICABLE',
    firstObservedAt: START + HOUR,
  };
  world.send(control({ ...gone, ...at(HOUR) }), HOUR);
  await world.run();
  expect(text(world)).toMatch(/^⚪ NO LONGER EVALUATED · CRITICAL/);
  expect(text(world)).toContain('Could not be checked: it does not apply any more, or the resource is gone');
  expect(text(world)).not.toContain('Do now');
});

test('a control that never failed and could not be checked is not told as failing', async () => {
  const world = new World();
  world.send(control({ compliance: 'WARNING', severity: 'CRITICAL', reason: 'S3_BUCKET_CROSS_ACCOUNT_CROSS_REGION' }));
  await world.run();
  expect(world.slack.posts).toEqual([]);
  expect(only(world.decisions)).toMatchObject({
    outcome: 'filtered',
    admission: { rule: 'unchecked', reason: expect.stringContaining('elsewhere') },
  });
});

test('what a person suppressed is not green, and says who and why; what this system noted itself is nobody’s reason', async () => {
  for (const [author, said] of [
    ['alice', 'Suppressed by alice: “accepted in RISK-42 ‹!channel>”'],
    ['security-hub-interpreter', undefined],
  ] as const) {
    const world = new World();
    world.send(control());
    const note = { Text: 'accepted in RISK-42 <!channel>', UpdatedBy: author };
    world.send(imported({ ...controlFinding({ workflow: 'SUPPRESSED', ...at(HOUR) }), Note: note }, { time: START + HOUR }), HOUR);
    await world.run();
    expect(text(world)).toMatch(/^⚪ SUPPRESSED · CRITICAL/);
    if (said) expect(text(world)).toContain(said);
    else expect(text(world)).not.toContain('RISK-42');
    // A mention is an element of its own in Slack: this one is text.
    expect(JSON.stringify(world.slack.posts)).not.toContain('"type":"broadcast"');
  }
});

test('what ended stays ended as it did when Security Hub puts its record away days later', async () => {
  for (const [ended, badge, reason] of [
    [{ compliance: 'PASSED', severity: 'INFORMATIONAL', workflow: 'RESOLVED', firstObservedAt: START + HOUR }, /^✅ RESOLVED/, ''],
    [
      { compliance: 'NOT_AVAILABLE', severity: 'INFORMATIONAL', reason: 'CONFIG_RETURNS_NOT_APPLICABLE', firstObservedAt: START + HOUR },
      /^⚪ NO LONGER EVALUATED/,
      'the resource is gone',
    ],
    [{ workflow: 'SUPPRESSED' }, /^⚪ SUPPRESSED/, 'RISK-42'],
  ] as const) {
    const world = new World();
    const noted = (made: object) => ({ ...controlFinding({ ...ended, ...made }), Note: { Text: 'RISK-42', UpdatedBy: 'alice' } });
    world.send(control());
    world.send(imported(noted(at(HOUR)), { time: START + HOUR }), HOUR);
    world.send(imported(noted({ ...at(72 * HOUR), recordState: 'ARCHIVED' }), { time: START + 72 * HOUR }), 72 * HOUR);
    await world.run(START + 80 * HOUR);
    expect(text(world)).toMatch(badge);
    expect(text(world)).toContain(reason);
    expect(world.slack.replies).toHaveLength(1);
  }
});

test('of several that ended in several ways each is counted, and the message is not green', async () => {
  const world = new World();
  for (const bucket of ['a', 'b']) world.send(control({ bucket }));
  const passed = { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR };
  world.send(control({ bucket: 'a', ...passed, ...at(HOUR) }), HOUR);
  world.send(control({ bucket: 'b', workflow: 'SUPPRESSED', ...at(HOUR) }), HOUR);
  await world.run();
  expect(text(world)).toMatch(/^⚪ CLOSED · CRITICAL/);
  expect(text(world)).toContain('1 suppressed, 1 mended');
  expect(world.slack.replies.map(readable).join()).toContain('Closed, and not all of it mended: 1 suppressed, 1 mended');
});

test('a finding that passed and is sent by hand has nothing to do', async () => {
  const world = new World();
  world.send(asked(controlFinding({ compliance: 'PASSED', severity: 'INFORMATIONAL', workflow: 'RESOLVED' })));
  await world.run();
  expect(text(world)).toMatch(/^✅ RESOLVED/);
  expect(text(world)).not.toMatch(/Do now|What it means/);
});

test('a closing that is dated before a new chapter and comes after it ends it', async () => {
  const world = new World();
  const pass = (time: number, delay: number) =>
    world.send(
      control({
        compliance: 'PASSED',
        severity: 'INFORMATIONAL',
        firstObservedAt: START + time,
        updatedAt: START + time,
        time: START + time,
      }),
      delay,
    );
  world.send(control());
  pass(HOUR, HOUR);
  await world.run(START + 2 * HOUR);
  // It fails again 40 hours later; its events come through a backlog, two minutes late.
  const again = 40 * HOUR;
  world.send(control({ ...at(again), firstObservedAt: START + again }), START + again + 2 * MINUTE - world.now);
  pass(again + MINUTE, START + again + 3 * MINUTE - world.now);
  await world.run(START + 60 * HOUR);
  expect(world.slack.posts).toHaveLength(2);
  for (const post of world.slack.posts) expect(readable(post)).toMatch(/^✅/);
});

test('what fails again is open again, also where its closing comes late', async () => {
  const world = new World();
  world.send(control());
  world.send(control({ firstObservedAt: START + 2 * HOUR, ...at(2 * HOUR) }), 2 * HOUR);
  world.send(control({ compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR, ...at(HOUR) }), 3 * HOUR);
  await world.run();
  expect(world.slack.replies.map(readable)).toEqual([expect.stringContaining('Open again')]);
  expect(text(world)).toContain('1 open');
});

test('a closing that is sent back days later before its opening is not forgotten', async () => {
  const world = new World();
  const day = 24 * HOUR;
  world.send(control({ compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR, ...at(HOUR) }), 3 * day);
  world.send(control(at(0)), 3 * day + MINUTE);
  await world.run();
  expect(text(world)).toMatch(/^✅ RESOLVED · CRITICAL/);
});

describe('news is broadcast', () => {
  const broadcasts = (world: World) => world.slack.replies.filter(({ broadcast }) => broadcast).map(readable);

  test('a rise to CRITICAL after a fall that the message showed, each time; the fall is not', async () => {
    const world = new World();
    const severities = ['CRITICAL', 'MEDIUM', 'CRITICAL', 'HIGH', 'CRITICAL'];
    for (const [day, severity] of severities.entries()) world.send(threat({ severity, ...at(day * 24 * HOUR) }), day * 24 * HOUR);
    await world.run(START + 6 * 24 * HOUR);
    expect(text(world)).toContain('CRITICAL');
    expect(world.slack.replies.map(({ at: time }) => Math.floor((time - START) / (24 * HOUR)))).toEqual([2, 4]);
    expect(broadcasts(world)).toEqual([expect.stringContaining('now CRITICAL'), expect.stringContaining('now CRITICAL')]);
  });

  test('a fall and a rise between two looks are nothing', async () => {
    const world = new World();
    for (const [minutes, severity] of ['CRITICAL', 'HIGH', 'CRITICAL'].entries())
      world.send(threat({ severity, ...at(HOUR + minutes * 1000) }), HOUR + minutes * 1000);
    await world.run(START + 4 * HOUR);
    expect(world.slack.replies).toEqual([]);
  });

  test('a second victim of a threat, two days later', async () => {
    const world = new World();
    world.send(threat({ severity: 'CRITICAL' }));
    world.send(threat({ severity: 'CRITICAL', instance: 'i-0bbbbbbbbbbbbbbbb', ...at(48 * HOUR) }), 48 * HOUR);
    await world.run(START + 50 * HOUR);
    expect(broadcasts(world)).toEqual([expect.stringContaining('i-0bbbbbbbbbbbbbbbb')]);
  });

  test('another actor against the same resource, and what it did is named', async () => {
    const world = new World();
    world.send(threat({ severity: 'HIGH' }));
    const other = {
      ...threatFinding({ severity: 'HIGH', ...at(48 * HOUR) }),
      Id: 'another',
      Title: '203.0.113.9 is performing SSH brute force.',
    };
    world.send(imported(other, { time: START + 48 * HOUR }), 48 * HOUR);
    await world.run(START + 50 * HOUR);
    expect(broadcasts(world)).toHaveLength(1);
    expect(text(world)).toContain('203.0.113.9');
    expect(text(world)).toContain('198.51.100.7');
  });

  test('another bucket of an account that was told is not', async () => {
    const world = new World();
    world.send(control());
    world.send(control({ bucket: 'exports', ...at(48 * HOUR) }), 48 * HOUR);
    await world.run(START + 50 * HOUR);
    expect(broadcasts(world)).toEqual([]);
    expect(world.slack.replies.map(readable)).toEqual([expect.stringContaining('exports')]);
  });
});

describe('vulnerabilities of one image', () => {
  const CVES = Array.from({ length: 40 }, (_, index) => `CVE-2026-${2000 + index}`);
  const inspector = (cve: string, severity: string, more: { time?: number; exploit?: string } = {}) => {
    const time = START + (more.time ?? 0);
    const iso = new Date(time).toISOString();
    const digest = 'a'.repeat(64);
    return imported(
      {
        SchemaVersion: '2018-10-08',
        Id: `arn:aws:inspector2:ap-northeast-1:555555555555:finding/${cve}`,
        ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/inspector',
        AwsAccountId: '555555555555',
        Region: 'ap-northeast-1',
        GeneratorId: 'AWSInspector',
        Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
        Severity: { Label: severity },
        Title: `${cve} - openssl`,
        Description: 'A flaw.',
        Vulnerabilities: [{ Id: cve, FixAvailable: 'YES', ExploitAvailable: more.exploit ?? 'NO' }],
        Workflow: { Status: 'NEW' },
        RecordState: 'ACTIVE',
        Resources: [{ Type: 'AwsEcrContainerImage', Id: `arn:aws:ecr:ap-northeast-1:555555555555:repository/shop/api/sha256:${digest}` }],
        CreatedAt: iso,
        UpdatedAt: iso,
      },
      { time },
    );
  };

  test('forty are one message that lists the worst, mentions at most once, and names each in its thread', async () => {
    const world = new World();
    for (const [index, cve] of CVES.entries()) world.send(inspector(cve, index === 7 ? 'CRITICAL' : 'HIGH'), index * 1000);
    await world.run(START + 6 * HOUR);
    const post = text(world);
    expect(post).toMatch(/^🔴 CRITICAL · CVE-2026-2007 - openssl/);
    expect(post).toContain('… and 35 more');
    const all = [post, ...world.slack.replies.map(readable)].join('\n');
    expect(CVES.filter((cve) => !all.includes(cve))).toEqual([]);
    const calls = [...world.slack.posts, ...world.slack.replies].filter(({ blocks }) => JSON.stringify(blocks).includes('ONCALL'));
    expect(calls.length).toBeLessThanOrEqual(1);
  });

  test('a new chapter ends with what it told, not with what an earlier one did', async () => {
    const world = new World();
    const closed = (event: object) => {
      const copy = structuredClone(event) as { detail: { findings: { RecordState: string }[] } };
      for (const finding of copy.detail.findings) finding.RecordState = 'ARCHIVED';
      return copy;
    };
    world.send(inspector('CVE-2026-2001', 'CRITICAL'));
    world.send(closed(inspector('CVE-2026-2001', 'CRITICAL', { time: HOUR })), HOUR);
    world.send(inspector('CVE-2026-2002', 'HIGH', { time: 40 * HOUR }), 40 * HOUR);
    world.send(closed(inspector('CVE-2026-2002', 'HIGH', { time: 50 * HOUR })), 50 * HOUR);
    await world.run(START + 45 * HOUR);
    expect(readable(world.slack.posts[1] ?? { blocks: [] })).not.toContain('2 findings');
    await world.run(START + 60 * HOUR);
    expect(world.slack.posts.map((post) => readable(post).split('\n')[0])).toEqual([
      '🗄 ARCHIVED · CRITICAL · CVE-2026-2001 - openssl',
      '🗄 ARCHIVED · HIGH · CVE-2026-2002 - openssl',
    ]);
    expect(readable(world.slack.posts[1] ?? { blocks: [] })).not.toContain('CVE-2026-2001');
  });

  test('one that comes to be exploited is broadcast, one more HIGH is not', async () => {
    const world = new World();
    for (const cve of CVES.slice(0, 3)) world.send(inspector(cve, 'HIGH'));
    world.send(inspector('CVE-2026-2999', 'HIGH', { time: 24 * HOUR }), 24 * HOUR);
    await world.run(START + 30 * HOUR);
    expect(world.slack.replies.map(({ broadcast }) => broadcast)).toEqual([false]);
    expect(world.slack.replies.map(readable).join()).toContain('CVE-2026-2999');
    world.send(inspector('CVE-2026-2001', 'HIGH', { time: 48 * HOUR, exploit: 'YES' }), 18 * HOUR);
    await world.run(START + 60 * HOUR);
    const last = world.slack.replies.at(-1);
    expect([last?.broadcast, readable(last ?? { blocks: [] })]).toEqual([true, expect.stringContaining('CVE-2026-2001')]);
  });

  test('one whose severity is lowered, or that is exploited no more, is not told as newly found', async () => {
    const world = new World();
    world.send(inspector('CVE-2026-2001', 'CRITICAL'));
    world.send(inspector('CVE-2026-2002', 'HIGH', { exploit: 'YES' }), 1000);
    await world.run(START + HOUR);
    const before = world.slack.replies.length;
    world.send(inspector('CVE-2026-2001', 'HIGH', { time: 2 * HOUR }), HOUR);
    world.send(inspector('CVE-2026-2002', 'HIGH', { time: 2 * HOUR }), HOUR);
    await world.run(START + 6 * HOUR);
    expect(text(world)).toMatch(/^🟠 HIGH/);
    expect(world.slack.replies).toHaveLength(before);
  });
});
