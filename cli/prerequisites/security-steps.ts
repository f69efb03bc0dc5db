/** What the security account, and Slack, have to have before the hub stack is deployed. No secret passes through a file or the history. */
import { profilesOf } from '../../config/models';
import { PROFILE_GEOGRAPHIES, partitionOf, profilePartition } from '../../config/partitions';
import type { Config, Settings } from '../../config/schema';
import { slackAppsPage } from '../slack-manifest';
import { keyFor } from '../../config/switches/keys';
import { storeSecret } from '../store-secret';
import { keySteps } from './key-steps';
import type { Step } from './step';

/** @param own tells this project's own commands where the configuration is. */
export function securitySteps(config: Config, own: (command: string) => string): Step[] {
  const { settings, routes } = config;
  const receivers = Object.entries(routes.receivers);
  const webhooks = receivers.flatMap(([name, { webhookSecret }]) => (webhookSecret === undefined ? [] : [{ name, secret: webhookSecret }]));
  const { tokenSecret } = settings.slack;
  return [
    ...(tokenSecret === undefined ? [] : [slackApp(settings, own)]),
    bootstrap(settings),
    ...keySteps(config),
    ...(tokenSecret === undefined ? [] : [tokenStep(settings, tokenSecret)]),
    ...webhookSteps(settings, webhooks),
    ...(settings.model.enabled ? profilesOf(settings).map((profile, index, all) => model(settings, profile, index, all.length > 1)) : []),
  ];
}

/** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
function bootstrap({ organization: { securityAccount }, regions: { home } }: Settings): Step {
  return {
    id: 'bootstrap',
    place: 'security',
    title: 'Bootstrap of the home Region',
    why: 'The code of the functions is uploaded to the bucket that this makes, and roles for the deployment come with it. Once for the account and Region.',
    commands: [`npx cdk bootstrap aws://${securityAccount}/${home}`],
    proof: {
      command: `aws cloudformation describe-stacks --stack-name CDKToolkit --region ${home} --query 'Stacks[0].StackStatus' --output text`,
      expect: 'CREATE_COMPLETE or UPDATE_COMPLETE',
    },
    undo: {
      command: `aws cloudformation delete-stack --stack-name CDKToolkit --region ${home}`,
      note: 'Only where nothing else uses the CDK there; its bucket stays.',
    },
  };
}

function slackApp({ slack: { host } }: Settings, own: (command: string) => string): Step {
  const page = slackAppsPage(host);
  return {
    id: 'slack-app',
    place: 'slack',
    title: 'The Slack app',
    why: 'A bot that can post, with no more scopes than are used.',
    commands: [own('npm run --silent hub -- slack-manifest')],
    todo: `Open ${page}, choose Create New App, From a manifest, JSON, and paste what the command prints. Install it to the workspace. Into each private channel invite the bot: /invite @security-hub`,
    proof: { command: own('npm run doctor'), expect: 'after the deployment, that the token is valid and each channel is reachable' },
    undo: { note: `${page}, the app, Delete App. Its token is revoked with it.` },
  };
}

function tokenStep(settings: Settings, secret: string): Step {
  return {
    id: 'token-secret',
    place: 'security',
    title: 'The secret with the bot token',
    why: 'The functions read the token from Secrets Manager. It stands under OAuth & Permissions of the app, as Bot User OAuth Token (xoxb-…).',
    ...secretStep(settings, secret, 'token'),
  };
}

function webhookSteps(settings: Settings, webhooks: { name: string; secret: string }[]): Step[] {
  const names = [...new Set(webhooks.map(({ secret }) => secret))];
  return names.map((secret) => {
    const receivers = webhooks.filter((webhook) => webhook.secret === secret).map(({ name }) => name);
    return {
      id: `webhook-secret ${secret}`,
      place: 'security',
      title: `The secret with the webhook of ${receivers.join(' and ')}`,
      why: `The address of an incoming webhook (https://hooks.${settings.slack.host}/services/…) lets whoever has it write into its channel, so it is a secret. It stands under Incoming Webhooks of an app in that workspace.`,
      ...secretStep(settings, secret, 'address'),
    };
  });
}

function secretStep(
  { regions: { home }, keys }: Settings,
  secret: string,
  what: string,
): Pick<Step, 'commands' | 'todo' | 'proof' | 'undo'> {
  return {
    commands: [storeSecret('create', secret, home, keyFor(keys, 'secrets'))],
    todo: `Run it, paste the ${what}, and press Enter: nothing is shown. To replace it later, put-secret-value --secret-id in place of create-secret --name.`,
    proof: {
      command: `aws secretsmanager describe-secret --secret-id ${secret} --region ${home} --query Name --output text`,
      expect: secret,
    },
    undo: { command: `aws secretsmanager delete-secret --secret-id ${secret} --region ${home} --recovery-window-in-days 7` },
  };
}

/**
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
 * @param others whether the list of models has more than this one.
 */
