/** Model families differ in what they take; an unknown one gets what all of them take. */
import { bedrockService, STAND_INS } from '../../local/bedrock/bedrock';
import type { Fault } from '../../local/protocol/faults';
import { type Listener, listen } from '../../local/protocol/listener';
import { bedrockAnalyst, converseInput } from '../../handlers/adapters/bedrock';
import { capabilityOf } from '../../handlers/adapters/bedrock-models';
import { UnusableAnswer } from '../../handlers/domain/interpretation/briefing';
import { promptFor } from '../../handlers/domain/interpretation/prompt';
import { BRIEFS } from '../domain/interpretation/briefs';

const request = promptFor(BRIEFS.publicBucket.brief, 'en');

/** From the models' pages, and of effort from https://platform.claude.com/docs/en/build-with-claude/effort. */
test.each([
  ['jp.anthropic.claude-haiku-4-5-20251001-v1:0', 'forced-tool', 'leave', 1500],
  ['us.anthropic.claude-sonnet-4-6', 'forced-tool', 'leave', 1500],
  ['global.anthropic.claude-sonnet-5', 'forced-tool', 'disable', 1500],
  ['eu.anthropic.claude-haiku-5-5', 'forced-tool', 'disable', 1500],
  ['eu.anthropic.claude-sonnet-5-5', 'auto-tool', 'disable', 1500],
  ['us.anthropic.claude-opus-5-5-v1:0', 'auto-tool', 'disable', 1500],
  ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'auto-tool', 'leave', 1500],
  ['global.anthropic.claude-haiku-6', 'auto-tool', 'leave', 4000],
  ['apac.amazon.nova-pro-v1:0', 'text', 'leave', 1500],
  ['', 'text', 'leave', 1500],
])('%s: %s, thinking %s, %i tokens', (profile, structure, thinking, maxTokens) => {
  expect(capabilityOf(profile)).toEqual({ structure, thinking, maxTokens });
});

test('whose thinking cannot be switched off is asked to think little, has room for it, and is not forced', () => {
  for (const profile of ['us.anthropic.claude-fable-5-1', 'us.anthropic.claude-mythos-5']) {
    const input = converseInput(request, profile);
    expect(input.inferenceConfig).toEqual({ maxTokens: 4000 });
    expect(input.toolConfig?.toolChoice).toEqual({ auto: {} });
    expect(input.additionalModelRequestFields).toEqual({ output_config: { effort: 'low' } });
  }
});

test('what settings.yaml says of the longest answer goes before what the family needs', () => {
  expect(converseInput(request, 'jp.anthropic.claude-haiku-5-5').inferenceConfig).toEqual({ maxTokens: 1500 });
  expect(converseInput(request, 'us.anthropic.claude-fable-5-1', 2000).inferenceConfig).toEqual({ maxTokens: 2000 });
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
  // Offered and not forced, it is used because of what is said of it.
  expect(input.toolConfig?.tools?.[0]?.toolSpec?.description).toMatch(/always/i);
  expect(input.additionalModelRequestFields).toEqual({ thinking: { type: 'disabled' } });
});

test('a model without tools is told the schema in words', () => {
  const input = converseInput(request, 'apac.amazon.nova-pro-v1:0', 1500);
  expect(input.toolConfig).toBeUndefined();
  expect(input.system?.[0]?.text).toContain(JSON.stringify(request.schema));
});

