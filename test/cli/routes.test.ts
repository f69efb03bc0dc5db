import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { EXAMPLE } from '../config/example';
import { folderWith, NOW, removeFolders, routesWith } from '../config/folder';
import { typed } from './terminal';

afterAll(removeFolders);

const ORGANIZATION = join(__dirname, '../../cli/demo/organization.json');

/** On a terminal so wide that nothing is folded, unless told otherwise. */
function run(argv: string[], { colour = false, now = NOW, config = EXAMPLE, width = 300 } = {}) {
  return typed(['routes', '--config', config, ...argv], { colour, now: () => now, width });
}
const explain = async (...argv: string[]) => JSON.parse((await run([...argv, '--json'])).out);
const names = (explained: { receivers: { name: string }[] }) => explained.receivers.map(({ name }) => name);
const PROD = ['--account', '555555555555', '--ou', 'Workloads/Prod', '--severity', 'CRITICAL'];

test('without flags the tree is printed, aligned, one route a line', async () => {
  const { code, out, err } = await run([]);
  expect([code, err]).toEqual([0, '']);
  const lines = out.split('\n');
  expect(lines[1]).toMatch(/^root +→ sec-ops +C0SECOPS001 +ja +has access to the security account$/);
  expect(lines).toContainEqual(
    expect.stringMatching(/^│ {2}└─ Workloads\/Prod +→ prod-oncall +C0PRODONC01 +ja +CRITICAL mentions U0ONCALL01, S0ONCALL01$/),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(/^├─ GuardDuty CRITICAL \(severity CRITICAL · product guardduty\) .*then tries the next/),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {3}└─ IMDSv2 in the sandbox \(control EC2\.8\) +muted +until 2027-06-30: Sandbox instances/),
  );
  const starts = lines.filter((line) => line.includes('C0')).map((line) => line.indexOf('C0'));
  expect(new Set(starts).size).toBe(1);
});

test('names in Japanese keep the columns aligned', async () => {
  const routes = routesWith(
    '- { name: 本番環境, match: { ou: A }, receiver: workloads }\n- { name: BBBBBBBB, match: { ou: B }, receiver: workloads }',
  );
  const lines = (await run([], { config: folderWith({ routes }) })).out.split('\n');
  const width = (text = '') => [...text].reduce((sum, character) => sum + (character > '\u2fff' ? 2 : 1), 0);
  const [japanese, latin] = ['本番環境', 'BBBBBBBB'].map((name) => lines.find((line) => line.includes(name)));
  expect(width(japanese?.split('→')[0])).toBe(width(latin?.split('→')[0]));
});

test('the tree shows inherited receivers, minimum severities and mutes that have ended', async () => {
  const routes = routesWith(
    '- { match: { ou: A }, receiver: workloads, routes: [{ match: { control: S3.1 }, mute: { reason: Accepted, until: 2026-01-31 } }] }\n- { match: { ou: B }, routes: [{ match: { severity: HIGH }, receiver: workloads }] }',
  ).replace('C0WORKLD001', 'C0WORKLD001, minimumSeverity: HIGH');
  const { out, err, code } = await run([], { config: folderWith({ routes }) });
  expect(out).toMatch(/A +→ workloads .*HIGH and above/);
  expect(out).toMatch(/B +→ sec-ops .*inherited/);
  expect(out).toMatch(/control S3\.1 +no longer muted +ended with 2026-01-31, so this route is passed over: Accepted/);
  expect(err).toContain('the mute ended with 2026-01-31');
  expect(code).toBe(0);
});

test('there is colour on a terminal only', async () => {
  expect((await run([], { colour: true })).out).toContain('\u001b[');
  expect((await run(PROD, { colour: true })).out).toContain('\u001b[');
  expect((await run([])).out).not.toContain('\u001b');
  expect((await run(PROD)).out).not.toContain('\u001b');
  expect((await run([...PROD, '--json'], { colour: true })).out).not.toContain('\u001b');
});

test('a finding is explained step by step', async () => {
  const { code, out } = await run([...PROD, '--product', 'guardduty', '--region', 'us-east-1', '--control', 'x']);
  expect(code).toBe(0);
  expect(out).toContain('CRITICAL in account 555555555555 · OU Root/Workloads/Prod · aws/guardduty · x · us-east-1');
  expect(out).toMatch(/✓ +root > GuardDuty CRITICAL +severity CRITICAL is CRITICAL; product aws\/guardduty is guardduty/);
  expect(out).toMatch(/✗ +root > Workloads > Workloads\/Prod\/Regulated +OU Root\/Workloads\/Prod is not in Workloads\/Prod\/Regulated/);
  expect(out).toMatch(/→ prod-oncall +C0PRODONC01 +ja +mentions U0ONCALL01, S0ONCALL01; by root > Workloads > Workloads\/Prod/);
});

test('--json is one object with receivers, mutes and steps', async () => {
  expect(await explain(...PROD)).toMatchObject({
    receivers: [
      {
        name: 'prod-oncall',
        channel: 'C0PRODONC01',
        language: 'ja',
        mentions: ['U0ONCALL01', 'S0ONCALL01'],
        path: ['root', 'Workloads', 'Workloads/Prod'],
      },
    ],
    mutes: [],
  });
  expect((await explain(...PROD)).steps[0]).toEqual({ path: 'root', matched: true, why: 'the root takes everything' });
  expect((await run([...PROD, '--json'])).out.split('\n')).toHaveLength(1);
  expect(JSON.parse((await run(['--json'])).out).route.receiver).toBe('sec-ops');
});

