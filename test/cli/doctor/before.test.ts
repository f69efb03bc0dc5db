/** `doctor --before`: what is missing or in the way of the first deployment, by the organization as it is before it. */
import { operatorPolicy } from '../../../cli/doctor/policy';
import { loadConfig } from '../../../config/load';
import { beforeCentralWorld, beforeWorld } from './before';
import { BEFORE_DEFECTS } from './before-defects';
import type { Defect } from './defect';
import { type Clinic, type JsonCheck, openClinic } from './doctor';
import { REGIONS } from './world';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset(beforeWorld()));

const notPassed = (checks: JsonCheck[]) => checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${id} ${verdict}`);
const inMode = (mode: string, aggregator = 'linked') =>
  clinic.configure(({ settings }) => ({
    settings: settings
      .replace('mode: stack-sets', `mode: ${mode}`)
      .replace('aggregator: linked', `aggregator: ${aggregator}`)
      .replace(mode === 'none' ? 'targets: [r-ab12]' : '', mode === 'none' ? 'targets: []' : ''),
  }));

test('an organization that is ready for the first deployment passes, and what the deployment makes is not asked for', async () => {
  const { code, checks } = await clinic.examine(['--before', '--bedrock']);
  expect(notPassed(checks)).toEqual([]);
  expect(code).toBe(0);
  const asked = [...clinic.running.calls.keys()];
  expect(asked.filter((action) => /ListMembers|StackSet|StackInstances|^sqs:/.test(action))).toEqual([]);
  const after = /^(members|silent|new-accounts|stack-set\..*|system\.(stack|dead-letters)|hub\.on)$/;
  expect(checks.map(({ id }) => id).filter((id) => after.test(id))).toEqual([]);
});

test('before central configuration the linked Regions may be off: it carries the administrator there', async () => {
  clinic.reset(beforeCentralWorld());
  inMode('central-configuration');
  const { checks } = await clinic.examine(['--before', '--bedrock']);
  expect(notPassed(checks)).toEqual([]);
});

test('in mode none, where somebody else has set all of it up, nothing is missing', async () => {
  clinic.reset();
  clinic.world.stack = undefined;
  clinic.world.delegatedServices = ['securityhub.amazonaws.com'];
  clinic.world.trusted = ['securityhub.amazonaws.com'];
  inMode('none', 'existing');
  expect(notPassed((await clinic.examine(['--before', '--bedrock'])).checks)).toEqual([]);
});

test('a first creation that failed, and was rolled back, is no deployment', async () => {
  clinic.world.stack = { status: 'ROLLBACK_COMPLETE', reason: 'Aggregator failed' };
  expect(notPassed((await clinic.examine(['--before'])).checks)).toEqual(['model.answers skipped']);
});

test('the recorder that Security Hub makes for itself is enough', async () => {
  const own = { name: 'AWSConfigurationRecorderForSecurityHubCSPM', recording: true, lastStatus: 'NotApplicable' };
  for (const region of REGIONS) clinic.world.recorders.set(region, [{ ...own, servicePrincipal: 'securityhub.amazonaws.com' }]);
  expect(notPassed((await clinic.examine(['--before'])).checks)).toEqual(['model.answers skipped']);
});

test('without a standard to turn on, a Region without AWS Config is a warning', async () => {
  clinic.world.recorders.clear();
  clinic.configure(({ settings }) => ({ settings: settings.replace(/standards: \[.*\]/, 'standards: []') }));
  const { code, checks } = await clinic.examine(['--before']);
  expect(notPassed(checks)).toEqual(['aws-config.recorders warn', 'model.answers skipped']);
  expect(code).toBe(0);
});

test('a policy of somebody else on a target is named before the hub stack replaces it', async () => {
  clinic.reset(beforeCentralWorld());
  inMode('central-configuration');
  for (const hub of clinic.world.hubs.values()) Object.assign(hub, { on: true, type: 'CENTRAL' });
  clinic.world.associations = [
    { target: 'r-ab12', type: 'ROOT', policy: 'a1b2', status: 'SUCCESS', own: true },
    { target: '555555555555', type: 'ACCOUNT', policy: 'a1b2', status: 'SUCCESS' },
  ];
  const { checks } = await clinic.examine(['--before']);
  expect(notPassed(checks)).toEqual(['central-configuration fail', 'model.answers skipped']);
  const found = checks.find(({ id }) => id === 'central-configuration');
  expect(found?.items).toEqual([{ target: 'r-ab12', policy: 'a1b2' }]);
  expect(found?.remedies.at(-1)?.command).toBe(
    'aws securityhub start-configuration-policy-disassociation --region ap-northeast-1 --configuration-policy-identifier a1b2 --target RootId=r-ab12',
  );
});

test('a policy that a target inherits is in nobody’s way', async () => {
  clinic.reset(beforeCentralWorld());
  clinic.configure(({ settings }) => ({
    settings: settings
      .replace('mode: stack-sets', 'mode: central-configuration')
      .replace('targets: [r-ab12]', 'targets: [ou-ab12-infra001]'),
  }));
  for (const hub of clinic.world.hubs.values()) Object.assign(hub, { on: true, type: 'CENTRAL' });
  clinic.world.associations = [
    { target: 'r-ab12', type: 'ROOT', policy: 'a1b2', status: 'SUCCESS', own: true },
    { target: 'ou-ab12-infra001', type: 'ORGANIZATIONAL_UNIT', policy: 'a1b2', status: 'SUCCESS' },
  ];
  expect(notPassed((await clinic.examine(['--before'])).checks)).toEqual(['model.answers skipped']);
});

test.each(BEFORE_DEFECTS)('$name', async (defect: Defect) => {
  defect.breaks(clinic.world, clinic);
  const { code, checks } = await clinic.examine(['--before']);
  const verdicts = Object.fromEntries(checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict]));
  expect(verdicts).toEqual({ 'model.answers': 'skipped', ...defect.verdicts });
  const [own] = checks.filter(({ verdict }) => ['fail', 'warn', 'unknown'].includes(verdict));
  expect(own?.found).toMatch(defect.found);
  expect(own?.remedies.map(({ say, command = '' }) => `${say}\n${command}`).join('\n')).toMatch(defect.remedy);
  expect(code).toBe(Object.values(defect.verdicts).some((verdict) => verdict === 'fail' || verdict === 'unknown') ? 1 : 0);
});

test('the policy for --before allows just what --before calls, and nothing that changes anything', async () => {
  // All that a check may call: an aggregator to look at, a Region with another administrator, a policy.
  Object.assign(clinic.world.hubs.get('us-east-1') ?? {}, { delegated: false, administrator: '333333333333' });
  clinic.world.aggregator = { home: 'ap-northeast-1', mode: 'SPECIFIED_REGIONS', regions: ['us-east-1', 'eu-west-1'] };
  clinic.world.paths = false;
  await clinic.examine(['--before']);
  const called = new Set(clinic.running.calls.keys());
  clinic.reset(beforeCentralWorld());
  for (const hub of clinic.world.hubs.values()) Object.assign(hub, { on: true, type: 'CENTRAL' });
  inMode('central-configuration');
  await clinic.examine(['--before']);
  for (const action of clinic.running.calls.keys()) called.add(action);
  const { config } = loadConfig(clinic.config, Date.now());
  if (!config) throw new Error('the configuration does not load');
  config.settings.enablement.mode = 'stack-sets';
  const allowed = operatorPolicy(config, { before: true, bedrock: false }).Statement.flatMap(({ Action }) => Action);
  expect([...called].filter((action) => !/^(sts|slack):/.test(action)).sort()).toEqual([...allowed].sort());
  expect(allowed.filter((action) => /:(Create|Update|Delete|Put|Enable|Disable|Batch|Start|Send)|\*/.test(action))).toEqual([]);
  expect(allowed.filter((action) => /^sqs:|StackInstances|ListMembers/.test(action))).toEqual([]);
});
