/** An environment's stack beside the first one: the same, and no name of either is the other's. */
import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configPlace } from '../../config/environment';
import { hubStack, namesIn } from '../../config/stack-name';
import { operatorPolicy } from '../../cli/doctor/policy';
import { ledgerPolicy } from '../../cli/ledger/policy';
import { redrivePolicy } from '../../cli/redrive/policy';
import { buildApp } from '../../stacks/app';
import { buildManagementApp } from '../../stacks/management-app';
import { readRecorded, recordFile, writeRecorded } from '../../stacks/recorded';
import { EXAMPLE } from '../config/example';
import { exampleConfig, withSettings } from './example-config';
import { hubApp, hubTemplate } from './synthesize';
import { temporaryFolder } from './temporary-folder';

const NONE = withSettings({ enablement: { mode: 'none', targets: [], standards: [] } });
const DEV = { ...NONE, environment: 'dev' };
const stackOf = (config: typeof DEV) => hubApp({ config }).node.findChild(hubStack(config)) as Stack;

const dev = stackOf(DEV);
type Resources = Record<string, { Properties?: object }>;
const resources: Resources = Template.fromStack(dev).toJSON().Resources;

test('is named by the environment, and differs in nothing but names from the one without', () => {
  expect(dev.stackName).toBe('dev-SecurityHubInterpreter');
  const [mine, without] = [resources, hubTemplate(NONE).toJSON().Resources as Resources].map(
    (all): Resources =>
      JSON.parse(
        JSON.stringify(all)
          .replaceAll('dev-SecurityHubInterpreter', 'SecurityHubInterpreter')
          // CDK makes these of the whole path.
          .replace(/"AllowEventRule\w+"/g, '"AllowEventRule"')
          // Not bundled here: not the code's.
          .replace(/[0-9a-f]{64}\.zip/g, 'zip')
          .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1'),
      ),
  );
  expect(Object.keys(mine ?? {})).toEqual(Object.keys(without ?? {}));
  expect(Object.keys(mine ?? {}).filter((id) => JSON.stringify(mine?.[id]) !== JSON.stringify(without?.[id]))).toEqual([]);
});

test('whatever has a name by itself has the stack’s in it: alarms, and the metrics of logs', () => {
  const named: unknown[] = [];
  const collect = (value: unknown) => {
    for (const [key, each] of Object.entries(value ?? {})) {
      if (/^(AlarmName|MetricNamespace|\w*(Table|Queue|Function|Topic|Role|LogGroup|StackSet|Rule|Secret)Name|Namespace)$/.test(key))
        named.push(each);
      if (typeof each === 'object') collect(each);
    }
  };
  collect(Object.values(resources).map(({ Properties }) => Properties));
  const own = named.filter((name) => typeof name === 'string' && !name.startsWith('AWS/'));
  expect(own.length).toBeGreaterThan(20);
  expect(own.filter((name) => name !== 'live' && !String(name).startsWith('dev-SecurityHubInterpreter'))).toEqual([]);
});

test('neither deployment’s rights as an operator reach what the other has', () => {
  const [mine, other] = [DEV, exampleConfig].map((config) => {
    const policies = [operatorPolicy(config, { before: false, bedrock: false }), ledgerPolicy(config), redrivePolicy(config)];
    return policies.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource)).filter((arn) => arn.includes('Interpret'));
  });
  expect(mine?.length).toBeGreaterThan(8);
  expect(mine?.filter((arn) => !/[:/]dev-SecurityHubInterpret/.test(arn))).toEqual([]);
  expect(other?.filter((arn) => !/[:/]SecurityHubInterpreter[-/]/.test(arn))).toEqual([]);
});

test('a name that CloudFormation cuts is still found', () => {
  expect(namesIn('SecurityHubInterpreter', 'TickQueue')).toBe('SecurityHubInterpreter-TickQueue*');
  const pattern = new RegExp(`^${namesIn(hubStack(DEV), 'TickQueue').replaceAll('*', '.*')}$`);
  expect('dev-SecurityHubInterpreter-TickQueue12345678-AbCdEf').toMatch(pattern);
  expect('dev-SecurityHubInterpret-TickQueue12345678-AbCdEf').toMatch(pattern);
});

test('it is chosen by -c environment, and its record is its own', () => {
  const folder = temporaryFolder();
  cpSync(EXAMPLE, folder, { recursive: true });
  const app = buildApp({ outdir: temporaryFolder(), context: { config: folder, environment: 'dev', 'aws:cdk:bundling-stacks': [] } }).app;
  expect(app.node.tryFindChild('dev-SecurityHubInterpreter')).toBeDefined();
  const place = configPlace(folder, 'dev');
  writeRecorded(place, NONE.settings);
  expect(existsSync(join(folder, 'recorded.json'))).toBe(false);
  expect(recordFile(place)).toBe(join(folder, 'environments', 'dev.recorded.json'));
  expect(readRecorded(place, NONE.settings)?.mode).toBe('none');
  expect(JSON.parse(readFileSync(recordFile(place), 'utf8'))).toMatchObject({ mode: 'none', home: 'ap-northeast-1' });
});

test.each([
  ['enviroment', /^-c enviroment: .* Did you mean "environment"\?$/],
  ['env', /^-c env: .* Known are: config, delegated, environment, record\.$/],
])('-c %s=dev builds nothing: it would be the first deployment', (key, message) => {
  const build = () => buildApp({ outdir: temporaryFolder(), context: { config: EXAMPLE, [key]: 'dev', 'aws:cdk:bundling-stacks': [] } });
  expect(build).toThrow(message);
});

test('the management account’s app refuses an environment that sets nothing up: its stack is the organization’s', () => {
  expect(() => buildManagementApp({ config: DEV })).toThrow(
    /environment dev sets nothing up \(enablement.mode none\): leave the environment out/,
  );
});
