/** The command: flags, exit status, and how its report reads. */
import type { Result } from '../../../cli/doctor/check';
import { commandLines } from '../../../cli/doctor/command-lines';
import { withConfig } from '../../../cli/doctor/config-flag';
import { groupLines } from '../../../cli/doctor/report';
import { painter } from '../../../cli/show/columns';
import { tooWide } from '../width';
import { type Clinic, openClinic } from './doctor';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

test.each([
  ['--jsn', /unknown option '--jsn'\n\(Did you mean --json\?\)/],
  ['--silent-days=0', /--silent-days "0": a number of days from 1 to 90/],
  ['--silent-days=x', /--silent-days "x"/],
])('%s ends with 2 and asks nothing', async (flag, message) => {
  const { code, out, err } = await clinic.run([flag]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
  expect(clinic.running.calls.size).toBe(0);
});

test('a configuration with errors ends with 2, lists them, and asks nothing', async () => {
  clinic.configure(({ settings }) => ({ settings: settings.replace('home: ap-northeast-1', 'home: tokyo') }));
  const { code, err } = await clinic.run([]);
  expect(code).toBe(2);
  expect(err).toMatch(/settings\.yaml:\d+:\d+ {2}error/);
  expect(clinic.running.calls.size).toBe(0);
});

test('a warning of the configuration is a warning of the doctor, and lets pass', async () => {
  clinic.configure(({ routes }) => ({ routes: routes.replace('receivers:\n', 'receivers:\n  nobody:\n    channel: C0SECOPS001\n') }));
  const { code, out } = await clinic.run([]);
  expect(code).toBe(0);
  expect(out).toMatch(/! Files .*with 1 warning/);
  expect(out).toMatch(/no route names "nobody"/);
});

test('--policy prints a policy and asks nothing', async () => {
  const { code, out } = await clinic.run(['--policy']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    Version: '2012-10-17',
    Statement: expect.arrayContaining([expect.objectContaining({ Effect: 'Allow' })]),
  });
  expect(clinic.running.calls.size).toBe(0);
});

test('--json holds every list complete; the text shows the first ten and how to see all', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => ({ line: `account ${index}`, data: { account: index } }));
  const result: Result = { id: 'members', group: 'Coverage', title: 'Members', verdict: 'fail', found: 'not covered', items };
  const lines = groupLines([result], { width: 80, paint: painter(false), configDir: 'config' });
  expect(lines.filter((line) => /account \d+/.test(line))).toHaveLength(10);
  const text = lines.join('\n');
  expect(text).toContain('… and 990 more. All of them:');
  expect(text.replace(/\\\n\s+/g, '')).toContain(`npm run --silent doctor -- --json | jq '.checks[] | select(.id == "members").items'`);
});

test.each([60, 100])('no line of the report is wider than %d columns, but for words that must stay whole', async (width) => {
  clinic.world.hubs.get('us-east-1')?.members.delete('999999999999');
  clinic.world.queues.set('FindingsDeadLetters', 3);
  clinic.world.instances = [
    { account: '444444444444', region: 'eu-west-1', ou: 'ou-ab12-infra001', status: 'FAILED', reason: 'because '.repeat(60) },
  ];
  const { out } = await clinic.run([], { width });
  expect(tooWide(out, width)).toEqual([]);
  expect(out).toMatch(/3 fail, 34 pass, 1 skipped of 38 checks; \d+ calls in [\d.]+\s+s\nTo mend: Stack instances, Members, Dead letters$/);
});

test('what was skipped for one reason is one line, and a remedy that was given is not given again', async () => {
  clinic.world.caller.account = '333333333333';
  const { out } = await clinic.run([], { width: 140 });
  expect(out).toContain(
    '6 checks         says nothing before this is mended: Caller (Targets, StackSet, Stack instances, Members, AWS Config, Silence)',
  );
  clinic.reset();
  clinic.world.trouble = (action) => (action === 'organizations:ListRoots' ? 'denied' : undefined);
  const text = (await clinic.run([])).out;
  expect(text.match(/→ Allow organizations:ListRoots/g)).toHaveLength(1);
  expect(text).toContain('→ As for Targets.');
});

test('colours are there only where they are wanted', async () => {
  const start = '\u001b[';
  expect((await clinic.run([])).out.includes(start)).toBe(false);
  expect((await clinic.run([], { colour: true })).out.includes(`${start}32m✓`)).toBe(true);
});

test('a broken command is the same command for a shell', () => {
  const command = `aws a b --region ap-northeast-1 --query 'x y z' --flag --other value | jq -r '.a | .b'`;
  for (const width of [40, 60, 200]) {
    const lines = commandLines(command, width, '  ');
    expect(
      lines
        .join('\n')
        .replace(/ \\\n\s*/g, ' ')
        .trim(),
    ).toBe(command);
    expect(lines.slice(0, -1).every((line) => line.endsWith(' \\'))).toBe(true);
  }
  expect(commandLines(command, 40, '').some((line) => line.includes('--region ap-northeast-1'))).toBe(true);
});

test('own commands are told of another folder, those of AWS are not', () => {
  expect(withConfig('npx cdk deploy --all', 'my conf')).toBe("npx cdk deploy --all -c config='my conf'");
  expect(withConfig('npm run doctor -- --policy', 'prod')).toBe('npm run doctor -- --config prod --policy');
  expect(withConfig("npm run --silent doctor -- --json | jq '.'", 'prod')).toBe("npm run --silent doctor -- --config prod --json | jq '.'");
  expect(withConfig('npm run routes', 'prod')).toBe('npm run routes -- --config prod');
  expect(withConfig('AWS_PROFILE=<its profile> npm run doctor', 'prod')).toBe('AWS_PROFILE=<its profile> npm run doctor -- --config prod');
  expect(withConfig('npm run --silent hub -- slack-manifest', 'prod')).toBe('npm run --silent hub -- slack-manifest --config prod');
  expect(withConfig('npx cdk deploy --all', 'config/environments/dev.yaml')).toBe('npx cdk deploy --all -c environment=dev');
  expect(withConfig('npm run doctor', 'prod/environments/dev.yaml')).toBe('npm run doctor -- --config prod --environment dev');
  expect(withConfig('aws sts get-caller-identity', 'prod')).toBe('aws sts get-caller-identity');
  expect(withConfig('npx cdk deploy --all', 'config')).toBe('npx cdk deploy --all');
});
