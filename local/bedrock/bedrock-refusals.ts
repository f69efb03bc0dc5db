/** What Bedrock says no to, model by model, in its own errors: so that a request that only works locally is found here. */
import { isObject, type JsonObject, ServiceError, text } from '../protocol/wire';

/**
 * Ended before December 2026, and legacy since: by https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html. The words
 * are those that people report, such as https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/issues/708
 */
const ENDED = /anthropic\.claude-(v2|instant|3-|sonnet-4-2025|opus-4-2025)/;
const LEGACY = /anthropic\.claude-opus-4-1-/;
/** As config/rules/model.ts has them: no in-Region use anywhere. */
const ONLY_BY_PROFILE = /^anthropic\.claude-(haiku-4-5|haiku-5-5|opus-4-7|sonnet-5-5)/;
const THINKS_ALWAYS = /claude-(fable|mythos)/;

const additional = ({ additionalModelRequestFields: fields }: JsonObject) => (isObject(fields) ? fields : {});
const disables = (body: JsonObject) => {
  const { thinking } = additional(body);
  return isObject(thinking) && thinking.type === 'disabled';
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html, and the models' own pages. */
const REFUSALS: { model: RegExp; asks: (body: JsonObject, forced: boolean) => boolean; message: string }[] = [
  {
    model: /claude-((sonnet|opus)-5-5|fable|mythos)/,
    asks: (_body, forced) => forced,
    message: 'This model does not support a forced toolChoice.',
  },
  {
    model: THINKS_ALWAYS,
    asks: disables,
    message: 'thinking.type "disabled" is not supported for this model.',
  },
  {
    model: /claude-haiku-4-5/,
    asks: (body) => additional(body).output_config !== undefined,
    message: 'This model does not support the effort parameter.',
  },
  {
    model: /claude-haiku-5-5/,
    asks: ({ inferenceConfig }) => isObject(inferenceConfig) && ('temperature' in inferenceConfig || 'topP' in inferenceConfig),
    message: 'This model does not support temperature or topP.',
  },
  {
    model: /claude-(haiku-5-5|sonnet-5)/,
    asks: ({ outputConfig }) => isObject(outputConfig) && outputConfig.textFormat !== undefined,
    message: 'This model does not support structured output.',
  },
];

/** @param forced whether it is to use a tool. @throws ServiceError as Bedrock would. */
export function refuse(body: JsonObject, forced: boolean): void {
  const model = text(body.modelId);
  if (ENDED.test(model)) {
    throw new ServiceError(
      'ResourceNotFoundException',
      'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
      404,
    );
  }
  if (LEGACY.test(model)) {
    throw new ServiceError(
      'ResourceNotFoundException',
      'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
      404,
    );
  }
  if (ONLY_BY_PROFILE.test(model)) {
    throw new ServiceError(
      'ValidationException',
      `Invocation of model ID ${model} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    );
  }
  const refusal = REFUSALS.find((each) => each.model.test(model) && each.asks(body, forced));
  if (refusal) throw new ServiceError('ValidationException', refusal.message);
}
