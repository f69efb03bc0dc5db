/** Claude on Amazon Bedrock, by Converse. */
import { BedrockRuntimeClient, type ContentBlock, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { UnusableAnswer } from '../domain/interpretation/briefing';
import type { Analyst, AnalystAnswer, AnalystRequest } from '../ports';
import { failingAsAws } from './aws-failure';
import { capabilityOf } from './bedrock-models';

const TOOLS = {
  words: { name: 'interpretation', description: 'Gives the interpretation. Always use it to answer.' },
  judge: { name: 'verdicts', description: 'Gives the verdicts. Always use it to answer.' },
} as const;

/** Who answered, and what is paid for it, whatever it is worth. */
type Usage = Omit<AnalystAnswer, 'content'>;

export interface BedrockOptions {
  /** Input tokens and these are reserved against the quota together. Without it, as the model's family needs. */
  maxTokens?: number;
  /** No call takes longer, whatever it was given. Milliseconds. */
  mostMs?: number;
  /** Where the profiles are called; by default where the function runs. */
  region?: string;
}

export function bedrockAnalyst({ maxTokens, mostMs = Number.POSITIVE_INFINITY, region }: BedrockOptions): Analyst {
  // One try: the caller has fifteen seconds in all, and asks another, or again later, if it must.
  const client = new BedrockRuntimeClient({ maxAttempts: 1, ...(region ? { region } : {}) });
  return failingAsAws<Analyst>('Bedrock', {
    async interpret(request, { profile, timeoutMs }) {
      const input = converseInput(request, profile, maxTokens);
      // The client's own time-out counts inactivity, so a stream that trickles would never end.
      const answer = await client.send(new ConverseCommand(input), {
        abortSignal: AbortSignal.timeout(Math.max(0, Math.min(timeoutMs, mostMs))),
      });
      // Where something chose among models, it says whom it asked.
      // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PromptRouterTrace.html
      const usage: Usage = {
        model: answer.trace?.promptRouter?.invokedModelId ?? profile,
        inputTokens: answer.usage?.inputTokens ?? 0,
        outputTokens: answer.usage?.outputTokens ?? 0,
      };
      if (answer.stopReason === 'max_tokens')
        throw new UnusableAnswer(`the model ran out of ${input.inferenceConfig?.maxTokens} tokens before it had finished`, { usage });
      return { content: contentOf(answer.output?.message?.content ?? [], TOOLS[request.asked].name, usage), ...usage };
    },
  });
}

/** The most binding way to ask for structure that this model takes; the answer is validated whichever it is. */
export function converseInput(request: AnalystRequest, profile: string, maxTokens?: number): ConverseCommandInput {
  const { structure, thinking, effort, maxTokens: needed } = capabilityOf(profile);
  const schema = JSON.stringify(request.schema);
  const system =
    structure === 'text'
      ? `${request.system}\nAnswer with one JSON object and nothing else, of this JSON Schema: ${schema}`
      : request.system;
  return {
    modelId: profile,
    system: [{ text: system }],
    messages: [{ role: 'user', content: [{ text: request.prompt }] }],
    inferenceConfig: { maxTokens: maxTokens ?? needed },
    ...(structure === 'text'
      ? {}
      : {
          toolConfig: {
            tools: [
              {
                toolSpec: {
                  ...TOOLS[request.asked],
                  inputSchema: { json: JSON.parse(schema) },
                },
              },
            ],
            toolChoice: structure === 'forced-tool' ? { tool: { name: TOOLS[request.asked].name } } : { auto: {} },
          },
        }),
    // Thinking is on by default from the 5 series on and would eat the tokens of the answer.
    ...(thinking === 'disable' ? { additionalModelRequestFields: { thinking: { type: 'disabled' } } } : {}),
    ...(effort ? { additionalModelRequestFields: { output_config: { effort } } } : {}),
  };
}

function contentOf(blocks: ContentBlock[], name: string, usage: Usage): unknown {
  const tool = blocks.find((block) => block.toolUse?.name === name);
  if (tool?.toolUse) return tool.toolUse.input;
  const text = blocks.map((block) => block.text ?? '').join('');
  const json = /\{[\s\S]*\}/.exec(text)?.[0];
  try {
    return JSON.parse(json ?? '');
  } catch (cause) {
    throw new UnusableAnswer('the model answered neither by the tool nor with JSON', { cause, usage });
  }
}
