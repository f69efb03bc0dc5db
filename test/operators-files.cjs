/**
 * Tests bring configurations of their own: an operator's edit of config/ must break none. Here a read of what stands
 * there fails, in Jest, in its workers and in every Node process that a test starts. Preloaded by run-folder.cjs, Jest's globalSetup.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { join, resolve } = require('node:path');
const { fileURLToPath } = require('node:url');

const CONFIG = join(__dirname, '../config');
const OPERATORS = new Set(['', 'settings.yaml', 'routes.yaml', 'recorded.json', 'environments/dev.yaml'].map((name) => join(CONFIG, name)));

/** The folder itself is the operator's where it is copied whole; to list it tells nothing. */
const READS = ['readFile', 'readFileSync', 'open', 'openSync', 'createReadStream', 'copyFile', 'copyFileSync', 'cp', 'cpSync'];

function guard(module, names) {
  for (const name of names) {
    const read = module[name];
    if (!read) continue;
    module[name] = function guarded(path, ...rest) {
      refuseOperators(path);
      return read.call(this, path, ...rest);
    };
  }
}

function refuseOperators(path) {
  if (typeof path !== 'string' && !(path instanceof URL)) return;
  const file = resolve(typeof path === 'string' ? path : fileURLToPath(path));
  if (!OPERATORS.has(file)) return;
  // Where only the code of an error is told, as config/load.ts does, it has to say all.
  const code = `a test reads what is its operator's to edit; test/config/example.ts is for tests`;
  throw Object.assign(new Error(`${code}: ${file}`), { code });
}

guard(fs, READS);
guard(fs.promises, READS);
syncBuiltinESMExports();

/** For Jest's globalSetup: workers, and what tests start, take the options of this process. */
module.exports = () => {
  const preload = `--require ${JSON.stringify(__filename)}`;
  if (!process.env.NODE_OPTIONS?.includes(preload)) process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${preload}`.trim();
};
