/** An hour in which a service says "not now": everything waits, nothing becomes a dead letter, and each thing is told once. */
import type { CallName, Fault } from '../../cli/simulate/world/environment';
import { awsError } from '../../cli/simulate/world/limits';
import { SlackFailure } from '../../handlers/domain/failure';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { control } from './events';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const PROBLEMS = 8;

/** Problems of their own: some before, most within and one after the hour, every third CRITICAL. */
function sendAll(world: World): void {
  for (let n = 0; n < PROBLEMS; n++) {
    const at = n * 9 * MINUTE;
    const severity = n % 3 === 0 ? 'CRITICAL' : 'HIGH';
    const made = { control: `EC2.${n}`, title: `Control ${n}`, severity, updatedAt: START + at, time: START + at };
    world.send(control({ ...made, bucket: `b-${n}` }), at);
  }
}

function expectEachToldOnce(world: World): void {
  expect(world.dead).toEqual([]);
  expect(world.forgotten).toEqual([]);
  const told = world.slack.posts.map(({ channel, text }) => `${/EC2\.\d+/.exec(text)?.[0]} ${channel}`);
  expect(told).toEqual([...new Set(told)]);
  // Whose owner Organizations did not name is told to the root.
  expect(new Set(told.map((each) => each.split(' ')[0]))).toEqual(new Set(Array.from({ length: PROBLEMS }, (_, n) => `EC2.${n}`)));
}

/** As each service's documentation names what it says when it is asked too often, fails, or cannot be reached. */
const unreachable = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const LEDGER: CallName[] = ['ledger.read', 'ledger.list', 'ledger.write', 'ledger.remove'];
const SERVICES: [string, CallName[], Error][] = [
  ['the ledger, throttled', LEDGER, awsError('ThrottlingException', 'Rate exceeded')],
  ['the ledger, out of throughput', ['ledger.write'], awsError('ProvisionedThroughputExceededException', 'Too much')],
  ['the ledger, over the account’s limit', ['ledger.read', 'ledger.list'], awsError('RequestLimitExceeded', 'Too much')],
  ['the ledger, failing on its side', LEDGER, awsError('InternalServerError', 'Internal server error', 500)],
  ['the ledger, without an answer', LEDGER, awsError('TimeoutError', 'Request did not complete', Number.NaN)],
  ['the ledger, refusing connections', LEDGER, unreachable('ECONNREFUSED')],
  ['the ledger, under a key that was disabled', LEDGER, awsError('AccessDeniedException', 'The key is disabled')],
  ['wake-ups, throttled', ['wakeups.send'], awsError('RequestThrottled', 'Rate exceeded')],
  ['wake-ups, under no right to send', ['wakeups.send'], awsError('AccessDenied', 'No', 403)],
  ['the queues, throttled', ['wakeups.send', 'inbox.defer', 'inbox.sendAgain', 'inbox.deadLetter'], awsError('RequestThrottled', 'Rate')],
  ['Organizations, throttled', ['directory.account', 'directory.unit'], awsError('TooManyRequestsException', 'Too many')],
  ['Bedrock, throttled', ['analyst.interpret'], awsError('ThrottlingException', 'Too many tokens', 429)],
  ['Bedrock, not ready', ['analyst.interpret'], awsError('ModelNotReadyException', 'Wait', 429)],
  ['Security Hub, throttled', ['hub.read', 'hub.mark'], awsError('TooManyRequestsException', 'Too many', 429)],
  ['Slack, limiting', ['slack.post', 'slack.reply', 'slack.update'], new SlackFailure('rate-limited', 'Slack answered 429', 30)],
  ['Slack, away', ['slack.post', 'slack.reply', 'slack.update'], new SlackFailure('unavailable', 'Slack answered HTTP 503')],
  // As the adapter says it of Secrets Manager's ThrottlingException.
  ['the token, not to be had', ['slack.post', 'slack.update'], new SlackFailure('unavailable', 'the secret cannot be read')],
  ['edits, without an answer', ['slack.update'], new SlackFailure('unknown', 'the call to Slack failed: TimeoutError')],
];

test.each(SERVICES)('%s for an hour: no dead letter, each told once', async (_what, names, error) => {
  const world = new World();
  const fault: Fault = { before: error };
  let refused = 0;
  world.fault = ({ name }) => {
    if (!names.includes(name) || world.now < START + MINUTE || world.now >= START + HOUR) return undefined;
    refused++;
    return fault;
  };
  sendAll(world);
  // What is edited within the hour.
  world.send(control({ control: 'EC2.0', title: 'Control 0', account: '666666666666', bucket: 'more' }), 20 * MINUTE);
  await world.run();
  expect(refused).toBeGreaterThan(0);
  expectEachToldOnce(world);
});

test('a hot partition that is throttled for three minutes: fifty findings wait for it', async () => {
  const world = new World();
  world.fault = ({ by, name }) =>
    by === 'intake' && name === 'ledger.write' && world.now < START + 3 * MINUTE
      ? { before: awsError('ThrottlingException', 'Throughput exceeds the partition’s limit') }
      : undefined;
  for (let n = 0; n < 50; n++) world.send(control({ bucket: `b${n}`, account: String(300000000000 + n) }));
  await world.run();
  expect(world.dead).toEqual([]);
  expect(readable(only(world.slack.posts))).toContain('50 open');
});

test('pacing spends no receives: what is given back each second for ten minutes is no dead letter', async () => {
  const world = new World();
  let held = true;
  const read = world.ledger.read.bind(world.ledger);
  // Another worker is asking Organizations about the account, and goes on asking.
  world.ledger.read = (async (key: { pk: string }) =>
    held && key.pk.startsWith('account#')
      ? { key, version: 1, value: { at: 0, until: world.now + 10 * SECOND } }
      : read(key as never)) as typeof world.ledger.read;
  world.send(control());
  await world.run(START + 10 * MINUTE);
  expect(world.invocations).toBeGreaterThan(300);
  held = false;
  await world.run();
  expect(world.dead).toEqual([]);
  expect(world.slack.posts).toHaveLength(1);
});

test('what no retry cures is still a dead letter: a row over 400 KB, or an error of ours', async () => {
  for (const error of [
    awsError('ValidationException', 'Item size has exceeded the maximum allowed size'),
    new TypeError('not a function'),
  ]) {
    const world = new World();
    const write = world.ledger.write.bind(world.ledger);
    world.ledger.write = (async (...args: Parameters<typeof write>) => {
      if (args[0].sk === 'finding') throw error;
      return write(...args);
    }) as typeof world.ledger.write;
    world.send(control());
    await world.run(START + HOUR);
    expect(world.dead).toMatchObject([{ queue: 'intake', reason: expect.stringMatching(/^failed 5 times/) }]);
  }
});
