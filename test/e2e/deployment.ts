/** The bundles that a deployment would upload, on the local cloud, with the example configuration. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCloud } from '../../local/cloud';
import type { Cloud, CloudOptions } from '../../local/cloud-types';
import type { FaultPlan } from '../../local/protocol/faults';
import type { LogLine } from '../../local/lambda/lambda';
import { LOCAL_SLACK_TOKEN } from '../../local/slack/slack';
import { nextDue } from '../../cli/run/due';
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { EXAMPLE } from '../config/example';
import { START } from '../world/world';

const ORGANIZATION = JSON.parse(readFileSync('cli/demo/organization.json', 'utf8'));

let assembly: Assembly | undefined;
/** Once a test file, as a hook; it takes some seconds. */
export const prepare = (): Promise<void> => prepareFrom(EXAMPLE);
export async function prepareFrom(config: string): Promise<void> {
  assembly = await synthesize(config);
}
export function cleanUp(): void {
  assembly?.remove();
}

/** Where the assembly is that prepare() made. */
export function assemblyFolder(): string {
  if (!assembly) throw new Error('call prepare() in beforeAll');
  return assembly.folder;
}

/** The template of the hub stack, as it would be deployed. */
export function stackTemplate(): Record<string, unknown> {
  if (!assembly) throw new Error('call prepare() in beforeAll');
  return JSON.parse(readFileSync(join(assembly.folder, 'SecurityHubInterpreter.template.json'), 'utf8'));
}

export interface Running extends Cloud {
  logs: LogLine[];
}

export async function deployed(options: Partial<CloudOptions> = {}): Promise<Running> {
  if (!assembly) throw new Error('call prepare() in beforeAll');
  const logs: LogLine[] = [];
  const cloud = await startCloud({
    assembly: assembly.folder,
    organization: ORGANIZATION,
    secrets: { 'security-hub-interpreter/slack-bot-token': LOCAL_SLACK_TOKEN },
    now: START,
    nextDue,
    hubEvents: true,
    limits: 'all',
    // A call that hangs is given up after 1 s of real time: long enough that a busy machine does not look like a fault.
    extraEnv: { CALL_TIMEOUT_MS: '1000', MODEL_TIMEOUT_MS: '1000' },
    functionTimeoutMs: 8000,
    onLog: (line) => logs.push(line),
    ...options,
  });
  return Object.assign(Object.create(cloud) as Cloud, { logs });
}

/** What stands in the channels themselves, by channel. */
export function posts(cloud: Cloud) {
  return [...cloud.slack.channels().values()].flat().filter(({ threadTs }) => threadTs === undefined);
}
export function replies(cloud: Cloud) {
  return [...cloud.slack.channels().values()].flat().filter(({ threadTs }) => threadTs !== undefined);
}
export function deadLetters(cloud: Cloud) {
  return Object.values(cloud.deadLetters()).flat();
}

/** Faults for the functions alone: what the test itself reads stays sound. */
export function ofFunctions(plan: FaultPlan): FaultPlan {
  return (call) => (call.functionName === undefined ? undefined : plan(call));
}
