/** Model families differ in what they take; an unknown one gets what all of them take. */
import { bedrockService, STAND_IN } from '../../local/bedrock/bedrock';
import { listen } from '../../local/protocol/listener';
import { bedrockAnalyst, converseInput } from '../../handlers/adapters/bedrock';
import { capabilityOf } from '../../handlers/adapters/bedrock-models';
import { promptFor } from '../../handlers/domain/interpretation/prompt';
import { BRIEFS } from '../domain/interpretation/briefs';

const request = promptFor(BRIEFS.publicBucket.brief, 'en');

test.each([
  ['jp.anthropic.claude-haiku-4-5-20251001-v1:0', 'forced-tool', 'leave'],
  ['us.anthropic.claude-sonnet-4-6', 'forced-tool', 'leave'],
  ['global.anthropic.claude-sonnet-5', 'forced-tool', 'disable'],
  ['eu.anthropic.claude-haiku-5-5', 'forced-tool', 'disable'],
  ['eu.anthropic.claude-sonnet-5-5', 'auto-tool', 'disable'],
  ['us.anthropic.claude-opus-5-5-v1:0', 'auto-tool', 'disable'],
  ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'auto-tool', 'leave'],
  ['apac.amazon.nova-pro-v1:0', 'text', 'leave'],
  ['', 'text', 'leave'],
])('%s: %s, thinking %s', (profile, structure, thinking) => {
  expect(capabilityOf(profile)).toEqual({ structure, thinking });
});

test('asks with the brief, bounded tokens, and nothing that some models refuse', () => {
  const input = converseInput(request, 'jp.anthropic.claude-haiku-4-5-20251001-v1:0', 1500);
  expect(input).toMatchObject({
    modelId: 'jp.anthropic.claude-haiku-4-5-20251001-v1:0',
    system: [{ text: request.system }],
    messages: [{ role: 'user', content: [{ text: request.prompt }] }],
    inferenceConfig: { maxTokens: 1500 },
    toolConfig: {
      toolChoice: { tool: { name: 'interpretation' } },
      tools: [{ toolSpec: { name: 'interpretation', inputSchema: { json: request.schema } } }],
    },
  });
  expect(Object.keys(input.inferenceConfig ?? {})).toEqual(['maxTokens']);
  expect(input.additionalModelRequestFields).toBeUndefined();
});

test('where a forced tool is refused it is offered; where thinking would eat the answer it is switched off', () => {
  const input = converseInput(request, 'eu.anthropic.claude-sonnet-5-5', 1500);
  expect(input.toolConfig?.toolChoice).toEqual({ auto: {} });
  expect(input.additionalModelRequestFields).toEqual({ thinking: { type: 'disabled' } });
});

test('a model without tools is told the schema in words', () => {
  const input = converseInput(request, 'apac.amazon.nova-pro-v1:0', 1500);
  expect(input.toolConfig).toBeUndefined();
  expect(input.system?.[0]?.text).toContain(JSON.stringify(request.schema));
});

test('the answer is said to be of whom Bedrock names as having answered, else of the profile', async () => {
  let modelAnswer: unknown;
  const listener = await listen(bedrockService(), { faults: () => (modelAnswer === undefined ? undefined : { modelAnswer }) });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: listener.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
  });
  const profile = 'eu.anthropic.claude-haiku-5-5';
  const analyst = bedrockAnalyst({ profile, maxTokens: 1500, timeoutMs: 10_000 });
  try {
    expect((await analyst.interpret(request)).model).toBe(STAND_IN);
    modelAnswer = { summary: 'a', impact: 'b', actions: [] };
    expect((await analyst.interpret(request)).model).toBe(profile);
  } finally {
    await listener.close();
    for (const name of ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'])
      delete process.env[name];
  }
});
