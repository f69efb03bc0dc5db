/** When work that waits in the ledger comes due: what the runner's schedule jumps to. */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { TO_MARK } from '../../handlers/domain/problem/rows';
import type { Cloud } from '../../local/cloud-types';

/** Both begin their sort keys with the time. */
const WAITING = ['due', TO_MARK] as const;

export async function nextDue(cloud: Cloud): Promise<number | undefined> {
  const { tableName, client } = cloud.ledger;
  const firsts = await Promise.all(
    WAITING.map((pk) =>
      client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          Limit: 1,
          ConsistentRead: true,
        }),
      ),
    ),
  );
  const [first] = firsts.flatMap(({ Items }) => Items?.[0]?.sk?.S ?? []).sort();
  return first === undefined ? undefined : Date.parse(first.slice(0, 24));
}
