import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../../local/template/assembly';
import { readTemplate } from '../../../local/template/template';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } };
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const functionWith = (Variables: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
    Handler: 'index.handler',
    Timeout: 60,
    MemorySize: 512,
    Environment: { Variables },
  },
});
const SOURCE = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: arnOf('Findings'), FunctionName: { Ref: 'Intake' }, BatchSize: 5 },
};

/** An assembly of one stack, as cdk synth lays it out. */
function assembly(resources: object, extraStacks: Record<string, object> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  folders.push(directory);
  const write = (name: string, content: object) => writeFileSync(join(directory, name), JSON.stringify(content));
  const artifacts: Record<string, object> = {};
  for (const [id, Resources] of Object.entries({ Hub: resources, ...extraStacks })) {
    artifacts[id] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://222222222222/eu-west-1',
      properties: { templateFile: `${id}.template.json` },
    };
    write(`${id}.template.json`, { Parameters: { Stage: { Type: 'String', Default: 'prod' } }, Resources });
    write(`${id}.assets.json`, { files: { abc: { source: { path: 'asset.abc' }, destinations: { here: { objectKey: 'abc.zip' } } } } });
  }
  write('manifest.json', { artifacts });
  return directory;
}

const read = (resources: object) => readTemplate(readAssembly(assembly(resources)), (name) => `http://127.0.0.1:1/222222222222/${name}`);

test('a function has its bundle, limits, and its environment resolved to local names', () => {
  const template = read({
    Findings: QUEUE,
    Intake: functionWith({
      QUEUE_URL: { Ref: 'Findings' },
      QUEUE_NAME: { 'Fn::GetAtt': ['Findings', 'QueueName'] },
      JOINED: { 'Fn::Join': ['/', ['a', { Ref: 'Stage' }]] },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own substitution
      SUBSTITUTED: { 'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${Findings.Arn}:${Stage}' },
      PART: { 'Fn::Select': [5, { 'Fn::Split': [':', arnOf('Findings')] }] },
      PLAIN: 'https://slack.com/api/',
    }),
    Source: SOURCE,
  });
  expect(template.functions).toMatchObject([
    {
      name: 'Intake',
      directory: expect.stringMatching(/asset\.abc$/),
      timeoutSeconds: 60,
      memoryMb: 512,
      environment: {
        QUEUE_URL: 'http://127.0.0.1:1/222222222222/Findings',
        QUEUE_NAME: 'Findings',
        JOINED: 'a/prod',
        SUBSTITUTED: 'aws:eu-west-1:arn:aws:sqs:eu-west-1:222222222222:Findings:prod',
        PART: 'Findings',
        PLAIN: 'https://slack.com/api/',
      },
    },
  ]);
  expect(template.eventSources).toEqual([
    { queue: 'Findings', functionName: 'Intake', batchSize: 5, partialResponses: false, maxConcurrency: 1000 },
  ]);
});

test('a queue calls the function that its mapping names, be it by an alias, by name or by ARN', () => {
  const alias = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Intake' }, Name: 'live' } };
  const named = { 'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, ':live']] };
  for (const FunctionName of [{ Ref: 'Intake' }, arnOf('Intake'), { Ref: 'Live' }, named]) {
    const Source = { ...SOURCE, Properties: { ...SOURCE.Properties, FunctionName } };
    const { eventSources } = read({ Findings: QUEUE, Intake: functionWith({}), Live: alias, Source });
    expect(eventSources.map(({ functionName }) => functionName)).toEqual(['Intake']);
  }
});

test('queues have their kind, times and dead-letter queue', () => {
  const { queues } = read({
    Findings: QUEUE,
    Dead: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
    Deliveries: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        FifoQueue: true,
        DeduplicationScope: 'messageGroup',
        RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 7 },
      },
    },
    Intake: functionWith({}),
    Source: SOURCE,
  });
  expect(queues.map(({ name, fifo, visibilityTimeout }) => ({ name, fifo, visibilityTimeout }))).toEqual([
    { name: 'Findings', fifo: false, visibilityTimeout: 60 },
    { name: 'Dead.fifo', fifo: true, visibilityTimeout: 30 },
    { name: 'Deliveries.fifo', fifo: true, visibilityTimeout: 30 },
  ]);
  expect(queues[2]).toMatchObject({ deduplicationScope: 'messageGroup', redrive: { deadLetterQueue: 'Dead.fifo', maxReceiveCount: 7 } });
});

