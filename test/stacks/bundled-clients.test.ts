/** The clients in each function's bundle, against the table by which a network lets it out: who has no client makes no call. */
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { CALLS, type Called } from '../../config/switches/calls';
import { FUNCTIONS } from '../../config/switches/functions';

/** Clients whose name is not the one of their endpoint. */
const NAMES: Record<string, Called> = { 'secrets-manager': 'secretsmanager' };

test.each(FUNCTIONS)('%s has a client of each service that the table says it calls, and no other', (name) => {
  const { metafile } = buildSync({
    entryPoints: [join(__dirname, '../../handlers', name, 'index.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    write: false,
    metafile: true,
    outfile: 'index.mjs',
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? file : []));
  const clients = inputs.flatMap((file) => /@aws-sdk\/client-([\w-]+)\//.exec(file)?.[1] ?? []);
  const called = new Set(clients.map((client) => NAMES[client] ?? client));
  if (inputs.some((file) => file.includes('@slack/web-api'))) called.add('slack');
  expect([...called].sort()).toEqual([...CALLS[name]].sort());
});
