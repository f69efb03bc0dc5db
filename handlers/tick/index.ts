import type { SQSEvent } from 'aws-lambda';
import { systemClock } from '../adapters/clock';
import { dynamoLedger } from '../adapters/dynamo';
import { journal } from '../adapters/journal';
import { sqsOwnerQuestions, sqsTimers, sqsWakeUps } from '../adapters/sqs';
import { required } from '../env';
import { TICK_ENV } from './env';
import { handle, type TickDeps } from './tick';

/** Once per cold start. */
function start(): TickDeps {
  const env = required(TICK_ENV);
  return {
    ledger: dynamoLedger(env.LEDGER_TABLE),
    wakeUps: sqsWakeUps(env.DELIVERIES_QUEUE_URL),
    timers: sqsTimers(env.TICK_QUEUE_URL),
    questions: sqsOwnerQuestions(env.FINDINGS_QUEUE_URL),
    clock: systemClock,
    journal,
  };
}
const deps = start();

/** Called by Lambda with up to ten messages. */
export async function handler({ Records }: SQSEvent): Promise<void> {
  const bodies = Records.map(({ body }) => body);
  await handle(bodies, deps);
}
