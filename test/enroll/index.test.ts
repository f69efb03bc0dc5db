/** The function as Lambda calls it, against Organizations and Security Hub on loopback. */
import { createHubFindings } from '../../local/securityhub/hub-findings';
import type { FaultPlan } from '../../local/protocol/faults';
import { type Listener, listen } from '../../local/protocol/listener';
import { parseOrganization } from '../../local/organizations/organization-tree';
import { organizationsService } from '../../local/organizations/organizations';
import { createSecurityHub, type SecurityHubStandIn } from '../../local/securityhub/securityhub';
import { towardsLoopback } from '../adapters/loopback';
import { ACME } from '../local/acme';

const WRITES = ['CreateMembers', 'UpdateOrganizationConfiguration', 'UpdateSecurityHubConfiguration'];
const REGIONS = ['ap-northeast-1', 'us-east-1', 'eu-west-1'];
/** In how many Regions Security Hub refuses the next run. */
let refused = 0;
let hub: SecurityHubStandIn;
let listeners: Listener[];
let handler: typeof import('../../handlers/enroll/index').handler;

beforeAll(async () => {
  hub = createSecurityHub(createHubFindings());
  const tree = parseOrganization(ACME, 'test');
  const faults: FaultPlan = ({ operation }) => (operation === 'DescribeOrganizationConfiguration' && refused-- > 0 ? 'refused' : undefined);
  listeners = [await listen(hub.service, { faults }), await listen(organizationsService(() => tree))];
  towardsLoopback({ SECURITYHUB: listeners[0]?.url ?? '', ORGANIZATIONS: listeners[1]?.url ?? '' });
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    REGIONS: REGIONS.join(','),
    ADMINISTRATOR_ACCOUNT: '222222222222',
    MANAGEMENT_ACCOUNT: '111111111111',
  });
  ({ handler } = await import('../../handlers/enroll/index'));
});
afterAll(() => Promise.all(listeners.map((listener) => listener.close())));

const invoke = (milliseconds = 900_000) => handler({ 'detail-type': 'Scheduled Event' }, { getRemainingTimeInMillis: () => milliseconds });
const writes = () => WRITES.map((operation) => listeners[0]?.calls(operation));

test('no new call begins in the last minute, and nothing fails for it', async () => {
  await invoke(59_000);
  expect(listeners[0]?.calls('CreateMembers')).toBe(0);
});

test('all eight accounts beside the administrator become members in all three Regions', async () => {
  await invoke();
  for (const region of REGIONS) {
    const { members, autoEnable, autoEnableStandards } = hub.administration.region(region);
    expect([members.size, members.has('222222222222'), autoEnable, autoEnableStandards]).toEqual([8, false, true, 'NONE']);
  }
});

test('a second run only reads', async () => {
  const before = writes();
  await invoke();
  expect(writes()).toEqual(before);
});

test('a run that failed in a Region ends in an error, so that Lambda tries again, after the others are done', async () => {
  for (const region of REGIONS) hub.administration.region(region).members.delete('333333333333');
  refused = 1;
  await expect(invoke()).rejects.toThrow(/in 1 of 3 Regions: .*AccessDeniedException.*Lambda tries again/);
  expect(REGIONS.filter((region) => hub.administration.region(region).members.has('333333333333'))).toHaveLength(2);
});
