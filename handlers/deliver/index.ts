import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { bedrockAnalyst } from '../adapters/bedrock';
import { systemClock } from '../adapters/clock';
import { dynamoLedger } from '../adapters/dynamo';
import { journal } from '../adapters/journal';
import { emfMeter } from '../adapters/meter';
import { Secret } from '../adapters/secrets';
import { securityHub } from '../adapters/securityhub';
import { slackMessenger } from '../adapters/slack';
import { sqsInbox, sqsTimers } from '../adapters/sqs';
import { versioned } from '../adapters/versioned';
import { bothMessengers, webhookMessenger } from '../adapters/webhook';
import { loadCompiledConfig } from '../compiled-config';
import { compiledPhrasebook } from '../compiled-phrasebook';
import { workJournal } from '../correlation';
import { required } from '../env';
import { isOneWay } from '../../config/routing/address';
import { sentAtOf, settle } from '../inbox';
import type { DeliverDeps } from './deps';
import { deliver } from './deliver';
import { DELIVER_ENV } from './env';
import { forget, parseWakeUp, sentBack } from './wake-up';

/** Once per cold start. */
function start() {
  const env = required([...DELIVER_ENV, 'INTERPRETER_VERSION']);
  const config = loadCompiledConfig();
  const { model, slack } = config.settings;
  const clock = systemClock;
  const ledger = dynamoLedger(env.LEDGER_TABLE);
  const meter = emfMeter();
  const deps: Omit<DeliverDeps, 'journal'> = {
    config,
    phrasebook: compiledPhrasebook(),
    ledger,
    // Without a bot there is no receiver with a channel: the configuration is checked before it is deployed.
    messenger: versioned(
      bothMessengers(
        slackMessenger(new Secret(slack.tokenSecret ?? '', clock), env.SLACK_API_URL),
        webhookMessenger(env.SLACK_API_URL, clock),
        isOneWay,
      ),
      env.INTERPRETER_VERSION,
    ),
    analyst: bedrockAnalyst({
      maxTokens: model.maxTokens,
      mostMs: Number(process.env.MODEL_TIMEOUT_MS ?? Number.POSITIVE_INFINITY),
    }),
    hub: securityHub(),
    timers: sqsTimers(env.TICK_QUEUE_URL),
    clock,
    meter,
  };
  return { deps, meter, inbox: sqsInbox({ queueUrl: env.DELIVERIES_QUEUE_URL, deadLetterUrl: env.DELIVERIES_DEAD_LETTER_URL }) };
}
const { deps, inbox, meter } = start();

/** Called by Lambda with one wake-up: those of one problem come one after the other. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  for (const [index, record] of event.Records.entries()) {
    const own: DeliverDeps = { ...deps, journal: workJournal(journal) };
    const done = await settle(record, () => deliver(parseWakeUp(record.body), sentAtOf(record), own), {
      ...own,
      inbox,
      queue: 'deliveries',
      deadLetterBody: sentBack,
      abandoned: (body) => forget(body, deps),
    });
    meter.publish();
    // What is behind a message of a FIFO queue must not overtake it.
    if (!done) return { batchItemFailures: event.Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }
  return { batchItemFailures: [] };
}
