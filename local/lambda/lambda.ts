/** A Lambda function: its bundle in warm worker threads, one invocation at a time in each. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { VirtualClock } from '../clock';
import { invocationContext } from './lambda-environment';
import { exitError, heapExhausted, heapLimit, usedMb } from './memory';
import type { FunctionDefinition } from '../template/template';
import { isObject, jsonObject, type JsonObject, text } from '../protocol/wire';

export type InvocationResult =
  | { outcome: 'answered'; value: unknown }
  | { outcome: 'error'; name: string; message: string }
  /** The worker died in it: killed by a fault, by time-out, for its memory, or by its own process. */
  | { outcome: 'crashed'; message: string };

export interface LogLine {
  functionName: string;
  requestId: string;
  line: string;
  /** The line as an object, where it is one: structured logs are. */
  entry?: JsonObject;
}

export interface LambdaOptions {
  clock: VirtualClock;
  /** Environment variables of a new worker. */
  environment(workerId: string): Record<string, string>;
  /** Real milliseconds that an invocation may take. */
  timeoutMs: number;
  /** Warm workers at most, and so invocations at a time. */
  workers: number;
  onLog?(line: LogLine): void;
}

export interface LambdaFunction {
  readonly definition: FunctionDefinition;
  readonly concurrency: number;
  /** How many invocations were started. */
  invocations(): number;
  /** The most that an invocation was seen to use so far; see memory.ts. */
  maxMemoryUsedMb(): number;
  /** Starts a worker where none runs yet, so that it loads its bundle while another function works. */
  warm(): void;
  /** Never rejects. Waits for a free worker. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** Whether this is (or was) a worker of this function; what it still sends after a crash must not count. */
  knows(workerId: string): 'running' | 'gone' | undefined;
  crash(workerId: string): void;
  close(): Promise<void>;
}

const BOOTSTRAP = join(__dirname, 'lambda-worker.mjs');

interface Environment {
  id: string;
  worker: Worker;
  /** Taken for an invocation, from before it begins until its result is there. */
  taken: boolean;
  invocation?: { requestId: string; settle(result: InvocationResult): void };
}

let started = 0;

