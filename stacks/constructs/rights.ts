/**
 * What each function may do. Actions, resource types and condition keys are those of the
 * Service Authorization Reference: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
import type { Stack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Config } from '../../config/schema';
import { bedrockRights } from './bedrock-rights';
import type { Keys } from './keys';
import type { Ledger } from './ledger';
import type { Queues } from './queues';
import type { Right } from './right';
import { securityHubRights } from './securityhub-rights';

export interface RightsContext {
  stack: Stack;
  settings: Config['settings'];
  routes: Config['routes'];
  keys: Keys;
  ledger: Ledger;
  queues: Queues;
}

export function intakeRights(context: RightsContext, timers: Queue): Right[] {
  const { findings, findingsDeadLetters, deliveries } = context.queues;
  return [
    ...ledgerRights(context, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem', 'DeleteItem']),
    consume('ReceiveFindings', findings, 'It takes the events in that the rules of EventBridge let through'),
    // What waits for long is sent anew, before SQS gives it up or forgets it.
    send('SendFindingsAgain', findings, 'It sends anew what waits for long, before SQS forgets it'),
    send('DeadLetterFindings', findingsDeadLetters, 'It keeps what it cannot read, with the reason'),
    send('SendWakeUps', deliveries, 'It wakes the problem of a finding that cannot wait'),
    send('SetTimers', timers, 'It sets the timer of a problem that waits for its siblings'),
    ...useQueueKey(context),
    ...organizationsRights(context),
  ];
}

/** It reads what is due and writes nothing; Lambda's poller deletes its ticks, and no code gives one back. */
export function tickRights(context: RightsContext, ticks: Queue): Right[] {
  return [
    {
      sid: 'ReadDue',
      actions: ['dynamodb:Query', 'dynamodb:BatchGetItem'],
      resources: [context.ledger.table.tableArn],
      reason: 'It reads in the ledger what has come due; it writes nothing there',
    },
    ...openLedger(context),
    poll('ReceiveTicks', ticks, 'It takes the minute’s tick and the timers'),
    send('SendWakeUps', context.queues.deliveries, 'It wakes the problems of which something has come due'),
    send('SetTimers', ticks, 'It sets the timer anew where the turn in a line has moved'),
    send('AskForOwners', context.queues.findings, 'It has intake ask again whose an account is'),
    ...useQueueKey(context),
  ];
}

