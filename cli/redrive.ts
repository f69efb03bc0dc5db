/** `npm run redrive`: what lies in the dead-letter queues, and the way back of each. With your credentials of the security account. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Calls } from './doctor/calls';
import { wordsOf } from './doctor/outcome';
import { doctorClient } from './doctor/reads/defaults';
import { queuesClient } from './doctor/reads/queues';
import { StackReads } from './doctor/reads/stack';
import type { Config } from '../config/schema';
import { hubStack } from '../config/stack-name';
import { type Asked, command, type Status } from './frame/command';
import { failedStatus, say } from './frame/run';
import type { Terminal } from './frame/terminal';
import { ABOUT, FLAGS, queuesOf } from './redrive/flags';
import { look } from './redrive/look';
import { type Ground, type Place, placesOf, QUEUES } from './redrive/places';
import { redrivePolicy } from './redrive/policy';
import { redrive } from './redrive/redrive';
import { doneText, waitingText } from './redrive/report';
import { configuration } from './run/configuration';
import { inert } from './show/inert';

export const redriveCommand = command({
  name: 'redrive',
  group: 'act',
  summary: 'Shows what lies in the dead-letter queues, and sends it back, each its own way.',
  about: ABOUT,
  flags: FLAGS,
  operands: { name: 'QUEUE...', about: QUEUES.join(', '), optional: true },
  script: true,
  run: answer,
});

async function answer(asked: Asked<typeof FLAGS>, terminal: Terminal): Promise<Status> {
  const { flags } = asked;
  const queues = queuesOf(asked);
  const config = configuration(flags.config, terminal);
  if (flags.policy) {
    terminal.print(JSON.stringify(redrivePolicy(config), null, 2));
    return 0;
  }
  const { home } = config.settings.regions;
  const begun: Place[] = [];
  try {
    const places = await deployedPlaces(config, terminal);
    return await each(
      places.filter(({ queue }) => queues.includes(queue)),
      groundOf(home, terminal),
      flags,
      terminal,
      begun,
    );
  } catch (error) {
    terminal.progress('');
    say(wordsOf(error, home), terminal);
    say(leftText(begun), terminal);
    return terminal.signal.aborted ? 130 : failedStatus(error);
  }
}

/** @param begun what was taken in hand before it failed. */
function leftText(begun: readonly Place[]): string {
  if (begun.length === 0) return 'Nothing was sent back: what lies there still does.';
  const move = begun.some(({ way }) => way === 'move') ? ', and a move that was started goes on' : '';
  return `Nothing is lost: what did not go back still lies there${move}. Run it again.`;
}

async function deployedPlaces(config: Config, { now, sleep, signal, progress }: Terminal): Promise<Place[]> {
  const { home } = config.settings.regions;
  const hub = hubStack(config);
  const stack = await new StackReads(new Calls({ timing: { now, sleep }, signal, timeLimit: 30_000, progress }), home, hub).stack();
  if (!stack) throw new Error(`${hub} is not deployed in ${home}: sign in to the security account, or deploy it first.`);
  return placesOf(stack.Outputs ?? []);
}

function groundOf(home: string, { now, sleep, signal, progress }: Terminal): Ground {
  const lambda = new LambdaClient(doctorClient(home));
  return {
    sqs: queuesClient(home),
    start: async (FunctionName) => {
      await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
    },
    timing: { now, sleep },
    signal,
    progress: (text) => progress(inert(text)),
  };
}

/** @param begun takes what is more than looked at. */
async function each(
  places: Place[],
  ground: Ground,
  flags: Asked<typeof FLAGS>['flags'],
  terminal: Terminal,
  begun: Place[],
): Promise<Status> {
  const found: Record<string, unknown> = {};
  const tell = (text: string) => {
    terminal.progress('');
    if (!flags.json) terminal.print(text);
  };
  let left = false;
  for (const place of places) {
    if (ground.signal.aborted) break;
    if (flags['dry-run']) {
      const waiting = await look(place.url, ground.sqs, ground.signal);
      left ||= waiting.total > 0;
      found[place.queue] = waiting;
      tell(waitingText(place, waiting, ground.timing.now(), terminal.width));
    } else {
      begun.push(place);
      const done = await redrive(place, ground);
      left ||= done.failed !== undefined;
      found[place.queue] = done;
      tell(doneText(place, done, terminal.width));
    }
  }
  if (flags.json) terminal.print(JSON.stringify(found, null, 2));
  if (ground.signal.aborted) return 130;
  return left ? 1 : 0;
}
