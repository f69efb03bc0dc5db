/** When work that waits in the ledger comes due: what the runner's schedule jumps to. */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Cloud } from '../../local/cloud-types';

export async function nextDue(cloud: Cloud): Promise<number | undefined> {
  const { tableName, client } = cloud.ledger;
  const page = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :due',
      ExpressionAttributeValues: { ':due': { S: 'due' } },
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  const sk = page.Items?.[0]?.sk?.S;
  return sk === undefined ? undefined : Date.parse(sk.slice(0, 24));
}
