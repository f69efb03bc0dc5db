/** The flags of `npm run redrive`. */
import { parseArgs } from 'node:util';
import { suggestion } from '../../config/nearest';
import { FlagError } from '../routes/flags';
import { QUEUES, type QueueName } from './places';

export const USAGE = `npm run redrive -- --dry-run            what lies in the dead-letter queues, why and since when; takes nothing
npm run redrive -- QUEUE... [FLAGS]     sends it back, once its cause is mended

  findings      back to the findings queue, moved by SQS
  deliveries    back to the deliveries queue, moved by SQS; each begins with a clean count
  rules         events that EventBridge could not bring: sent to the findings queue, then deleted
  enroll        records of failed runs: one run is started, then they are deleted

  --all         every queue
  --dry-run     looks at the queues that are named, or at all
  --json        one JSON object instead of text
  --config DIR  default: config
  --policy      prints the IAM policy that it needs, and asks nothing

Ctrl-C stops it; what was not sent back stays where it is, and the next run goes on.

Exit status: 0 where all went back (or, looking, where nothing lies there), 1 where something still lies
there, 2 where flags or configuration are wrong, 130 after Ctrl-C.`;

export interface Flags {
  config: string;
  json: boolean;
  help: boolean;
  policy: boolean;
  dryRun: boolean;
  queues: QueueName[];
}

const flag = { type: 'boolean' } as const;
const OPTIONS = {
  all: flag,
  'dry-run': flag,
  json: flag,
  config: { type: 'string' },
  policy: flag,
  help: { ...flag, short: 'h' },
} as const;

/** @throws FlagError */
export function parseFlags(argv: string[]): Flags {
  const { values, positionals } = read(argv);
  const unknown = positionals.find((name) => !isQueue(name));
  if (unknown !== undefined) throw new FlagError(`${unknown} is no dead-letter queue.  ${suggestion(unknown, QUEUES, '')}`);
  const named = QUEUES.filter((queue) => positionals.includes(queue));
  const { help = false, policy = false, 'dry-run': dryRun = false, all = false, json = false, config = 'config' } = values;
  if (named.length === 0 && !all && !dryRun && !help && !policy)
    throw new FlagError(`Name the queues whose cause is mended (${QUEUES.join(', ')}), or --all; --dry-run shows what lies there.`);
  return { config, json, help, policy, dryRun, queues: all || named.length === 0 ? [...QUEUES] : named };
}

function isQueue(name: string): name is QueueName {
  return (QUEUES as readonly string[]).includes(name);
}

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, strict: true, allowPositionals: true });
  } catch (error) {
    const reason = (error as Error).message;
    const unknown = /^Unknown option '--([^']+)'/.exec(reason)?.[1];
    throw new FlagError(unknown === undefined ? reason : `--${unknown} is not a flag.  ${suggestion(unknown, Object.keys(OPTIONS), '')}`);
  }
}
