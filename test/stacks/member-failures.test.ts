/** What goes wrong in a member account, and that CloudFormation is always told, with a remedy. */
import { ServiceError } from '../../local/protocol/wire';
import { accountUnderTest, type MemberAccount } from './member/member-account';
import { FOUNDATIONAL, NIST, notSubscribed, OPERATIONS, WRITES } from './member/member-hub';

process.env.CDK_VALIDATION = 'false';

const account = accountUnderTest();

const WHERE = 'Security Hub in account 555555555555, Region us-gov-west-1: ';
const tooMany = new ServiceError('TooManyRequestsException', 'Too Many Requests', 429);
const forbidden = (operation: string) =>
  new ServiceError(
    'AccessDeniedException',
    `User: arn:aws-us-gov:sts::555555555555:assumed-role/Role/Function is not authorized to perform: securityhub:${operation} on resource: arn:aws-us-gov:securityhub:us-gov-west-1:555555555555:hub/default with an explicit deny in a service control policy`,
    403,
  );
const failed = async (run?: Parameters<MemberAccount['run']>[0]) => {
  const outcome = await account.run(run);
  expect(outcome.answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'security-hub' }]);
  return { ...outcome, reason: outcome.answers[0]?.Reason ?? '' };
};

describe('throttled', () => {
  test.each(['DescribeHub', ...WRITES.filter((operation) => operation !== 'UpdateSecurityHubConfiguration')])(
    '%s is tried again and succeeds',
    async (operation) => {
      account.hub.trouble(operation, tooMany, 3);
      const { answers } = await account.run();
      expect(account.hub.operations.filter((called) => called === operation)).toHaveLength(4);
      expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { Outcome: 'turned on', StandardsTurnedOn: FOUNDATIONAL } }]);
    },
  );

  test('for good, it fails after eight attempts and says to wait', async () => {
    account.hub.trouble('EnableSecurityHub', tooMany);
    const { reason } = await failed();
    expect(account.hub.operations.filter((called) => called === 'EnableSecurityHub')).toHaveLength(8);
    expect(reason).toContain(`${WHERE}EnableSecurityHub was throttled eight times: Too Many Requests`);
    expect(reason).toMatch(/What to do: wait a few minutes, then run this stack, or its StackSet, again\.$/);
  });
});

describe('access denied', () => {
  test.each(OPERATIONS)('to %s fails at once, naming the call, the policy and the remedy', async (operation) => {
    if (['GetAdministratorAccount', 'UpdateSecurityHubConfiguration'].includes(operation)) account.hub.turnOn('STANDARD_CONTROL');
    account.hub.trouble(operation, forbidden(operation));
    const { reason, pauses } = await failed();
    expect(pauses).toEqual([]);
    expect(reason).toContain(`${WHERE}${operation} was refused: User: `);
    expect(reason).toContain(
      'with an explicit deny in a service control policy. What to do: a service control policy (SCP) or permissions',
    );
  });

  test('that does not pass in half a minute is a failure too', async () => {
    const missing = new ServiceError('AccessDeniedException', 'because no service control policy allows the action', 403);
    account.hub.trouble('EnableSecurityHub', missing);
    const { pauses } = await failed();
    expect(pauses).toEqual([5000, 5000, 5000, 5000, 5000]);
  });
});

describe('a standard that is not offered in the Region', () => {
  test('is left out and reported; the others are turned on', async () => {
    const { answers } = await account.run({ standards: [FOUNDATIONAL, 'pci-dss/v/9.9.9'] });
    expect(answers).toMatchObject([
      { Status: 'SUCCESS', Data: { StandardsTurnedOn: FOUNDATIONAL, StandardsNotOffered: 'pci-dss/v/9.9.9' } },
    ]);
  });

  test('is reported on every run, and makes no writing call', async () => {
    account.hub.turnOn('SECURITY_CONTROL', FOUNDATIONAL);
    const { answers } = await account.run({ standards: [FOUNDATIONAL, 'pci-dss/v/9.9.9'] });
    expect(account.hub.operations.filter((operation) => WRITES.includes(operation))).toEqual([]);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { StandardsNotOffered: 'pci-dss/v/9.9.9' } }]);
  });

  test('is a failure where it is the only one: a hub without a standard finds nothing', async () => {
    const { reason } = await failed({ standards: ['pci-dss/v/9.9.9'] });
    expect(reason).toBe(
      `${WHERE}none of the chosen standards is offered here: pci-dss/v/9.9.9. What to do: correct enablement.standards in the settings.yaml of Security Hub Interpreter, or leave this Region out, and deploy it.`,
    );
  });
});

