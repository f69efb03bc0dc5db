/** The bundles as they are deployed: how large they are, and how long a new process takes until its handler can be called. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { synthesize } from '../cli/run/synthesize';
import { readAssembly } from '../local/template/assembly';
import { type FunctionDefinition, readTemplate } from '../local/template/template';

/** Starts of each, of which the fastest counts: whatever else runs only makes them slower. */
const STARTS = 7;

export interface Bundle {
  name: string;
  bytes: number;
  /** Milliseconds from the start of the process until the handler is there, by each Node that was asked for. */
  coldStart: number[];
}

/** @param nodes paths of the Nodes to start; none: sizes alone. */
export async function bundles(nodes: readonly string[] = [process.execPath]): Promise<Bundle[]> {
  const assembly = await synthesize('config/examples/tokyo-stack-sets');
  try {
    const { functions } = readTemplate(readAssembly(assembly.folder), (name) => `http://127.0.0.1/${name}`);
    return functions.map((definition) => ({
      name: definition.name.replace(/(Run)?Function.*/, '').toLowerCase(),
      bytes: bytesOf(definition.directory),
      coldStart: nodes.map((node) => Math.min(...Array.from({ length: STARTS }, () => startOf(node, definition)))),
    }));
  } finally {
    assembly.remove();
  }
}

/** Of what is loaded at the start: the phrasebook is data that is read later. */
function bytesOf(directory: string): number {
  const loaded = readdirSync(directory).filter((file) => !file.startsWith('phrasebook-'));
  return loaded.reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

function startOf(node: string, { directory, environment }: FunctionDefinition): number {
  const [file = ''] = readdirSync(directory).filter((each) => /^index\.m?js$/.test(each));
  const url = pathToFileURL(join(directory, file)).href;
  const code = `import(${JSON.stringify(url)}).then(() => console.log(performance.now()))`;
  const env = {
    ...environment,
    LAMBDA_TASK_ROOT: directory,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
  };
  return Number(execFileSync(node, ['--no-warnings', '--eval', code], { env, encoding: 'utf8' }));
}
