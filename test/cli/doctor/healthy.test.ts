/** A healthy organization, in each mode, and what the doctor asks of it. */
import { operatorPolicy } from '../../../cli/doctor/policy';
import { DOCTOR_METHODS } from '../../../cli/slack-scopes';
import { loadConfig } from '../../../config/load';
import { GOVCLOUD, readExample } from '../../config/example';
import { centralWorld } from './central';
import { type Clinic, type JsonCheck, openClinic } from './doctor';
import { HOME, NOW, REGIONS } from './world';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

const notPassed = (checks: JsonCheck[]) => checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${id} ${verdict}`);
const inMode = (mode: string) =>
  clinic.configure(({ settings }) => ({
    settings: settings
      .replace('mode: stack-sets', `mode: ${mode}`)
      .replace(mode === 'none' ? 'targets: [r-ab12]' : '', mode === 'none' ? 'targets: []' : ''),
  }));

test('a healthy organization passes every check; the model is asked only with --bedrock', async () => {
  const { code, checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual(['model.answers skipped']);
  expect(code).toBe(0);
  expect(clinic.bedrock.calls()).toBe(0);
  const asked = await clinic.examine(['--bedrock']);
  expect(notPassed(asked.checks)).toEqual([]);
  // Of each of the two that the example names.
  expect(clinic.bedrock.calls('Converse')).toBe(2);
});

test('with writeBack off nobody asks what marking may do, and the policy does not allow to ask', async () => {
  clinic.configure(({ settings }) => ({ settings: settings.replace('writeBack: true', 'writeBack: false') }));
  const { checks } = await clinic.examine();
  expect(checks.map(({ id }) => id)).not.toContain('system.marking');
  expect(clinic.running.calls.get('iam:SimulatePrincipalPolicy')).toBeUndefined();
  expect((await clinic.run(['--policy'])).out).not.toContain('iam:');
});

test('of Slack it calls every method that it has scopes for, and no other', async () => {
  const { checks } = await clinic.examine(['--slack']);
  expect(checks.find(({ id }) => id === 'slack.messages')).toMatchObject({
    verdict: 'pass',
    found: 'Slack takes 16 messages, one of each kind and language',
  });
  const called = [...clinic.running.calls.keys()].filter((action) => action.startsWith('slack:'));
  expect(called.sort()).toEqual(Object.keys(DOCTOR_METHODS).map((method) => `slack:${method}`));
});

test('a healthy organization under central configuration passes, and has no check of StackSets', async () => {
  clinic.reset(centralWorld());
  inMode('central-configuration');
  const { code, checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual(['model.answers skipped']);
  expect(checks.map(({ id }) => id)).toContain('central-configuration');
  expect(checks.map(({ id }) => id).filter((id) => /stack-set|new-accounts/.test(id))).toEqual([]);
  expect(code).toBe(0);
});

test('under central configuration it names the accounts whose policy failed, is missing, or was left to themselves', async () => {
  const world = centralWorld();
  clinic.reset(world);
  inMode('central-configuration');
  world.associations = world.associations.filter(({ target }) => target !== '999999999999');
  for (const association of world.associations) {
    if (association.target === '888888888888') Object.assign(association, { status: 'FAILED', message: 'Config is off' });
    if (association.target === '444444444444') association.policy = 'SELF_MANAGED_SECURITY_HUB';
  }
  const { checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual(['central-configuration fail', 'model.answers skipped']);
  expect(checks.find(({ id }) => id === 'central-configuration')?.items.map(({ account, why }) => `${account} ${why}`)).toEqual([
    '444444444444 self-managed',
    '888888888888 the policy failed: Config is off',
    '999999999999 no configuration policy',
  ]);
});

test('a local configuration in mode central-configuration is that check’s finding alone', async () => {
  clinic.world.stackSet = undefined;
  inMode('central-configuration');
  const { checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual(['central-configuration fail', 'model.answers skipped']);
});

test('in mode none nobody is asked for StackSets or configuration, and silence only warns', async () => {
  clinic.world.stackSet = undefined;
  clinic.world.delegatedServices = ['securityhub.amazonaws.com'];
  clinic.world.trusted = ['securityhub.amazonaws.com'];
  for (const finding of clinic.world.findings) if (finding.account === '888888888888') finding.updatedAt = 0;
  inMode('none');
  const { code, checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual(['silent warn', 'model.answers skipped']);
  expect(code).toBe(0);
});

test('where Organizations gives no Paths, accounts are found by asking each OU', async () => {
  clinic.world.paths = false;
  const { checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual(['model.answers skipped']);
  expect(clinic.running.calls.get('organizations:ListAccountsForParent')).toBe(8);
});

/** Of one check: others may have something to say of a strange configuration. */
async function only(id: string): Promise<JsonCheck | undefined> {
  return (await clinic.examine()).checks.find((check) => check.id === id);
}

test('a product is known where Security Hub offers it, where somebody subscribed to it, or where an account imports its own', async () => {
  clinic.world.subscriptions = ['product-subscription/222222222222/our-scanner'];
  const names = ['guardduty', 'aws/macie', 'prowler/*', 'our-scanner', 'custom/default', 'custom/another', 'securityhub-exposure'];
  clinic.configure(({ routes }) => ({ routes: routes.replace('product: guardduty', `product: [${names.join(', ')}]`) }));
  expect(await only('routes.products')).toMatchObject({ verdict: 'pass', found: '7 products named, and known to Security Hub' });
});

test.each([
  ['guardutty', 'guardduty'],
  ['aws/guardudty', 'aws/guardduty'],
])('product %s: what was probably meant is %s', async (name, meant) => {
  clinic.configure(({ routes }) => ({ routes: routes.replace('product: guardduty', `product: ${name}`) }));
  expect(await only('routes.products')).toMatchObject({ verdict: 'warn', items: [{ name, meant }] });
});

describe('a severity that a route names and settings.yaml does not admit', () => {
  const configure = (settingsToo = (settings: string) => settings) =>
    clinic.configure(({ settings, routes }) => ({
      settings: settingsToo(settings),
      routes: routes.replace('- match: { ou: Sandbox }', '- match: { ou: Sandbox, severity: [HIGH, MEDIUM] }'),
    }));

  test('is a warning, which says whether Security Hub has such findings', async () => {
    configure();
    expect((await only('routes.severities'))?.found).toMatch(/does not admit MEDIUM.*Security Hub has no such finding just now/);
    for (const finding of clinic.world.findings.slice(0, 1)) finding.severity = 'MEDIUM';
    expect(await only('routes.severities')).toMatchObject({
      verdict: 'warn',
      found: expect.stringContaining('Security Hub has MEDIUM findings just now'),
      remedies: [{ say: expect.stringMatching(/severities: \[CRITICAL, HIGH, MEDIUM\].*route\.routes\[4\]\.match\.severity/) }],
    });
  });

  test('is a warning also where findings may not be read', async () => {
    configure();
    clinic.world.trouble = (action) => (action === 'securityhub:GetFindings' ? 'denied' : undefined);
    expect((await only('routes.severities'))?.found).toMatch(/only custom actions bring it there$/);
  });

  test('is meant where custom actions are named', async () => {
    configure((settings) => settings.replace('customActions: []', 'customActions: [TellSlack]'));
    expect(await only('routes.severities')).toMatchObject({ verdict: 'pass', found: 'MEDIUM by custom actions alone' });
  });
});

test('a suspended account is not missed', async () => {
  clinic.world.states.set('999999999999', 'SUSPENDED');
  for (const hub of clinic.world.hubs.values()) hub.members.delete('999999999999');
  clinic.world.findings = clinic.world.findings.filter(({ account }) => account !== '999999999999');
  expect(notPassed((await clinic.examine()).checks)).toEqual(['model.answers skipped']);
});

test('a finding of any product clears an account of which Config.1 says nothing', async () => {
  for (const finding of clinic.world.findings) if (finding.account === '888888888888') finding.control = 'S3.2';
  expect(notPassed((await clinic.examine()).checks)).toEqual(['model.answers skipped']);
});

test('a silent account is found among neighbours that fill page after page', async () => {
  const { world } = clinic;
  const [noisy, alsoNoisy, quiet] = ['888888888888', '999999999999', '777777777777'];
  world.findings = world.findings.filter(({ account }) => ![noisy, alsoNoisy, quiet].includes(account));
  for (const account of [noisy, alsoNoisy])
    for (const region of world.hubs.keys())
      for (let copy = 0; copy < 150; copy++)
        world.findings.push({ account, region, control: 'S3.2', compliance: 'FAILED', updatedAt: NOW });
  const { checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual(['silent fail', 'model.answers skipped']);
  expect(checks.find(({ id }) => id === 'silent')?.items).toMatchObject([{ account: quiet, regions: REGIONS }]);
});

test('--silent-days sets how long an account may be silent', async () => {
  for (const finding of clinic.world.findings) if (finding.account === '888888888888') finding.updatedAt -= 2 * 24 * 60 * 60_000;
  expect(notPassed((await clinic.examine()).checks)).toEqual(['model.answers skipped']);
  expect(notPassed((await clinic.examine(['--silent-days', '2'])).checks)).toEqual(['silent fail', 'model.answers skipped']);
});

test('a member of less than a day is not called silent', async () => {
  clinic.world.findings = clinic.world.findings.filter(({ account }) => account !== '888888888888');
  for (const hub of clinic.world.hubs.values())
    hub.members.set('888888888888', { status: 'ENABLED', updatedAt: Date.UTC(2026, 10, 21, 1) });
  expect(notPassed((await clinic.examine()).checks)).toEqual(['model.answers skipped']);
});

test('the GovCloud example is looked at in its own partition, Regions and Slack', async () => {
  const world = centralWorld();
  const [hub] = world.hubs.values();
  if (!hub) throw new Error('no hub');
  world.hubs = new Map(['us-gov-west-1', 'us-gov-east-1'].map((region) => [region, hub]));
  world.aggregator = { home: 'us-gov-west-1', mode: 'SPECIFIED_REGIONS', regions: ['us-gov-east-1'] };
  world.findings = [...world.hubs.keys()].flatMap((region) =>
    world.findings.filter((each) => each.region === HOME).map((each) => ({ ...each, region })),
  );
  world.secrets.set('security-hub-interpreter/platform-webhook', 'https://hooks.slack-gov.com/services/T0SEED/B0SEED/SEEDED4711');
  clinic.reset(world);
  const routes = readExample('routes.yaml', GOVCLOUD);
  clinic.configure(() => ({ settings: readExample('settings.yaml', GOVCLOUD), routes }));
  for (const [, id = ''] of routes.matchAll(/channel: (C\w+)/g))
    world.slack.channels.set(id, { name: 'x', archived: false, private: false, joined: true });
  const { checks } = await clinic.examine();
  expect(notPassed(checks).filter((line) => !line.startsWith('routes.root-only'))).toEqual(['model.answers skipped']);
  expect(checks.find(({ id }) => id === 'slack.webhooks')?.found).toContain('hooks.slack-gov.com');
  const { out } = await clinic.run(['--policy']);
  expect(out).not.toContain('arn:aws:');
});

test('the policy allows just what is called', async () => {
  clinic.world.paths = false;
  clinic.world.hubs.get(HOME)?.members.delete('999999999999');
  await clinic.examine(['--bedrock']);
  clinic.reset(Object.assign(centralWorld(), { paths: false }));
  const first = new Set<string>();
  await clinic.examine();
  inMode('central-configuration');
  await clinic.examine();
  for (const action of clinic.running.calls.keys()) first.add(action);
  const called = [...first].filter((action) => !/^(sts|slack):/.test(action)).sort();
  const { config } = loadConfig(clinic.config, Date.now());
  if (!config) throw new Error('the configuration does not load');
  config.settings.enablement.mode = 'stack-sets';
  const allowed = operatorPolicy(config, { before: false, bedrock: false }).Statement.flatMap(({ Action }) => Action);
  expect(called).toEqual(expect.arrayContaining(['securityhub:ListConfigurationPolicyAssociations', 'sqs:GetQueueAttributes']));
  expect(called.filter((action) => !allowed.includes(action))).toEqual([]);
  expect(allowed.filter((action) => /:(Create|Update|Delete|Put|Enable|Disable|Batch|Start|Send)|\*/.test(action))).toEqual([]);
});
