import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { bedrockAnalyst } from '../adapters/bedrock';
import { systemClock } from '../adapters/clock';
import { dynamoLedger } from '../adapters/dynamo';
import { journal } from '../adapters/journal';
import { Secret } from '../adapters/secrets';
import { securityHub } from '../adapters/securityhub';
import { slackMessenger } from '../adapters/slack';
import { sqsInbox, sqsTimers } from '../adapters/sqs';
import { bothMessengers, webhookMessenger } from '../adapters/webhook';
import { loadCompiledConfig } from '../compiled-config';
import { required } from '../env';
import { isOneWay } from '../../config/routing/address';
import { arrivalOf, settle } from '../inbox';
import type { DeliverDeps } from './context';
import { deliver } from './deliver';
import type { DeliverEnv } from './env';
import { forget, parseWakeUp, sentBack } from './wake-up';

/** Once per cold start. */
function start() {
  const env = required<DeliverEnv>('LEDGER_TABLE', 'DELIVERIES_QUEUE_URL', 'TICK_QUEUE_URL', 'DELIVERIES_DEAD_LETTER_URL', 'SLACK_API_URL');
  const config = loadCompiledConfig();
  const { model, slack } = config.settings;
  const clock = systemClock;
  const ledger = dynamoLedger(env.LEDGER_TABLE);
  const deps: DeliverDeps = {
    config,
    ledger,
    // Without a bot there is no receiver with a channel: the configuration is checked before it is deployed.
    messenger: bothMessengers(
      slackMessenger(new Secret(slack.tokenSecret ?? '', clock), env.SLACK_API_URL),
      webhookMessenger(env.SLACK_API_URL, clock),
      isOneWay,
    ),
    analyst: bedrockAnalyst({
      profile: model.profile,
      maxTokens: model.maxTokens,
      timeoutMs: Number(process.env.MODEL_TIMEOUT_MS ?? model.timeoutSeconds * 1000),
    }),
    hub: securityHub(),
    timers: sqsTimers(env.TICK_QUEUE_URL),
    clock,
    journal,
  };
  return { deps, inbox: sqsInbox({ queueUrl: env.DELIVERIES_QUEUE_URL, deadLetterUrl: env.DELIVERIES_DEAD_LETTER_URL }) };
}
const started = start();

/** Called by Lambda with one wake-up: those of one problem come one after the other. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { deps, inbox } = started;
  for (const [index, record] of event.Records.entries()) {
    const done = await settle(record, () => deliver(parseWakeUp(record.body), arrivalOf(record), deps), {
      ...deps,
      inbox,
      deadLetterBody: sentBack,
      abandoned: (body) => forget(body, deps),
    });
    // What is behind a message of a FIFO queue must not overtake it.
    if (!done) return { batchItemFailures: event.Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }
  return { batchItemFailures: [] };
}
