import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoLedger } from '../adapters/dynamo';
import { journal } from '../adapters/journal';
import { organizationsDirectory } from '../adapters/organizations';
import { sqsInbox, sqsTimers, sqsWakeUps } from '../adapters/sqs';
import { systemClock } from '../adapters/clock';
import { required } from '../env';
import { loadCompiledConfig } from '../compiled-config';
import { settle } from '../inbox';
import { sharedFor } from '../domain/problem/rows';
import { keptWhileUsed } from '../optimistic';
import type { IntakeEnv } from './env';
import { Announcement } from './announcement';
import { intake, type IntakeDeps } from './intake';
import { OwnerLookup } from './owner-lookup';
import { Texts } from './texts';

/** Once per cold start. */
function start() {
  const env = required<IntakeEnv>(
    'LEDGER_TABLE',
    'DELIVERIES_QUEUE_URL',
    'TICK_QUEUE_URL',
    'FINDINGS_QUEUE_URL',
    'FINDINGS_DEAD_LETTER_URL',
  );
  const config = loadCompiledConfig();
  const clock = systemClock;
  const ledger = dynamoLedger(env.LEDGER_TABLE);
  const inbox = sqsInbox({ queueUrl: env.FINDINGS_QUEUE_URL, deadLetterUrl: env.FINDINGS_DEAD_LETTER_URL });
  const { retention, directoryHours } = config.settings;
  const owners = new OwnerLookup({
    ledger: keptWhileUsed(ledger, clock, sharedFor(retention.ledgerDays)),
    directory: organizationsDirectory(),
    clock,
    journal,
    ttlHours: directoryHours,
  });
  const deps: IntakeDeps = {
    config,
    ledger,
    owners,
    texts: new Texts({ ledger, clock, config }),
    wakeUps: sqsWakeUps(env.DELIVERIES_QUEUE_URL),
    timers: sqsTimers(env.TICK_QUEUE_URL),
    clock,
    journal,
    reject: (body, reason) => inbox.deadLetter(body, reason),
  };
  return { deps, inbox };
}
const started = start();

/** Called by Lambda with up to ten messages; what fails comes back alone. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { deps, inbox } = started;
  const announcement = new Announcement(event.Records.length, deps);
  const results = await Promise.all(
    event.Records.map(async (record) => {
      const done = await settle(record, async () => void (await announcement.after(intake(record.body, deps))), { ...deps, inbox });
      return done ? [] : [{ itemIdentifier: record.messageId }];
    }),
  );
  return { batchItemFailures: results.flat() };
}
