/** What every run on stand-ins has: an assembly, a bar, and its figures in the end. */
import { addressOf } from '../../config/routing/address';
import type { Config } from '../../config/schema';
import type { Status } from '../frame/command';
import type { Terminal } from '../frame/terminal';
import type { Cloud } from '../../local/cloud-types';
import type { Progress } from '../../local/drain';
import { webhookSecrets } from './configuration';
import type { Input } from './inputs';
import { type Outcome, run, type RunOptions } from './run';
import { countCall, NO_CALLS, standIns, type Summary, summaryOf } from './summary';
import { assemblyOf } from './synthesize';

type Options = Pick<RunOptions, 'organization' | 'now' | 'asTheyHappened' | 'bedrock' | 'slack' | 'stateDir' | 'transcript'>;

/** @param show is called while the cloud is still up. */
export async function play(
  inputs: readonly Input[],
  { flags, config, ...options }: Options & { flags: { config: string; assembly?: string }; config: Config },
  terminal: Terminal,
  show: (outcomes: Outcome[], summary: Summary, cloud: Cloud) => void,
): Promise<Status> {
  const began = terminal.now();
  const assembly = await assemblyOf(flags, terminal);
  const bar = terminal.bar(inputs.length, 'events');
  const calls = { ...NO_CALLS };
  try {
    const { outcomes, cloud, aborted } = await run(inputs, {
      ...options,
      assembly: assembly.folder,
      settings: { ...config.settings, tokenSecret: config.settings.slack.tokenSecret },
      webhookSecrets: webhookSecrets(config),
      addresses: new Map(Object.entries(config.routes.receivers).map(([name, receiver]) => [name, addressOf(receiver)])),
      realTime: { now: terminal.now, sleep: terminal.sleep, signal: terminal.signal, say: bar.say },
      signal: terminal.signal,
      // Messages that went in; the work they lead to is added as it appears.
      onProgress: (progress) => bar.update(progress.done, Math.max(inputs.length, progress.done + left(progress)), clockText(progress)),
      transcript: (entry) => {
        countCall(calls, entry);
        options.transcript?.(entry);
      },
    });
    bar.stop();
    const summary = summaryOf(outcomes, {
      ...calls,
      deadLetters: Object.values(cloud.deadLetters()).flat().length,
      seconds: (terminal.now() - began) / 1000,
      aborted,
      standIns: standIns(options),
    });
    show(outcomes, summary, cloud);
    await cloud.close();
    return aborted ? 130 : summary.outcomes.failed > 0 ? 1 : 0;
  } finally {
    bar.stop();
    assembly.remove();
  }
}

function left({ waiting }: Progress): number {
  return Object.values(waiting).reduce((sum, count) => sum + count, 0);
}

function clockText({ now }: Progress): string {
  return `virtual time ${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}`;
}
