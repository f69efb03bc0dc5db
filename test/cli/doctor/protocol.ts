/** What every stand-in is: how it reads a request, answers, and says no. */
import type http from 'node:http';
import type { JsonObject } from '../../../local/protocol/wire';
import type { Trouble, World } from './world';

/** One call as its service understands it. */
export interface Asked {
  operation: string;
  region: string;
  input: JsonObject;
  /** Slack only. */
  token?: string;
}
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}
export interface StandIn {
  /** What the IAM action begins with. */
  prefix: string;
  read(request: {
    method: string;
    url: URL;
    headers: http.IncomingHttpHeaders;
    body: string;
  }): Pick<Asked, 'operation' | 'input' | 'token'>;
  answer(world: World, asked: Asked): Answer;
  refuse(trouble: Exclude<Trouble, 'hang' | 'denied' | 'throttled'>): Answer;
}

/** How a service says no, from within an answer. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Pages by an index as the token. */
export function pageOf<T>(all: T[], token: unknown, size: number): { entries: T[]; next?: string } {
  const start = Number(token ?? 0);
  return { entries: all.slice(start, start + size), ...(start + size < all.length ? { next: String(start + size) } : {}) };
}

/** The JSON protocols of AWS: the operation in a header. */
export const jsonProtocol = (version: '1.0' | '1.1') => ({
  read: ({ headers, body }: { headers: http.IncomingHttpHeaders; body: string }) => ({
    operation: String(headers['x-amz-target']).split('.')[1] ?? '',
    input: JSON.parse(body || '{}') as JsonObject,
  }),
  refuse: ({ code, message, status }: { code: string; message: string; status: number }): Answer => ({
    status: status === 403 ? 400 : status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message, Message: message }),
  }),
});

export function json(value: JsonObject, headers: Record<string, string> = {}): Answer {
  return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
