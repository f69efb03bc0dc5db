/** What Bedrock says of the models without being asked a question: how long they stay, and whether the account may use them. */
import { BedrockClient, GetFoundationModelAvailabilityCommand, GetFoundationModelCommand } from '@aws-sdk/client-bedrock';
import type { FoundationModelLifecycle } from '@aws-sdk/client-bedrock';
import { partitionOf } from '../../../config/partitions';
import { DAY } from '../../../handlers/domain/time';
import { modelOf } from '../../prerequisites/security-steps';
import { check, fail, type Outcome, pass, type Remedy, warn } from '../check';
import type { Context } from '../context';
import { outcomeOf } from '../outcome';
import { doctorClient } from '../reads/defaults';
import { failureIn } from '../failure';
import { ofEach } from './models';

const NEEDS = ['caller'];
/** Long enough to choose and try another model before this one ends. */
const SOON = 90;

const lifecycle = check({ id: 'model.lifecycle', group: 'Model', title: 'Lifecycle', needs: NEEDS }, async (context) => {
  const { home } = context.config.settings.regions;
  const client = new BedrockClient(doctorClient(home));
  return ofEach(context, async (profile) => {
    const id = modelOf(profile);
    const answer = context.calls.send('bedrock', home, client, new GetFoundationModelCommand({ modelIdentifier: id }));
    const failure = await failureIn(answer);
    if (failure && /end of its life/.test(failure.message)) return fail(`${id} has reached the end of its life`, another(home));
    if (failure?.code === 'ResourceNotFoundException' || failure?.code === 'ValidationException')
      return fail(`Bedrock has no ${id} in ${home}`, another(home));
    if (failure) return outcomeOf(failure);
    return staying(id, (await answer).modelDetails?.modelLifecycle, home, context.timing.now());
  });
});

/**
 * Dates differ by Region, and one that is not set is not known: models of after September 2026 may be legacy for 45 days only, so
 * that a legacy one is told of whatever its end. https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html
 */
function staying(id: string, given: FoundationModelLifecycle | undefined, home: string, now: number): Outcome {
  const { status, endOfLifeTime, legacyTime, publicExtendedAccessTime } = given ?? {};
  const day = (time: Date) => time.toISOString().slice(0, 10);
  const ends = endOfLifeTime ? `, and ends on ${day(endOfLifeTime)}` : '';
  if (endOfLifeTime && endOfLifeTime.getTime() <= now) return fail(`${id} ended on ${day(endOfLifeTime)}`, another(home));
  if (status === 'LEGACY') {
    const dearer = publicExtendedAccessTime ? `; from ${day(publicExtendedAccessTime)} it costs more` : '';
    return warn(
      `${id} is a legacy model${legacyTime ? ` since ${day(legacyTime)}` : ''}${ends}: who does not use it for 15 days may lose it, and who never used it cannot start${dearer}`,
      another(home),
    );
  }
  if (endOfLifeTime && endOfLifeTime.getTime() - now < SOON * DAY) return warn(`${id} is ${status}${ends}`, another(home));
  return pass(`${id} is ${status ?? 'listed'}${ends}`);
}

const access = check({ id: 'model.access', group: 'Model', title: 'Access', needs: NEEDS }, async (context) => {
  const { home } = context.config.settings.regions;
  const client = new BedrockClient(doctorClient(home));
  return ofEach(context, async (profile) => {
    const id = modelOf(profile);
    const command = new GetFoundationModelAvailabilityCommand({ modelId: id });
    const { agreementAvailability, authorizationStatus, entitlementAvailability } = await context.calls.send(
      'bedrock',
      home,
      client,
      command,
    );
    const { status = '', errorMessage = '' } = agreementAvailability ?? {};
    const missing = [
      ...(status === 'AVAILABLE' ? [] : [`the agreement is ${status}${errorMessage ? ` (${errorMessage})` : ''}`]),
      ...(authorizationStatus === 'AUTHORIZED' ? [] : [`the account is ${authorizationStatus}`]),
      ...(entitlementAvailability === 'AVAILABLE' ? [] : [`its entitlement is ${entitlementAvailability}`]),
    ];
    if (missing.length === 0) return pass(`the security account has access to ${id}`);
    return warn(`${id} is not subscribed in the security account: ${missing.join(', ')}`, grantAccess(context, profile));
  });
});

/** How an account comes to a model. https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html */
export function grantAccess({ config }: Pick<Context, 'config'>, profile: string): Remedy[] {
  const { home } = config.settings.regions;
  const id = modelOf(profile);
  const page =
    partitionOf(home) === 'aws-us-gov'
      ? 'Give the security account access to the model: in the linked commercial account, and then in the Bedrock console of us-gov-west-1, Model access.'
      : `Give the security account access to the model.${id.startsWith('anthropic.') ? ' Bedrock console, Model catalog, a Claude model: it asks once an account (or once in the management account for all) for the use case.' : ''}`;
  return [
    {
      say: `${page} Then let a person with aws-marketplace:Subscribe, Unsubscribe and ViewSubscriptions call it once, which subscribes the account within 15 minutes:`,
      command: `aws bedrock-runtime converse --region ${home} --model-id ${profile} --messages '[{"role":"user","content":[{"text":"Say OK"}]}]' --inference-config maxTokens=20`,
    },
    { say: 'Until then, or for good, model.enabled: false in settings.yaml sends messages without an interpretation.' },
  ];
}

export function listProfiles(home: string): string {
  return `aws bedrock list-inference-profiles --region ${home} --query 'inferenceProfileSummaries[].inferenceProfileId'`;
}

function another(home: string): Remedy {
  return {
    say: 'Write another profile first in model.profiles of settings.yaml, such as one of these, and deploy:',
    command: listProfiles(home),
  };
}

export const modelAccessChecks = [lifecycle, access];
