/** What the tables of the stand-in refuse, delay and forget as DynamoDB does, around the package that answers. */
import { type JsonObject, isObject, objects, ServiceError, text } from '../protocol/wire';
import { hasEmptyName, itemSize, MAX_ITEM_BYTES } from './item-size';
import { Expiring } from './late-ttl';
import { PartitionRates } from './partition-rates';
import type { TableDefinition } from './table';

export const NAMESPACE = 'com.amazonaws.dynamodb.v20120810';

export interface TableLimits {
  /** @throws ServiceError where a write is too large or its partition has no room. */
  before(operation: string, body: JsonObject): void;
  /** What was answered; `answer` is called where its content is needed. @throws ServiceError where the partition had no room for the read. */
  after(operation: string, body: JsonObject, answer: () => JsonObject): void;
  /** An item that was there before. */
  found(table: TableDefinition, item: JsonObject): void;
  /** What TTL deletes by now: bodies of DeleteItem. */
  expired(): JsonObject[];
}

export interface LimitOptions {
  /** Epoch milliseconds. */
  now(): number;
  /** Whether partitions keep their rates. Scan and what UpdateItem changes beside the key are not counted. */
  partitions: boolean;
}

export function tableLimits(tables: readonly TableDefinition[], { now, partitions }: LimitOptions): TableLimits {
  const rates = partitions ? new PartitionRates(now) : undefined;
  const expiring = new Expiring<JsonObject>();
  const tableOf = (body: JsonObject) => tables.find(({ name }) => name === body.TableName);

  const remember = (table: TableDefinition, item: JsonObject) => {
    if (table.ttlAttribute === undefined) return;
    const Key = keyOf(table, item);
    const expires = item[table.ttlAttribute];
    // Only a number counts; anything else never expires.
    const at = isObject(expires) && typeof expires.N === 'string' ? Number(expires.N) : undefined;
    expiring.set(JSON.stringify([table.name, Key]), { TableName: table.name, Key }, at);
  };

  return {
    before(operation, body) {
      const item = isObject(body.Item) ? body.Item : {};
      // The package counts characters, not bytes.
      if (operation === 'PutItem' && itemSize(item) > MAX_ITEM_BYTES)
        throw new ServiceError('com.amazon.coral.validate#ValidationException', 'Item size has exceeded the maximum allowed size');
      // The package takes them.
      if (operation === 'PutItem' && hasEmptyName(item))
        throw new ServiceError('com.amazon.coral.validate#ValidationException', 'Attribute names must be at least one character long');
      const table = tableOf(body);
      if (!table || !rates || !WRITES.has(operation)) return;
      if (!rates.write(partitionOf(table, operation, body), itemSize(item))) throw throttled(table, 'Write');
    },
    after(operation, body, answer) {
      const table = tableOf(body);
      if (!table) return;
      if (operation === 'PutItem' && isObject(body.Item)) remember(table, body.Item);
      if (operation === 'DeleteItem' && isObject(body.Key)) remember(table, body.Key);
      if (!rates || !READS.has(operation)) return;
      const { Item, Items } = answer();
      const bytes = (operation === 'Query' ? objects(Items) : objects([Item])).reduce((sum, item) => sum + itemSize(item), 0);
      if (!rates.read(partitionOf(table, operation, body), bytes, body.ConsistentRead === true)) throw throttled(table, 'Read');
    },
    found: remember,
    expired: () => expiring.due(now()),
  };
}

const WRITES = new Set(['PutItem', 'DeleteItem', 'UpdateItem']);
const READS = new Set(['GetItem', 'Query']);

function keyOf({ keySchema }: TableDefinition, item: JsonObject): JsonObject {
  return Object.fromEntries(keySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]));
}

function partitionOf(table: TableDefinition, operation: string, body: JsonObject): string {
  const name = table.keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  const item = operation === 'PutItem' ? body.Item : body.Key;
  return JSON.stringify([table.name, operation === 'Query' ? queried(name, body) : isObject(item) && item[name]]);
}

/** The value that a query's condition wants of the partition key. */
function queried(key: string, body: JsonObject): unknown {
  const names = isObject(body.ExpressionAttributeNames) ? body.ExpressionAttributeNames : {};
  const values = isObject(body.ExpressionAttributeValues) ? body.ExpressionAttributeValues : {};
  for (const [, name = '', value = ''] of text(body.KeyConditionExpression).matchAll(/([#\w]+)\s*=\s*(:\w+)/g))
    if ((names[name] ?? name) === key) return values[value];
  return undefined;
}

/** As a table in on-demand mode says it. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
function throttled({ name, arn }: TableDefinition, kind: 'Read' | 'Write'): ServiceError {
  return new ServiceError(
    `${NAMESPACE}#ThrottlingException`,
    'Rate of requests exceeds the allowed throughput.',
    400,
    {},
    {
      throttlingReasons: [{ reason: `Table${kind}KeyRangeThroughputExceeded`, resource: arn ?? name }],
    },
  );
}
