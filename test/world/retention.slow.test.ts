/**
 * When all is closed and its retention is over the table is empty.
 * @proves terms
 */
import { SlackFailure } from '../../handlers/domain/failure';
import { NOTIFY } from '../../handlers/domain/problem/rows';
import type { Call } from '../../cli/simulate/world/environment';
import { awsError } from '../../cli/simulate/world/limits';
import type { Directory, LedgerKey } from '../../handlers/ports';
import { config } from './config';
import { control, threat } from './events';
import { purged } from './purged';
import { KIND_NAMES, kindOf } from './recounted';
import { HOUR, MINUTE, SECOND, START, World } from './world';
import { noteWrites } from './written';

const DAY = 24 * HOUR;
/** What many findings share outlives them: Security Hub deletes what nobody updated for so many days. */
const SHARED = 90;

/** Answers `errors` one after the other. */
function failing(name: Call['name'], by: Call['by'], errors: Error[]): World['fault'] {
  const left = [...errors];
  return (call) => {
    const error = call.name === name && call.by === by ? left.shift() : undefined;
    return error && { before: error };
  };
}

/** The keys of all rows that are written from now on. */
function writtenIn(world: World): LedgerKey[] {
  const keys: LedgerKey[] = [];
  noteWrites(world, (key) => keys.push(key));
  return keys;
}

/** Problems, one of many resources, with each service failing at times, the model to the end; then all of it is mended. */
async function everyKind(): Promise<{ world: World; written: LedgerKey[] }> {
  // Asked for what DescribeAccount answers without.
  const directory: Directory = {
    account: async () => ({ name: 'shop', tags: {} }),
    parent: async (child) => (child.startsWith('ou-') ? 'r-ab12' : 'ou-ab12-wkld0001'),
    organizationalUnitName: async () => 'Workloads',
  };
  const budget = { tokensPerMonth: 1_000_000 };
  const world = new World({ directory, config: config({ settings: { model: { budget } } }) });
  const written = writtenIn(world);
  const faults = [
    failing('directory.account', 'intake', [awsError('TooManyRequestsException', 'no')]),
    ({ name }: Call) =>
      name === 'analyst.interpret' && world.now > START + HOUR ? { before: awsError('ServiceUnavailableException', 'no', 503) } : undefined,
    failing('slack.post', 'deliver', [new SlackFailure('receiver', 'is_archived'), new SlackFailure('unavailable', '503')]),
    failing('ledger.list', 'deliver', [new Error('nobody knows')]),
  ];
  world.fault = (call) => faults.map((fault) => fault(call)).find((fault) => fault !== undefined);
  const buckets = Array.from({ length: 80 }, (_, n) => `bucket-${n}`);
  const mended = { compliance: 'PASSED', severity: 'INFORMATIONAL', updatedAt: START + DAY, firstObservedAt: START + DAY };
  for (const bucket of buckets) {
    world.send(control({ bucket }), SECOND);
    world.send(control({ bucket, ...mended }), DAY);
  }
  world.send(threat({ updatedAt: START + 2 * HOUR }), 2 * HOUR);
  world.send(threat({ recordState: 'ARCHIVED', updatedAt: START + DAY }), DAY);
  // Told to nobody: its opening may be under way.
  world.send(control({ bucket: 'unknown', ...mended, updatedAt: START + MINUTE, firstObservedAt: START + MINUTE }), MINUTE);
  await world.run(START + 30 * MINUTE);
  const { pk } = world.ledger.keys().find((key) => key.pk.startsWith('briefing#')) ?? fail();
  await purged(world, pk.slice('briefing#'.length));
  await world.run(START + 2 * DAY);
  return { world, written };
}

test('whatever kind a row is of, none is left when all is mended, its retention is over, and so is the delay of DynamoDB', async () => {
  const { world, written } = await everyKind();
  expect(world.slack.posts.length).toBeGreaterThan(1);
  expect(world.slack.posts.filter(({ edits }) => edits === 0)).toEqual([]);
  expect([...new Set(written.map(kindOf))].sort()).toEqual([...KIND_NAMES].sort());
  expect(world.ledger.keys().length).toBeGreaterThan(100);

  await world.run(START + (config().settings.retention.ledgerDays + SHARED + 10) * DAY);
  expect(world.ledger.keys()).toEqual([]);
  expect(world.dead).toEqual([]);
});

test('what many findings share stays for as long as one of them comes in between, and is not written for each', async () => {
  const { retention } = config().settings;
  const world = new World();
  const written = writtenIn(world);
  const days = retention.ledgerDays + SHARED + 100;
  for (let day = 0; day < days; day += 30) world.send(control({ updatedAt: START + day * DAY }), day * DAY);
  await world.run(START + days * DAY);
  const shared = ['text', 'controlText', 'account', 'unit'];
  expect(shared.filter((kind) => !world.ledger.keys().some((key) => kindOf(key) === kind))).toEqual([]);
  expect(written.filter((key) => kindOf(key) === 'controlText')).toHaveLength(3);
});

test('nor does what Security Hub would never mark', async () => {
  const { retention } = config().settings;
  const world = new World();
  world.fault = ({ name }) => (name === 'hub.mark' ? { answer: [{ id: 'each', reason: 'InternalException' }] } : undefined);
  world.send(threat());
  await world.run(START + 6 * DAY);
  expect(world.ledger.keys().some(({ sk }) => sk.startsWith(NOTIFY))).toBe(true);
  await world.run(START + (retention.ledgerDays + 30) * DAY);
  expect(world.ledger.keys().filter(({ sk }) => sk.startsWith(NOTIFY))).toEqual([]);
});

function fail(): never {
  throw new Error('the model was not asked');
}
