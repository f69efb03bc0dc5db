/** AWS Config's recorders, and what Bedrock says of a model. */
import { type Answer, json, jsonProtocol, Refusal, type StandIn } from './protocol';
import { SECURITY, type World } from './world';

export const config: StandIn = {
  prefix: 'config',
  ...jsonProtocol('1.1'),
  answer(world, { operation, region, input }): Answer {
    const all = (world.recorders.get(region) ?? []).map((recorder) => ({
      ...recorder,
      arn: `arn:aws:config:${region}:${SECURITY}:configuration-recorder/${recorder.name}/abcd1234`,
    }));
    if (operation === 'ListConfigurationRecorders')
      return json({ ConfigurationRecorderSummaries: all.map(({ arn, name, servicePrincipal }) => ({ arn, name, servicePrincipal })) });
    if (operation !== 'DescribeConfigurationRecorderStatus') throw new Error(`The stand-in has no config:${operation}`);
    // Without a name it answers with the customer's own alone.
    const asked = all.filter(({ arn, servicePrincipal }) => (input.Arn === undefined ? !servicePrincipal : arn === input.Arn));
    if (asked.length === 0 && input.Arn !== undefined)
      throw new Refusal('NoSuchConfigurationRecorderException', 'Cannot find configuration recorder with the specified arn.');
    return json({ ConfigurationRecordersStatus: asked });
  },
};

export const bedrock: StandIn = {
  prefix: 'bedrock',
  read: ({ method, url }) => {
    const [, kind = '', id = ''] = /^\/(foundation-model-availability|foundation-models)\/(.+)$/.exec(url.pathname) ?? [];
    if (method !== 'GET' || kind === '') throw new Error(`The stand-in has no ${method} ${url.pathname}`);
    return {
      operation: kind === 'foundation-models' ? 'GetFoundationModel' : 'GetFoundationModelAvailability',
      input: { id: decodeURIComponent(id) },
    };
  },
  refuse: ({ code, message, status }) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  }),
  answer({ lifecycle, lifecycles, ended, access }: World, { operation, input, region }): Answer {
    const modelId = String(input.id);
    // A profile's id is no model's.
    if (!modelId.startsWith('anthropic.')) throw new Refusal('ValidationException', 'The provided model identifier is invalid.');
    if (operation === 'GetFoundationModelAvailability')
      return json({
        modelId,
        agreementAvailability: { status: access.agreement },
        authorizationStatus: access.authorization,
        entitlementAvailability: access.entitlement,
        regionAvailability: 'AVAILABLE',
      });
    if (ended.has(modelId)) throw new Refusal('ResourceNotFoundException', 'This model version has reached the end of its life.', 404);
    return json({
      modelDetails: {
        modelArn: `arn:aws:bedrock:${region}::foundation-model/${modelId}`,
        modelId,
        modelLifecycle: lifecycles[modelId] ?? lifecycle,
      },
    });
  },
};
