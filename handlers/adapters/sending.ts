/**
 * Whether a call by fetch left this machine. A time-out alone does not say: while the name is looked up, the connection
 * is made and TLS is agreed upon nothing has been sent, and what was not sent may be sent again.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

interface Call {
  sent: boolean;
}
const calls = new AsyncLocalStorage<Call>();
const callOf = new WeakMap<object, Call>();

// Node's fetch tells of each request when it is made and when its headers are written.
// https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
subscribe('undici:request:create', (message) => {
  const call = calls.getStore();
  if (call) callOf.set((message as { request: object }).request, call);
});
subscribe('undici:client:sendHeaders', (message) => {
  const call = callOf.get((message as { request: object }).request);
  if (call) call.sent = true;
});

/** A call that failed before any of it was sent: it cannot have taken effect. */
export class NotSent extends Error {
  override name = 'NotSent';
}

/**
 * fetch, with one more way to fail.
 * @throws NotSent where its time ran out, or the connection failed, before anything was sent; else what fetch throws.
 */
export const sendingFetch: typeof fetch = async (input, init) => {
  const call: Call = { sent: false };
  try {
    return await calls.run(call, () => fetch(input, init));
  } catch (error) {
    if (call.sent) throw error;
    const { name, cause } = error as Error & { cause?: { code?: unknown } };
    const code = typeof cause?.code === 'string' ? cause.code : name;
    throw new NotSent(`nothing was sent: ${code}`, { cause: error });
  }
};
