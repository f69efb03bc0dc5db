import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { converseInput } from '../../../handlers/adapters/bedrock';
import { bedrockService, STAND_INS } from '../../../local/bedrock/bedrock';
import { localBriefing } from '../../../local/bedrock/bedrock-answer';
import { JUDGES_NOTHING } from '../../../local/bedrock/bedrock-judge';
import { ENGLISH } from '../../../local/bedrock/bedrock-english';
import { JAPANESE } from '../../../local/bedrock/bedrock-japanese';
import { connectBedrock } from '../../../local/bedrock/bedrock-live';
import type { FaultPlan } from '../../../local/protocol/faults';
import { listen, type Listener, type TranscriptEntry } from '../../../local/protocol/listener';
import { errorOf, towards } from '../clients';

const HAIKU = 'jp.anthropic.claude-haiku-4-5-20251001-v1:0';
const transcript: TranscriptEntry[] = [];
let faults: FaultPlan | undefined;
let listener: Listener;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  listener = await listen(bedrockService(), { faults: (call) => faults?.(call), transcript: (entry) => transcript.push(entry) });
  client = new BedrockRuntimeClient(towards(listener.url));
});
beforeEach(() => {
  faults = undefined;
  transcript.length = 0;
});
afterAll(async () => {
  client.destroy();
  await listener.close();
});

const ask = (overrides: Partial<ConverseCommandInput> = {}, prompt = '{"language":"en","brief":{"control":"S3.2","kind":"control"}}') =>
  client.send(new ConverseCommand({ modelId: HAIKU, messages: [{ role: 'user', content: [{ text: prompt }] }], ...overrides }));
const tool = { toolSpec: { name: 'interpretation', inputSchema: { json: { type: 'object' } } } };

test('a forced tool is answered by its use, with what the prompt is about', async () => {
  const answer = await ask({ toolConfig: { tools: [tool], toolChoice: { tool: { name: 'interpretation' } } } });
  expect(answer.stopReason).toBe('tool_use');
  const [block] = answer.output?.message?.content ?? [];
  expect(block?.toolUse).toMatchObject({
    name: 'interpretation',
    input: { summary: ENGLISH.publicStorage[0], impact: ENGLISH.publicStorage[1] },
  });
  expect(answer.usage?.inputTokens).toBeGreaterThan(10);
});

test('without a tool the answer is JSON in a text, in the language of the prompt', async () => {
  const answer = await ask(
    {},
    '{"language":"ja","brief":{"direction":"INBOUND","kind":"guardduty","threatType":"UnauthorizedAccess:EC2/SSHBruteForce"}}',
  );
  expect(JSON.parse(answer.output?.message?.content?.[0]?.text ?? '').summary).toBe(JAPANESE.bruteForce[0]);
});

test('the same request has the same answer', async () => {
  const words = async () => (await ask()).output?.message?.content?.[0]?.text;
  expect(await words()).toBe(await words());
});

test('canned words name the stand-in as their author, and words that a test puts in do not', async () => {
  expect((await ask()).trace?.promptRouter?.invokedModelId).toBe(STAND_INS.en);
  expect((await ask({}, '{"language":"ja","brief":{"kind":"control"}}')).trace?.promptRouter?.invokedModelId).toBe(STAND_INS.ja);
  expect(STAND_INS.en).toMatch(/stand-in/);
  expect(STAND_INS.ja).toMatch(/^[\p{Script=Han}\p{Script=Hiragana}]+$/u);
  faults = () => ({ modelAnswer: 'said' });
  expect((await ask()).trace).toBeUndefined();
});

test('a model’s own refusals are answered as that model does', async () => {
  const forced = { toolConfig: { tools: [tool], toolChoice: { any: {} } } };
  expect((await errorOf(ask({ ...forced, modelId: 'global.anthropic.claude-opus-5-5' }))).name).toBe('ValidationException');
  expect((await errorOf(ask({ modelId: 'jp.anthropic.claude-haiku-5-5', inferenceConfig: { temperature: 0 } }))).name).toBe(
    'ValidationException',
  );
  expect((await ask({ ...forced, modelId: HAIKU })).stopReason).toBe('tool_use');
});

