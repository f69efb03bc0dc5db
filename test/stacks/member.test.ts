/** What happens in a member account, with the very source that the template carries there. */
import { ServiceError } from '../../local/protocol/wire';
import { accountUnderTest } from './member/member-account';
import { FOUNDATIONAL, governed, NIST, notSubscribed, OLD_CIS, OPERATIONS, PREFIX, WRITES } from './member/member-hub';

process.env.CDK_VALIDATION = 'false';

const account = accountUnderTest();

const nothing = { StandardsTurnedOn: 'none', StandardsNotOffered: 'none' };
const denied = (reason: string) =>
  new ServiceError(
    'AccessDeniedException',
    `User: arn:aws-us-gov:sts::555555555555:assumed-role/Role/Function is not authorized to perform: securityhub:EnableSecurityHub ${reason}`,
    403,
  );

describe('in a fresh account', () => {
  test('turns Security Hub on with consolidated control findings, no default standards, and the chosen ones', async () => {
    const { answers } = await account.run({ standards: [FOUNDATIONAL, OLD_CIS] });
    expect(account.hub.calls).toEqual([
      ['DescribeHub', {}],
      ['EnableSecurityHub', { EnableDefaultStandards: false, ControlFindingGenerator: 'SECURITY_CONTROL' }],
      ['GetEnabledStandards', {}],
      ['DescribeStandards', {}],
      ['DescribeStandards', { NextToken: '1' }],
      ['DescribeStandards', { NextToken: '2' }],
      [
        'BatchEnableStandards',
        {
          StandardsSubscriptionRequests: [
            { StandardsArn: `${PREFIX}${FOUNDATIONAL}` },
            { StandardsArn: `arn:aws-us-gov:securityhub:::ruleset/${OLD_CIS}` },
          ],
        },
      ],
    ]);
    expect(answers).toEqual([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: 'security-hub',
        StackId: 'arn:aws-us-gov:cloudformation:us-gov-west-1:555555555555:stack/StackSet-members-first/1f0c',
        RequestId: 'request-0',
        LogicalResourceId: 'EnablementHub',
        Data: {
          Outcome: 'turned on',
          ConsolidatedControlFindings: 'turned on',
          StandardsTurnedOn: `${FOUNDATIONAL}, ${OLD_CIS}`,
          StandardsNotOffered: 'none',
        },
      },
    ]);
  });

  test('turns on no standard where none is chosen', async () => {
    const { answers } = await account.run({ standards: [] });
    expect(account.hub.operations).toEqual(['DescribeHub', 'EnableSecurityHub', 'GetEnabledStandards']);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { Outcome: 'turned on', ...nothing } }]);
  });

  test('goes on when somebody else turns Security Hub on at the same moment', async () => {
    account.hub.turnOn('SECURITY_CONTROL').trouble('DescribeHub', notSubscribed, 1);
    const { answers, pauses } = await account.run();
    expect(account.hub.operations.slice(0, 4)).toEqual(['DescribeHub', 'EnableSecurityHub', 'DescribeHub', 'GetEnabledStandards']);
    expect(pauses).toEqual([5000]);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { Outcome: 'was on already', StandardsTurnedOn: FOUNDATIONAL } }]);
  });

  test('waits until what it turned on is on everywhere, and does not turn it on twice', async () => {
    account.hub.trouble('GetEnabledStandards', notSubscribed, 2);
    const { answers, pauses } = await account.run();
    expect(account.hub.operations.filter((operation) => WRITES.includes(operation))).toEqual(['EnableSecurityHub', 'BatchEnableStandards']);
    expect(pauses).toEqual([5000, 5000]);
    expect(answers).toMatchObject([{ Data: { Outcome: 'turned on', ConsolidatedControlFindings: 'turned on' } }]);
  });

  test('waits where another Region makes the service-linked role at the same moment', async () => {
    const taken = new ServiceError('InvalidInputException', 'The service-linked role AWSServiceRoleForSecurityHub is being created.', 400);
    account.hub.trouble('EnableSecurityHub', taken, 1);
    const { answers, pauses } = await account.run();
    expect(pauses).toEqual([5000]);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { Outcome: 'turned on' } }]);
  });

  test('waits until IAM knows the rights of the role that was made just before', async () => {
    const notYet = denied('because no identity-based policy allows the securityhub:EnableSecurityHub action');
    account.hub.trouble('EnableSecurityHub', notYet, 3);
    const { answers, pauses } = await account.run();
    expect(pauses).toHaveLength(3);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { Outcome: 'turned on' } }]);
  });
});

