/** The AWS REST JSON protocol: the operation is in method and path, the error's type in a header. */
import { type JsonObject, type Reply, ServiceError, type WireRequest } from './wire';

export function restReply(body: JsonObject): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function restFailure(error: ServiceError): Reply {
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.type },
    body: JSON.stringify({ message: error.message, Message: error.message, Code: error.type }),
  };
}

export function unknownRoute(service: string, method: string, path: string): ServiceError {
  return new ServiceError('UnknownOperationException', `The local ${service} has no ${method} ${path}.`, 404);
}

/** The Region that a request is signed for; empty where it is not signed. */
export function regionOf({ headers }: WireRequest): string {
  return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}
