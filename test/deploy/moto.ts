/** moto's server in a process of its own: AWS APIs on loopback. https://docs.getmoto.org/en/latest/docs/server_mode.html */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { endGroup } from './process-group';

/** The version whose gaps gaps.ts names. */
export const MOTO_VERSION = '5.2.1';

export const HOW_TO_GET_MOTO = `npm run test:deploy needs the program moto_server, of the Python package moto ${MOTO_VERSION}, and did not find it.
Nothing was run. Install it, in a virtual environment if you like, and put its folder on the PATH:
  python3 -m venv .venv-moto && .venv-moto/bin/pip install 'moto[server]==${MOTO_VERSION}'
  PATH="$PWD/.venv-moto/bin:$PATH" npm run test:deploy
or name it: MOTO_SERVER=/path/to/moto_server npm run test:deploy. \`npm test\` does without it.`;

export interface Moto {
  port: number;
  /** The last lines that the server wrote, for a failure's sake. */
  said(): string;
  stop(): void;
}

/** Path or name of the program: $MOTO_SERVER, else moto_server. */
const PROGRAM = process.env.MOTO_SERVER ?? 'moto_server';

export function motoIsThere(): boolean {
  return spawnSync(PROGRAM, ['--help'], { stdio: 'ignore' }).status === 0;
}

/** @throws Error when the server ends, or does not answer within 30 s. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const lines: string[] = [];
  const child = spawn(PROGRAM, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // It may be a script that starts Python: both are ended together.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      lines.push(...text.split('\n').filter((line) => line !== '' && !/" [23]\d\d -$|CloudFormation/.test(line)));
      lines.splice(0, Math.max(0, lines.length - 60));
    });
  }
  const said = () => lines.join('\n');
  try {
    await answering(port, child);
  } catch (error) {
    endGroup(child);
    throw new Error(`${PROGRAM} did not start: ${String(error)}\n${said()}`);
  }
  return { port, said, stop: () => endGroup(child) };
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  let failed: string | undefined;
  child.on('error', (error) => (failed = error.message)).on('exit', (code) => (failed = `it ended with ${code}`));
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (failed !== undefined) throw new Error(failed);
    try {
      await fetch(`http://127.0.0.1:${port}/moto-api/`, { signal: AbortSignal.timeout(2000) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('it gave no answer within 30 s');
}

/** Free a moment ago: the server takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
