import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { HUB_STACK } from '../../stacks/app';
import { exampleConfig, withSettings } from './example-config';
import { hubApp, hubTemplate } from './synthesize';

const HANDLERS = { Intake: 'intake', Deliver: 'deliver' } as const;

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

const resource = (type: string, name: string) => {
  const found = Object.entries(template.findResources(type)).find(([id]) => id.startsWith(name));
  if (!found) throw new Error(`the template has no ${type} of ${name}`);
  return found[1];
};

describe.each(Object.entries(HANDLERS))('%s', (name, folder) => {
  const lambda = () => resource('AWS::Lambda::Function', name).Properties;

  it('runs on nodejs24.x on arm64 and logs JSON', () => {
    expect(lambda()).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], LoggingConfig: { LogFormat: 'JSON' } });
  });

  it('has every variable of its environment contract, and no other', () => {
    const contract = readFileSync(join(__dirname, `../../handlers/${folder}/env.ts`), 'utf8');
    const names = [...contract.matchAll(/^ {2}([A-Z_]+)\??: string;$/gm)].map((match) => match[1]);
    expect(names).toContain('LEDGER_TABLE');
    expect(Object.keys(lambda().Environment.Variables).sort()).toEqual(names.sort());
  });

  it('keeps its logs as long as the settings say, also after the stack is gone', () => {
    expect(resource('AWS::Logs::LogGroup', name)).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 90 } });
  });

  it('answers which messages of a batch failed, and is called after its role has its rights', () => {
    const mapping = resource('AWS::Lambda::EventSourceMapping', name);
    expect(mapping.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(mapping.Properties.ScalingConfig).toEqual({ MaximumConcurrency: 10 });
    expect(mapping.DependsOn.join(' ')).toMatch(new RegExp(`${name}RoleDefaultPolicy`));
  });
});

it('intake takes ten findings at a time, deliver one problem', () => {
  const sizes = Object.keys(HANDLERS).map((name) => resource('AWS::Lambda::EventSourceMapping', name).Properties.BatchSize);
  expect(sizes).toEqual([10, 1]);
});

it('deliver may wake its own problems more often than Lambda’s loop detection would let it', () => {
  expect(resource('AWS::Lambda::Function', 'Deliver').Properties.RecursiveLoop).toBe('Allow');
  expect(resource('AWS::Lambda::Function', 'Intake').Properties).not.toHaveProperty('RecursiveLoop');
});

it('log retention follows the settings', () => {
  const other = hubTemplate(withSettings({ retention: { ...exampleConfig.settings.retention, logDays: 14 } }));
  other.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 14 });
});

it('the template has no secret and no reference that CloudFormation would resolve to one', () => {
  const text = JSON.stringify(template.toJSON());
  expect(text).not.toMatch(/xox[abp]-|\{\{resolve:|SecretString/);
  const variables = Object.values(template.findResources('AWS::Lambda::Function')).map((lambda) => lambda.Properties.Environment);
  expect(JSON.stringify(variables)).not.toContain(exampleConfig.settings.slack.tokenSecret);
});

describe('the bundles', () => {
  /** Per function its files: name to content. */
  const assetsOf = (config = exampleConfig) => {
    const { directory } = hubApp(config, {}).synth();
    const { Resources } = JSON.parse(readFileSync(join(directory, `${HUB_STACK}.template.json`), 'utf8'));
    return Object.keys(HANDLERS).map((name) => {
      const [, lambda] =
        Object.entries<{ Metadata: Record<string, string> }>(Resources).find(([id]) => id.startsWith(`${name}Function`)) ?? [];
      const folder = join(directory, lambda?.Metadata['aws:asset:path'] ?? '');
      return {
        folder: lambda?.Metadata['aws:asset:path'],
        files: Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
      };
    });
  };
  let first: ReturnType<typeof assetsOf>;
  beforeAll(() => {
    process.env.CDK_VALIDATION = 'false';
    first = assetsOf();
  }, 60_000);

  it('are the same to the byte from another output folder, so an unchanged function is not deployed again', () => {
    expect(assetsOf()).toEqual(first);
  }, 60_000);

  it('hold the code, and beside it the checked configuration as data', () => {
    for (const { files } of first) {
      expect(Object.keys(files)).toEqual(['config.json', 'index.mjs']);
      expect(JSON.parse(files['config.json'] ?? '')).toEqual(exampleConfig);
    }
  });

  it('change in their data and in not one byte of code when a route is edited', () => {
    const edited = {
      ...exampleConfig,
      routes: { ...exampleConfig.routes, receivers: { 'sec-ops': { channel: 'C0SECOPS002', securityAccountAccess: false } } },
    };
    const second = assetsOf(edited);
    expect(second.map(({ files }) => files['index.mjs'])).toEqual(first.map(({ files }) => files['index.mjs']));
    expect(second.map(({ files }) => JSON.parse(files['config.json'] ?? '').routes)).toEqual([edited.routes, edited.routes]);
    expect(second.map(({ folder }) => folder)).not.toEqual(first.map(({ folder }) => folder));
  }, 60_000);
});
