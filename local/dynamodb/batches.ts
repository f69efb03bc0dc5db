/**
 * BatchGetItem and BatchWriteItem under the same limits as their single calls: what its partition has no room for comes back as
 * unprocessed; where that is all of it, the call is throttled.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 */
import { isObject, type JsonObject, jsonObject, objects, type Reply, ServiceError } from '../protocol/wire';
import type { TableLimits } from './table-limits';

type Execute = (operation: string, body: string) => Promise<Reply>;

/** @throws ServiceError where nothing of it is processed, or an item is too large. */
export async function batchWrite(body: JsonObject, limits: TableLimits, execute: Execute): Promise<Reply> {
  const left: Record<string, JsonObject[]> = {};
  const taken: Record<string, JsonObject[]> = {};
  const done: (() => void)[] = [];
  let refused: ServiceError | undefined;
  for (const [table, requests] of Object.entries(requestsOf(body))) {
    for (const request of objects(requests)) {
      const { operation, single } = singleOf(table, request);
      const noRoom = throttlingOf(() => limits.before(operation, single));
      const into = noRoom ? left : taken;
      into[table] = [...(into[table] ?? []), request];
      if (!noRoom) done.push(() => limits.after(operation, single, () => ({})));
      refused = noRoom ?? refused;
    }
  }
  if (done.length === 0 && refused) throw refused;
  const reply = await execute('BatchWriteItem', JSON.stringify({ ...body, RequestItems: taken }));
  if (reply.status !== 200) return reply;
  for (const remember of done) remember();
  return { ...reply, body: JSON.stringify({ ...jsonObject(reply.body), UnprocessedItems: left }) };
}

/** @throws ServiceError where nothing of it is processed. */
export async function batchGet(body: JsonObject, limits: TableLimits, execute: Execute): Promise<Reply> {
  const left: Record<string, JsonObject> = {};
  const answers: Record<string, JsonObject[]> = {};
  let refused: ServiceError | undefined;
  let processed = 0;
  for (const [table, wanted] of Object.entries(requestsOf(body))) {
    if (!isObject(wanted)) continue;
    const { Keys, ...how } = wanted;
    for (const Key of objects(Keys)) {
      const single = { TableName: table, Key, ...how };
      const reply = await execute('GetItem', JSON.stringify(single));
      if (reply.status !== 200) return reply;
      const noRoom = throttlingOf(() => limits.after('GetItem', single, () => jsonObject(reply.body) ?? {}));
      refused = noRoom ?? refused;
      if (noRoom) left[table] = { ...how, Keys: [...objects(left[table]?.Keys), Key] };
      else {
        processed++;
        const { Item } = jsonObject(reply.body) ?? {};
        answers[table] = [...(answers[table] ?? []), ...objects([Item])];
      }
    }
  }
  if (processed === 0 && refused) throw refused;
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ Responses: answers, UnprocessedKeys: left }),
  };
}

function requestsOf(body: JsonObject): JsonObject {
  return isObject(body.RequestItems) ? body.RequestItems : {};
}

function singleOf(TableName: string, { PutRequest, DeleteRequest }: JsonObject): { operation: string; single: JsonObject } {
  return isObject(PutRequest)
    ? { operation: 'PutItem', single: { TableName, ...PutRequest } }
    : { operation: 'DeleteItem', single: { TableName, ...(isObject(DeleteRequest) ? DeleteRequest : {}) } };
}

/** The refusal where there was no room. @throws whatever else fails. */
function throttlingOf(attempt: () => void): ServiceError | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError && /Throttling/.test(error.type)) return error;
    throw error;
  }
}
