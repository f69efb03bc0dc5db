/** The flags of `redrive`, and the queues that follow them. */
import { suggestion } from '../../config/nearest';
import { type Asked, CONFIG, JSON_FLAG, WrongUse } from '../frame/command';
import { QUEUES, type QueueName } from './places';

export const FLAGS = {
  all: { about: 'every queue' },
  'dry-run': { about: 'what lies in the queues that are named, or in all, why and since when; takes nothing' },
  policy: { about: 'prints the IAM policy that it needs, and asks nothing' },
  ...CONFIG,
  ...JSON_FLAG,
} as const;

export const ABOUT = `Once the cause is mended, each queue goes back its own way:
  findings    back to the findings queue, moved by SQS
  deliveries  back to the deliveries queue, moved by SQS; each begins with a clean count
  rules       events that EventBridge could not bring: sent to the findings queue, then deleted
  tick        ticks and timers that crashed the function each time: moved back by SQS, where one look does for ten
  enroll      records of failed runs: one run is started, then they are deleted

Ctrl-C stops it; what was not sent back stays where it is, and the next run goes on. Exit status 1: something still lies there.`;

/** @throws WrongUse where a queue is not known, or none is named. */
export function queuesOf({ flags, operands }: Asked<typeof FLAGS>): QueueName[] {
  const unknown = operands.find((name) => !isQueue(name));
  if (unknown !== undefined) throw new WrongUse(`${unknown} is no dead-letter queue.  ${suggestion(unknown, QUEUES, '')}`);
  const named = QUEUES.filter((queue) => operands.includes(queue));
  if (named.length === 0 && !flags.all && !flags['dry-run'] && !flags.policy)
    throw new WrongUse(`Name the queues whose cause is mended (${QUEUES.join(', ')}), or --all; --dry-run shows what lies there.`);
  return flags.all || named.length === 0 ? [...QUEUES] : named;
}

function isQueue(name: string): name is QueueName {
  return (QUEUES as readonly string[]).includes(name);
}