test('every flag reaches the match that asks for it', async () => {
  const routes = routesWith(
    [
      '- { match: { tag: { env: prod } }, receiver: workloads }',
      '- { match: { type: "UnauthorizedAccess:EC2*" }, receiver: workloads }',
      '- { match: { resourceType: AwsS3Bucket }, receiver: workloads }',
      '- { match: { region: us-east-1 }, receiver: workloads }',
      '- { match: { control: S3.2 }, receiver: workloads }',
      '- { match: { product: prowler }, receiver: workloads }',
      '- { match: { ou: ou-ab12-prod0001 }, receiver: workloads }',
    ].join('\n'),
  );
  const config = folderWith({ routes });
  const base = ['--account', '666666666666', '--severity', 'high', '--json'];
  const flags = [
    ['--tag', 'env=prod'],
    ['--type', 'TTPs/UnauthorizedAccess:EC2-SSHBruteForce'],
    ['--resource-type', 'AWS::S3::Bucket'],
    ['--region', 'us-east-1'],
    ['--control', 'S3.2'],
    ['--product', 'Prowler/Prowler'],
    ['--ou', 'ou-ab12-prod0001'],
    ['--organization', ORGANIZATION],
  ];
  for (const flag of flags)
    expect([flag[0], ...names(JSON.parse((await run([...base, ...flag], { config })).out))]).toEqual([flag[0], 'workloads']);
  expect(names(JSON.parse((await run(base, { config })).out))).toEqual(['sec-ops']);
});

test('what was not given is said, with what is taken instead', async () => {
  expect((await explain('--account', '123456789012', '--severity', 'LOW')).assumptions).toEqual([
    'No --ou: taken as an account directly under the root, so routes by OU do not match.',
    'No --region: taken as the home Region, ap-northeast-1.',
    'Not given, so routes that ask for it do not match: --product, --control.',
    'settings.yaml does not admit LOW: only a custom action brings such a finding here.',
  ]);
});

test('an organization file knows the OU and the tags of an account, and which it does not know', async () => {
  expect(names(await explain('--account', '777777777777', '--severity', 'HIGH', '--organization', ORGANIZATION))).toEqual(['cards-oncall']);
  const unknown = await explain('--account', '012345678901', '--severity', 'HIGH', '--organization', ORGANIZATION);
  expect(unknown.steps[0].why).toContain('the OU of account 012345678901 is unknown');
  expect(names(unknown)).toEqual(['sec-ops']);
});

test('what is muted is told to nobody, and why', async () => {
  const { out } = await run(['--account', '999999999999', '--ou', 'Sandbox', '--severity', 'HIGH', '--control', 'EC2.8']);
  expect(out).toMatch(/Told to nobody\n +muted +until 2027-06-30 +Sandbox instances live for a day/);
});

test.each([
  [['--acount', '1'], "unknown option '--acount'\n(Did you mean --account?)"],
  [['--severity', 'HIGH'], '--account is missing: an AWS account id has exactly 12 digits.'],
  [['--account', '12345678901', '--severity', 'HIGH'], '--account "12345678901": an AWS account id has exactly 12 digits.'],
  [['--account', '123456789012'], '--severity is missing: one of INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL.'],
  [['--account', '123456789012', '--severity', 'CRITCAL'], '--severity "CRITCAL" is not known.  Did you mean "CRITICAL"?'],
  [[...PROD, '--tag', 'env'], '--tag "env": a tag is written key=value.'],
  [[...PROD, '--region', 'Tokyo'], '--region "Tokyo": a Region looks like ap-northeast-1.'],
  [[...PROD, '--organization', ORGANIZATION], '--ou and --organization both say where the account is'],
  [
    ['--account', '777777777777', '--severity', 'HIGH', '--organization', '/nowhere/organization.json'],
    '--organization /nowhere/organization.json: ENOENT',
  ],
  [['extra'], 'too many arguments'],
  [['--account'], "option '--account <ID>' argument missing"],
])('the flags %j are refused with exit 2', async (argv, message) => {
  const { code, out, err } = await run(argv);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
  expect(err).toContain('npm run routes -- --help');
});

test('all bad flags are told at once', async () => {
  expect((await run(['--account', '1', '--ou', '/', '--severity', 'x'])).err).toMatch(/--account "1".*\n--severity "x".*\n--ou "\/"/);
});

test('errors of the configuration are all printed, with exit 2', async () => {
  const config = folderWith({ routes: routesWith('- { match: { ou: A }, receiver: nobody }\n- { match: { ou: A/ }, receiver: sec-ops }') });
  for (const argv of [[], PROD]) {
    const { code, out, err } = await run(argv, { config });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/"nobody" is not defined[\s\S]*"A\/": an OU is a path[\s\S]*2 errors/);
  }
});

test('--help prints the flags', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--resource-type') });
});

test('the command itself exits with its code, and honours NO_COLOR', async () => {
  const command = ['--import', 'tsx', join(__dirname, '../../cli/hub.ts'), 'routes', '--config', EXAMPLE];
  expect(execFileSync(process.execPath, command, { env: { ...process.env, NO_COLOR: '1' }, encoding: 'utf8' })).not.toContain('\u001b');
  expect(() => execFileSync(process.execPath, [...command, '--nope'], { stdio: 'pipe' })).toThrow(expect.objectContaining({ status: 2 }));
});

test('an OU that no route names, nor the sample knows, is said to be so beside the answer', async () => {
  const said = async (ou: string) => (await run(['--account', '555555555555', '--severity', 'CRITICAL', '--ou', ou])).out;
  expect(await said('Workloads/Prdo')).toContain(
    'No route names OU Workloads/Prdo, nor is it in the sample organization: did you mean Workloads/Prod?',
  );
  expect(await said('Elsewhere')).toContain('No route names OU Elsewhere, nor is it in the sample organization: check its name.');
  for (const known of ['Workloads/Prod', 'Workloads', 'Security']) expect(await said(known)).not.toContain('No route names OU');
});
