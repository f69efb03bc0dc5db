/** What the deployed functions and rules gave up is told after all, once, when it was sent back. */
import { SQSClient } from '@aws-sdk/client-sqs';
import type { FaultPlan } from '../../local/protocol/faults';
import { faultOn } from '../local/fault-plans';
import { hash } from '../../handlers/domain/text/identity';
import type { Place, Way } from '../../cli/redrive/places';
import { redrive } from '../../cli/redrive/redrive';
import { towards } from '../local/clients';
import { control } from '../world/events';
import { cleanUp, deadLetters, deployed, ofFunctions, posts, prepare, type Running } from './deployment';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

let cloud: Running;
let fault: FaultPlan;
let sqs: SQSClient;
beforeEach(async () => {
  fault = () => undefined;
  cloud = await deployed({ faults: ofFunctions((call) => fault(call)) });
  sqs = new SQSClient({ ...towards(cloud.url('sqs')), useQueueUrlAsEndpoint: false });
});
afterEach(async () => {
  sqs.destroy();
  await cloud.close();
});

const nameOf = (part: RegExp) => [...cloud.queues.keys()].find((name) => part.test(name)) ?? '';
const urlOf = (part: RegExp) => `${cloud.url('sqs')}/222222222222/${nameOf(part)}`;

async function sendBack(queue: Place['queue'], way: Way, from: RegExp, to: RegExp) {
  const timing = {
    now: cloud.clock.now,
    sleep: async (ms: number) => cloud.clock.advanceTo(cloud.clock.now() + ms),
  };
  const ground = {
    sqs,
    timing,
    start: () => Promise.reject(new Error('not here')),
    signal: new AbortController().signal,
    progress: () => {},
  };
  const done = await redrive({ queue, way, url: urlOf(from), to: urlOf(to) }, ground);
  await cloud.drain();
  return done;
}

test('an event that EventBridge could not bring', async () => {
  cloud.queues.get(nameOf(/RulesDeadLetters/))?.send({
    body: JSON.stringify(control()),
    attributes: { ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' } },
  });
  expect(await sendBack('rules', 'send', /RulesDeadLetters/, /QueuesFindings(?!Dead)/)).toEqual({ done: 1, stopped: false });
  expect([posts(cloud).length, deadLetters(cloud)]).toEqual([1, []]);
});

test('a finding that intake failed at five times', async () => {
  fault = faultOn({ service: 'sqs', operation: 'SendMessageBatch' }, { awsError: 'InvalidMessageContents' });
  cloud.putEvent(control() as Record<string, unknown>);
  await cloud.drain();
  expect([posts(cloud).length, deadLetters(cloud).length]).toEqual([0, 1]);
  fault = () => undefined;
  expect(await sendBack('findings', 'move', /FindingsDeadLetters/, /QueuesFindings(?!Dead)/)).toEqual({ done: 1, stopped: false });
  expect([posts(cloud).length, deadLetters(cloud)]).toEqual([1, []]);
});

test('a problem whose posts nobody knows the outcome of', async () => {
  fault = faultOn({ service: 'slack', operation: 'chat.postMessage' }, 'reset-before');
  cloud.putEvent(control() as Record<string, unknown>);
  await cloud.drain();
  expect(deadLetters(cloud)).toMatchObject([{ attributes: { reason: expect.stringContaining('nobody knows the outcome') } }]);
  const [letter] = deadLetters(cloud);
  const { receiver, fingerprint } = JSON.parse(letter?.body ?? '{}') as { receiver: string; fingerprint: string };
  expect(letter?.groupId).toBe(hash(receiver, fingerprint));
  expect(posts(cloud)).toEqual([]);
  fault = () => undefined;
  expect(await sendBack('deliveries', 'move', /DeliveriesDeadLetters/, /QueuesDeliveries(?!Dead)/)).toEqual({ done: 1, stopped: false });
  expect([posts(cloud).length, deadLetters(cloud)]).toEqual([1, []]);
});
