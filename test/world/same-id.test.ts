/** Which findings are one: by format, account, ProductArn and Id together, whatever their importers write. */
import { control, controlFinding, eventOf, findingId, imported, ocsf, ocsfFinding } from './events';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

const DAY = 24 * HOUR;

const iso = (time: number) => new Date(time).toISOString();

/** A finding as BatchImportFindings takes it from an account's own scanner: all but account and ProductArn is its author's choice. */
function custom(account: string, id: string, more: object = {}): object {
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: `arn:aws:securityhub:ap-northeast-1:${account}:product/${account}/default`,
    AwsAccountId: account,
    Region: 'ap-northeast-1',
    GeneratorId: 'acme-scan',
    Types: ['Software and Configuration Checks'],
    Severity: { Label: 'CRITICAL' },
    Title: `The root user of ${account} has keys`,
    Description: 'A key of the root user was found.',
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    Resources: [{ Type: 'AwsAccount', Id: `AWS::::Account:${account}`, Region: 'ap-northeast-1' }],
    CreatedAt: iso(START),
    UpdatedAt: iso(START),
    ...more,
  };
}

const MINE = '555555555555';
const OTHER = '666666666666';
const STRANGER = '999999999999';

describe('findings of the same Id', () => {
  test('of two accounts are two, and both are told', async () => {
    const world = new World();
    world.send(imported(custom(MINE, 'acme/root-has-keys')));
    world.send(imported(custom(OTHER, 'acme/root-has-keys')), MINUTE);
    await world.run();
    const told = world.slack.posts.map(readable).join('\n');
    expect(told).toContain('5555-5555-5555');
    expect(told).toContain('6666-6666-6666');
    expect(world.hub.marked.map(({ accountId }) => accountId).sort()).toEqual([MINE, OTHER]);
  });

  test('of two products of one account are two: one that closes leaves the other open', async () => {
    const world = new World();
    const partner = { ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/acme/scanner' };
    world.send(imported(custom(MINE, 'root-has-keys')));
    world.send(imported(custom(MINE, 'root-has-keys', partner)));
    await world.run(START + HOUR);
    world.send(
      imported(custom(MINE, 'root-has-keys', { ...partner, RecordState: 'ARCHIVED', UpdatedAt: iso(START + HOUR) }), {
        time: START + HOUR,
      }),
    );
    await world.run();
    expect(world.slack.posts.filter(({ text }) => text.startsWith('🗄'))).toHaveLength(1);
    expect(world.slack.posts.filter(({ text }) => text.startsWith('🔴'))).toHaveLength(1);
  });

  test('do not close one another: whoever imports mine as archived changes nothing of it', async () => {
    const world = new World();
    world.send(control({ account: MINE }));
    await world.run(START + 5 * MINUTE);
    const [before] = world.slack.posts.map(readable);
    const forged = custom(STRANGER, findingId({ account: MINE }), { RecordState: 'ARCHIVED', UpdatedAt: '2199-01-01T00:00:00Z' });
    world.send(imported(forged, { time: START + 6 * MINUTE }), MINUTE);
    await world.run();
    expect(world.slack.posts.map(readable)).toEqual([before]);
    world.send(control({ account: MINE, updatedAt: world.now }));
    await world.run();
    expect(readable(only(world.slack.posts))).toContain('1 open');
  });

  test('do not decide in whose name it is told: who imports it first, archived and dated ahead, delays nothing', async () => {
    const world = new World();
    const id = `prowler-aws-iam_root_keys-${MINE}-ap-northeast-1-root`;
    const first = { Severity: { Label: 'LOW' }, RecordState: 'ARCHIVED', UpdatedAt: '2199-01-01T00:00:00Z' };
    world.send(imported(custom(STRANGER, id, first)));
    world.send(imported(custom(MINE, id)), MINUTE);
    await world.run();
    expect(only(world.slack.posts).text).toMatch(/^🔴 CRITICAL/);
    expect(readable(only(world.slack.posts))).toContain('5555-5555-5555');
  });

  test('of both Security Hubs stay two, also where product and account are the same', async () => {
    const world = new World();
    const copy = ocsf() as { detail: { findings: [{ metadata: { uid: string } }] } };
    copy.detail.findings[0].metadata.uid = findingId({});
    world.send(control());
    world.send(copy);
    await world.run();
    expect(readable(only(world.slack.posts))).toContain('1 open resource · 2 findings');
  });
});

describe('marking', () => {
  test('is decided by what Security Hub holds of the finding itself, not of a stranger with its Id', async () => {
    for (const [mine, marks] of [
      ['SUPPRESSED', 0],
      ['NEW', 1],
    ] as const) {
      const world = new World();
      const finding = controlFinding({ account: MINE });
      const id = String(finding.Id);
      world.send(imported(finding));
      const stranger = `arn:aws:securityhub:ap-northeast-1:${STRANGER}:product/${STRANGER}/default`;
      const theirs = mine === 'NEW' ? 'SUPPRESSED' : 'NEW';
      const answers = [
        { id, format: 'asff' as const, productArn: stranger, accountId: STRANGER, workflow: theirs, hasNote: true },
        { id, format: 'asff' as const, productArn: String(finding.ProductArn), accountId: MINE, workflow: mine, hasNote: false },
      ];
      world.hub.read = async () => answers;
      await world.run();
      expect(world.hub.marked).toHaveLength(marks);
      // A stranger's note is no reason to leave out ours.
      for (const { note } of world.hub.marked) expect(note).toContain('Told in Slack');
    }
  });

  test('leaves alone what another account set where a partner gave both the same Id: Security Hub would mark both', async () => {
    const world = new World();
    const partner = { ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/acme/scanner' };
    world.send(imported(custom(OTHER, 'root', { ...partner, Workflow: { Status: 'SUPPRESSED' } })));
    world.send(imported(custom(MINE, 'root', partner)));
    world.send(imported(custom(MINE, 'other', partner)));
    await world.run();
    expect(world.hub.marked.map(({ id }) => id)).toEqual(['other']);
  });

  test('is asked for again of the one that Security Hub refused, not of another account’s with the same id', async () => {
    const world = new World();
    const asked: string[][] = [];
    const [read, markNotified] = [world.hub.read.bind(world.hub), world.hub.markNotified.bind(world.hub)];
    world.hub.read = async (findings) => {
      asked.push(findings.map(({ accountId }) => accountId).sort());
      return read(findings);
    };
    let refusals = 0;
    world.hub.markNotified = async (findings) => {
      const refused = findings.filter(({ accountId }) => accountId === OTHER && ++refusals < 3);
      await markNotified(findings.filter((finding) => !refused.includes(finding)));
      return refused.map(({ id, productArn, accountId }) => ({ id, productArn, accountId, reason: 'InternalException' }));
    };
    for (const account of [MINE, OTHER]) {
      const finding = ocsfFinding({ account, severity: 'HIGH' }) as { metadata: { uid?: string }; finding_info: { uid: string } };
      delete finding.metadata.uid;
      finding.finding_info.uid = 'the-same';
      world.send(eventOf('ocsf', finding));
    }
    await world.run(START + DAY);
    expect(world.hub.marked.map(({ accountId }) => accountId)).toEqual([MINE, OTHER]);
    expect(asked).toEqual([[MINE, OTHER], [OTHER], [OTHER]]);
  });
});

describe('times that an importer chooses', () => {
  test('do not lock: a closing counts though an earlier event was dated a year ahead', async () => {
    const world = new World();
    world.send(control({ updatedAt: START + 365 * DAY, time: START }));
    await world.run(START + HOUR);
    world.send(control({ recordState: 'ARCHIVED', updatedAt: START + 2 * HOUR, time: START + 2 * HOUR }), HOUR);
    await world.run();
    expect(only(world.slack.posts).text).toMatch(/^🗄 ARCHIVED/);
  });

  test('are not later than the event, and where they cannot be they are the event’s', async () => {
    for (const FirstObservedAt of ['2199-01-01T00:00:00Z', '1970-01-01T00:00:00Z']) {
      const world = new World();
      world.send(imported(custom(MINE, 'root', { FirstObservedAt, CreatedAt: FirstObservedAt, UpdatedAt: FirstObservedAt })));
      world.send(imported(custom(OTHER, 'root')));
      await world.run();
      const [forged, plain] = world.slack.posts.map((post) => /first seen [^·\n]*/.exec(readable(post))?.[0]);
      expect(forged).toBe(plain);
    }
  });

  test('first seen is the earliest that was ever said: scans that are dated anew do not move it', async () => {
    const world = new World();
    const scan = (day: number) => {
      const at = iso(START + day * DAY);
      world.send(
        imported(custom(MINE, 'root', { CreatedAt: at, FirstObservedAt: at, UpdatedAt: at }), { time: START + day * DAY }),
        START + day * DAY - world.now,
      );
    };
    scan(0);
    await world.run(START + HOUR);
    const before = readable(only(world.slack.posts));
    for (const day of [1, 2]) {
      scan(day);
      await world.run(START + day * DAY + HOUR);
    }
    expect(/first seen [^·\n]*/.exec(readable(only(world.slack.posts)))).toEqual(/first seen [^·\n]*/.exec(before));
    expect(only(world.slack.posts).edits).toBe(0);
  });

  test('a control that failed again was first seen when this episode began', async () => {
    const world = new World();
    const at = (minutes: number) => ({ firstObservedAt: START + minutes * MINUTE, updatedAt: START + minutes * MINUTE });
    world.send(control(at(0)));
    await world.run(START + HOUR);
    const [first] = world.slack.posts.map((post) => /first seen [^·\n]*/.exec(readable(post))?.[0]);
    world.send(control({ ...at(120), compliance: 'PASSED', severity: 'INFORMATIONAL' }), HOUR);
    await world.run(START + 3 * HOUR);
    world.send(control(at(240)), HOUR);
    await world.run(START + 9 * HOUR);
    expect(/first seen [^·\n]*/.exec(readable(only(world.slack.posts)))?.[0]).not.toBe(first);
  });
});
