/** What every check is given: the configuration, the reads, and what must not be shown. */
import { regionsInUse } from '../../config/regions';
import type { Config } from '../../config/schema';
import { hubStack } from '../../config/stack-name';
import type { Calls, Timing } from './calls';
import { AlarmReads } from './reads/alarms';
import { HubReads } from './reads/hub';
import { NetworkReads } from './reads/network';
import { OrganizationReads } from './reads/organization';
import { RecorderReads } from './reads/recorders';
import { SecretReads } from './reads/secrets';
import { SlackReads } from './reads/slack';
import { StackReads } from './reads/stack';
import type { Redaction } from './redaction';

export interface Questions {
  /** Ask the model one small question. */
  bedrock: boolean;
  /** After how many days without a finding an account counts as silent. */
  silentDays: number;
}

export interface Context {
  config: Config;
  /** Warnings of the configuration, as they are printed. */
  configWarnings: string[];
  /** The place that was loaded (configPlace). */
  configDir: string;
  questions: Questions;
  /** Regions in use: home, then the linked ones. */
  regions: string[];
  timing: Timing;
  calls: Calls;
  redaction: Redaction;
  organization: OrganizationReads;
  hub: HubReads;
  recorders: RecorderReads;
  stack: StackReads;
  alarms: AlarmReads;
  network: NetworkReads;
  secrets: SecretReads;
  slack: SlackReads;
}

export type ContextInput = Pick<Context, 'config' | 'configWarnings' | 'configDir' | 'questions' | 'timing' | 'calls' | 'redaction'>;

export function createContext(input: ContextInput): Context {
  const { config, calls, redaction } = input;
  const { settings } = config;
  const { home } = settings.regions;
  const regions = regionsInUse(settings);
  const secrets = new SecretReads(calls, home, redaction);
  return {
    ...input,
    regions,
    organization: new OrganizationReads(calls, home),
    hub: new HubReads(calls, regions),
    recorders: new RecorderReads(calls),
    stack: new StackReads(calls, home, hubStack(config)),
    alarms: new AlarmReads(calls, home, hubStack(config)),
    network: new NetworkReads(calls, home),
    secrets,
    slack: new SlackReads(calls, settings.slack, secrets),
  };
}
