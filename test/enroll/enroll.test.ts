import { GOVERNED_WORDINGS } from '../../local/securityhub/hub-administration';
import { enroll } from '../../handlers/enroll/enroll';
import { ACME, accountsOf, ADMINISTRATOR, LATER, MANAGEMENT, REGIONS, sum, world } from './memory';

const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );

describe('every active account becomes a member', () => {
  test('in each Region, the management account too, the administrator itself not', async () => {
    const { deps, hubs } = world();
    await enroll(LATER, deps);
    const expected = ACME.map(({ id }) => id).filter((id) => id !== ADMINISTRATOR);
    for (const hub of hubs) expect([...hub.associated].sort()).toEqual(expected);
    expect(expected).toContain(MANAGEMENT);
  });

  test('an account that is suspended or about to close is left out, in no call and in no error', async () => {
    const states: Record<string, string> = { '333333333333': 'SUSPENDED', '444444444444': 'PENDING_CLOSURE', '555555555555': '' };
    const { deps, hubs, lines } = world(ACME.map(({ id, state }) => ({ id, state: states[id] ?? state })));
    await enroll(LATER, deps);
    for (const hub of hubs) expect(hub.batches.flat().filter((id) => id in states)).toEqual([]);
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('only those are asked for that are missing', async () => {
    const { deps, hub } = world();
    for (const { id } of ACME.slice(0, 7)) hub('us-east-1').associated.add(id);
    await enroll(LATER, deps);
    expect(hub('us-east-1').batches).toEqual([['888888888888', '999999999999']]);
  });

  test('a second run writes nothing', async () => {
    const { deps, hubs } = world();
    for (const hub of hubs) {
      hub.settings = { configuration: 'LOCAL', autoEnable: false, autoEnableStandards: 'DEFAULT' };
      hub.consolidated = false;
    }
    await enroll(LATER, deps);
    for (const hub of hubs) expect(hub.writes.splice(0)).toEqual(['enableNewAccounts', 'consolidateFindings', 'createMembers']);
    const outcomes = await enroll(LATER, deps);
    expect(hubs.map(({ writes }) => writes)).toEqual([[], [], []]);
    expect(sum(outcomes, 'members')).toBe(3 * (ACME.length - 1));
  });

  test('at most 50 in a call, and none twice or left out at the borders', async () => {
    for (const [count, sizes] of [
      [49, [50]],
      [50, [50, 1]],
      [99, [50, 50]],
      [100, [50, 50, 1]],
    ] as const) {
      const { deps, hubs } = world(accountsOf(count));
      await enroll(LATER, deps);
      for (const { batches, associated } of hubs) {
        expect(batches.map((batch) => batch.length)).toEqual(sizes);
        // And the management account.
        expect(associated.size).toBe(count + 1);
      }
    }
  });
});

describe('the settings of each Region', () => {
  test.each([
    { autoEnable: false, autoEnableStandards: 'NONE' as const },
    { autoEnable: true, autoEnableStandards: 'DEFAULT' as const },
  ])('new accounts get Security Hub without standards, where it was %p', async (settings) => {
    const { deps, hub } = world();
    hub('eu-west-1').settings = { configuration: 'LOCAL', ...settings };
    const outcomes = await enroll(LATER, deps);
    expect(hub('eu-west-1').settings).toEqual({ configuration: 'LOCAL', autoEnable: true, autoEnableStandards: 'NONE' });
    expect(hub('us-east-1').writes).not.toContain('enableNewAccounts');
    expect(outcomes.map(({ changed }) => changed.length)).toEqual([0, 0, 1]);
  });

  test('a control makes one finding, also where several standards share it', async () => {
    const { deps, hub } = world();
    hub('us-east-1').consolidated = false;
    await enroll(LATER, deps);
    expect(hub('us-east-1').writes).toContain('consolidateFindings');
    expect(hub('eu-west-1').writes).not.toContain('consolidateFindings');
  });

  test('under central configuration nothing is changed in the Region, which is said; the others are enrolled', async () => {
    const { deps, hub, lines } = world();
    hub('us-east-1').settings = { configuration: 'CENTRAL', autoEnable: false, autoEnableStandards: 'NONE' };
    hub('us-east-1').consolidated = false;
    const outcomes = await enroll(LATER, deps);
    expect(hub('us-east-1').writes).toEqual([]);
    expect(hub('eu-west-1').associated.size).toBe(ACME.length - 1);
    expect(outcomes.map(({ central }) => central)).toEqual([false, true, false]);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'info', message: expect.stringMatching(/central configuration/), details: { region: 'us-east-1' } }),
    );
  });

  test.each(GOVERNED_WORDINGS)(
    'central configuration is also known where a setting is refused, and by no other AccessDenied: %s',
    async (wording) => {
      const { deps, hub } = world();
      hub('us-east-1').consolidated = false;
      hub('us-east-1').consolidateFindings = async () => {
        throw new Error(wording);
      };
      hub('eu-west-1').consolidated = false;
      hub('eu-west-1').consolidateFindings = async () => {
        throw Object.assign(new Error('an explicit deny in a service control policy'), { name: 'AccessDeniedException' });
      };
      const error = await errorOf(enroll(LATER, deps));
      expect(error.message).toMatch(/in 1 of 3 Regions: eu-west-1 \(AccessDeniedException: an explicit deny/);
    },
  );
});

