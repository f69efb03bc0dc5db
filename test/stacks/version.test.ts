/** What is deployed has a name: the same for the same commit and configuration, another for another. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { LEDGER_SCHEMA } from '../../handlers/adapters/env';
import { versionOf } from '../../stacks/version';
import { exampleConfig, withSettings } from './example-config';
import { hubApp, hubStackOf, hubTemplate } from './synthesize';
import { temporaryFolder } from './temporary-folder';

const COMMIT = 'fb225b3a4c09d1e0f6b7a8c9d0e1f2a3b4c5d6e7';
const git =
  (status = '') =>
  (...args: string[]) =>
    args[0] === 'status' ? status : COMMIT;

describe('the name', () => {
  test('is the commit and the hash of the configuration, and the description says how rows are laid out', () => {
    const { name, description } = versionOf(exampleConfig, git());
    expect(name).toMatch(/^fb225b3\.[0-9a-f]{8}$/);
    expect(description).toBe(`${name} · rows ${LEDGER_SCHEMA}`);
  });

  test('says by a + that what is built differs from the commit', () => {
    expect(versionOf(exampleConfig, git(' M handlers/intake/intake.ts')).name).toMatch(/^fb225b3\+\./);
  });

  test('is another for another configuration, and the same whatever the environment is called', () => {
    const name = versionOf(exampleConfig, git()).name;
    expect(versionOf(withSettings({ language: 'ja' }), git()).name).not.toBe(name);
    expect(versionOf({ ...exampleConfig, environment: 'dev' }, git()).name).toBe(name);
    const runbook = (url: string) => versionOf({ ...exampleConfig, phrases: { 'S3.2': { runbook: url } } }, git()).name;
    expect(runbook('https://wiki.example.com/a')).not.toBe(name);
    expect(runbook('https://wiki.example.com/a')).not.toBe(runbook('https://wiki.example.com/b'));
  });

  test('is the release’s without git', () => {
    const none = () => {
      throw new Error('not a git repository');
    };
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(versionOf(exampleConfig, none).name.startsWith(`${version}.`)).toBe(true);
  });

  test('does not change with what an operator edits, or with what a synth and a test write', () => {
    const asked: string[][] = [];
    versionOf(exampleConfig, (...args) => {
      asked.push(args);
      return '';
    });
    const folder = temporaryFolder();
    const run = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    run('init', '-q');
    const write = (file: string) => {
      execFileSync('mkdir', ['-p', join(folder, file, '..')]);
      execFileSync('touch', [join(folder, file)]);
    };
    const differs = () => run(...(asked.find(([command]) => command === 'status') ?? []));
    for (const file of [
      'config/settings.yaml',
      'config/recorded.json',
      'config/environments/dev.yaml',
      'config/environments/dev.recorded.json',
    ])
      write(file);
    for (const file of ['docs/deploy.md', 'cdk.out/a.json', 'test/a.test.ts', 'cli/hub.ts']) write(file);
    // git fails for a path that is not there.
    for (const file of ['cdk.json', 'package.json', 'package-lock.json', 'handlers/a.ts', 'stacks/a.ts', 'config/a.ts']) write(file);
    run('add', 'cdk.json', 'package.json', 'package-lock.json', 'handlers', 'stacks', 'config/a.ts');
    run('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'a');
    expect(differs()).toBe('');
    write('handlers/b.ts');
    expect(differs()).toContain('handlers/');
  });
});

describe('every function', () => {
  const template = hubTemplate();
  const { name, description } = versionOf(exampleConfig);
  const functions = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties);

  test('is told its version, and says it behind its description, within Lambda’s 256 characters', () => {
    expect(functions).toHaveLength(4);
    for (const { Environment, Description } of functions) {
      expect(Environment.Variables.INTERPRETER_VERSION).toBe(name);
      expect(Description.endsWith(` · ${description}`)).toBe(true);
      expect(Description.length).toBeLessThanOrEqual(256);
    }
  });

  test('is published anew by another configuration, with all the others', () => {
    const versions = (of: Template) => Object.keys(of.findResources('AWS::Lambda::Version'));
    const other = versions(hubTemplate(withSettings({ directoryHours: 1 })));
    // Those without the configuration beside their code: what is not bundled, as here, has its asset's name from a folder.
    const plain = (ids: string[]) => ids.filter((id) => /^(Tick|Enroll)/.test(id));
    expect(plain(versions(hubTemplate()))).toEqual(plain(versions(template)));
    expect(other).toHaveLength(4);
    expect(other.filter((id) => versions(template).includes(id))).toEqual([]);
  });
});

describe('deployment', () => {
  test('all-at-once needs nothing of CodeDeploy', () => {
    expect(JSON.stringify(hubTemplate().toJSON())).not.toMatch(/CodeDeploy/i);
  });

  test.each([
    ['canary', 'CodeDeployDefault.LambdaCanary10Percent5Minutes'],
    ['linear', 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute'],
  ] as const)('%s moves every alias by CodeDeploy, and goes back on the alarms of the functions’ errors', (deployment, steps) => {
    const template = hubTemplate(withSettings({ deployment }));
    const groups = template.findResources('AWS::CodeDeploy::DeploymentGroup');
    const aliases = Object.values(template.findResources('AWS::Lambda::Alias'));
    expect(Object.keys(groups)).toHaveLength(4);
    const named = aliases.map(({ UpdatePolicy }) => UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName.Ref);
    expect(new Set(named)).toEqual(new Set(Object.keys(groups)));
    const alarmIds = Object.entries(template.findResources('AWS::CloudWatch::Alarm'))
      .filter(([, { Properties }]) => /-(intake|deliver|tick|enroll)-errors$/.test(Properties.AlarmName))
      .map(([id]) => id);
    for (const { Properties } of Object.values(groups)) {
      expect(Properties.DeploymentConfigName).toBe(steps);
      expect(Properties.AlarmConfiguration).toMatchObject({ Enabled: true });
      expect(Properties.AlarmConfiguration.Alarms.map(({ Name }: { Name: { Ref: string } }) => Name.Ref).sort()).toEqual(alarmIds.sort());
      expect(Properties.AutoRollbackConfiguration.Events.sort()).toEqual([
        'DEPLOYMENT_FAILURE',
        'DEPLOYMENT_STOP_ON_ALARM',
        'DEPLOYMENT_STOP_ON_REQUEST',
      ]);
    }
  });

  test('its role moves these aliases and no others, and has nobody’s managed policy', () => {
    const template = hubTemplate(withSettings({ deployment: 'canary' }));
    const [role] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('Deployment'));
    expect(role?.[1].Properties.ManagedPolicyArns).toBeUndefined();
    const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Deployment'));
    const [move] = policy?.[1].Properties.PolicyDocument.Statement ?? [];
    expect(move.Action).toEqual(['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias']);
    expect(move.Resource).toHaveLength(8);
    expect(JSON.stringify(move.Resource)).not.toContain('"*"');
  });

  test('it is without a word from cdk-nag', () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const app = hubApp({ config: withSettings({ deployment: 'linear' }), nag: true });
    app.synth();
    expect(hubStackOf(app)).toBeDefined();
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });
});
