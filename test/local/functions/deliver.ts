/** A small deliver for tests of the local cloud: one message a title, updated as members come. It has the shape of the real one, not its care. */
import { readFileSync } from 'node:fs';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { bedrock, callTimeout, dynamo, hub, secrets, sqs } from './clients';

const TableName = process.env.LEDGER_TABLE;
const { channel, secret } = JSON.parse(readFileSync(`${process.env.LAMBDA_TASK_ROOT}/config.json`, 'utf8'));
let slack: WebClient | undefined;

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  const titles = new Set<string>();
  for (const record of event.Records) {
    if (titles.has(record.body)) continue;
    try {
      await tell(record.body);
      titles.add(record.body);
    } catch (error) {
      console.log(JSON.stringify({ message: 'gave back', reason: String(error) }));
      if (error instanceof WebAPIRateLimitedError) {
        await sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: process.env.DELIVERIES_QUEUE_URL,
            ReceiptHandle: record.receiptHandle,
            VisibilityTimeout: error.retryAfter,
          }),
        );
      }
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

async function tell(title: string): Promise<void> {
  const members = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': title, ':prefix': 'M#' },
      ConsistentRead: true,
    }),
  );
  const Key = { pk: title, sk: 'header' };
  const { Item: header } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  for (const row of ['brief', 'slot']) await dynamo.send(new GetCommand({ TableName, Key: { pk: row, sk: title }, ConsistentRead: true }));
  const words = header?.words ?? (await interpret(title));
  const text = `${title}: ${members.Count} members. ${words}`;
  const message = { channel, text, blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }] };
  slack ??= await connect();
  const ts = header?.ts ?? (await slack.chat.postMessage(message)).ts;
  if (header) await slack.chat.update({ ...message, ts });
  await dynamo.send(new PutCommand({ TableName, Item: { ...Key, ts, words, version: (header?.version ?? 0) + 1 } }));
  const fresh = (members.Items ?? []).slice(0, 100);
  await hub.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: fresh.map(({ sk, productArn }) => ({ Id: sk.slice(2), ProductArn: productArn })),
      Workflow: { Status: 'NOTIFIED' },
    }),
  );
}

async function connect(): Promise<WebClient> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secret }));
  return new WebClient(SecretString, {
    slackApiUrl: process.env.SLACK_API_URL,
    retryConfig: { retries: 0 },
    timeout: callTimeout,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  });
}

async function interpret(title: string): Promise<string> {
  try {
    const answer = await bedrock.send(
      new ConverseCommand({
        modelId: 'jp.anthropic.claude-haiku-4-5-20251001-v1:0',
        messages: [{ role: 'user', content: [{ text: title }] }],
      }),
      { abortSignal: AbortSignal.timeout(callTimeout) },
    );
    return JSON.parse(answer.output?.message?.content?.[0]?.text ?? '').summary;
  } catch {
    return 'Without interpretation.';
  }
}