describe('over the wire', () => {
  const PROFILE = 'eu.anthropic.claude-haiku-5-5';
  const VARIABLES = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-west-1' };
  let listener: Listener;
  let modelAnswer: unknown;
  let fault: Fault | undefined;
  /** What Bedrock answers in place of what the stand-in would. */
  let instead: object | undefined;

  beforeEach(async () => {
    [modelAnswer, fault, instead] = [undefined, undefined, undefined];
    const service = bedrockService();
    const answer: typeof service.answer = (call, wire) =>
      instead
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(instead) }
        : service.answer(call, wire);
    listener = await listen({ ...service, answer }, { faults: () => fault ?? (modelAnswer === undefined ? undefined : { modelAnswer }) });
    Object.assign(process.env, VARIABLES, { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: listener.url });
  });
  afterEach(async () => {
    await listener.close();
    for (const name of [...Object.keys(VARIABLES), 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME']) delete process.env[name];
  });

  const ask = (timeoutMs = 10_000, mostMs?: number) =>
    bedrockAnalyst({ maxTokens: 1500, mostMs }).interpret(request, { profile: PROFILE, timeoutMs });
  /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_ResponseSyntax */
  const saying = (content: object[], more: object = {}) => ({
    output: { message: { role: 'assistant', content } },
    stopReason: 'tool_use',
    usage: { inputTokens: 700, outputTokens: 200, totalTokens: 900 },
    metrics: { latencyMs: 1 },
    ...more,
  });
  const tool = (name: string, input: object) => ({ toolUse: { toolUseId: 't1', name, input } });

  test('the answer is said to be of whom Bedrock names as having answered, else of the profile', async () => {
    expect((await ask()).model).toBe(STAND_INS.en);
    modelAnswer = { summary: 'a', impact: 'b', actions: [] };
    expect((await ask()).model).toBe(PROFILE);
  });

  test('what the tool was given is the answer, whatever is said beside it', async () => {
    instead = saying([
      { text: 'Here it is: {"summary":"no"}' },
      tool('another', { summary: 'no' }),
      tool('interpretation', { summary: 'yes' }),
    ]);
    expect(await ask()).toEqual({ content: { summary: 'yes' }, model: PROFILE, inputTokens: 700, outputTokens: 200 });
  });

  test('without the tool, the JSON in the words is', async () => {
    instead = saying([{ text: 'Here it is: {"summary":' }, { text: '"yes"}. Anything else?' }], { usage: undefined });
    expect(await ask()).toEqual({ content: { summary: 'yes' }, model: PROFILE, inputTokens: 0, outputTokens: 0 });
  });

  test.each([
    ['words alone', saying([{ text: 'I cannot help with that.' }])],
    ['nothing', saying([])],
    ['no message', saying([], { output: undefined })],
    ['JSON that breaks off', saying([{ text: '{"summary": {"a": 1}' }])],
  ])('%s is no answer that can be used', async (_what, answer) => {
    instead = answer;
    await expect(ask()).rejects.toThrow(UnusableAnswer);
    await expect(ask()).rejects.toThrow(/neither by the tool nor with JSON/);
  });

  test('an answer cut off at the limit is none, though it may look whole', async () => {
    instead = saying([tool('interpretation', { summary: 'yes' })], { stopReason: 'max_tokens' });
    await expect(ask()).rejects.toThrow(UnusableAnswer);
    await expect(ask()).rejects.toThrow('1500 tokens');
  });

  test('what comes to nothing says what is paid for it', async () => {
    const usage = { inputTokens: 900, outputTokens: 1500, totalTokens: 2400 };
    for (const answer of [
      saying([tool('interpretation', { summary: 'yes' })], { stopReason: 'max_tokens', usage }),
      saying([{ text: 'I cannot help with that.' }], { usage }),
    ]) {
      instead = answer;
      await expect(ask()).rejects.toMatchObject({ usage: { model: PROFILE, inputTokens: 900, outputTokens: 1500 } });
    }
  });

  test('is asked once: the caller decides whether again', async () => {
    fault = 'error-500';
    await expect(ask()).rejects.toThrow('HTTP 500');
    expect(listener.calls()).toBe(1);
  });

  /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
  test.each<[string, string, Fault | undefined, string, RegExp]>([
    ['a retired model', 'us.anthropic.claude-3-5-haiku-20241022-v1:0', undefined, 'Denied', /ResourceNotFoundException/],
    ['a legacy one that was not used', 'us.anthropic.claude-opus-4-1-20250805-v1:0', undefined, 'Denied', /ResourceNotFoundException/],
    ['one that is denied', PROFILE, 'refused', 'Denied', /AccessDeniedException/],
    ['one that is throttled', PROFILE, 'throttled', 'Unavailable', /ThrottlingException/],
    ['one that refuses the request', 'anthropic.claude-haiku-5-5', undefined, 'Refused', /ValidationException/],
  ])('%s fails as such', async (_what, profile, given, name, reason) => {
    fault = given;
    const answer = bedrockAnalyst({}).interpret(request, { profile, timeoutMs: 10_000 });
    await expect(answer).rejects.toMatchObject({ name, message: expect.stringMatching(reason) });
  });

  test('an answer that does not come ends with the time given', async () => {
    fault = 'timeout-before';
    await expect(ask(50)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(ask(10_000, 50)).rejects.toMatchObject({ name: 'Unavailable' });
  });
});
