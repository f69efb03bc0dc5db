/** Many findings of one problem at once: its row stays small, nothing that was counted is lost, and a rise to CRITICAL does not stand behind them. */
import type { ProblemRow, StateRow } from '../../handlers/domain/problem/problem-row';
import { rowKeys, STATES } from '../../handlers/domain/problem/rows';
import { total } from '../../handlers/domain/problem/sums';
import { controlFinding, imported, control } from './events';
import { seeded } from '../../cli/simulate/world/random';
import { HOUR, SECOND, START, World } from './world';

const PROBLEM = { receiver: 'workloads', fingerprint: 'aws:control:EC2.8' };
const HIGH = { control: 'EC2.8', severity: 'HIGH' };

async function statesOf({ ledger }: World): Promise<{ header: ProblemRow; states: Map<string, StateRow> }> {
  const header = (await ledger.read<ProblemRow>(rowKeys.header(PROBLEM)))?.value as ProblemRow;
  const rows = await ledger.list<StateRow>(rowKeys.problem(PROBLEM), STATES);
  const states = new Map([...rows.map(({ key, value }) => [key.sk.slice(STATES.length), value] as const), ...Object.entries(header.log)]);
  return { header, states };
}

test('a rise to CRITICAL in a storm of its problem is told within a minute', async () => {
  const world = new World({ random: seeded(1), deliveryTakes: 40, batch: 10 });
  for (let n = 0; n < 1000; n++)
    world.send(control({ ...HIGH, account: String(300000000000 + (n % 500)), bucket: `b${n}` }), Math.floor(n / 10) * SECOND);
  const at = START + 80 * SECOND;
  world.send(control({ ...HIGH, severity: 'CRITICAL', account: '999999999999', bucket: 'worst', updatedAt: at }), at - START);
  await world.run(START + HOUR);
  expect(world.dead).toEqual([]);
  const told = world.slack.told.find((message) => message.at >= at && message.text.includes('CRITICAL'));
  expect(told?.at).toBeLessThanOrEqual(at + 60 * SECOND);
});

test('looks that have nothing to tell leave the row of their problem no larger than others do', async () => {
  const world = new World({ deliveryTakes: 40 });
  const long = 'x'.repeat(150);
  for (let n = 0; n < 1500; n++)
    world.send(control({ ...HIGH, account: String(300000000000 + (n % 500)), bucket: `${long}${n}` }), Math.floor(n / 15) * SECOND);
  await world.run(START + HOUR);
  expect(world.dead).toEqual([]);
  // A hundred states, of some 1.5 KB each, and what is counted.
  expect(world.ledger.largest).toBeLessThan(250_000);
  const { header, states } = await statesOf(world);
  expect([total(header.sums.counts.open), states.size]).toEqual([1500, 1500]);
});

test('a resource whose findings are taken in by several folds of one look keeps the last of them', async () => {
  const world = new World();
  const resources = Array.from({ length: 150 }, (_, n) => `bucket-${n}`);
  // Those of two standards stand anywhere among the marks, of which a fold takes a hundred.
  for (const standard of ['nist', 'pci'])
    for (const bucket of resources) world.send(imported(controlFinding({ ...HIGH, bucket, standard })));
  await world.run(START + HOUR);
  expect(world.dead).toEqual([]);
  const { header, states } = await statesOf(world);
  expect(total(header.sums.counts.open)).toBe(150);
  expect([...states.values()].filter(({ findings }) => findings.length !== 2)).toEqual([]);
});