function model(settings: Settings, profile: string, index: number, others: boolean): Step {
  const { home } = settings.regions;
  const id = modelOf(profile);
  const anthropic = id.startsWith('anthropic.');
  const form = anthropic
    ? ' Anthropic also wants its form about the use case, once an account or once in the management account: the Bedrock console asks for it when a Claude model of the model catalog is opened.'
    : '';
  const call = `aws bedrock-runtime converse --region ${home} --model-id ${profile} --messages '[{"role":"user","content":[{"text":"Say OK"}]}]' --inference-config maxTokens=20 --query 'output.message.content[0].text' --output text`;
  return {
    id: index === 0 ? 'model' : `model ${index + 1}`,
    place: 'security',
    title: index === 0 ? 'The model' : 'The model that is asked where those before it give no answer',
    why: `The first call of ${id} subscribes the account to it, with the rights of whoever calls: aws-marketplace:Subscribe, Unsubscribe and ViewSubscriptions, which the functions do not have. It may take 15 minutes. So a person calls first.${form}`,
    ...(partitionOf(home) === 'aws' ? { commands: [call] } : elsewhere(settings, id, call)),
    proof: {
      command: `aws bedrock get-foundation-model-availability --model-id ${id} --region ${home} --query '[agreementAvailability.status,authorizationStatus,entitlementAvailability]' --output text`,
      expect: 'AVAILABLE AUTHORIZED AVAILABLE',
    },
    undo: {
      command: `aws bedrock delete-foundation-model-agreement --model-id ${id} --region ${home}`,
      note: `${others ? 'The next model of the list then answers, and where none does' : 'Where no model answers'} the phrasebook speaks, and where it has no entry the finding’s own text.`,
    },
  };
}

/** GovCloud: the terms are accepted in the commercial account. https://docs.aws.amazon.com/bedrock/latest/userguide/models-region-compatibility.html */
function elsewhere(settings: Settings, id: string, call: string): Pick<Step, 'commands' | 'todo'> {
  if (partitionOf(settings.regions.home) !== 'aws-us-gov') return { commands: [call] };
  return {
    commands: [
      `TOKEN=$(aws bedrock list-foundation-model-agreement-offers --model-id ${id} --profile COMMERCIAL --region us-east-1 --query 'offers[0].offerToken' --output text) && aws bedrock create-foundation-model-agreement --model-id ${id} --offer-token "$TOKEN" --profile COMMERCIAL --region us-east-1`,
      call,
    ],
    todo: 'The first command is for the commercial account that the security account is linked to: put its profile in place of COMMERCIAL. Then turn the model on in the security account: Bedrock console of us-gov-west-1, Model access, which GovCloud still has. It takes a few minutes to arrive.',
  };
}

/** The model behind a cross-Region inference profile. */
export function modelOf(profile: string): string {
  const partition = profilePartition(profile);
  const prefix = partition && PROFILE_GEOGRAPHIES[partition]?.find((geography) => profile.startsWith(`${geography}.`));
  return prefix ? profile.slice(prefix.length + 1) : profile;
}
