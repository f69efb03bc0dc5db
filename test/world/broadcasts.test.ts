/** What a channel is called for again: news is broadcast, what it already saw is not. */
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { control, imported, threat, threatFinding } from './events';
import { HOUR, START, World } from './world';

const at = (time: number) => ({ updatedAt: START + time, time: START + time });
const text = (world: World) => readable(only(world.slack.posts));

describe('news is broadcast', () => {
  const broadcasts = (world: World) => world.slack.replies.filter(({ broadcast }) => broadcast).map(readable);

  test('a rise to CRITICAL after a fall that the message showed, each time; the fall is not', async () => {
    const world = new World();
    const severities = ['CRITICAL', 'MEDIUM', 'CRITICAL', 'HIGH', 'CRITICAL'];
    for (const [day, severity] of severities.entries()) world.send(threat({ severity, ...at(day * 24 * HOUR) }), day * 24 * HOUR);
    await world.run(START + 6 * 24 * HOUR);
    expect(text(world)).toContain('CRITICAL');
    expect(world.slack.replies.map(({ at: time }) => Math.floor((time - START) / (24 * HOUR)))).toEqual([2, 4]);
    expect(broadcasts(world)).toEqual([
      expect.stringContaining('CRITICAL up from MEDIUM'),
      expect.stringContaining('CRITICAL up from HIGH'),
    ]);
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
    expect(post).toMatch(/^🔴 CRITICAL CVE-2026-2007 - openssl/);
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
      '🗄 ARCHIVED · CRITICAL CVE-2026-2001 - openssl · account-555',
      '🗄 ARCHIVED · HIGH CVE-2026-2002 - openssl · account-555',
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