describe('an account that Security Hub does not take', () => {
  test.each(GOVERNED_WORDINGS)(
    'counts as covered under a central configuration policy, which is said and is no error: %s',
    async (wording) => {
      const { deps, hub, lines } = world();
      hub('ap-northeast-1').refusals.set('555555555555', wording);
      const outcomes = await enroll(LATER, deps);
      expect(outcomes[0]).toMatchObject({ added: ACME.length - 2, centralAccounts: 1, refused: 0 });
      expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
      expect(lines).toContainEqual({
        level: 'info',
        message: expect.stringMatching(/covered by a central configuration policy/),
        details: { account: '555555555555', region: 'ap-northeast-1' },
      });
    },
  );

  test('is a member where another run was faster', async () => {
    const { deps, hub, lines } = world();
    const reason = 'The request is rejected because the given account ID is already a member or associated member of the current account.';
    hub('us-east-1').refusals.set('555555555555', reason);
    const outcomes = await enroll(LATER, deps);
    expect(outcomes[1]).toMatchObject({ members: 1, added: ACME.length - 2, refused: 0 });
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test.each([
    ['the management account', MANAGEMENT, 'Security Hub is not enabled', /deploy the management app in 111111111111/],
    ['one too many', '555555555555', 'the current account cannot exceed the maximum number of allowed members', /AWS Support.*quota/],
    ['words that nobody knows', '555555555555', 'The account is not managed by a configuration policy', /Open Security Hub of eu-west-1/],
    ['any other', '666666666666', 'AccessDenied', /Open Security Hub of eu-west-1 in account 666666666666/],
  ])('is one error with account, Region, reason and what to do: %s', async (_name, account, reason, remedy) => {
    const { deps, hub, lines } = world();
    hub('eu-west-1').refusals.set(account, reason);
    const outcomes = await enroll(LATER, deps);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        message: 'account not enrolled',
        details: { account, region: 'eu-west-1', reason, remedy: expect.stringMatching(remedy) },
      },
    ]);
    expect([sum(outcomes, 'refused'), outcomes[2]?.added]).toEqual([1, ACME.length - 2]);
  });
});

describe('what fails', () => {
  const down = Object.assign(new Error('Internal server error.'), { name: 'InternalException' });

  test('in one Region does not stop the others, and ends the run in an error that names it', async () => {
    const { deps, hub, lines } = world();
    hub('us-east-1').organizationSettings = async () => {
      throw down;
    };
    const error = await errorOf(enroll(LATER, deps));
    expect(error.message).toMatch(/in 1 of 3 Regions: us-east-1 \(InternalException: Internal server error\.\)/);
    expect(error.message).not.toMatch(/eu-west-1|ap-northeast-1/);
    for (const region of ['ap-northeast-1', 'eu-west-1']) expect(hub(region).associated.size).toBe(ACME.length - 1);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'Region failed', details: expect.objectContaining({ region: 'us-east-1' }) }),
    );
  });

  test('in several Regions is named for each', async () => {
    const { deps, hubs } = world();
    for (const hub of hubs.slice(1)) {
      hub.members = async () => {
        throw down;
      };
    }
    expect((await errorOf(enroll(LATER, deps))).message).toMatch(/in 2 of 3 Regions: us-east-1 \(.*\); eu-west-1 \(/);
  });

  test('in listing the organization’s accounts fails every Region, and their settings are made all the same', async () => {
    const { deps, hub } = world(async () => {
      throw down;
    });
    hub('us-east-1').consolidated = false;
    expect((await errorOf(enroll(LATER, deps))).message).toMatch(/in 3 of 3 Regions/);
    expect(hub('us-east-1').writes).toEqual(['consolidateFindings']);
  });

  test('for the sake of one account does not keep the other calls from being made', async () => {
    const { deps, hub } = world(accountsOf(500));
    hub('us-east-1').failing = (_call, accounts) => (accounts.includes('300000000060') ? down : undefined);
    const error = await errorOf(enroll(LATER, deps));
    expect(error.message).toMatch(/us-east-1 \(Error: 1 calls of CreateMembers failed, the first with InternalException/);
    expect(hub('us-east-1').associated.size).toBe(501 - 50);
  });

  test('every time is not asked for again and again: after a few failed calls the Region waits for the next run', async () => {
    const { deps, hub, lines } = world(accountsOf(10_000));
    hub('us-east-1').failing = () => down;
    await errorOf(enroll(LATER, deps));
    // Three, and those that were under way.
    expect(hub('us-east-1').batches.length).toBeLessThan(8);
    const [outcome] = lines.filter(({ message, details }) => message === 'enrolled' && details.region === 'us-east-1');
    expect(outcome?.details).toMatchObject({ left: 10_001, added: 0 });
  });
});

test('the log ends with the counts of each Region', async () => {
  const { deps, lines } = world();
  await enroll(LATER, deps);
  expect(lines.slice(-3).map(({ level, message, details }) => [level, message, details.region, details.added])).toEqual(
    REGIONS.map((region) => ['info', 'enrolled', region, ACME.length - 1]),
  );
});
