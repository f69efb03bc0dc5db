import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { bedrockAnalyst } from '../adapters/bedrock';
import { systemClock } from '../adapters/clock';
import { dynamoLedger } from '../adapters/dynamo';
import { journal } from '../adapters/journal';
import { Secret } from '../adapters/secrets';
import { securityHub } from '../adapters/securityhub';
import { slackMessenger } from '../adapters/slack';
import { sqsInbox } from '../adapters/sqs';
import { loadCompiledConfig } from '../compiled-config';
import { required } from '../env';
import { settle } from '../inbox';
import type { WakeUp } from '../ports';
import type { DeliverDeps } from './context';
import { deliver } from './deliver';
import type { DeliverEnv } from './env';
import { ledgerTurns } from './turns';

/** Once per cold start. */
function start() {
  const env = required<DeliverEnv>('LEDGER_TABLE', 'DELIVERIES_QUEUE_URL', 'DELIVERIES_DEAD_LETTER_URL', 'SLACK_API_URL');
  const config = loadCompiledConfig();
  const { model, slack } = config.settings;
  const clock = systemClock;
  const ledger = dynamoLedger(env.LEDGER_TABLE);
  const deps: DeliverDeps = {
    config,
    ledger,
    messenger: slackMessenger(new Secret(slack.tokenSecret, clock), env.SLACK_API_URL),
    analyst: bedrockAnalyst({
      profile: model.profile,
      maxTokens: model.maxTokens,
      timeoutMs: Number(process.env.MODEL_TIMEOUT_MS ?? model.timeoutSeconds * 1000),
    }),
    hub: securityHub(),
    turns: ledgerTurns(ledger, clock),
    clock,
    journal,
  };
  return { deps, inbox: sqsInbox({ queueUrl: env.DELIVERIES_QUEUE_URL, deadLetterUrl: env.DELIVERIES_DEAD_LETTER_URL }) };
}
const started = start();

/** Called by Lambda with one wake-up: those of one problem come one after the other. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { deps, inbox } = started;
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    const arrival = { sentAt: Number(record.attributes.SentTimestamp), first: Number(record.attributes.ApproximateReceiveCount) === 1 };
    // Sent back by a person, a dead letter begins anew.
    const deadLetterBody = (body: string) => JSON.stringify({ ...(JSON.parse(body) as WakeUp), again: true });
    const done = await settle(record, () => deliver(JSON.parse(record.body) as WakeUp, arrival, deps), { ...deps, inbox, deadLetterBody });
    // What is behind a message of a FIFO queue must not overtake it.
    if (!done)
      return {
        batchItemFailures: event.Records.slice(event.Records.indexOf(record)).map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
  }
  return { batchItemFailures };
}
