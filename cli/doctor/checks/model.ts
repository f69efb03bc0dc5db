/** The models: whether their ids fit the home Region, and whether they answer. */
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { GEOGRAPHIES } from '../../../config/geographies';
import { partitionOf } from '../../../config/partitions';
import { converseInput } from '../../../handlers/adapters/bedrock';
import { check, fail, pass, type Remedy, skipped, warn } from '../check';
import { CallFailure } from '../failure';
import { sentence } from '../outcome';
import { grantAccess, listProfiles } from './model-access';
import { ofEach } from './models';

const ENOUGH_TOKENS = 300;

const profile = check({ id: 'model.profile', group: 'Model', title: 'Profiles' }, async (context) => {
  const { home } = context.config.settings.regions;
  const remedy: Remedy = { say: 'Write model.profiles in settings.yaml of these, then deploy:', command: listProfiles(home) };
  return ofEach(context, (id) => {
    const [prefix = ''] = id.split('.');
    const fits = prefix === 'global' ? partitionOf(home) === 'aws' : GEOGRAPHIES[prefix]?.sources.includes(home);
    if (fits === true) return pass(`${id} fits ${home}`);
    if (fits === false) return fail(`${id} cannot be called from ${home}: its profiles belong to another geography`, remedy);
    return warn(`${id} does not begin with a geography that is known here; the newer models are reached through a profile only`, remedy);
  });
});

const answers = check({ id: 'model.answers', group: 'Model', title: 'Answer', needs: ['caller', 'model.profile'] }, async (context) => {
  const { config, questions, calls } = context;
  if (!questions.bedrock) return skipped('not asked: --bedrock makes one small call of each model (less than a cent)');
  const { home } = config.settings.regions;
  const client = new BedrockRuntimeClient({ region: home, maxAttempts: 2 });
  const schema = { type: 'object', properties: { works: { type: 'boolean' } }, required: ['works'] };
  const request = { system: 'You are asked whether you can be reached.', prompt: 'Answer that it works.', schema };
  try {
    return await ofEach(context, async (id) => {
      try {
        // The same kind of request as the function's: what a model family refuses of it is found here.
        const answer = await calls.call('bedrock:InvokeModel', home, (options) =>
          client.send(new ConverseCommand(converseInput(request, id, ENOUGH_TOKENS)), options),
        );
        return pass(`${id} answered, with ${answer.usage?.totalTokens ?? 0} tokens`);
      } catch (error) {
        if (!(error instanceof CallFailure) || !isRefusal(error)) throw error;
        return fail(`${id}: ${sentence(error)}`, grantAccess(context, id));
      }
    });
  } finally {
    client.destroy();
  }
});

/** The model's own no; an IAM policy that lacks bedrock:InvokeModel says so in other words. */
function isRefusal({ kind, code, message }: CallFailure): boolean {
  if (kind === 'denied') return !/not authorized to perform/.test(message);
  return kind === 'refused' && /^(ValidationException|ResourceNotFoundException)$/.test(code);
}

export const modelChecks = [profile, answers];
