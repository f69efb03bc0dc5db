/** One resource and all its findings: open while one of them is, however many there are, and counted once each. */
import { randomUUID } from 'node:crypto';
import { eventOf, imported, threatFinding } from './events';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

const DAY = 24 * HOUR;

const iso = (time: number) => new Date(time).toISOString();

/** Macie makes a finding for each object; the resource that comes first is the bucket. */
function macie(n: number, { at = n, state = 'ACTIVE' }: { at?: number; state?: string } = {}): object {
  return imported(
    {
      SchemaVersion: '2018-10-08',
      Id: `macie-${n}`,
      ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/macie',
      AwsAccountId: '555555555555',
      Region: 'ap-northeast-1',
      GeneratorId: 'aws/macie',
      Types: ['Sensitive Data Identifications/Security/SensitiveData:S3Object-Credentials'],
      Severity: { Label: 'HIGH' },
      Title: 'The S3 object contains credentials data.',
      Description: 'The object contains credentials.',
      Workflow: { Status: 'NEW' },
      RecordState: state,
      Resources: [
        { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::vault' },
        { Type: 'AwsS3Object', Id: `arn:aws:s3:::vault/o${n}` },
      ],
      CreatedAt: iso(START),
      UpdatedAt: iso(START + at),
    },
    { time: START + at },
  );
}
const findings = (world: World) => /(\d+) findings/.exec(readable(only(world.slack.posts)))?.[1];

test('a bucket of 60 open findings is open while 20 of them are, and says how they ended when the last has closed', async () => {
  const world = new World();
  for (let n = 0; n < 60; n++) world.send(macie(n), n);
  await world.run(START + HOUR);
  for (let n = 20; n < 60; n++) world.send(macie(n, { at: HOUR, state: 'ARCHIVED' }), MINUTE);
  await world.run(START + 9 * HOUR);
  expect(only(world.slack.posts).text).not.toMatch(/^✅/);
  expect(world.slack.replies).toEqual([]);
  for (let n = 0; n < 20; n++) world.send(macie(n, { at: 10 * HOUR, state: 'ARCHIVED' }), HOUR);
  await world.run(START + 20 * HOUR);
  expect(only(world.slack.posts).text).toMatch(/^🗄 ARCHIVED/);
});

test('what is emitted anew changes no count, also where a resource has more findings than forty', async () => {
  const world = new World();
  for (let n = 0; n < 60; n++) world.send(macie(n), n);
  await world.run(START + HOUR);
  expect(findings(world)).toBe('60');
  for (let day = 8; day <= 24; day += 8) {
    for (let n = 0; n < 60; n++) world.send(macie(n, { at: day * DAY + n }), START + day * DAY - world.now + n);
    await world.run(START + (day + 1) * DAY);
    expect(findings(world)).toBe('60');
  }
  expect(world.slack.replies).toEqual([]);
});

test('all 250 findings of one resource are marked as told, each once, a hundred at a time', async () => {
  const world = new World();
  const calls: number[] = [];
  world.hub.onMark = (batch) => calls.push(batch.length);
  for (let n = 0; n < 250; n++) world.send(macie(n), n);
  await world.run(START + DAY);
  expect(world.hub.marked.map(({ id }) => id).sort()).toEqual(Array.from({ length: 250 }, (_, n) => `macie-${n}`).sort());
  expect(Math.max(...calls)).toBeLessThanOrEqual(100);
});

test('one of 250 that Security Hub refuses keeps none of the others from being marked, and is asked for again', async () => {
  const world = new World();
  let asked = 0;
  world.hub.refuses = (id) => (id === 'macie-7' ? 'InvalidInput' : undefined);
  world.hub.onMark = (batch) => {
    asked += Number(batch.some(({ id }) => id === 'macie-7'));
  };
  for (let n = 0; n < 250; n++) world.send(macie(n), n);
  await world.run(START + DAY);
  expect(new Set(world.hub.marked.map(({ id }) => id)).size).toBe(249);
  expect(asked).toBeGreaterThan(2);
});

test('severity and title are of the same finding: the worst that is open', async () => {
  const world = new World();
  const threatEvent = (id: string, parts: Parameters<typeof threatFinding>[0]) =>
    imported({ ...threatFinding(parts), Id: id }, { time: parts?.updatedAt ?? START });
  world.send(threatEvent('a', { severity: 'HIGH', title: 'A host was scanned' }));
  world.send(threatEvent('b', { severity: 'CRITICAL', title: 'Credentials were stolen' }), MINUTE);
  await world.run(START + HOUR);
  expect(only(world.slack.posts).text).toMatch(/CRITICAL.*Credentials were stolen/);
  world.send(
    threatEvent('b', { severity: 'CRITICAL', title: 'Credentials were stolen', recordState: 'ARCHIVED', updatedAt: START + HOUR }),
    HOUR,
  );
  await world.run(START + 9 * HOUR);
  expect(only(world.slack.posts).text).toMatch(/HIGH.*A host was scanned/);
});

test('a row of a finding stays below 2.5 KB, and below 4 KB whatever its importer writes and however often it closes', async () => {
  const long = (length: number) => 'x'.repeat(length);
  const [finding] = (macie(0) as { detail: { findings: [object] } }).detail.findings;
  const huge = {
    ...finding,
    Id: long(512),
    Title: long(256),
    Description: long(1024),
    AwsAccountName: long(50),
    Resources: [
      { Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${long(900)}`, Tags: { team: long(256) }, Details: { Other: { note: long(99_000) } } },
    ],
    ProductFields: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`field-${n}`, long(2560)])),
  };
  for (const [sent, limit] of [
    [finding, 2560],
    [huge, 4096],
  ] as const) {
    const world = new World();
    let largest = 0;
    const write = world.ledger.write.bind(world.ledger);
    world.ledger.write = async (key, value, expected) => {
      if (key.sk === 'finding') largest = Math.max(largest, Buffer.byteLength(JSON.stringify(value)));
      return write(key, value, expected);
    };
    for (let n = 0; n < 20; n++) {
      const at = START + n * HOUR;
      const changed = { UpdatedAt: iso(at), RecordState: n > 4 ? 'ARCHIVED' : 'ACTIVE', Severity: { Label: n % 2 ? 'HIGH' : 'CRITICAL' } };
      world.send(eventOf('asff', { ...sent, ...changed }, { time: at, eventId: randomUUID() }), at - world.now);
      await world.run(at);
    }
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(limit);
  }
});
