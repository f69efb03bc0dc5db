/** A ledger on loopback, and the CloudFormation and STS by which a command finds it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startDynamoDb } from '../../local/dynamodb/dynamodb';
import { listen } from '../../local/protocol/listener';
import { towardsLoopback } from '../adapters/loopback';

/** Who is signed in. */
export const CALLER = 'arn:aws:sts::222222222222:assumed-role/SecurityOperations/kim';

const IDENTITY = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${CALLER}</Arn><Account>222222222222</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** @param isDeployed whether the stack has a table. @returns closes all of it. */
export async function ledgerDeployed(isDeployed: () => boolean = () => true): Promise<() => Promise<void>> {
  const keys = ['pk', 'sk'] as const;
  const table = await startDynamoDb([
    {
      name: 'Ledger',
      keySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      attributes: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    },
  ]);
  const listener = await listen(table.service);
  const aws = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      response.setHeader('content-type', 'text/xml');
      response.end(body.includes('GetCallerIdentity') ? IDENTITY : stack(isDeployed()));
    });
  });
  await new Promise<void>((done) => aws.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  towardsLoopback({ DYNAMODB: listener.url, CLOUDFORMATION: url, STS: url });
  return async () => {
    await listener.close();
    await table.close();
    await new Promise((done) => aws.close(done));
  };
}

function stack(deployed: boolean): string {
  const output = deployed ? '<member><OutputKey>LedgerTable</OutputKey><OutputValue>Ledger</OutputValue></member>' : '';
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>SecurityHubInterpreter</StackName><Outputs>${output}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
