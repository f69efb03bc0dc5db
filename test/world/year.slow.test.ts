/**
 * A year with failures in it: no row is older than docs/security.md says (scripts/data.ts), and after it is over nothing is left.
 * @proves terms
 */
import { SlackFailure } from '../../handlers/domain/failure';
import { total } from '../../handlers/domain/problem/sums';
import type { ProblemRow, StateRow } from '../../handlers/domain/problem/problem-row';
import type { FindingRow } from '../../handlers/domain/problem/rows';
import type { LedgerRow } from '../../handlers/ports';
import { awsError } from '../../cli/simulate/world/limits';
import { ROWS } from '../../scripts/data';
import { config } from './config';
import { control, threat } from './events';
import { KIND_NAMES, kindOf } from './recounted';
import { HOUR, SimulatedWorld, START } from '../../cli/simulate/world/world';
import { noteWrites } from './written';

const DAY = 24 * HOUR;
const WEEKS = 52;
const LEDGER_DAYS = 30;
/** DynamoDB's own delay of deleting, in days. */
const DELAY = 4;

const { settings } = config();
// Without the recount after each run: rows that go in the same week go in any order, and for days one may name another that went.
const world = new SimulatedWorld({
  config: config({ settings: { retention: { ...settings.retention, ledgerDays: LEDGER_DAYS } } }),
  directory: {
    account: async () => ({ name: 'shop', tags: {} }),
    parent: async (child) => (child.startsWith('ou-') ? 'r-ab12' : 'ou-ab12-wkld0001'),
    organizationalUnitName: async () => 'Workloads',
  },
});
const writtenAt = new Map<string, number>();
const seen = new Set<string>();
noteWrites(world, (key) => {
  writtenAt.set(`${key.pk} ${key.sk}`, world.now);
  seen.add(kindOf(key) ?? key.pk);
});

/** In the third week of each quarter everything fails now and then. */
let calls = 0;
world.fault = ({ name, by }) => {
  const week = Math.floor((world.now - START) / (7 * DAY));
  if (week % 13 !== 2 || ++calls % 3 !== 0) return undefined;
  if (name === 'analyst.interpret') return { before: awsError('ServiceUnavailableException', 'no', 503) };
  if (name === 'slack.post') return { before: new SlackFailure(calls % 2 ? 'receiver' : 'unavailable', 'no') };
  if (name === 'directory.account') return { before: awsError('TooManyRequestsException', 'no') };
  return name === 'ledger.list' && by === 'deliver' && calls % 20 === 0 ? { before: new Error('nobody knows') } : undefined;
};

/** @param at milliseconds from the start. */
const send = (event: object, at: number) => world.send(event, START + at - world.now);

/** Whether a row is still what keeps it without a date. */
const STANDS: Record<string, (row: LedgerRow<never>) => boolean> = {
  finding: ({ value }) => (value as FindingRow).report.latest.status === 'open',
  header: ({ value }) => total((value as ProblemRow).sums.counts.open) > 0,
  state: ({ value }) => (value as StateRow).member.open,
  // By their own time, and an hour.
  due: ({ key }) => Date.parse(key.sk.replace(/^read-back#/, '').slice(0, 24)) > world.now - HOUR,
};

function tooOld(): string[] {
  return world.ledger.all().flatMap((row) => {
    const { key } = row;
    const kind = kindOf(key);
    if (kind === undefined) return [`${key.pk} is of no kind`];
    if (STANDS[kind]?.(row as LedgerRow<never>)) return [];
    const age = (world.now - (writtenAt.get(`${key.pk} ${key.sk}`) ?? 0)) / DAY;
    const { days } = ROWS[kind as keyof typeof ROWS];
    return age > days(LEDGER_DAYS) + DELAY ? [`${kind} ${key.pk} ${key.sk}: ${age.toFixed(1)} days`] : [];
  });
}

test('each week no row is older than its kind says', async () => {
  const refreshed = (at: number) => control({ bucket: 'open-all-year', updatedAt: START + at, time: START + at });
  const mended = (at: number) => ({ compliance: 'PASSED', severity: 'INFORMATIONAL', updatedAt: START + at, firstObservedAt: START + at });
  const rows: number[] = [];
  for (let week = 0; week < WEEKS; week++) {
    const at = week * 7 * DAY;
    send(refreshed(at), at);
    // One more resource of the problem that stays open, and a problem that ends.
    for (const [n, of] of ['S3.2', `EC2.${week + 100}`, `EC2.${week + 100}`].entries()) {
      const finding = { control: of, bucket: `bucket-${week}-${n}` };
      send(control({ ...finding, updatedAt: START + at, firstObservedAt: START + at, time: START + at }), at + n * HOUR);
      send(control({ ...finding, ...mended(at + 10 * DAY), time: START + at + 10 * DAY }), at + 10 * DAY);
    }
    if (week % 4 === 0) {
      send(threat({ updatedAt: START + at }), at);
      send(threat({ recordState: 'ARCHIVED', updatedAt: START + at + 5 * DAY }), at + 5 * DAY);
    }
    await world.run(START + at + 7 * DAY - HOUR);
    rows.push(world.ledger.all().length);
    expect({ week, tooOld: tooOld() }).toEqual({ week, tooOld: [] });
  }
  expect(world.slack.posts.length).toBeGreaterThan(10);
  // What is deleted makes room: the last quarter holds no more than the second did, and something.
  const most = (from: number, to: number) => Math.max(...rows.slice(from, to));
  expect(most(39, 52)).toBeLessThan(1.5 * most(13, 26));
  expect([...seen].filter((kind) => !KIND_NAMES.includes(kind))).toEqual([]);
  expect([...seen]).toEqual(expect.arrayContaining(['failures', 'hold', 'away', 'delivery', 'text', 'account']));
}, 300_000);

test('when all is mended and its time is over, nothing is left', async () => {
  const at = WEEKS * 7 * DAY;
  send(
    control({
      bucket: 'open-all-year',
      compliance: 'PASSED',
      severity: 'INFORMATIONAL',
      updatedAt: START + at,
      firstObservedAt: START + at,
      time: START + at,
    }),
    at,
  );
  await world.run(START + at + (ROWS.text.days(LEDGER_DAYS) + 14) * DAY);
  // What is given up is nobody's to close: here nothing was.
  expect(world.dead).toEqual([]);
  expect(world.ledger.keys()).toEqual([]);
}, 300_000);
