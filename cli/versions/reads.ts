/** The functions of the deployed stack: their versions, and which of them is live. */
import { GetAliasCommand, LambdaClient, ListVersionsByFunctionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import type { Config } from '../../config/schema';
import { hubStack } from '../../config/stack-name';
import { Calls } from '../doctor/calls';
import { doctorClient } from '../doctor/reads/defaults';
import { StackReads } from '../doctor/reads/stack';
import type { Terminal } from '../frame/terminal';
import { inert } from '../show/inert';
import { type FunctionName, type LiveFunction, type Move, namedIn, type Published } from './release';

/** As stacks/constructs/live-alias.ts names it. */
export const ALIAS = 'live';

/** The outputs of the hub stack with the aliases' ARNs (stacks/hub-stack.ts). */
const OUTPUTS: Record<FunctionName, string> = {
  intake: 'IntakeFunction',
  tick: 'TickFunction',
  enroll: 'EnrollFunction',
  deliver: 'DeliverFunction',
};

export interface Deployed {
  functions: LiveFunction[];
  /** Approximately: what waits to be taken in, and to be told. */
  waiting: { findings: number; deliveries: number };
  /** @throws CallFailure, also where somebody has moved the alias since it was read. */
  move(move: Move, note: string): Promise<void>;
}

/** @throws Error where the stack is not there, or is older than aliases; CallFailure. */
export async function deployed(config: Config, { now, sleep, signal, progress }: Terminal): Promise<Deployed> {
  const { home } = config.settings.regions;
  const hub = hubStack(config);
  const calls = new Calls({ timing: { now, sleep }, signal, timeLimit: 30_000, progress: (text) => progress(inert(text)) });
  const reads = new StackReads(calls, home, hub);
  const stack = await reads.stack();
  if (!stack) throw new Error(`${hub} is not deployed in ${home}: sign in to the security account, or deploy it first.`);
  const output = (key: string) => stack.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const named = Object.entries(OUTPUTS).flatMap(([name, key]) => {
    const arn = output(key);
    return arn?.endsWith(`:${ALIAS}`) ? [{ name: name as FunctionName, functionName: arn.split(':')[6] ?? '' }] : [];
  });
  if (!named.some(({ name }) => name === 'deliver'))
    throw new Error(`${hub} is older than this command and keeps no versions: deploy it again, then there are some from that day on.`);

  const lambda = new LambdaClient(doctorClient(home));
  async function live({ name, functionName }: (typeof named)[number]): Promise<LiveFunction> {
    const alias = await calls.send('lambda', home, lambda, new GetAliasCommand({ FunctionName: functionName, Name: ALIAS }));
    return {
      name,
      functionName,
      live: alias.FunctionVersion ?? '',
      note: alias.Description ?? '',
      revision: alias.RevisionId,
      shifting: Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}),
      versions: await versionsOf(functionName),
    };
  }
  async function versionsOf(FunctionName: string): Promise<Published[]> {
    const all: Published[] = [];
    let Marker: string | undefined;
    do {
      const page = await calls.send('lambda', home, lambda, new ListVersionsByFunctionCommand({ FunctionName, Marker }));
      for (const { Version = '', Description = '', LastModified = '' } of page.Versions ?? [])
        if (/^\d+$/.test(Version)) all.push({ number: Version, at: LastModified, ...namedIn(Description) });
      Marker = page.NextMarker;
    } while (Marker);
    return all.sort((a, b) => Number(a.number) - Number(b.number));
  }
  const depth = async (key: string) => {
    const url = output(key);
    return url === undefined ? 0 : reads.depth(url);
  };
  const functions: LiveFunction[] = [];
  for (const each of named) functions.push(await live(each));
  return {
    functions,
    waiting: { findings: await depth('FindingsQueue'), deliveries: await depth('DeliveriesQueue') },
    async move({ functionName, to, revision }, note) {
      await calls.send(
        'lambda',
        home,
        lambda,
        new UpdateAliasCommand({
          FunctionName: functionName,
          Name: ALIAS,
          FunctionVersion: to,
          Description: note,
          RevisionId: revision,
          RoutingConfig: { AdditionalVersionWeights: {} },
        }),
      );
    },
  };
}
