/** Each stack with every switch that adds a right: what the proof is made on. */
import { Template } from 'aws-cdk-lib/assertions';
import type { Stack as CdkStack } from 'aws-cdk-lib';
import { type Config, routesSchema } from '../../config/schema';
import { buildManagementApp } from '../../stacks/management-app';
import { exampleConfig, withSettings } from '../stacks/example-config';
import { type Choice, configurationOf } from '../stacks/switches';
import { hubTemplate } from '../stacks/synthesize';
import { temporaryFolder } from '../stacks/temporary-folder';
import type { Stack } from './deployed';

const HUB = 'hub';

function chosen(choice: Choice): Config {
  const { config, errors } = configurationOf(choice);
  if (!config) throw new Error(errors.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  return config;
}

const receiver = { securityAccountAccess: false, mentions: {} };
const webhooks: Config = {
  settings: { ...exampleConfig.settings, slack: { host: 'slack.com' } },
  routes: routesSchema.parse({
    receivers: { one: { ...receiver, webhookSecret: 'hooks/one' }, two: { ...receiver, webhookSecret: 'hooks/two' } },
    route: { receiver: 'one' },
  }),
};

/** By what is turned on in it. */
export const CONFIGURATIONS: Record<string, () => Config> = {
  'as it is without a word': () => exampleConfig,
  'own network and keys, tracing, canary': () =>
    chosen({ network: 'own, NAT, endpoints', keys: 'own', tracing: 'on', deployment: 'canary', provisioned: 'hours' }),
  'existing network and keys, linear, Virginia': () =>
    chosen({ network: 'existing', keys: 'existing', deployment: 'linear', mode: 'central-configuration', where: 'Virginia' }),
  'transit gateway, GovCloud': () => chosen({ network: 'own, transit gateway', where: 'GovCloud', keys: 'own', tracing: 'on' }),
  'no write-back, no model': () => withSettings({ writeBack: false, model: { ...exampleConfig.settings.model, enabled: false } }),
  'a global model': () =>
    withSettings({ model: { ...exampleConfig.settings.model, profiles: ['global.anthropic.claude-haiku-4-5-20251001-v1:0'] } }),
  'webhooks alone': () => webhooks,
};

export function hubOf(config: Config): Stack {
  const { settings } = config;
  return {
    name: HUB,
    account: settings.organization.securityAccount,
    region: settings.regions.home,
    config,
    template: hubTemplate(config).toJSON(),
  };
}

export function managementOf(config: Config): Stack[] {
  const app = buildManagementApp({ config, outdir: temporaryFolder(), nag: false });
  const stacks = app.node.findAll().filter((node) => 'templateOptions' in node) as CdkStack[];
  return stacks.map((stack) => ({
    name: 'management',
    account: stack.account,
    region: stack.region,
    config,
    template: Template.fromStack(stack).toJSON(),
  }));
}
