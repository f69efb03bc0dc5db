/**
 * One Lambda execution environment, as a worker thread: sets the virtual time,
 * imports the bundle once, then runs one invocation at a time. Plain JavaScript,
 * because a worker runs without the loader that the CLI and the tests run under.
 *
 * workerData: { clock: SharedArrayBuffer, entry: file URL of the bundle, exportName }
 * in:  { requestId, event, context, deadline }
 * out: { log } for each line written, { bytes } where the memory used grows, { requestId, bytes, value } or
 *      { requestId, bytes, error } at the end; bytes of heap and buffers
 */
import module from 'node:module';
import v8 from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';

// Node 22 and later: a bundle is compiled once, not once a worker.
module.enableCompileCache?.();

const cell = new BigInt64Array(workerData.clock);
const virtualNow = () => Number(Atomics.load(cell, 0));

const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [virtualNow()] : given, newTarget),
  apply: () => new RealDate(virtualNow()).toString(),
  get: (target, name) => (name === 'now' ? virtualNow : Reflect.get(target, name)),
});

// As messages and not as a stream: so each line arrives before the result of its invocation.
for (const stream of [process.stdout, process.stderr]) {
  let rest = '';
  stream.write = (chunk, encoding, done) => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) parentPort.postMessage({ log: line });
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') queueMicrotask(callback);
    return true;
  };
}

/** What this worker holds, by itself: process.memoryUsage().rss is of all workers together. */
const bytesUsed = () => {
  const { total_heap_size: heap, external_memory: buffers } = v8.getHeapStatistics();
  return heap + buffers;
};
let most = 0;
setInterval(() => {
  const bytes = bytesUsed();
  if (bytes <= most) return;
  most = bytes;
  parentPort.postMessage({ bytes });
}, 10).unref();

/** An error of the init phase is answered to each invocation: the caller gives this environment up. */
const loading = import(workerData.entry).then(
  (module) => {
    const handler = module[workerData.exportName] ?? module.default?.[workerData.exportName];
    if (typeof handler !== 'function') throw new Error(`${workerData.entry} exports no function ${workerData.exportName}`);
    return { handler };
  },
  (error) => ({ error }),
);

parentPort.on('message', async ({ requestId, event, context, deadline }) => {
  try {
    const { handler, error } = await loading.catch((failure) => ({ error: failure }));
    if (error) throw Object.assign(error, { duringInit: true });
    const value = await handler(event, { ...context, getRemainingTimeInMillis: () => deadline - RealDate.now() });
    parentPort.postMessage({ requestId, bytes: bytesUsed(), value: JSON.parse(JSON.stringify(value ?? null)) });
  } catch (error) {
    const { name = 'Error', message = String(error), stack = '', duringInit = false } = error ?? {};
    parentPort.postMessage({ requestId, bytes: bytesUsed(), error: { name, message, stack, duringInit } });
  }
});