export function createLambda(definition: FunctionDefinition, options: LambdaOptions): LambdaFunction {
  const entry = bundleOf(definition);
  const exportName = definition.handler.split('.').at(-1) ?? 'handler';
  const environments = new Map<string, Environment>();
  const gone = new Set<string>();
  const waiting: (() => void)[] = [];
  let invocations = 0;
  let maxMemoryUsedMb = 0;
  let closed = false;

  function start(): Environment {
    started += 1;
    const id = `LOCAL${String(started).padStart(6, '0')}`;
    const worker = new Worker(BOOTSTRAP, {
      workerData: { clock: options.clock.shared, entry, exportName },
      env: options.environment(id),
      // Not the loaders that the CLI or the tests run under.
      execArgv: [],
      resourceLimits: heapLimit(definition.memoryMb),
      stdout: true,
      stderr: true,
    });
    const environment: Environment = { id, worker, taken: false };
    environments.set(id, environment);
    worker.on('message', (message: unknown) => isObject(message) && receive(environment, message));
    worker.on('error', (error) => {
      if (heapExhausted(error)) outOfMemory(environment, definition.memoryMb, 'aborted');
      else end(environment, { outcome: 'crashed', message: error.stack ?? error.message });
    });
    worker.on('exit', (code) =>
      end(environment, { outcome: 'crashed', message: `${definition.name} exited with code ${code} in an invocation.` }),
    );
    return environment;
  }

  function receive(environment: Environment, message: JsonObject): void {
    const requestId = environment.invocation?.requestId ?? '';
    if (typeof message.log === 'string') {
      options.onLog?.({ functionName: definition.name, requestId, line: message.log, entry: jsonObject(message.log) });
      return;
    }
    if (typeof message.bytes === 'number') {
      const used = usedMb(message.bytes);
      if (used > definition.memoryMb) {
        outOfMemory(environment, used, 'killed');
        return;
      }
      maxMemoryUsedMb = Math.max(maxMemoryUsedMb, used);
    }
    if (message.requestId !== requestId) return;
    const { error } = message;
    if (!isObject(error)) {
      settle(environment, { outcome: 'answered', value: message.value });
      return;
    }
    options.onLog?.({ functionName: definition.name, requestId, line: text(error.stack) || text(error.message) });
    settle(environment, { outcome: 'error', name: text(error.name), message: text(error.message) });
    if (error.duringInit === true) end(environment, { outcome: 'error', name: text(error.name), message: text(error.message) });
  }

  function outOfMemory(environment: Environment, used: number, signal: 'killed' | 'aborted'): void {
    maxMemoryUsedMb = Math.max(maxMemoryUsedMb, used);
    const requestId = environment.invocation?.requestId ?? '';
    const message = exitError(requestId, signal);
    options.onLog?.({ functionName: definition.name, requestId, line: `${message}\nRuntime.ExitError` });
    end(environment, { outcome: 'crashed', message });
  }

  function settle(environment: Environment, result: InvocationResult): void {
    const { invocation } = environment;
    environment.invocation = undefined;
    environment.taken = false;
    invocation?.settle(result);
    waiting.shift()?.();
  }

  async function end(environment: Environment, result: InvocationResult): Promise<void> {
    if (!environments.delete(environment.id)) return;
    gone.add(environment.id);
    const ended = environment.worker.terminate();
    settle(environment, result);
    await ended;
  }

  async function take(): Promise<Environment> {
    for (;;) {
      const idle = [...environments.values()].find(({ taken }) => !taken);
      const environment = idle ?? (environments.size < options.workers ? start() : undefined);
      if (environment) {
        environment.taken = true;
        return environment;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  return {
    definition,
    concurrency: options.workers,
    invocations: () => invocations,
    maxMemoryUsedMb: () => maxMemoryUsedMb,
    warm() {
      if (environments.size === 0) start();
    },
    async invoke(event) {
      if (closed) return { outcome: 'crashed', message: 'The local cloud was closed.' };
      const environment = await take();
      if (!environments.has(environment.id)) return { outcome: 'crashed', message: 'The local cloud was closed.' };
      invocations += 1;
      const requestId = `00000000-0000-4000-8000-${invocations.toString(16).padStart(12, '0')}`;
      const limit = options.timeoutMs;
      return new Promise<InvocationResult>((resolve) => {
        const timer = setTimeout(() => {
          end(environment, { outcome: 'crashed', message: `${definition.name} timed out after ${limit / 1000} seconds.` });
        }, limit);
        environment.invocation = {
          requestId,
          settle(result) {
            clearTimeout(timer);
            resolve(result);
          },
        };
        environment.worker.postMessage({
          requestId,
          event,
          context: invocationContext(definition, requestId),
          deadline: Date.now() + limit,
        });
      });
    },
    knows: (workerId) => (environments.has(workerId) ? 'running' : gone.has(workerId) ? 'gone' : undefined),
    crash(workerId) {
      const environment = environments.get(workerId);
      if (environment) end(environment, { outcome: 'crashed', message: `${definition.name} was killed, as the test asked.` });
    },
    async close() {
      closed = true;
      await Promise.all(
        [...environments.values()].map((environment) => end(environment, { outcome: 'crashed', message: 'The local cloud was closed.' })),
      );
    },
  };
}

function bundleOf({ name, directory, handler }: FunctionDefinition): string {
  const file = handler.split('.').slice(0, -1).join('.');
  const path = ['.mjs', '.js', '.cjs'].map((extension) => join(directory, file + extension)).find(existsSync);
  if (!path) throw new Error(`The bundle of ${name} has no ${file}.mjs or .js in ${directory}: synthesize again.`);
  return pathToFileURL(path).href;
}
