/** `npm run redrive`: what lies in the dead-letter queues, and the way back of each. With your credentials of the security account. */
import { setTimeout as wait } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { formatProblems, loadConfig } from '../config/load';
import { Calls, type Timing } from './doctor/calls';
import { CallFailure, failureOf, sentence } from './doctor/failure';
import { doctorClient } from './doctor/reads/defaults';
import { HUB_STACK, StackReads } from './doctor/reads/stack';
import { type Flags, parseFlags, USAGE } from './redrive/flags';
import { look } from './redrive/look';
import { type Place, placesOf } from './redrive/places';
import { redrivePolicy } from './redrive/policy';
import { type Ground, redrive } from './redrive/redrive';
import { doneText, seenText } from './redrive/report';
import { FlagError } from './routes/flags';
import { inert } from './show/inert';

export interface RedriveOutput {
  print(text: string): void;
  printError(text: string): void;
  /** Columns. */
  width: number;
  /** Told how far it is, over and over. */
  progress(text: string): void;
  /** Ctrl-C. */
  signal: AbortSignal;
  timing: Timing;
}

/** @returns the exit code: 0 nothing lies there any more; 1 something does; 2 flags or configuration; 130 stopped. */
export async function runRedrive(argv: string[], output: RedriveOutput): Promise<0 | 1 | 2 | 130> {
  try {
    const flags = parseFlags(argv);
    if (flags.help) {
      output.print(USAGE);
      return 0;
    }
    return await answer(flags, output);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    output.printError(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

async function answer(flags: Flags, output: RedriveOutput): Promise<0 | 1 | 2 | 130> {
  const { timing, signal } = output;
  const { config, problems } = loadConfig(flags.config, timing.now());
  if (!config) {
    output.printError(formatProblems(problems));
    return 2;
  }
  if (flags.policy) {
    output.print(JSON.stringify(redrivePolicy(config), null, 2));
    return 0;
  }
  const { home } = config.settings.regions;
  try {
    const places = await deployedPlaces(home, output);
    return await each(
      places.filter(({ queue }) => flags.queues.includes(queue)),
      groundOf(home, output),
      flags,
      output,
    );
  } catch (error) {
    output.progress('');
    output.printError(wordsOf(error, home));
    output.printError('Nothing is lost: what did not go back still lies there, and a move that was started goes on. Run it again.');
    return signal.aborted ? 130 : 1;
  }
}

function wordsOf(error: unknown, home: string): string {
  const failure = failureOf(error, 'AWS', home, { stopped: false, timedOut: false });
  const ofService = error instanceof CallFailure || failure.kind !== 'refused' || '$metadata' in Object(error);
  return ofService ? sentence(failure) : failure.message;
}

async function deployedPlaces(home: string, { timing, signal, progress }: RedriveOutput): Promise<Place[]> {
  const stack = await new StackReads(new Calls({ timing, signal, timeLimit: 30_000, progress }), home).stack();
  if (!stack) throw new Error(`${HUB_STACK} is not deployed in ${home}: sign in to the security account, or deploy it first.`);
  return placesOf(stack.Outputs ?? []);
}

function groundOf(home: string, { timing, signal, progress }: RedriveOutput): Ground {
  const lambda = new LambdaClient(doctorClient(home));
  return {
    // By default a queue's own URL would win over AWS_ENDPOINT_URL_SQS.
    sqs: new SQSClient({ ...doctorClient(home), useQueueUrlAsEndpoint: false }),
    start: async (FunctionName) => {
      await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
    },
    timing,
    signal,
    progress: (text) => progress(inert(text)),
  };
}

async function each(places: Place[], ground: Ground, flags: Flags, output: RedriveOutput): Promise<0 | 1 | 130> {
  const found: Record<string, unknown> = {};
  const say = (text: string) => {
    output.progress('');
    if (!flags.json) output.print(text);
  };
  let left = false;
  for (const place of places) {
    if (ground.signal.aborted) break;
    if (flags.dryRun) {
      const seen = await look(place.url, ground.sqs, ground.signal);
      left ||= seen.total > 0;
      found[place.queue] = seen;
      say(seenText(place, seen, ground.timing.now(), output.width));
    } else {
      const done = await redrive(place, ground);
      left ||= done.failed !== undefined;
      found[place.queue] = done;
      say(doneText(place, done, output.width));
    }
  }
  if (flags.json) output.print(JSON.stringify(found, null, 2));
  if (ground.signal.aborted) return 130;
  return left ? 1 : 0;
}

async function main(): Promise<void> {
  const stop = new AbortController();
  // A second Ctrl-C ends the process at once: what was taken and not yet sent comes back by itself within a minute.
  process.once('SIGINT', () => stop.abort());
  // The SDK's advice about Node's version is for developers.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { stderr, stdout } = process;
  process.exitCode = await runRedrive(process.argv.slice(2), {
    print: console.log,
    printError: console.error,
    width: Math.min(100, Math.max(60, stdout.columns || 80)),
    progress: (text) => stderr.isTTY && stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns || 80) - 1)}`),
    signal: stop.signal,
    timing: { now: Date.now, sleep: (ms, signal) => wait(ms, undefined, { signal }) },
  });
}

if (require.main === module) void main();
