/**
 * The fault matrix: each outgoing call of the bundled functions × each way in which it can fail, at a call chosen by the
 * seed. `npm run test:matrix` runs all cells at MATRIX_SEEDS seeds (2); without it a few cells run once, each call
 * in turn.
 * @proves lost, repeated
 */
import type { Fault, FaultCall } from '../../local/protocol/faults';
import { rowKeys } from '../../handlers/domain/problem/rows';
import { tellings } from '../../cli/run/told';
import { control, threat } from '../world/events';
import { START } from '../world/world';
import { cleanUp, deadLetters, deployed, posts, prepare, replies, type Running } from './deployment';

const TARGETS = [
  ['dynamodb', 'GetItem'],
  ['dynamodb', 'PutItem'],
  ['dynamodb', 'Query'],
  ['dynamodb', 'DeleteItem'],
  ['dynamodb', 'BatchGetItem'],
  ['dynamodb', 'BatchWriteItem'],
  ['sqs', 'SendMessageBatch'],
  ['organizations', 'DescribeAccount'],
  ['organizations', 'DescribeOrganizationalUnit'],
  ['bedrock', 'Converse'],
  ['slack', 'chat.postMessage'],
  ['slack', 'chat.update'],
  ['secretsmanager', 'GetSecretValue'],
  ['securityhub', 'GetFindings'],
  ['securityhub', 'BatchUpdateFindings'],
] as const;
const FAULTS: Fault[] = [
  'refused',
  'throttled',
  'error-500',
  'timeout-before',
  'timeout-after',
  'reset-after',
  'nonsense',
  'crash-before',
  'crash-after',
];

const HOUR = 3_600_000;
const MINUTE = 60_000;
const seeds = Number(process.env.MATRIX_SEEDS ?? 0);

/** Growth over three accounts, two receivers for one of the problems, a rise, a closing and a reopening. */
const STORY: [at: number, event: object][] = [
  [0, control({ eventId: 'm-1' })],
  [0, threat({ eventId: 'm-2', account: '888888888888', severity: 'HIGH' })],
  [0, threat({ eventId: 'm-3', account: '555555555555', severity: 'CRITICAL' })],
  [10 * MINUTE, control({ eventId: 'm-4', account: '666666666666', bucket: 'exports' })],
  [20 * MINUTE, threat({ eventId: 'm-5', account: '888888888888', severity: 'CRITICAL', updatedAt: START + 20 * MINUTE })],
  [
    2 * HOUR,
    control({
      eventId: 'm-6',
      account: '666666666666',
      bucket: 'exports',
      compliance: 'PASSED',
      severity: 'INFORMATIONAL',
      updatedAt: START + 2 * HOUR,
      firstObservedAt: START + 2 * HOUR,
    }),
  ],
];

beforeAll(prepare, 60_000);
afterAll(cleanUp);

interface Cell {
  service: string;
  operation: string;
  fault: Fault;
  seed: number;
}
interface Result extends Cell {
  calls: number;
  at: number;
  repeats: number;
  lost: string[];
  dead: number;
}

async function play(cloud: Running): Promise<void> {
  for (const [at, event] of STORY) {
    await cloud.drain({ until: START + at });
    cloud.putEvent(event as Record<string, unknown>);
  }
  await cloud.drain();
}

async function baseline(): Promise<Map<string, number>> {
  const cloud = await deployed();
  await play(cloud);
  const calls = new Map(TARGETS.map(([service, operation]) => [`${service} ${operation}`, cloud.calls(service, operation)]));
  await cloud.close();
  return calls;
}

async function runCell(cell: Cell, calls: number): Promise<Result> {
  // A spread over the calls of the story: the first, the last, and those between.
  const at = 1 + ((cell.seed * 7 + cell.operation.length + String(cell.fault).length) % Math.max(1, calls));
  let callsSoFar = 0;
  const faults = (call: FaultCall) => {
    if (call.functionName === undefined || call.service !== cell.service || call.operation !== cell.operation) return undefined;
    callsSoFar += 1;
    return callsSoFar === at ? cell.fault : undefined;
  };
  const cloud = await deployed({ faults });
  try {
    await play(cloud);
    const dead = deadLetters(cloud);
    return { ...cell, calls, at, repeats: repeatsIn(cloud), lost: await lostIn(cloud), dead: dead.length };
  } finally {
    await cloud.close();
  }
}

