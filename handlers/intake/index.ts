import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoLedger } from '../adapters/dynamo';
import { journal } from '../adapters/journal';
import { emfMeter } from '../adapters/meter';
import { organizationsDirectory } from '../adapters/organizations';
import { sqsInbox, sqsTimers, sqsWakeUps } from '../adapters/sqs';
import { systemClock } from '../adapters/clock';
import { workJournal } from '../correlation';
import { required } from '../env';
import { loadCompiledConfig } from '../compiled-config';
import { settle } from '../inbox';
import { INTAKE_ENV } from './env';
import { announced } from './announcement';
import { intake, type IntakeDeps } from './intake';
import { OwnerLookup } from './owner-lookup';
import { Texts } from './texts';

/** Once per cold start. */
function start() {
  const env = required(INTAKE_ENV);
  const config = loadCompiledConfig();
  const clock = systemClock;
  const meter = emfMeter();
  const ledger = dynamoLedger(env.LEDGER_TABLE);
  const inbox = sqsInbox({ queueUrl: env.FINDINGS_QUEUE_URL, deadLetterUrl: env.FINDINGS_DEAD_LETTER_URL });
  const deps: Omit<IntakeDeps, 'journal'> = {
    config,
    ledger,
    owners: new OwnerLookup({ config, ledger, directory: organizationsDirectory(), clock, meter }),
    texts: new Texts({ ledger, clock, config }),
    wakeUps: sqsWakeUps(env.DELIVERIES_QUEUE_URL),
    timers: sqsTimers(env.TICK_QUEUE_URL),
    clock,
    meter,
    reject: (body, reason) => inbox.deadLetter(body, reason),
  };
  return { deps, inbox, meter };
}
const { deps, inbox, meter } = start();

/** Called by Lambda with up to ten messages; what fails comes back alone. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const works = event.Records.map((record) => {
    const own = { ...deps, journal: workJournal(journal) };
    return { record, own, taken: intake(record.body, own) };
  });
  const taken = works.map((each) => each.taken);
  const done = announced(taken, deps);
  const results = await Promise.all(
    works.map(async ({ record, own }, index) => {
      const work = async () => void (await done[index]);
      return (await settle(record, work, { ...own, inbox, queue: 'findings' })) ? [] : [{ itemIdentifier: record.messageId }];
    }),
  );
  meter.publish();
  return { batchItemFailures: results.flat() };
}