describe('where Security Hub is on already', () => {
  test('changes nothing where nothing is missing', async () => {
    account.hub.turnOn('SECURITY_CONTROL', NIST, FOUNDATIONAL);
    const { answers } = await account.run();
    expect(account.hub.operations).toEqual(['DescribeHub', 'GetEnabledStandards', 'GetEnabledStandards']);
    expect(answers).toMatchObject([
      { Status: 'SUCCESS', Data: { Outcome: 'was on already', ConsolidatedControlFindings: 'on already', ...nothing } },
    ]);
  });

  test('turns on the missing standards and no other', async () => {
    account.hub.turnOn('SECURITY_CONTROL', FOUNDATIONAL);
    const { answers } = await account.run({ standards: [FOUNDATIONAL, NIST] });
    expect(account.hub.calls.at(-1)).toEqual([
      'BatchEnableStandards',
      { StandardsSubscriptionRequests: [{ StandardsArn: `${PREFIX}${NIST}` }] },
    ]);
    expect(answers).toMatchObject([{ Data: { Outcome: 'was on already', StandardsTurnedOn: NIST } }]);
  });

  test('turns a standard on again that had failed', async () => {
    account.hub.turnOn('SECURITY_CONTROL').standards.set(`${PREFIX}${FOUNDATIONAL}`, 'FAILED');
    const { answers } = await account.run();
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { StandardsTurnedOn: FOUNDATIONAL } }]);
  });

  test('turns consolidated control findings on in an account that decides for itself', async () => {
    account.hub.turnOn('STANDARD_CONTROL', FOUNDATIONAL);
    const { answers } = await account.run();
    expect(account.hub.calls).toContainEqual(['UpdateSecurityHubConfiguration', { ControlFindingGenerator: 'SECURITY_CONTROL' }]);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { ConsolidatedControlFindings: 'turned on' } }]);
  });

  test('leaves consolidated control findings to the administrator in a member account, and says so', async () => {
    account.hub.turnOn('STANDARD_CONTROL', FOUNDATIONAL).administrator = '222222222222';
    const { answers } = await account.run();
    expect(account.hub.operations.filter((operation) => WRITES.includes(operation))).toEqual([]);
    expect(answers).toMatchObject([
      { Status: 'SUCCESS', Data: { ConsolidatedControlFindings: 'off: decided by the administrator account 222222222222' } },
    ]);
  });

  test('takes Security Hub’s word where the account became a member a moment ago', async () => {
    const message = 'Request contains configurations that cannot be updated by a member account 555555555555';
    const member = new ServiceError('InvalidAccessException', message, 401);
    account.hub.turnOn('STANDARD_CONTROL', FOUNDATIONAL).trouble('UpdateSecurityHubConfiguration', member);
    const { answers } = await account.run();
    expect(answers).toMatchObject([
      { Status: 'SUCCESS', Data: { ConsolidatedControlFindings: 'off: decided by the administrator account' } },
    ]);
  });
});

describe('where central configuration governs the account', () => {
  test.each(OPERATIONS.flatMap((operation) => governed.map((refusal) => [operation, refusal.message, refusal] as const)))(
    'succeeds, changes nothing more and says so when %s answers: %s',
    async (operation, _words, refusal) => {
      // Off, so that every call is made but the two of an account that is on.
      const on = ['GetAdministratorAccount', 'UpdateSecurityHubConfiguration'].includes(operation);
      if (on) account.hub.turnOn('STANDARD_CONTROL');
      account.hub.trouble(operation, refusal);
      const { answers } = await account.run();
      expect(account.hub.operations.at(-1)).toBe(operation);
      const turnedOn = account.hub.operations.includes('EnableSecurityHub') && operation !== 'EnableSecurityHub';
      const outcome = `governed by central configuration: ${turnedOn ? 'left to it from now on' : 'nothing changed'}`;
      expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { Outcome: outcome, ...nothing } }]);
    },
  );

  test.each([
    'This account is not associated with a configuration policy; access denied with an explicit deny',
    'This account is not managed by a configuration policy (explicit deny)',
    'Only the organization may do this here (explicit deny)',
  ])('is not taken for it by any other refusal, which is reported in AWS’s own words: %s', async (other) => {
    account.hub.trouble('EnableSecurityHub', new ServiceError('AccessDeniedException', other, 403));
    const { answers } = await account.run();
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining(other) }]);
  });
});

describe('again', () => {
  test('a second run makes no writing call', async () => {
    await account.run();
    const first = account.hub.calls.length;
    const { answers } = await account.run({ request: 'Update' });
    const second = account.hub.operations.slice(first);
    expect(second).toEqual(['DescribeHub', 'GetEnabledStandards']);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'security-hub', Data: { Outcome: 'was on already' } }]);
  });

  test('an update with one more standard turns that one on, under the same physical id, so nothing is deleted', async () => {
    const created = await account.run();
    const updated = await account.run({ request: 'Update', standards: [FOUNDATIONAL, NIST] });
    expect(updated.answers).toMatchObject([{ Data: { StandardsTurnedOn: NIST } }]);
    expect(updated.answers[0]?.PhysicalResourceId).toBe(created.answers[0]?.PhysicalResourceId);
  });

  test('an account that moved keeps what its old stack turned on, and its new stack succeeds without a writing call', async () => {
    await account.run({ stack: 'old' });
    const before = account.hub.calls.length;
    const { answers } = await account.run({ stack: 'new' });
    expect(account.hub.operations.slice(before).filter((operation) => WRITES.includes(operation))).toEqual([]);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', StackId: expect.stringContaining('members-new') }]);
  });

  test('deleting makes no call to Security Hub at all, which stays on', async () => {
    await account.run();
    const before = account.hub.calls.length;
    const { answers } = await account.run({ request: 'Delete' });
    expect(account.hub.calls).toHaveLength(before);
    expect(account.hub.on).toBe(true);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'security-hub' }]);
  });
});
