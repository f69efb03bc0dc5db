/**
 * Failures on demand. A plan looks at each call before it is answered and may
 * name one fault; the listener then plays it.
 */
import { type JsonObject, type Service, ServiceError, type ServiceName } from './wire';

/**
 * - `refused`: no permission (AWS AccessDenied; Slack `invalid_auth`).
 * - `throttled`: as the service itself throttles; `retryAfter` in seconds for Slack (30 by default).
 * - `error-500`, `nonsense` (200 with a body that is not of the protocol): without the effect; `-after`: with it.
 * - `timeout-…`: never answers, so the client's own time-out fires.
 * - `reset-…`: the connection breaks.
 * - `crash-…`: the worker that called dies, as when Lambda kills an environment.
 *   For a caller that is no worker it is a reset.
 * - `before` and `after` are before and after the effect on the service's state.
 */
export type Fault =
  | 'refused'
  | 'throttled'
  | 'error-500'
  | 'error-500-after'
  | 'nonsense'
  | 'nonsense-after'
  | 'timeout-before'
  | 'timeout-after'
  | 'reset-before'
  | 'reset-after'
  | 'crash-before'
  | 'crash-after'
  | { retryAfter: number }
  | { slackError: string }
  | { awsError: string; status?: number; message?: string }
  | { modelAnswer: unknown };

export interface FaultCall {
  service: ServiceName;
  operation: string;
  /** 1 for the first call of this operation of this service. */
  number: number;
  body: JsonObject;
  /** The function that called; undefined for a caller outside the functions. */
  functionName?: string;
  /** The Region that the call is signed for; empty where it is not signed. */
  region: string;
}

export type FaultPlan = (call: FaultCall) => Fault | undefined;

export interface Disturbance {
  when: 'before' | 'after';
  act: 'hang' | 'reset' | 'crash' | 'nonsense' | 'error';
  error?: ServiceError;
}

const ACTS: Record<string, Disturbance['act']> = { timeout: 'hang', reset: 'reset', crash: 'crash', nonsense: 'nonsense' };

/** What the listener does for a fault; undefined where only the answer's content changes. */
export function disturbance(fault: Fault, service: Service): Disturbance | undefined {
  if (typeof fault === 'object') {
    const error = errorOf(fault, service);
    return error && { when: 'before', act: 'error', error };
  }
  const when = fault.endsWith('-after') ? 'after' : 'before';
  const kind = fault.replace(/-(before|after)$/, '');
  const act = ACTS[kind];
  if (act) return { when, act };
  return { when, act: 'error', error: service.failures[kind as keyof Service['failures']] };
}

function errorOf(fault: Exclude<Fault, string>, service: Service): ServiceError | undefined {
  if ('slackError' in fault) return new ServiceError(fault.slackError, fault.slackError, 200);
  if ('awsError' in fault)
    return new ServiceError(fault.awsError, fault.message ?? 'A fault that the test asked for.', fault.status ?? 400);
  if ('retryAfter' in fault) {
    const { type, message, status } = service.failures.throttled;
    return new ServiceError(type, message, status, { 'retry-after': String(fault.retryAfter) });
  }
  return undefined;
}
