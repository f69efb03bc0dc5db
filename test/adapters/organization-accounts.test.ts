/** The organization's accounts are listed page by page, with the state that AWS Organizations gives them, under its new name or its old one. */
import { awsJsonService } from '../../local/protocol/aws-json';
import type { FaultCall } from '../../local/protocol/faults';
import { type Listener, listen } from '../../local/protocol/listener';
import { parseOrganization } from '../../local/organizations/organization-tree';
import { organizationsService } from '../../local/organizations/organizations';
import { type JsonObject, ServiceError } from '../../local/protocol/wire';
import { organizationAccounts } from '../../handlers/adapters/organization-accounts';
import { ACME } from '../local/acme';
import { towardsLoopback } from './loopback';

const THROTTLED = new ServiceError('TooManyRequestsException', 'You have sent too many requests in too short a period of time.');
const failures = { refused: THROTTLED, throttled: THROTTLED, 'error-500': THROTTLED };

let listener: Listener;
afterEach(() => listener.close());

async function answering(pages: JsonObject[]): Promise<void> {
  let call = 0;
  const listAccounts = () => pages[call++] ?? {};
  listener = await listen(
    awsJsonService({ name: 'organizations', target: 'AWSOrganizationsV20161128', version: '1.1', failures, operations: { listAccounts } }),
  );
  towardsLoopback({ ORGANIZATIONS: listener.url });
}

test('all of them, over all pages', async () => {
  const tree = parseOrganization(
    { ...ACME, accounts: Array.from({ length: 45 }, (_, index) => ({ id: String(100_000_000_000 + index), name: `account-${index}` })) },
    'test',
  );
  // The stand-in gives fewer where more are asked for; AWS refuses the call.
  let most = 0;
  const faults = ({ body }: FaultCall) => {
    most = Math.max(most, Number(body.MaxResults ?? 20));
    return undefined;
  };
  listener = await listen(
    organizationsService(() => tree),
    { faults },
  );
  towardsLoopback({ ORGANIZATIONS: listener.url });
  const accounts = await organizationAccounts().accounts();
  expect(accounts.map(({ id }) => id).sort()).toEqual([...tree.accounts.keys()].sort());
  expect(new Set(accounts.map(({ state }) => state))).toEqual(new Set(['ACTIVE']));
  expect(listener.calls('ListAccounts')).toBe(Math.ceil(tree.accounts.size / 20));
  expect(most).toBe(20);
});

test('an account without an id is none, one without a state has none', async () => {
  await answering([{ Accounts: [{ State: 'ACTIVE' }, { Id: '333333333333' }] }]);
  expect(await organizationAccounts().accounts()).toEqual([{ id: '333333333333', state: '' }]);
});

test('an empty page in the middle is no end', async () => {
  const account = { Id: '333333333333', State: 'ACTIVE' };
  await answering([{ Accounts: [], NextToken: 'more' }, { Accounts: [account] }]);
  expect(await organizationAccounts().accounts()).toEqual([{ id: '333333333333', state: 'ACTIVE' }]);
});

test('State is believed, and Status where there is no State', async () => {
  await answering([
    {
      Accounts: [
        { Id: '333333333333', State: 'PENDING_CLOSURE', Status: 'ACTIVE' },
        { Id: '444444444444', Status: 'SUSPENDED' },
        { Id: '555555555555', Status: 'ACTIVE' },
      ],
    },
  ]);
  expect((await organizationAccounts().accounts()).map(({ state }) => state)).toEqual(['PENDING_CLOSURE', 'SUSPENDED', 'ACTIVE']);
});
