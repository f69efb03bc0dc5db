/** The AWS JSON protocol (1.0 and 1.1): one path, the operation in a header, errors named in the body. */
import { type JsonObject, jsonObject, type Reply, type Service, ServiceError, type ServiceName, type WireRequest } from './wire';

export interface AwsJsonService {
  name: ServiceName;
  /** What stands before the operation in X-Amz-Target, such as AmazonSQS. */
  target: string;
  version: '1.0' | '1.1';
  failures: Service['failures'];
  /** By the operation's name with a small first letter, as SDK methods are called. */
  operations: Record<string, (input: JsonObject) => JsonObject>;
  /** SQS: the header by which older clients know the error. */
  queryErrors?: boolean;
}

/** A Service that speaks AWS JSON. */
export function awsJsonService(definition: AwsJsonService): Service {
  const { name, target, version, operations, failures, queryErrors } = definition;
  const contentType = `application/x-amz-json-${version}`;
  return {
    name,
    failures,
    read: (request) => readAwsJson(request, target),
    answer(call) {
      const operation = operations[lowerFirst(call.operation)];
      if (!operation) {
        throw new ServiceError('UnknownOperationException', `The local ${name} has no ${call.operation}: teach it to local/.`);
      }
      return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(operation(call.body)) };
    },
    failure: (error) => awsJsonFailure(error, version, queryErrors),
  };
}

function readAwsJson(request: WireRequest, target: string): { operation: string; body: JsonObject } {
  const operation = awsJsonOperation(request, target);
  const body = jsonObject(request.body);
  if (!body) throw new ServiceError('SerializationException', 'The body is not a JSON object.');
  return { operation, body };
}

/** The operation of `<target>.<operation>` in X-Amz-Target. */
export function awsJsonOperation(request: WireRequest, target: string): string {
  const [service, operation] = String(request.headers['x-amz-target'] ?? '').split('.');
  if (service !== target || !operation) {
    throw new ServiceError('UnknownOperationException', `X-Amz-Target must be ${target}.<operation>, not ${service}.`);
  }
  return operation;
}

export function awsJsonFailure(error: ServiceError, version: '1.0' | '1.1', queryErrors = false): Reply {
  return {
    status: error.status,
    headers: {
      'content-type': `application/x-amz-json-${version}`,
      ...(queryErrors ? { 'x-amzn-query-error': `${error.type.split('#').pop()};${error.status >= 500 ? 'Receiver' : 'Sender'}` } : {}),
    },
    body: JSON.stringify({ __type: error.type, message: error.message, ...error.detail }),
  };
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