test('a standard that Security Hub could not turn on is a failure with its reason', async () => {
  account.hub.newStatus = {
    StandardsStatus: 'FAILED',
    StandardsStatusReason: { StatusReasonCode: 'MAXIMUM_NUMBER_OF_CONFIG_RULES_EXCEEDED' },
  };
  const { reason } = await failed({ standards: [NIST] });
  expect(reason).toContain(`standards/${NIST} was not turned on: MAXIMUM_NUMBER_OF_CONFIG_RULES_EXCEEDED. What to do: look at it`);
});

test.each([
  ['no JSON', { status: 200, body: '<html>ok?</html>' }],
  ['JSON without what it promises', { status: 200, body: '{}' }],
  ['a list that is none', { status: 200, body: '{"StandardsSubscriptions": "all"}' }],
])('an answer that is %s is a failure that names the call', async (_, reply) => {
  const operation = reply.body.includes('all') ? 'GetEnabledStandards' : 'DescribeHub';
  account.hub.trouble(operation, { ...reply, headers: { 'content-type': 'application/json' } });
  const { reason } = await failed();
  expect(reason).toContain(`${WHERE}${operation} answered what cannot be read: `);
  expect(reason).toMatch(/ask AWS Support\.$/);
});

test('a hub that is neither on nor can be turned on is looked at six times, and then a failure', async () => {
  account.hub.turnOn('SECURITY_CONTROL').trouble('DescribeHub', notSubscribed);
  const { reason } = await failed();
  expect(account.hub.operations).toHaveLength(12);
  expect(reason).toContain('EnableSecurityHub failed: ResourceConflictException: Account is already subscribed to Security Hub');
});

test('answers before its time is over, whatever Security Hub does', async () => {
  const { reason } = await failed({ milliseconds: 45_001 });
  expect(reason).toContain(`${WHERE}not done within 0 seconds. What to do: run this stack, or its StackSet, again: it goes on`);
});

describe('the answer', () => {
  test('stays below CloudFormation’s 4,096 bytes and 1,024 an output, and is plain ASCII', async () => {
    const long = `${'日本語 '.repeat(1000)}with an explicit deny`;
    account.hub.trouble('EnableSecurityHub', new ServiceError('AccessDeniedException', long, 403));
    await failed();
    account.reset();
    const many = Array.from({ length: 60 }, (_, index) => `made-up-standard-number-${index}/v/1.0.0`);
    const { answers } = await account.run({ standards: [FOUNDATIONAL, ...many] });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(Math.max(...Object.values(answers[0]?.Data ?? {}).map((value) => Buffer.byteLength(value)))).toBeLessThanOrEqual(1024);
    for (const { body } of account.received) {
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
      expect(body).toMatch(/^[ -~]*$/);
    }
  });

  test('is sent without a content type, for which its URL is not signed', async () => {
    await account.run();
    expect(account.received.map(({ method, headers }) => [method, headers['content-type']])).toEqual([['PUT', undefined]]);
  });

  test('is sent again until it arrives', async () => {
    account.bucket = [503, 500, 503];
    const { answers, pauses, error } = await account.run();
    expect(answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect({ pauses, error }).toEqual({ pauses: [1000, 2000, 4000], error: undefined });
  });

  test('that never arrives is an error, so that Lambda runs the function again', async () => {
    account.bucket = [403, 403, 403, 403, 403];
    const { error } = await account.run();
    expect(error).toMatch(/^CloudFormation could not be told the outcome \(HTTP 403\)\..*Amazon S3\?$/);
  });

  test('is logged, and the URL that it is sent to is not', async () => {
    const { logs } = await account.run();
    expect(logs.map((line) => JSON.parse(line))).toMatchObject([{ RequestType: 'Create', Status: 'SUCCESS' }]);
    expect(logs.join()).not.toMatch(/Signature|bucket/);
  });
});

test('the handler is asynchronous and takes no callback, which Node 24 no longer has', async () => {
  const { callable } = await account.run();
  expect(callable).toEqual({ kind: 'AsyncFunction', parameters: 2 });
});
