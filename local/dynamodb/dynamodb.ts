/**
 * DynamoDB: the dynalite package answers, in this process and without its own
 * socket, so that faults can be played before and after the effect.
 */
import { EventEmitter } from 'node:events';
import dynalite from 'dynalite';
import { batchGet, batchWrite } from './batches';
import type { TableDefinition } from './table';
import { type LimitOptions, NAMESPACE, tableLimits } from './table-limits';
import { awsJsonFailure, awsJsonOperation } from '../protocol/aws-json';
import {
  type Call,
  type JsonObject,
  jsonObject,
  objects,
  type Reply,
  type Service,
  ServiceError,
  text,
  type WireRequest,
} from '../protocol/wire';

export interface DynamoDbStandIn {
  service: Service;
  close(): Promise<void>;
}

/** What the functions may use; another operation is an error here before it is one in IAM. */
const OPERATIONS = new Set([
  'GetItem',
  'Query',
  'PutItem',
  'DeleteItem',
  'UpdateItem',
  'BatchGetItem',
  'BatchWriteItem',
  'Scan',
  'DescribeTable',
]);

export interface DynamoDbOptions extends Partial<LimitOptions> {
  /** A folder that keeps the tables; in memory without it. */
  path?: string;
}

/** Creates the tables that are not there yet. */
export async function startDynamoDb(
  tables: TableDefinition[],
  { path, now = Date.now, partitions = false }: DynamoDbOptions = {},
): Promise<DynamoDbStandIn> {
  const server = dynalite({ path, createTableMs: 0 });
  const listener = server.listeners('request')[0] as (request: EventEmitter, response: object) => void;
  const execute = (operation: string, body: string) => inProcess(listener, operation, body);
  for (const table of tables) await createTable(execute, table);
  const limits = tableLimits(tables, { now, partitions });
  if (path !== undefined) for (const table of tables) for await (const item of itemsOf(execute, table)) limits.found(table, item);
  return {
    service: {
      name: 'dynamodb',
      failures: {
        refused: new ServiceError('com.amazon.coral.service#AccessDeniedException', 'User is not authorized to perform this operation.'),
        throttled: new ServiceError(
          // An on-demand table's word; a provisioned one has ProvisionedThroughputExceededException.
          `${NAMESPACE}#ThrottlingException`,
          'Rate of requests exceeds the allowed throughput.',
        ),
        'error-500': new ServiceError(
          `${NAMESPACE}#InternalServerError`,
          'The request processing has failed because of an unknown error.',
          500,
        ),
      },
      read: readCall,
      async answer(call, request) {
        if (!OPERATIONS.has(call.operation)) {
          throw new ServiceError('com.amazon.coral.service#UnknownOperationException', `The local dynamodb has no ${call.operation}.`);
        }
        for (const body of limits.expired()) await execute('DeleteItem', JSON.stringify(body));
        if (call.operation === 'BatchWriteItem') return batchWrite(call.body, limits, execute);
        if (call.operation === 'BatchGetItem') return batchGet(call.body, limits, execute);
        limits.before(call.operation, call.body);
        const reply = await execute(call.operation, request.body);
        if (reply.status === 200) limits.after(call.operation, call.body, () => jsonObject(reply.body) ?? {});
        return call.body.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? withItem(reply, call.body, tables, execute) : reply;
      },
      failure: (error) => awsJsonFailure(error, '1.0'),
    },
    // dynalite closes its database only with a server that listens.
    close: () => new Promise((resolve) => server.listen(0, '127.0.0.1', () => server.close(() => resolve()))),
  };
}

/** A refused condition with what stands there, which dynalite leaves out. */
async function withItem(
  reply: Reply,
  { TableName, Item, Key }: JsonObject,
  tables: TableDefinition[],
  execute: (operation: string, body: string) => Promise<Reply>,
): Promise<Reply> {
  const refusal: JsonObject = (reply.status !== 200 && jsonObject(reply.body)) || {};
  if (!text(refusal.__type).endsWith('ConditionalCheckFailedException')) return reply;
  const names = tables.find(({ name }) => name === TableName)?.keySchema.map(({ AttributeName }) => AttributeName) ?? [];
  const of = objects([Item ?? Key])[0] ?? {};
  const key = Object.fromEntries(names.map((name) => [name, of[name]]));
  const there = await execute('GetItem', JSON.stringify({ TableName, Key: key, ConsistentRead: true }));
  return {
    ...reply,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ ...refusal, ...jsonObject(there.body) }),
  };
}

/** The body is parsed once, and where somebody looks at it: dynalite parses its own. */
function readCall(request: WireRequest): Call {
  let body: JsonObject | undefined;
  return {
    operation: awsJsonOperation(request, 'DynamoDB_20120810'),
    get body() {
      body ??= jsonObject(request.body) ?? {};
      return body;
    },
  };
}

async function createTable(execute: (operation: string, body: string) => Promise<Reply>, table: TableDefinition): Promise<void> {
  const keys = new Set(table.keySchema.map((key) => key.AttributeName));
  const reply = await execute(
    'CreateTable',
    JSON.stringify({
      TableName: table.name,
      KeySchema: table.keySchema,
      AttributeDefinitions: table.attributes.filter((attribute) => keys.has(attribute.AttributeName)),
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const answer: JsonObject = jsonObject(reply.body) ?? {};
  if (reply.status !== 200 && !text(answer.__type).endsWith('ResourceInUseException')) {
    throw new Error(`The local DynamoDB refused the table ${table.name} of the template: ${text(answer.message) || reply.body}`);
  }
  for (;;) {
    const described = jsonObject((await execute('DescribeTable', JSON.stringify({ TableName: table.name }))).body) ?? {};
    if (objects([described.Table])[0]?.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** All that a table holds. */
async function* itemsOf(
  execute: (operation: string, body: string) => Promise<Reply>,
  { name }: TableDefinition,
): AsyncGenerator<JsonObject> {
  let from: unknown;
  do {
    const reply = await execute('Scan', JSON.stringify({ TableName: name, ExclusiveStartKey: from }));
    const { Items, LastEvaluatedKey } = jsonObject(reply.body) ?? {};
    yield* objects(Items);
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

/** dynalite's own request handler, given a request and a response that are no sockets. */
function inProcess(listener: (request: EventEmitter, response: object) => void, operation: string, body: string): Promise<Reply> {
  const request = Object.assign(new EventEmitter(), {
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': 'any',
      authorization: 'AWS4-HMAC-SHA256 Credential=any, SignedHeaders=any, Signature=any',
    },
  });
  return new Promise((resolve) => {
    const headers: Record<string, string> = {};
    listener(request, {
      statusCode: 200,
      setHeader(name: string, value: string | number) {
        headers[name.toLowerCase()] = String(value);
      },
      end(this: { statusCode: number }, answer = '') {
        delete headers['content-length'];
        resolve({ status: this.statusCode, headers, body: String(answer) });
      },
    });
    request.emit('data', Buffer.from(body));
    request.emit('end');
  });
}