/** Messages and replies that say what another says already. */
function repeatsIn(cloud: Running): number {
  const headlines = posts(cloud).map(
    ({ channel, earlier, text }) => `${channel} ${(earlier[0]?.text ?? text).replace(/CRITICAL|HIGH|🔴|🟠/gu, '')}`,
  );
  const said = replies(cloud).map(({ channel, threadTs, text }) => `${channel} ${threadTs} ${text}`);
  return headlines.length - new Set(headlines).size + said.length - new Set(said).size;
}

/** Findings that a route names a receiver for and that neither its message nor a dead letter holds. */
async function lostIn(cloud: Running): Promise<string[]> {
  const told = tellings(cloud);
  const dead = JSON.stringify(deadLetters(cloud).map(({ body }) => body));
  const decisions = cloud.logs.flatMap(({ entry }) =>
    entry?.message === 'finding' && (entry.outcome === 'recorded' || entry.outcome === 'unchanged') ? [entry] : [],
  );
  const lost: string[] = [];
  for (const [, event] of STORY) {
    const { id } = event as { id: string };
    const decision = decisions.find(({ eventId }) => eventId === id);
    if (!decision) {
      if (!dead.includes(id)) lost.push(`${id}: no decision`);
      continue;
    }
    for (const receiver of decision.receivers as string[]) {
      const fingerprint = String(decision.fingerprint);
      const way = await told({ receiver, fingerprint }, String(decision.memberId));
      if (!way && !dead.includes(fingerprint)) lost.push(`${id}: not told to ${receiver}, ${rowKeys.problem({ receiver, fingerprint })}`);
    }
  }
  return lost;
}

/** Calls of which one may be between a post and the write that confirms it: the delivery row is a BatchWriteItem. */
const BESIDE_POST: ReadonlySet<string> = new Set(['chat.postMessage', 'PutItem', 'GetItem', 'BatchWriteItem']);

/** Where a post's outcome cannot be known to the one who posted: then, and only then, one repeat is allowed. */
function outcomeUnknown({ operation, fault }: Cell): boolean {
  return /^(timeout|reset|crash|nonsense)/.test(String(fault)) && BESIDE_POST.has(operation);
}

test('whatever fails, nothing is lost, and at most one message repeats, where the outcome of its post was unknown', async () => {
  const counts = await baseline();
  const all = TARGETS.flatMap(([service, operation], row) =>
    FAULTS.map((fault, column) => ({ service, operation, fault, pick: (row * 9 + column) % 37 })),
  );
  const cells: Cell[] =
    seeds > 0
      ? Array.from({ length: seeds }, (_, seed) => all.map((cell) => ({ ...cell, seed }))).flat()
      : all.filter(({ pick }) => pick === 0).map((cell) => ({ ...cell, seed: 1 }));
  const results: Result[] = [];
  // Two at a time: as many as there are processors.
  const queue = [...cells];
  await Promise.all(
    [0, 1].map(async () => {
      for (let cell = queue.shift(); cell; cell = queue.shift())
        results.push(await runCell(cell, counts.get(`${cell.service} ${cell.operation}`) ?? 0));
    }),
  );
  print(results);
  expect(results.filter(({ lost }) => lost.length > 0)).toEqual([]);
  expect(results.filter((result) => result.repeats > (outcomeUnknown(result) ? 1 : 0))).toEqual([]);
  expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
}, 1_800_000);

function print(results: Result[]): void {
  const cell = (operation: string, fault: Fault) => {
    const found = results.filter((result) => result.operation === operation && result.fault === fault);
    if (found.length === 0) return '·';
    if (found.some(({ lost }) => lost.length > 0)) return 'LOST';
    const repeats = Math.max(...found.map((each) => each.repeats));
    const dead = Math.max(...found.map((each) => each.dead));
    return `${repeats > 0 ? `${repeats} repeat` : 'ok'}${dead > 0 ? ` +${dead} dead` : ''}`;
  };
  const rows = [
    ['', ...FAULTS.map(String)],
    ...TARGETS.map(([, operation]) => [operation, ...FAULTS.map((fault) => cell(operation, fault))]),
  ];
  console.log(
    `${results.length} runs\n${rows.map((row) => row.map((text, index) => text.padEnd(index === 0 ? 28 : 16)).join('')).join('\n')}`,
  );
}
