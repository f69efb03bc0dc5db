/** Runs a deployed function in a process of its own, with the environment that Lambda gives, and keeps what it logs. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { InvocationResult, LogLine } from '../../local/lambda/lambda';
import { jsonObject } from '../../local/protocol/wire';
import type { DeployedFunction } from './deployed-function';
import type { Runtime } from './runtime';
import { startRuntimeApi } from './runtime-api';

export interface RunningFunction {
  definition: DeployedFunction;
  logs: LogLine[];
  results: InvocationResult[];
  /** Never rejects. One at a time: a second call waits for the first. */
  invoke(event: unknown): Promise<InvocationResult>;
  stop(): void;
}

export interface FunctionOptions {
  runtime: Runtime;
  region: string;
  /** Addresses of the stand-ins, over what the stack set. */
  endpoints: Record<string, string>;
}

export async function runFunction(definition: DeployedFunction, options: FunctionOptions): Promise<RunningFunction> {
  const api = await startRuntimeApi();
  const logs: LogLine[] = [];
  const results: InvocationResult[] = [];
  const env = { ...environmentOf(definition, options), AWS_LAMBDA_RUNTIME_API: api.address };
  let child: ChildProcess | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function start(): ChildProcess {
    const { node, args } = options.runtime;
    const started = spawn(node, args, { env, cwd: definition.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [started.stdout, started.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) logs.push({ functionName: definition.name, requestId: '', line, entry: jsonObject(line) });
      });
    }
    started.on('exit', (code, signal) => {
      child = undefined;
      api.end({ outcome: 'crashed', message: `${definition.name} ended with ${code ?? signal}` });
    });
    return started;
  }

  async function once(event: unknown): Promise<InvocationResult> {
    child ??= start();
    const timer = setTimeout(() => child?.kill('SIGKILL'), definition.timeoutMs);
    const result = await api.invoke(event, { arn: definition.arn, deadline: Date.now() + definition.timeoutMs });
    clearTimeout(timer);
    results.push(result);
    return result;
  }

  return {
    definition,
    logs,
    results,
    invoke(event) {
      const result = queue.then(() => once(event));
      queue = result;
      return result;
    },
    stop() {
      child?.kill('SIGKILL');
      api.close();
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function environmentOf(definition: DeployedFunction, { region, endpoints }: FunctionOptions): Record<string, string> {
  return {
    ...definition.variables,
    ...definition.credentials,
    _HANDLER: definition.handler,
    LAMBDA_TASK_ROOT: definition.folder,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: definition.logFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    // Not Lambda's: this machine has files of its user's AWS accounts, and maybe an older Node, where Lambda has none.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...endpoints,
  };
}
