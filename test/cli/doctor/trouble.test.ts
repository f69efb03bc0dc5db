/** What the doctor cannot look at is a finding: never a crash, and never a pass. */
import { failureOf } from '../../../cli/doctor/failure';
import { outcomeOf } from '../../../cli/doctor/outcome';
import { type Clinic, openClinic } from './doctor';
import { skips } from './defect';
import type { Trouble } from './world';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

const notPassed = (checks: { id: string; verdict: string }[]) =>
  Object.fromEntries(checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict]));

test('without any permission every check that asks AWS is unknown, names the action to allow, and the exit status is 1', async () => {
  clinic.world.trouble = (action) => (/^(sts|slack):/.test(action) ? undefined : 'denied');
  const { code, checks } = await clinic.examine();
  const passed = checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
  expect(passed).toEqual(['configuration', 'caller', 'routes.accounts', 'routes.severities', 'model.profile', 'model.price']);
  const others = checks.filter(({ id }) => !passed.includes(id) && id !== 'model.answers');
  expect(others.length).toBeGreaterThan(20);
  for (const { id, verdict, found, remedies } of others) {
    expect(`${id} ${verdict}: ${found}`).toMatch(/^[a-z.-]+ unknown: these credentials may not call [a-z]+:[A-Za-z]+/);
    expect(remedies[0]?.say).toMatch(/^Allow [a-z]+:[A-Za-z]+ to the role/);
    expect(remedies[0]?.command).toMatch(/npm run doctor -- .*--policy/);
  }
  expect(code).toBe(1);
});

test('one missing permission makes unknown just what needs it', async () => {
  clinic.world.trouble = (action) => (action === 'securityhub:ListMembers' ? 'denied' : undefined);
  const { checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual({ members: 'unknown', silent: 'unknown', 'model.answers': 'skipped' });
});

test('who may not ask IAM is not told that anything is wrong with marking', async () => {
  clinic.world.trouble = (action) => (action === 'iam:SimulatePrincipalPolicy' ? 'denied' : undefined);
  const { code, checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual({ 'system.marking': 'skipped', 'model.answers': 'skipped' });
  expect(checks.find(({ id }) => id === 'system.marking')?.found).toBe(
    'these credentials may not call iam:SimulatePrincipalPolicy, so IAM was not asked',
  );
  expect(code).toBe(0);
});

test('a stack of before the role was named is skipped, and IAM is not asked', async () => {
  clinic.world.deliverRole = undefined;
  const { checks } = await clinic.examine();
  expect(notPassed(checks)).toEqual({ 'system.marking': 'skipped', 'model.answers': 'skipped' });
  expect(clinic.running.calls.get('iam:SimulatePrincipalPolicy')).toBeUndefined();
});

test('the action that the service names is the one to allow, also where another was called', async () => {
  const message = 'User: arn:aws:sts::222222222222:assumed-role/A/b is not authorized to perform: kms:Decrypt on this key';
  clinic.world.trouble = (action) =>
    action.startsWith('secretsmanager:') ? { code: 'AccessDeniedException', message, status: 400 } : undefined;
  const { checks } = await clinic.examine();
  expect(checks.find(({ id }) => id === 'slack.secret')?.remedies[0]?.say).toMatch(/^Allow kms:Decrypt/);
});

test('an endpoint that is down is unknown and says so; the rest is looked at', async () => {
  process.env.AWS_ENDPOINT_URL_SQS = 'http://127.0.0.1:1/';
  try {
    const { code, checks } = await clinic.examine();
    expect(notPassed(checks)).toEqual({ 'system.dead-letters': 'unknown', 'model.answers': 'skipped' });
    expect(checks.find(({ id }) => id === 'system.dead-letters')?.found).toBe(
      'sqs:GetQueueAttributes cannot be reached in ap-northeast-1 (ECONNREFUSED)',
    );
    expect(code).toBe(1);
  } finally {
    process.env.AWS_ENDPOINT_URL_SQS = clinic.running.url('sqs');
  }
});

test('a call that never answers ends with its time limit', async () => {
  clinic.world.trouble = (action): Trouble | undefined => (action === 'cloudformation:DescribeStackSet' ? 'hang' : undefined);
  const { out } = await clinic.run(['--json'], { timeLimit: 1000 });
  const { checks } = JSON.parse(out);
  expect(notPassed(checks)).toMatchObject({ 'stack-set.settings': 'unknown', 'stack-set.instances': 'unknown' });
  expect(out).toContain('cloudformation:DescribeStackSet gave no answer in ap-northeast-1 in time');
});

test('Slack out of order is unknown, and no reason for a new token', async () => {
  clinic.world.trouble = (action) => (action === 'slack:auth.test' ? { code: 'internal_error', message: '', status: 200 } : undefined);
  const { checks } = await clinic.examine();
  const token = checks.find(({ id }) => id === 'slack.token');
  expect(`${token?.verdict} ${token?.found}`).toMatch(/^unknown slack:auth\.test answered internal_error/);
});

test('what is throttled for good is unknown', () => {
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
  const outcome = outcomeOf(failureOf(throttled, 'organizations:ListRoots', '', { stopped: false, timedOut: false }));
  expect(outcome).toMatchObject({ verdict: 'unknown', found: expect.stringContaining('organizations:ListRoots was throttled') });
});

test('Ctrl-C stops it: what was found is shown, the rest says that it was stopped, and the exit status is 130', async () => {
  const stop = new AbortController();
  clinic.world.trouble = (action) => {
    if (action !== 'securityhub:ListMembers') return undefined;
    stop.abort();
    return 'hang';
  };
  const { code, out } = await clinic.run(['--json'], { signal: stop.signal });
  const { checks } = JSON.parse(out) as { checks: { id: string; verdict: string; found: string }[] };
  expect(code).toBe(130);
  expect(checks.find(({ id }) => id === 'caller')?.verdict).toBe('pass');
  expect(checks.find(({ id }) => id === 'members')).toMatchObject({ verdict: 'skipped', found: 'stopped before it was done' });
});

test('a mistake in a check is its finding, and the others go on', async () => {
  // Organizations would have to break its own promises for this.
  clinic.world.pathOf = () => [undefined as unknown as string];
  Object.assign(clinic.world.tree.units.get('ou-ab12-infra001') ?? {}, { name: { toString: null } });
  const { code, checks } = await clinic.examine();
  const broken = checks.filter(({ verdict }) => verdict === 'unknown');
  expect(broken.length).toBeGreaterThan(0);
  for (const { found, remedies } of broken)
    expect(`${found} ${remedies[0]?.say}`).toMatch(/the check itself failed with TypeError.*please report/);
  expect(checks.find(({ id }) => id === 'aggregator')?.verdict).toBe('pass');
  expect(code).toBe(1);
});

test('nothing is asked of AWS before the caller is known', async () => {
  clinic.world.caller.account = '333333333333';
  const { checks } = await clinic.examine();
  expect([...clinic.running.calls.keys()]).toEqual(['sts:GetCallerIdentity']);
  expect(notPassed(checks)).toMatchObject({ ...skips(['members', 'slack.secret', 'system.stack']), caller: 'fail' });
});
