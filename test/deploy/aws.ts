/** Calls to AWS as one account, in one Region, through the door or past it. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

export interface Where {
  endpoint: string;
  account: string;
  region: string;
}

/** The account's id is its access key id: see door.ts. */
export function awsOf({ endpoint, account, region }: Where) {
  const options = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
  return {
    cloudFormation: new CloudFormationClient(options),
    dynamoDb: new DynamoDBClient(options),
    events: new EventBridgeClient(options),
    lambda: new LambdaClient(options),
    organizations: new OrganizationsClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    secrets: new SecretsManagerClient(options),
    sqs: new SQSClient(options),
    sts: new STSClient(options),
  };
}
export type Aws = ReturnType<typeof awsOf>;

export interface Answer {
  status: number;
  body: string;
}

/**
 * One request without a client, for services and operations that the project has no client for. moto checks no signature.
 * A `target` makes it the JSON protocol, an `action` the query protocol, a path REST.
 */
export async function call(
  { endpoint, account, region }: Where,
  service: string,
  how: { target: string; body?: object } | { action: Record<string, string> } | { method: string; path: string; body?: object },
): Promise<Answer> {
  const headers: Record<string, string> = {
    authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    'x-moto-account-id': account,
  };
  let body: string | undefined;
  if ('action' in how) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    body = new URLSearchParams(how.action).toString();
  } else {
    headers['content-type'] = 'target' in how ? 'application/x-amz-json-1.1' : 'application/json';
    if ('target' in how) headers['x-amz-target'] = how.target;
    if ('target' in how || how.body) body = JSON.stringify(how.body ?? {});
  }
  const response = await fetch(`${endpoint}${'path' in how ? how.path : '/'}`, {
    method: 'method' in how ? how.method : 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, body: await response.text() };
}
