/** The production clients as production makes them; only endpoints and time-outs come from the environment. */
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const timeout = Number(process.env.CALL_TIMEOUT_MS ?? 3000);
const defaults = { maxAttempts: 1, requestHandler: { requestTimeout: timeout, throwOnRequestTimeout: true } };

export const callTimeout = timeout;
export const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(defaults));
export const sqs = new SQSClient(defaults);
export const organizations = new OrganizationsClient(defaults);
export const secrets = new SecretsManagerClient(defaults);
export const hub = new SecurityHubClient(defaults);
export const bedrock = new BedrockRuntimeClient({ maxAttempts: 1 });
