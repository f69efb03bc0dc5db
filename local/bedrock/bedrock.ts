/** Bedrock Converse with a deterministic answer, in the shape that the request asks for. */
import { restFailure, restReply, unknownRoute } from '../protocol/aws-rest';
import { languageAsked, localBriefing } from './bedrock-answer';
import { asksForVerdicts, JUDGES_NOTHING, localVerdicts } from './bedrock-judge';
import type { BedrockLive } from './bedrock-live';
import { refuse } from './bedrock-refusals';
import { isObject, type JsonObject, jsonObject, objects, type Reply, type Service, ServiceError, text } from '../protocol/wire';

/** Who wrote the canned words, in the language of the words, since messages show it: none may name a model for them. */
export const STAND_INS: Readonly<Record<'ja' | 'en', string>> = { en: 'stand-in, canned words', ja: '代役による決まった文' };

const CONVERSE = /^\/model\/([^/]+)\/converse$/;

/** `live` relays to the real Bedrock. */
export function bedrockService(live?: BedrockLive): Service {
  let answers = 0;
  return {
    name: 'bedrock',
    http2: true,
    transcribed: true,
    failures: {
      refused: new ServiceError('AccessDeniedException', "You don't have access to the model with the specified model ID.", 403),
      throttled: new ServiceError('ThrottlingException', 'Too many requests, please wait before trying again.', 429),
      'error-500': new ServiceError('InternalServerException', 'The system encountered an unexpected error during processing.', 500),
    },
    read({ method, path, body }) {
      const model = CONVERSE.exec(path)?.[1];
      if (method !== 'POST' || model === undefined) throw unknownRoute('bedrock', method, path);
      const parsed = jsonObject(body);
      if (!parsed) throw new ServiceError('ValidationException', 'The body is not a JSON object.');
      return { operation: 'Converse', body: { modelId: decodeURIComponent(model), ...parsed } };
    },
    async answer(call): Promise<Reply> {
      check(call.body);
      if (live && call.modelAnswer === undefined) return restReply(await live.converse(call.body));
      answers += 1;
      const asked = prompt(call.body);
      const judging = asksForVerdicts(asked.user);
      // Words that a test puts into the model's mouth are on a finding, unless they are verdicts.
      if (call.modelAnswer !== undefined && (!judging || isVerdicts(call.modelAnswer)))
        return restReply(converse(call.body, call.modelAnswer, answers));
      return restReply({
        ...(judging
          ? converse(call.body, localVerdicts(asked.user), answers, JUDGES_NOTHING)
          : converse(call.body, localBriefing(asked), answers)),
        trace: { promptRouter: { invokedModelId: STAND_INS[languageAsked(asked.user)] } },
      });
    },
    failure: restFailure,
  };
}

function check(body: JsonObject): void {
  if (objects(body.messages).length === 0) throw new ServiceError('ValidationException', 'messages must have at least one entry.');
  refuse(body, forcedTool(body) !== undefined);
}

const isVerdicts = (said: unknown) => isObject(said) && 'verdicts' in said;

/** `said` is an object in the asked shape, or a text that is passed on as it stands. @param beside what is said as well. */
function converse(body: JsonObject, said: unknown, number: number, beside?: string): JsonObject {
  const tool = forcedTool(body) ?? offeredTool(body);
  const asTool = tool !== undefined && isObject(said);
  const spoken = typeof said === 'string' ? said : JSON.stringify(said);
  const inputTokens = Math.ceil(JSON.stringify([body.system, body.messages, body.toolConfig]).length / 4);
  const outputTokens = Math.ceil(spoken.length / 4);
  return {
    output: {
      message: {
        role: 'assistant',
        content: [
          ...(beside === undefined ? [] : [{ text: beside }]),
          asTool ? { toolUse: { toolUseId: `tooluse_local_${number}`, name: tool, input: said } } : { text: spoken },
        ],
      },
    },
    stopReason: asTool ? 'tool_use' : 'end_turn',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: 1 },
  };
}

function forcedTool({ toolConfig }: JsonObject): string | undefined {
  const choice = isObject(toolConfig) && isObject(toolConfig.toolChoice) ? toolConfig.toolChoice : {};
  if (isObject(choice.tool)) return text(choice.tool.name);
  return 'any' in choice ? offeredTool({ toolConfig }) : undefined;
}

function offeredTool({ toolConfig }: JsonObject): string | undefined {
  const [first] = isObject(toolConfig) ? objects(toolConfig.tools) : [];
  return isObject(first?.toolSpec) ? text(first.toolSpec.name) : undefined;
}

/** The words of the request, what the system says apart from what the user says. */
function prompt(body: JsonObject): { system: string; user: string } {
  const words = (blocks: unknown) =>
    objects(blocks)
      .map((block) => text(block.text))
      .join('\n');
  return {
    system: words(body.system),
    user: objects(body.messages)
      .map((message) => words(message.content))
      .join('\n'),
  };
}
