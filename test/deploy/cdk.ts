/** The cdk command of this project, as an operator runs it, against the door. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { endGroup } from './process-group';

const CDK = join(dirname(createRequire(__filename).resolve('aws-cdk/package.json')), 'bin', 'cdk');

export interface CdkOptions {
  endpoint: string;
  account: string;
  region: string;
  /** Folder of the configuration that the app reads. */
  config: string;
  /** Of the configuration; absent: the one without a name. */
  environment?: string;
  /** The work tree that is deployed; absent: this one. */
  cwd?: string;
  /** Where the cloud assembly goes. */
  output: string;
  signal: AbortSignal;
  /** Told each line that says how far it is. */
  say(line: string): void;
}

const TELLING = /^(Bundling asset|✨|⏳|✅|❌)|: deploying|: destroying/;

/** Who runs a command of AWS, and where it leads. */
export function environmentOf({ endpoint, account, region }: Pick<CdkOptions, 'endpoint' | 'account' | 'region'>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Nothing of the operator's own accounts gets in, and no call leaves this machine.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** @returns what the command printed. @throws Error with it, when it ends with another status than 0. */
export async function cdk(args: string[], options: CdkOptions): Promise<string> {
  const { config, environment, cwd, output, signal, say } = options;
  const context = [`config=${config}`, ...(environment === undefined ? [] : [`environment=${environment}`])];
  const words = [...args, '--output', output, ...context.flatMap((pair) => ['--context', pair]), '--ci', '--no-color'];
  const child = spawn(process.execPath, [CDK, ...words], {
    cwd,
    // A group of its own, since the command starts the app, and the app esbuild: all of them are ended together.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environmentOf(options),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      // `npm run check` checks the templates; here they are deployed.
      CDK_VALIDATION: 'false',
    },
  });
  const end = () => endGroup(child);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      for (const line of text.split('\n')) if (TELLING.test(line)) say(line);
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (status !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${status}:\n${printed.trim()}`);
  return printed;
}