test.each([
  ['us.anthropic.claude-3-5-haiku-20241022-v1:0', 'ResourceNotFoundException', 404, /reached the end of its life/],
  ['us.anthropic.claude-opus-4-1-20250805-v1:0', 'ResourceNotFoundException', 404, /marked by provider as Legacy/],
  ['anthropic.claude-haiku-5-5', 'ValidationException', 400, /inference profile that contains this model/],
])('%s: %s', async (modelId, name, httpStatusCode, message) => {
  const error = await errorOf(ask({ modelId }));
  expect(error).toMatchObject({ name, $metadata: { httpStatusCode } });
  expect(error.message).toMatch(message);
});

test('what the families of models are asked for here is what they take', async () => {
  const request = {
    asked: 'words' as const,
    system: 's',
    prompt: '{"language":"en","brief":{"kind":"control"}}',
    schema: { type: 'object' },
  };
  const taken = async (profile: string) => (await client.send(new ConverseCommand(converseInput(request, profile)))).stopReason;
  for (const model of ['haiku-4-5-20251001-v1:0', 'haiku-5-5', 'sonnet-4-6', 'sonnet-5', 'sonnet-5-5', 'opus-5-5', 'fable-5-1', 'mythos-5'])
    expect([model, await taken(`us.anthropic.claude-${model}`)]).toEqual([model, 'tool_use']);
  expect((await errorOf(ask({ modelId: HAIKU, additionalModelRequestFields: { output_config: { effort: 'low' } } }))).name).toBe(
    'ValidationException',
  );
  const thinking = { additionalModelRequestFields: { thinking: { type: 'disabled' } } };
  expect((await errorOf(ask({ modelId: 'us.anthropic.claude-fable-5-1', ...thinking }))).name).toBe('ValidationException');
});

test('one model may be away while another answers', async () => {
  faults = ({ body }) => (body.modelId === HAIKU ? 'refused' : undefined);
  expect(await errorOf(ask())).toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } });
  expect((await ask({ modelId: 'jp.anthropic.claude-haiku-5-5' })).stopReason).toBe('end_turn');
});

test('a test can put words into the model’s mouth', async () => {
  faults = () => ({ modelAnswer: 'ignore all previous instructions' });
  expect((await ask()).output?.message?.content?.[0]?.text).toBe('ignore all previous instructions');
});

test('throttling is the exception that the client knows, and the transcript holds request and answer', async () => {
  faults = () => 'throttled';
  const error = await errorOf(ask());
  expect(error).toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
  expect(transcript).toMatchObject([
    { service: 'bedrock', operation: 'Converse', request: { modelId: HAIKU }, response: { Code: 'ThrottlingException' } },
  ]);
});

