/** What every stand-in is to the listener in front of it, whichever service it plays. */
import type { IncomingHttpHeaders } from 'node:http';

export type ServiceName = 'dynamodb' | 'sqs' | 'organizations' | 'secretsmanager' | 'securityhub' | 'bedrock' | 'slack';

export type JsonObject = Record<string, unknown>;

export interface WireRequest {
  method: string;
  /** Without the query and without the prefix that tells which worker calls. */
  path: string;
  /** Without its question mark; empty where there is none. */
  query: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** One request as its service understands it. */
export interface Call {
  operation: string;
  body: JsonObject;
  /** Bedrock only: what the model shall say instead of its own words (a fault of the test's choosing). */
  modelAnswer?: unknown;
}

/** How a service says no: its own error type, sentence and HTTP status. */
export class ServiceError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
    readonly headers: Record<string, string> = {},
    /** What the error tells beside its message. */
    readonly detail: JsonObject = {},
  ) {
    super(message);
  }
}

export interface Service {
  readonly name: ServiceName;
  /** Spoken by prior knowledge, as Bedrock's client does. */
  readonly http2?: boolean;
  /** Calls leave the account for a third party or a model: an auditor wants to see them. */
  readonly transcribed?: boolean;
  /** Throws ServiceError where the service has no such operation. */
  read(request: WireRequest): Call;
  /** Has the effect, then answers. Throws ServiceError where the service would refuse. */
  answer(call: Call, request: WireRequest): Reply | Promise<Reply>;
  failure(error: ServiceError): Reply;
  /** The service's own words for the three failures that every service has. */
  readonly failures: Record<'refused' | 'throttled' | 'error-500', ServiceError>;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list that may be absent or of another type: requests come from outside. */
export function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The JSON object in a text, or undefined. */
export function jsonObject(body: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
