/** The models, each through its one inference profile, that settings.yaml names or its home Region has by default. */
import type { Stack } from 'aws-cdk-lib';
import { destinationsOf, geographyOf } from '../../config/geographies';
import { profilesOf } from '../../config/models';
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
export function bedrockRights(stack: Stack, settings: Pick<Settings, 'model' | 'regions'>): Right[] {
  if (!settings.model.enabled) return [];
  return profilesOf(settings).flatMap((profile, index) => rightsOf(stack, profile, index === 0 ? '' : String(index + 1)));
}

/** @param number behind the names of statements, which must differ. */
function rightsOf(stack: Stack, profile: string, number: string): Right[] {
  const actions = ['bedrock:InvokeModel'];
  const arn = (region: string, account: string, resource: string) => `arn:${stack.partition}:bedrock:${region}:${account}:${resource}`;
  const geography = geographyOf(profile);
  if (geography === undefined)
    return [{ sid: `InvokeModel${number}`, actions, resources: [arn(stack.region, '', `foundation-model/${profile}`)], reason: REASON }];
  const profileArn = arn(stack.region, stack.account, `inference-profile/${profile}`);
  const model = `foundation-model/${profile.slice(geography.length + 1)}`;
  const regions = destinationsOf(profile, stack.region) ?? [stack.region, ''];
  return [
    { sid: `InvokeProfile${number}`, actions, resources: [profileArn], reason: REASON },
    {
      sid: `InvokeModelThroughProfile${number}`,
      actions,
      resources: regions.map((region) => arn(region, '', model)),
      conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profileArn } },
      reason: 'A profile passes the question on to the model, and IAM asks for both; the model by itself cannot be called',
    },
  ];
}