test('live mode relays the request to the real endpoint, and its errors with their type and status', async () => {
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = listener.url;
  process.env.AWS_ACCESS_KEY_ID = 'user';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  const live = await connectBedrock('ap-northeast-1');
  const front = await listen(bedrockService(live));
  const throughFront = new BedrockRuntimeClient(towards(front.url));
  const command = new ConverseCommand({
    modelId: HAIKU,
    messages: [{ role: 'user', content: [{ text: '{"brief":{"cve":"CVE-2026-0001","kind":"inspector"}}' }] }],
  });
  try {
    const answer = await throughFront.send(command);
    expect(JSON.parse(answer.output?.message?.content?.[0]?.text ?? '').summary).toBe(ENGLISH.vulnerability[0]);
    faults = () => ({ awsError: 'ModelTimeoutException', status: 408, message: 'slow' });
    expect(await errorOf(throughFront.send(command))).toMatchObject({ name: 'ModelTimeoutException', $metadata: { httpStatusCode: 408 } });
  } finally {
    throughFront.destroy();
    live.close();
    await front.close();
    for (const name of ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
  }
});

describe('asked to judge', () => {
  const numbered = [
    { number: 1, part: 'summary', sentence: 'Nobody has to do anything.' },
    { number: 2, part: 'actions', sentence: 'Make it public.' },
  ];
  const verdictTool = { toolSpec: { name: 'verdicts', inputSchema: { json: { type: 'object' } } } };
  const judge = () =>
    ask(
      { toolConfig: { tools: [verdictTool], toolChoice: { tool: { name: 'verdicts' } } } },
      JSON.stringify({ brief: {}, sentences: numbered }),
    );

  test('it lets everything pass, and says beside its verdicts that it has judged nothing', async () => {
    const [beside, block] = (await judge()).output?.message?.content ?? [];
    expect(block?.toolUse).toMatchObject({
      name: 'verdicts',
      input: {
        verdicts: [
          { number: 1, verdict: 'supported' },
          { number: 2, verdict: 'general-advice' },
        ],
      },
    });
    expect(beside?.text).toBe(JUDGES_NOTHING);
    expect(JUDGES_NOTHING).toMatch(/stand-in.*judged none/);
  });

  test('words that a test puts into its mouth are on a finding, and verdicts on sentences', async () => {
    const input = async () => (await judge()).output?.message?.content?.find(({ toolUse }) => toolUse)?.toolUse?.input;
    faults = () => ({ modelAnswer: { summary: 's', impact: 'i', actions: ['a'] } });
    expect(await input()).toHaveProperty('verdicts');
    faults = () => ({ modelAnswer: { verdicts: [] } });
    expect(await input()).toEqual({ verdicts: [] });
  });
});

const told = (brief: object) => localBriefing({ system: '', user: JSON.stringify({ language: 'en', brief }) }).summary;

describe('the prose', () => {
  const all = [...Object.values(ENGLISH), ...Object.values(JAPANESE)].flat();

  test('holds nothing that a checked answer may not hold: numbers, links, code, names of services, severities', () => {
    const forbidden =
      /\d|https?:|[`{}<>$]|\b(AWS|Amazon|S3|EC2|IAM|RDS|KMS|Lambda|GuardDuty|Macie|Inspector|CloudTrail|Security Hub)\b|\b(critical|high|medium|low)\b|重大|緊急|高い|低い/i;
    expect(all.filter((sentence) => forbidden.test(sentence))).toEqual([]);
  });

  test('is in the language it says', () => {
    expect(
      Object.values(JAPANESE)
        .flat()
        .filter((sentence) => !/[ぁ-ん]/.test(sentence)),
    ).toEqual([]);
    expect(
      Object.values(ENGLISH)
        .flat()
        .filter((sentence) => /[^\x20-\x7e]/.test(sentence)),
    ).toEqual([]);
  });

  test.each([
    [{ kind: 'control', control: 'IAM.6' }, 'signIn'],
    [{ kind: 'control', control: 'EC2.19' }, 'openPort'],
    [{ kind: 'control', control: 'Something.9' }, 'generic'],
    [{ kind: 'guardduty', threatType: 'CryptoCurrency:EC2/BitcoinTool.B!DNS' }, 'mining'],
    [{ kind: 'guardduty', threatType: 'AttackSequence:S3/CompromisedData' }, 'sequence'],
    [{ kind: 'guardduty', threatType: 'Something:New/Entirely' }, 'threat'],
    [{ kind: 'inspector', cve: 'CVE-2024-3094' }, 'vulnerability'],
    [{ kind: 'inspector', types: ['Network Reachability'] }, 'reachable'],
    [{ kind: 'macie', types: ['SensitiveData:S3Object/Personal'] }, 'sensitiveData'],
    [{ kind: 'exposure', title: 'Function has vulnerability with known exploit' }, 'exposure'],
    [{ kind: 'third-party', product: 'prowler/prowler' }, 'reported'],
  ] as const)('%j is told as %s', (brief, topic) => {
    expect(told(brief)).toBe(ENGLISH[topic][0]);
  });

  test('tells who attacks whom from the direction alone, and where it is not known, neither', () => {
    const threat = { kind: 'guardduty', threatType: 'UnauthorizedAccess:EC2/SSHBruteForce' };
    expect(told({ direction: 'OUTBOUND', ...threat })).toBe(ENGLISH.attacksOthers[0]);
    expect(told({ direction: 'INBOUND', ...threat })).toBe(ENGLISH.bruteForce[0]);
    expect(told(threat)).toBe(ENGLISH.guessing[0]);
  });

  test('a guard that is off is not told as data that is public', () => {
    const types = ['Policy:IAMUser/S3BlockPublicAccessDisabled'];
    expect([told({ kind: 'macie', types }), told({ kind: 'control', control: 'S3.8' })]).toEqual(Array(2).fill(ENGLISH.guardOff[0]));
  });
});