test('rules have their pattern or rate, their targets and their dead-letter queues', () => {
  const target = { Id: 'T', Arn: arnOf('Findings'), DeadLetterConfig: { Arn: arnOf('Dead') } };
  const { rules } = read({
    Findings: QUEUE,
    Dead: QUEUE,
    Intake: functionWith({}),
    Source: SOURCE,
    Admit: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.securityhub'] }, Targets: [target] } },
    Tick: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED', Targets: [target] } },
  });
  expect(rules[0]?.matches?.({ source: 'aws.securityhub' })).toBe(true);
  expect(rules[0]?.matches?.({ source: 'aws.config' })).toBe(false);
  expect(rules).toMatchObject([
    { name: 'Admit', enabled: true, targets: [{ queue: 'Findings' }], deadLetterQueues: ['Dead'] },
    { name: 'Tick', enabled: false, everyMs: 300_000 },
  ]);
});

test('a rule that starts a function without a queue is left out: nothing runs by itself that is no part of the flow', () => {
  const targets = (...ids: string[]) => ids.map((id) => ({ Id: id, Arn: arnOf(id) }));
  const { rules } = read({
    Findings: QUEUE,
    Intake: functionWith({}),
    Source: SOURCE,
    Daily: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: targets('Intake') } },
    Both: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: targets('Intake', 'Findings') } },
  });
  expect(rules).toMatchObject([{ name: 'Both', targets: [{ queue: 'Findings' }] }]);
});

describe('what cannot run locally is an error that names the place', () => {
  const base = { Findings: QUEUE, Intake: functionWith({}), Source: SOURCE };
  test.each<[string, object, RegExp]>([
    [
      'an intrinsic without a local meaning',
      { ...base, Intake: functionWith({ X: { 'Fn::ImportValue': 'y' } }) },
      /Intake\.Environment\.Variables\.X.*ImportValue/,
    ],
    ['a reference to nothing', { ...base, Intake: functionWith({ X: { Ref: 'Nothing' } }) }, /Variables\.X.*Nothing/],
    [
      'a cron schedule',
      { ...base, Tick: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 9 * * ? *)' } } },
      /Tick has the schedule cron/,
    ],
    [
      'a target that is no queue',
      {
        ...base,
        Topic: { Type: 'AWS::SNS::Topic' },
        Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: arnOf('Topic') }] } },
      },
      /Rule\.Targets.*no queue/,
    ],
    [
      'a function without a bundle',
      { ...base, Intake: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: 'other.zip' } } } },
      /no bundle for the function Intake/,
    ],
  ])('%s', (_name, resources, expected) => {
    expect(() => read(resources)).toThrow(expected);
  });
});

test('of several stacks the one with event source mappings runs, or the one that is named', () => {
  const directory = assembly({ Findings: QUEUE, Intake: functionWith({}), Source: SOURCE }, { Member: { Other: QUEUE } });
  expect(readAssembly(directory).name).toBe('Hub');
  expect(readAssembly(directory, 'Member').name).toBe('Member');
  expect(() => readAssembly(directory, 'Nowhere')).toThrow(/0 stacks named Nowhere \(of Hub, Member\)/);
});

test('a folder that holds no assembly says how to make one', () => {
  expect(() => readAssembly(join(tmpdir(), 'no-such-assembly'))).toThrow(/npm run synth/);
});
