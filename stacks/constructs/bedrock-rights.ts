/** The one model, through the one inference profile, that settings.yaml names. */
import type { Stack } from 'aws-cdk-lib';
import { profilePartition } from '../../config/partitions';
import type { Settings } from '../../config/schema';
import type { Right } from './right';

/**
 * Converse is authorized as InvokeModel. Through a cross-Region profile it is authorized twice: on the
 * profile, and on the model in whichever Region the profile picked.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 * None with the model switched off.
 */
export function bedrockRights(stack: Stack, model: Pick<Settings['model'], 'enabled' | 'profile'>): Right[] {
  if (!model.enabled) return [];
  const actions = ['bedrock:InvokeModel'];
  const arn = (region: string, account: string, resource: string) => `arn:${stack.partition}:bedrock:${region}:${account}:${resource}`;
  const [geography = '', ...rest] = model.profile.split('.');
  if (profilePartition(model.profile) === undefined) {
    return [{ sid: 'InvokeModel', actions, resources: [arn(stack.region, '', `foundation-model/${model.profile}`)] }];
  }
  const profile = arn(stack.region, stack.account, `inference-profile/${model.profile}`);
  const foundationModel = `foundation-model/${rest.join('.')}`;
  return [
    { sid: 'InvokeProfile', actions, resources: [profile] },
    {
      sid: 'InvokeModelThroughProfile',
      actions,
      // A global profile is also authorized on the model without a Region.
      resources: [arn('*', '', foundationModel), ...(geography === 'global' ? [arn('', '', foundationModel)] : [])],
      conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },
      wildcard: `AWS picks the destination Region of profile ${model.profile} and extends its list without notice; the condition bedrock:InferenceProfileArn makes the right hold through that one profile only, so the profile's geography bounds it.`,
    },
  ];
}
