/** The one model, through the one inference profile, that settings.yaml names. */
import type { Stack } from 'aws-cdk-lib';
import { destinationsOf, geographyOf } from '../../config/geographies';
import type { Settings } from '../../config/schema';
import type { Right } from './right';

const REASON = 'It asks the one model of the settings to explain a finding in prose';

/**
 * Converse is authorized as InvokeModel. Through a cross-Region profile it is authorized twice: on the profile, and on the
 * model, under the condition that it is reached through that profile. A geographic profile's model stands in its
 * destination Regions, each named, for their list never changes; a global one's in the source Region, and once without any.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 * None with the model switched off.
 */
export function bedrockRights(stack: Stack, { enabled, profile }: Pick<Settings['model'], 'enabled' | 'profile'>): Right[] {
  if (!enabled) return [];
  const actions = ['bedrock:InvokeModel'];
  const arn = (region: string, account: string, resource: string) => `arn:${stack.partition}:bedrock:${region}:${account}:${resource}`;
  const geography = geographyOf(profile);
  if (geography === undefined) {
    return [{ sid: 'InvokeModel', actions, resources: [arn(stack.region, '', `foundation-model/${profile}`)], reason: REASON }];
  }
  const profileArn = arn(stack.region, stack.account, `inference-profile/${profile}`);
  const model = `foundation-model/${profile.slice(geography.length + 1)}`;
  const regions = destinationsOf(profile, stack.region) ?? [stack.region, ''];
  return [
    { sid: 'InvokeProfile', actions, resources: [profileArn], reason: REASON },
    {
      sid: 'InvokeModelThroughProfile',
      actions,
      resources: regions.map((region) => arn(region, '', model)),
      conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profileArn } },
      reason: 'A profile passes the question on to the model, and IAM asks for both; the model by itself cannot be called',
    },
  ];
}
