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
    consume('ReceiveFindings', findings),
    // What waits for long is sent anew, before SQS gives it up or forgets it.
    send('SendFindingsAgain', findings),
    send('DeadLetterFindings', findingsDeadLetters),
    send('SendWakeUps', deliveries),
    send('SetTimers', timers),
    ...useQueueKey(context),
    ...organizationsRights(context),
  ];
}

/** It reads what is due and writes nothing; Lambda's poller deletes its ticks, and no code gives one back. */
export function tickRights(context: RightsContext, ticks: Queue): Right[] {
  return [
    { sid: 'ReadDue', actions: ['dynamodb:Query', 'dynamodb:BatchGetItem'], resources: [context.ledger.table.tableArn] },
    ...openLedger(context),
    poll('ReceiveTicks', ticks),
    send('SendWakeUps', context.queues.deliveries),
    send('SetTimers', ticks),
    send('AskForOwners', context.queues.findings),
    ...useQueueKey(context),
  ];
}

export function deliverRights(context: RightsContext, timers: Queue): Right[] {
  const { stack, settings, queues } = context;
  return [
    ...ledgerRights(context, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem', 'DeleteItem']),
    consume('ReceiveDeliveries', queues.deliveries),
    send('SendDeliveriesAgain', queues.deliveries),
    send('SetTimers', timers),
    send('DeadLetterDeliveries', queues.deliveriesDeadLetters),
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
        },
  );
  return [
    ...reads,
    ...(key && reads.length > 0 ? [throughService(stack, 'OpenSecrets', ['kms:Decrypt'], key.keyArn, 'secretsmanager')] : []),
  ];
}

/** The operations of the ledger's port that a function uses: no index, scan or transaction. */
function ledgerRights(context: RightsContext, operations: readonly string[]): Right[] {
  return [
    {
      sid: 'KeepLedger',
      actions: operations.map((operation) => `dynamodb:${operation}`),
      resources: [context.ledger.table.tableArn],
    },
    ...openLedger(context),
  ];
}

/** Reads and writes alike only decrypt the table's key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html */
function openLedger({ stack, keys }: RightsContext): Right[] {
  const key = keys.of('ledger');
  return key ? [throughService(stack, 'OpenLedger', ['kms:Decrypt'], key.keyArn, 'dynamodb')] : [];
}

/**
 * Under a customer key whoever receives has to decrypt, and whoever sends to make a data key and to decrypt it; Lambda's poller
 * and its destination of failed runs use the role. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function useQueueKey({ stack, keys }: Pick<RightsContext, 'stack' | 'keys'>): Right[] {
  const key = keys.of('queues');
  return key ? [throughService(stack, 'UseQueueKey', ['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn, 'sqs')] : [];
}

/** A key, and only in what a service does for the role. */
function throughService(stack: Stack, sid: string, actions: string[], keyArn: string, service: string): Right {
  const conditions = { StringEquals: { 'kms:ViaService': `${service}.${stack.region}.${stack.urlSuffix}` } };
  return { sid, actions, resources: [keyArn], conditions };
}

/** What Lambda's poller needs: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function poll(sid: string, queue: Queue): Right {
  return { sid, actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resources: [queue.queueArn] };
}

/** Also the visibility change with which code gives a message back. */
function consume(sid: string, queue: Queue): Right {
  const polled = poll(sid, queue);
  return { ...polled, actions: [...polled.actions, 'sqs:ChangeMessageVisibility'] };
}

function send(sid: string, queue: Queue): Right {
  return { sid, actions: ['sqs:SendMessage'], resources: [queue.queueArn] };
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
      wildcard: `A finding may be of any account of organization ${id}, also of one that joins after the deployment; the ARN ends at that organization.`,
    },
    {
      sid: 'DescribeUnits',
      actions: ['organizations:DescribeOrganizationalUnit'],
      resources: [units],
      wildcard: `An account may be moved to any OU of organization ${id}, also to one made after the deployment; the ARN ends at that organization.`,
    },
    {
      sid: 'ClimbTree',
      actions: ['organizations:ListParents'],
      resources: [accounts, units],
      wildcard: `Where DescribeAccount gives no Paths, the way to the root is climbed from any account through any OU of organization ${id}; the ARNs end at that organization.`,
    },
  ];
}
