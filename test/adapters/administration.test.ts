/** Security Hub of a Region in the hands of its administrator: the production adapter against the stand-in on loopback. */
import { GOVERNED_WORDINGS } from '../../local/securityhub/hub-administration';
import { createHubFindings } from '../../local/securityhub/hub-findings';
import { type Listener, listen } from '../../local/protocol/listener';
import { createSecurityHub, type SecurityHubStandIn } from '../../local/securityhub/securityhub';
import { securityHubAdministration } from '../../handlers/adapters/administration';
import { centrallyManaged } from '../../handlers/enroll/enrollment';
import { reasonOf } from '../../handlers/domain/failure';
import { towardsLoopback } from './loopback';

let hub: SecurityHubStandIn;
let listener: Listener;
/** How many calls of each operation are throttled from now on. */
let throttled: Record<string, number>;
/** What Security Hub answers in place of what the stand-in would. */
let instead: object | undefined;

beforeEach(async () => {
  throttled = {};
  hub = createSecurityHub(createHubFindings());
  instead = undefined;
  const answer: typeof hub.service.answer = (call, request) =>
    instead
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(instead) }
      : hub.service.answer(call, request);
  listener = await listen(
    { ...hub.service, answer },
    {
      faults: ({ operation }) => {
        const left = throttled[operation] ?? 0;
        throttled[operation] = left - 1;
        return left > 0 ? 'throttled' : undefined;
      },
    },
  );
  towardsLoopback({ SECURITYHUB: listener.url });
});
afterEach(() => listener.close());

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(300_000_000_000 + index));

test('each Region has its own', async () => {
  await securityHubAdministration('eu-west-1').createMembers(['333333333333']);
  expect([...hub.administration.region('eu-west-1').members.keys()]).toEqual(['333333333333']);
  expect(hub.administration.region('ap-northeast-1').members.size).toBe(0);
});

test('the organization’s settings are read as they are, and changed to new accounts without standards', async () => {
  const regional = hub.administration.region('us-east-1');
  const administration = securityHubAdministration('us-east-1');
  expect(await administration.organizationSettings()).toEqual({
    configuration: 'LOCAL',
    autoEnable: false,
    autoEnableStandards: 'DEFAULT',
  });
  await administration.enableNewAccounts();
  expect(regional).toMatchObject({ configurationType: 'LOCAL', autoEnable: true, autoEnableStandards: 'NONE' });
  expect(await administration.organizationSettings()).toEqual({ configuration: 'LOCAL', autoEnable: true, autoEnableStandards: 'NONE' });
  Object.assign(regional, { configurationType: 'CENTRAL', autoEnable: false });
  expect(await administration.organizationSettings()).toMatchObject({ configuration: 'CENTRAL', autoEnable: false });
});

test('consolidated control findings are seen and turned on', async () => {
  const regional = hub.administration.region('us-east-1');
  regional.controlFindingGenerator = 'STANDARD_CONTROL';
  const administration = securityHubAdministration('us-east-1');
  expect(await administration.findingsConsolidated()).toBe(false);
  await administration.consolidateFindings();
  expect(await administration.findingsConsolidated()).toBe(true);
});

test.each(GOVERNED_WORDINGS)('the words of Security Hub come through: %s', async (wording) => {
  Object.assign(hub.administration.region('us-east-1'), { controlFindingGenerator: 'STANDARD_CONTROL', governed: wording });
  const refusal = await securityHubAdministration('us-east-1').consolidateFindings().catch(reasonOf);
  expect(refusal).toBe(`AccessDeniedException: ${wording}`);
  expect(centrallyManaged(String(refusal))).toBe(true);
});

test('members are those that are associated, over all pages', async () => {
  const { members } = hub.administration.region('us-east-1');
  for (const id of ids(120)) members.set(id, 'Enabled');
  members.set('333333333333', 'Removed');
  expect(await securityHubAdministration('us-east-1').members()).toEqual(ids(120));
  expect(listener.calls('ListMembers')).toBe(3);
});

test('an account that is not taken comes back with Security Hub’s reason, the others are members', async () => {
  const { members, refusals } = hub.administration.region('us-east-1');
  refusals.set('444444444444', 'Security Hub is not enabled.');
  const untaken = await securityHubAdministration('us-east-1').createMembers(['333333333333', '444444444444']);
  expect(untaken).toEqual([{ accountId: '444444444444', reason: 'Security Hub is not enabled.' }]);
  expect([...members.keys()]).toEqual(['333333333333']);
});

/** Both are optional: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Result.html */
test('a refusal without a reason says so, and one without an account is not lost', async () => {
  instead = { UnprocessedAccounts: [{ AccountId: '444444444444' }, { ProcessingResult: 'Not enabled.' }] };
  expect(await securityHubAdministration('us-east-1').createMembers(ids(2))).toEqual([
    { accountId: '444444444444', reason: 'Security Hub gave no reason' },
    { accountId: '', reason: 'Not enabled.' },
  ]);
});

test('50 accounts go into one call, and Security Hub takes no more', async () => {
  const administration = securityHubAdministration('us-east-1');
  expect(await administration.createMembers(ids(50))).toEqual([]);
  await expect(administration.createMembers(ids(51))).rejects.toThrow(/1 to 50/);
});

test('throttling is waited out, more patiently than by default', async () => {
  throttled = { CreateMembers: 3 };
  // The SDK's back-off is a random part of its longest.
  jest.spyOn(Math, 'random').mockReturnValue(0);
  expect(await securityHubAdministration('us-east-1').createMembers(['333333333333'])).toEqual([]);
  expect(listener.calls('CreateMembers')).toBe(4);
  jest.restoreAllMocks();
});
