import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { Config } from '../../config/schema';
import { HUB_STACK } from '../../config/stack-name';
import { exampleConfig, withSettings } from './example-config';
import { hubApp, hubTemplate } from './synthesize';

const HANDLERS = ['Intake', 'Deliver', 'Tick', 'Enroll'];
/** Those that a queue calls, how many messages at a time, and how many at once. */
const CALLED: [string, number, number][] = [
  ['Intake', 10, 10],
  ['Deliver', 1, 10],
  ['Tick', 10, 2],
];

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

const resource = (type: string, name: string) => {
  const found = Object.entries(template.findResources(type)).find(([id]) => id.startsWith(name));
  if (!found) throw new Error(`the template has no ${type} of ${name}`);
  return found[1];
};

describe.each(HANDLERS)('%s', (name) => {
  const lambda = () => resource('AWS::Lambda::Function', name).Properties;

  test('runs on nodejs24.x on arm64 and logs JSON', () => {
    expect(lambda()).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], LoggingConfig: { LogFormat: 'JSON' } });
  });

  test('is live as the version of this deployment, and earlier versions stay', () => {
    const [version, ...others] = Object.entries(template.findResources('AWS::Lambda::Version')).filter(([id]) => id.startsWith(name));
    expect([version?.[1].DeletionPolicy, version?.[1].UpdateReplacePolicy, others]).toEqual(['Retain', 'Retain', []]);
    expect(resource('AWS::Lambda::Alias', name).Properties).toMatchObject({
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [version?.[0], 'Version'] },
    });
  });

  test('keeps its logs as long as the settings say, also after the stack is gone', () => {
    expect(resource('AWS::Logs::LogGroup', name)).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 90 } });
  });
});

describe.each(CALLED)('%s', (name, batchSize, concurrency) => {
  test('answers which messages of a batch failed, and is called after its role has its rights', () => {
    const mapping = resource('AWS::Lambda::EventSourceMapping', name);
    expect(mapping.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(mapping.DependsOn.join(' ')).toMatch(new RegExp(`${name}(Run)?RoleDefaultPolicy`));
  });

  test('is called as it is live, not as its newest code', () => {
    const [id] = Object.keys(template.findResources('AWS::Lambda::Alias')).filter((each) => each.startsWith(name));
    const called = { 'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: id }] }] }, ':live']] };
    expect(resource('AWS::Lambda::EventSourceMapping', name).Properties.FunctionName).toEqual(called);
  });

  test(`takes ${batchSize} at a time, ${concurrency} times at once`, () => {
    const { BatchSize, ScalingConfig } = resource('AWS::Lambda::EventSourceMapping', name).Properties;
    expect([BatchSize, ScalingConfig]).toEqual([batchSize, { MaximumConcurrency: concurrency }]);
  });
});

test('log retention follows the settings', () => {
  const other = hubTemplate(withSettings({ retention: { ...exampleConfig.settings.retention, logDays: 14 } }));
  other.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 14 });
});

test('the template has no secret and no reference that CloudFormation would resolve to one', () => {
  const text = JSON.stringify(template.toJSON());
  expect(text).not.toMatch(/xox[abp]-|\{\{resolve:|SecretString/);
  const variables = Object.values(template.findResources('AWS::Lambda::Function')).map((lambda) => lambda.Properties.Environment);
  expect(JSON.stringify(variables)).not.toContain(exampleConfig.settings.slack.tokenSecret);
});

describe('the bundles', () => {
  interface Asset {
    headline?: string;
    /** Named by the hash of its content. */
    folder: string;
    code: string;
    /** Undefined for a function that does not read the configuration. */
    config: unknown;
  }

  /** Of all functions, from an output folder of its own. */
  function assetsOf(config: Config): Asset[] {
    const { directory } = hubApp({ config, context: {} }).synth();
    const lambdas = Template.fromJSON(JSON.parse(readFileSync(join(directory, `${HUB_STACK}.template.json`), 'utf8'))).findResources(
      'AWS::Lambda::Function',
    );
    return Object.values(lambdas).map(({ Metadata }) => {
      const folder: string = Metadata['aws:asset:path'];
      const files = readdirSync(join(directory, folder)).sort();
      const read = (file: string) => readFileSync(join(directory, folder, file), 'utf8');
      const configured = files.includes('config.json');
      // Deliver alone says what the phrasebook has.
      const phrased = files.includes('phrasebook-ja.json') ? ['phrasebook-en.json', 'phrasebook-ja.json'] : [];
      expect(files).toEqual([...(configured ? ['config.json'] : []), 'index.mjs', ...phrased]);
      const entry = phrased.length > 0 ? JSON.parse(read('phrasebook-en.json')).entries['vault.1'] : undefined;
      return {
        folder,
        code: read('index.mjs'),
        config: configured ? JSON.parse(read('config.json')) : undefined,
        headline: entry?.headline,
      };
    });
  }

  const vault = { ja: '保管庫が開いている', en: 'The vault is open' };
  const edited: Config = {
    ...exampleConfig,
    routes: { ...exampleConfig.routes, receivers: { 'sec-ops': { channel: 'C0SECOPS002', securityAccountAccess: false } } },
    phrases: { 'Vault.1': { headline: vault, meaning: vault, impact: vault, steps: [vault] } },
  };
  let before: Asset[];
  let after: Asset[];
  beforeAll(() => {
    before = assetsOf(exampleConfig);
    after = assetsOf(edited);
  }, 120_000);

  test('are one file of code, and for those that tell findings the checked configuration beside it as data', () => {
    expect(before.map((asset) => asset.config)).toEqual([undefined, exampleConfig, exampleConfig, undefined]);
  });

  test('change in their data when a route is edited, so it is deployed; tick and enroll know no routes and stay as they are', () => {
    const { phrases: _phrases, ...read } = edited;
    expect(after.map((asset) => asset.config)).toEqual([undefined, read, read, undefined]);
    expect(after.map((asset, index) => asset.folder === before[index]?.folder)).toEqual([true, false, false, true]);
  });

  test('hold words of whoever deploys beside deliver alone, and no words in any code', () => {
    expect(after.map((asset) => asset.headline)).toEqual([undefined, undefined, vault.en, undefined]);
    expect(before.map((asset) => asset.headline)).toEqual([undefined, undefined, undefined, undefined]);
    expect(after.filter(({ code }) => code.includes(vault.en))).toEqual([]);
  });

  test('hold the same code to the byte after an edited route, and from another output folder', () => {
    expect(after.map((asset, index) => asset.code === before[index]?.code)).toEqual([true, true, true, true]);
  });

  test('of enroll is small: it brings neither Bedrock nor Slack, nor what the others keep their state in', () => {
    const { code = '' } = before[3] ?? {};
    expect(code).toContain('securityhub');
    for (const word of ['bedrock-runtime', 'slack.com', 'dynamodb', 'sqs']) expect([word, code.includes(word)]).toEqual([word, false]);
    expect(code.length).toBeLessThan(600_000);
  });

  test('of the tick is small: it knows the ledger and the queue, and neither findings nor those whom it wakes', () => {
    const { code = '' } = before[0] ?? {};
    for (const word of ['dynamodb', 'sqs']) expect(code).toContain(word);
    for (const word of ['securityhub', 'organizations', 'bedrock-runtime', 'slack.com'])
      expect([word, code.includes(word)]).toEqual([word, false]);
    expect(code.length).toBeLessThan(600_000);
  });
});
