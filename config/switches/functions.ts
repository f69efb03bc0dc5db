/** Memory, time-out and concurrency of each function. What is not written is what the system was measured with. */
import * as z from 'zod';
import { written } from '../terms';

/** The functions by the names of their folders under handlers/. */
export const FUNCTIONS = ['intake', 'deliver', 'tick', 'enroll'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

interface Bounds {
  memoryMb: number;
  timeoutSeconds: number;
  /** Shortest and longest time-out, in seconds. */
  timeouts: [shortest: number, longest: number];
  /** The fewest at once: Lambda's pollers of a queue take at least two. */
  fewest: number;
}

/** Cron's names, in its order. */
export const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

const time = (example: string) => written(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written HH:MM, in quotes', example);

const hours = z
  .strictObject({
    from: time('08:00').describe('From when, HH:MM in the time zone of these settings.'),
    to: time('20:00').describe('Until when, HH:MM in the time zone of these settings.'),
    days: z
      .array(z.enum(DAYS))
      .min(1, 'name at least one day')
      .default([...DAYS])
      .describe('The days on which it begins.'),
  })
  .describe('When workers are kept ready. Without it: always.');

function limits(description: string, { memoryMb, timeoutSeconds, timeouts: [shortest, longest], fewest }: Bounds) {
  return z
    .strictObject({
      // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html; 256 is the least that was measured.
      memoryMb: z.int().min(256).max(10_240).default(memoryMb).describe('Memory in MB; CPU comes in proportion.'),
      timeoutSeconds: z
        .int()
        .min(shortest)
        .max(longest)
        .default(timeoutSeconds)
        .describe('How long one invocation may take, in seconds. Its queue hides a message six times as long.'),
      reservedConcurrency: z
        .int()
        .min(fewest)
        .max(1000)
        .optional()
        .meta({
          description:
            'How many may run at once, kept free of what else runs in the account. Lambda leaves 100 to the rest of the account.',
          examples: [10],
        }),
      provisionedConcurrency: z
        .int()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'How many workers are kept ready. They cost whether they work or not.', examples: [1] }),
      provisionedHours: hours.optional(),
    })
    .prefault({})
    .describe(description);
}

export const functionsSchema = z
  .strictObject({
    // A worker that dies leaves its messages hidden for six time-outs: half an hour at most, when deliveries-waiting rings.
    intake: limits('Takes findings in.', { memoryMb: 512, timeoutSeconds: 60, timeouts: [30, 300], fewest: 2 }),
    // Bedrock may take 15 s, and Slack may ask for patience more than once.
    deliver: limits('Tells problems.', { memoryMb: 1024, timeoutSeconds: 90, timeouts: [60, 300], fewest: 2 }),
    // Longer than a call that gets no answer is tried; five receives of a tick fit into the hour that it is kept.
    tick: limits('Once a minute: wakes what has come due.', { memoryMb: 256, timeoutSeconds: 60, timeouts: [30, 100], fewest: 2 }),
    // Lambda's longest. What it is enough for: handlers/enroll/region.ts; a minute of it is kept in reserve.
    enroll: limits('Makes accounts members, in mode stack-sets.', { memoryMb: 512, timeoutSeconds: 900, timeouts: [300, 900], fewest: 1 }),
  })
  .prefault({})
  .describe('Memory, time-out and concurrency of each function.');

export type FunctionLimits = z.infer<typeof functionsSchema>[FunctionName];
