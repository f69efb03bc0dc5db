/** A small intake for tests of the local cloud: owner, member, wake-up. It has the shape of the real one, not its care. */
import { randomUUID } from 'node:crypto';
import { DescribeAccountCommand } from '@aws-sdk/client-organizations';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { dynamo, organizations, sqs } from './clients';

const TableName = process.env.LEDGER_TABLE;
const owners = new Map<string, string>();

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    try {
      await take(record);
    } catch (error) {
      console.log(JSON.stringify({ message: 'gave back', reason: String(error), at: new Date().toISOString() }));
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

async function take(record: SQSRecord): Promise<void> {
  const event = JSON.parse(record.body);
  if (event['detail-type'] === 'Scheduled Event') {
    await dynamo.send(new PutCommand({ TableName, Item: { pk: 'ticks', sk: event.time, at: Date.now() } }));
    return;
  }
  const [finding] = event.detail.findings;
  const account = await accountName(finding.AwsAccountId);
  const key = { pk: finding.Title, sk: `M#${finding.Id}` };
  for (const row of ['owner', 'route', 'seen'])
    await dynamo.send(new GetCommand({ TableName, Key: { pk: row, sk: finding.Id }, ConsistentRead: true }));
  const known = await dynamo.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
  const version = known.Item?.version ?? 0;
  await dynamo.send(
    new PutCommand({
      TableName,
      Item: { ...key, account, version: version + 1, productArn: finding.ProductArn },
      ...(version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } }),
    }),
  );
  await dynamo.send(new PutCommand({ TableName, Item: { pk: 'seen', sk: finding.Id, at: Date.now() } }));
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.DELIVERIES_QUEUE_URL,
      MessageBody: finding.Title,
      MessageGroupId: Buffer.from(finding.Title).toString('hex').slice(0, 100),
      MessageDeduplicationId: randomUUID(),
    }),
  );
}

async function accountName(AccountId: string): Promise<string> {
  const known = owners.get(AccountId);
  if (known !== undefined) return known;
  const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId }));
  owners.set(AccountId, Account?.Name ?? '');
  return Account?.Name ?? '';
}