export function deliverRights(context: RightsContext, timers: Queue): Right[] {
  const { stack, settings, queues } = context;
  return [
    ...ledgerRights(context, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem', 'DeleteItem']),
    consume('ReceiveDeliveries', queues.deliveries, 'It takes the wake-ups of problems'),
    send('SendDeliveriesAgain', queues.deliveries, 'It sends anew what waits for long, before SQS forgets it'),
    send('SetTimers', timers, 'It sets the timer of a problem that waits for its turn'),
    send('DeadLetterDeliveries', queues.deliveriesDeadLetters, 'It keeps what it cannot tell, with the reason'),
    ...useQueueKey(context),
    ...slackRights(context),
    ...bedrockRights(stack, settings),
    ...securityHubRights(stack, settings.writeBack),
  ];
}

/** The bot's token where settings.yaml names one, and the webhooks of the receivers that have one: each by its name. */
function slackRights({ stack, settings, routes, keys }: RightsContext): Right[] {
  const webhooks = Object.values(routes.receivers).flatMap(({ webhookSecret }) => webhookSecret ?? []);
  const names = {
    ReadSlackToken: settings.slack.tokenSecret ? [settings.slack.tokenSecret] : [],
    ReadSlackWebhooks: webhooks,
  };
  const key = keys.of('secrets');
  const reads = Object.entries(names).flatMap(([sid, secrets]) =>
    secrets.length === 0
      ? []
      : {
          sid,
          actions: ['secretsmanager:GetSecretValue'],
          // Secrets Manager appends a hyphen and six characters to the name; six question marks match nothing longer.
          resources: secrets.map((name) => `arn:${stack.partition}:secretsmanager:${stack.region}:${stack.account}:secret:${name}-??????`),
          reason:
            sid === 'ReadSlackToken' ? 'It reads the bot token of Slack' : 'It reads the addresses of the incoming webhooks of receivers',
        },
  );
  return [
    ...reads,
    ...(key && reads.length > 0
      ? [throughService(stack, 'OpenSecrets', ['kms:Decrypt'], key.keyArn, 'secretsmanager', 'The secrets are under this key')]
      : []),
  ];
}

/** The operations of the ledger's port that a function uses: no index, scan or transaction. */
function ledgerRights(context: RightsContext, operations: readonly string[]): Right[] {
  return [
    {
      sid: 'KeepLedger',
      actions: operations.map((operation) => `dynamodb:${operation}`),
      resources: [context.ledger.table.tableArn],
      reason: 'It reads and writes the rows of the ledger by their keys: no scan, no index, no change of the table',
    },
    ...openLedger(context),
  ];
}

/** Reads and writes alike only decrypt the table's key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html */
function openLedger({ stack, keys }: RightsContext): Right[] {
  const key = keys.of('ledger');
  return key ? [throughService(stack, 'OpenLedger', ['kms:Decrypt'], key.keyArn, 'dynamodb', 'The ledger is under this key')] : [];
}

/**
 * Under a customer key whoever receives has to decrypt, and whoever sends to make a data key and to decrypt it; Lambda's poller
 * and its destination of failed runs use the role. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function useQueueKey({ stack, keys }: Pick<RightsContext, 'stack' | 'keys'>): Right[] {
  const key = keys.of('queues');
  return key
    ? [throughService(stack, 'UseQueueKey', ['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn, 'sqs', 'The queues are under this key')]
    : [];
}

/** A key, and only in what a service does for the role. */
function throughService(stack: Stack, sid: string, actions: string[], keyArn: string, service: string, reason: string): Right {
  const conditions = { StringEquals: { 'kms:ViaService': `${service}.${stack.region}.${stack.urlSuffix}` } };
  return { sid, actions, resources: [keyArn], conditions, reason };
}

/** What Lambda's poller needs: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function poll(sid: string, queue: Queue, reason: string): Right {
  return { sid, actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resources: [queue.queueArn], reason };
}

/** Also the visibility change with which code gives a message back. */
function consume(sid: string, queue: Queue, reason: string): Right {
  const polled = poll(sid, queue, reason);
  return { ...polled, actions: [...polled.actions, 'sqs:ChangeMessageVisibility'] };
}

function send(sid: string, queue: Queue, reason: string): Right {
  return { sid, actions: ['sqs:SendMessage'], resources: [queue.queueArn], reason };
}

/** Accounts and OUs are resources of the management account, whoever asks. */
function organizationsRights({ stack, settings }: RightsContext): Right[] {
  const { id, managementAccount } = settings.organization;
  const owned = `arn:${stack.partition}:organizations::${managementAccount}`;
  const accounts = `${owned}:account/${id}/*`;
  const units = `${owned}:ou/${id}/*`;
  return [
    {
      sid: 'DescribeAccounts',
      actions: ['organizations:DescribeAccount', 'organizations:ListTagsForResource'],
      resources: [accounts],
      reason: 'It asks for the name and the tags of the account of a finding',
      wildcard: `A finding may be of any account of organization ${id}, also of one that joins after the deployment; the ARN ends at that organization.`,
    },
    {
      sid: 'DescribeUnits',
      actions: ['organizations:DescribeOrganizationalUnit'],
      resources: [units],
      reason: 'It asks for the names of the OUs above an account',
      wildcard: `An account may be moved to any OU of organization ${id}, also to one made after the deployment; the ARN ends at that organization.`,
    },
    {
      sid: 'ClimbTree',
      actions: ['organizations:ListParents'],
      resources: [accounts, units],
      reason: 'It asks for the OU of an account where DescribeAccount does not tell it',
      wildcard: `Where DescribeAccount gives no Paths, the way to the root is climbed from any account through any OU of organization ${id}; the ARNs end at that organization.`,
    },
  ];
}
