import {
  AccountNotFoundException,
  ChildNotFoundException,
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  ListAccountsCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  OrganizationalUnitNotFoundException,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { listen, type Listener } from '../../../local/protocol/listener';
import { type OrganizationInput, type OrganizationTree, parseOrganization } from '../../../local/organizations/organization-tree';
import { organizationsService } from '../../../local/organizations/organizations';
import { ACME } from '../acme';
import { errorOf, towards } from '../clients';

const opened: { listener: Listener; client: OrganizationsClient }[] = [];

async function open(tree: () => OrganizationTree = () => parseOrganization(ACME, 'acme'), paths = true) {
  const listener = await listen(organizationsService(tree, { paths }));
  const client = new OrganizationsClient(towards(listener.url));
  opened.push({ listener, client });
  return { listener, client };
}
afterEach(async () => {
  for (const { listener, client } of opened.splice(0)) {
    client.destroy();
    await listener.close();
  }
});

test('an account has its name, state and path; its tags are another call', async () => {
  const { client, listener } = await open();
  const { Account } = await client.send(new DescribeAccountCommand({ AccountId: '777777777777' }));
  expect(Account).toMatchObject({
    Name: 'cards-vault-prod',
    State: 'ACTIVE',
    Paths: ['o-ab12cd34ef/r-ab12/ou-ab12-wkld0001/ou-ab12-prod0001/ou-ab12-regul001/777777777777/'],
  });
  expect(Account).not.toHaveProperty('Status');
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceId: '777777777777' }));
  expect(Tags).toContainEqual({ Key: 'pci', Value: 'true' });
  expect([listener.calls(), listener.calls('DescribeAccount')]).toEqual([2, 1]);
});

test('a closed account is answered with its state', async () => {
  const { client } = await open(() =>
    parseOrganization({ ...ACME, accounts: [{ id: '111111111111', name: 'old', state: 'PENDING_CLOSURE' }] }, 'acme'),
  );
  expect((await client.send(new DescribeAccountCommand({ AccountId: '111111111111' }))).Account?.State).toBe('PENDING_CLOSURE');
});

test('the way up to the root is found by ListParents where there are no paths', async () => {
  const { client } = await open(undefined, false);
  expect((await client.send(new DescribeAccountCommand({ AccountId: '444444444444' }))).Account).not.toHaveProperty('Paths');
  const parent = async (ChildId: string) => (await client.send(new ListParentsCommand({ ChildId }))).Parents?.[0];
  expect(await parent('444444444444')).toEqual({ Id: 'ou-ab12-infra001', Type: 'ORGANIZATIONAL_UNIT' });
  expect(await parent('ou-ab12-infra001')).toEqual({ Id: 'r-ab12', Type: 'ROOT' });
  const unit = await client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-ab12-infra001' }));
  expect(unit.OrganizationalUnit?.Name).toBe('Infrastructure');
  expect((await client.send(new ListRootsCommand({}))).Roots?.[0]?.Id).toBe('r-ab12');
});

test('what the tree lacks is answered with the exceptions of Organizations', async () => {
  const { client } = await open();
  expect(await errorOf(client.send(new DescribeAccountCommand({ AccountId: '123123123123' })))).toBeInstanceOf(AccountNotFoundException);
  expect(await errorOf(client.send(new ListParentsCommand({ ChildId: '123123123123' })))).toBeInstanceOf(ChildNotFoundException);
  const unit = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-ab12-nothere1' });
  expect(await errorOf(client.send(unit))).toBeInstanceOf(OrganizationalUnitNotFoundException);
});

test('accounts come in pages', async () => {
  const accounts = Array.from({ length: 25 }, (_, index) => ({ id: String(100_000_000_000 + index), name: `a${index}` }));
  const { client } = await open(() => parseOrganization({ name: 'Root', accounts }, 'many'));
  const first = await client.send(new ListAccountsCommand({}));
  const second = await client.send(new ListAccountsCommand({ NextToken: first.NextToken }));
  expect([first.Accounts?.length, second.Accounts?.length, second.NextToken]).toEqual([20, 5, undefined]);
});

describe('a tree', () => {
  test('without ids gets ids, the same in each run', () => {
    const input: OrganizationInput = { name: 'Root', children: [{ name: 'Workloads', children: [{ name: 'Prod' }] }] };
    const ids = () => [...parseOrganization(input, 'tree').units.keys()];
    expect(ids()).toEqual(ids());
    expect(ids()[0]).toMatch(/^r-[a-z0-9]{4}$/);
    expect(ids().slice(1)).toEqual([expect.stringMatching(/^ou-[a-z0-9]{4}-[a-z0-9]{8}$/), expect.stringMatching(/^ou-/)]);
  });

  test.each<[string, unknown, RegExp]>([
    [
      'an account id of 11 digits',
      { name: 'Root', accounts: [{ id: '12345678901', name: 'a' }] },
      /accounts\.0\.id: an AWS account id has exactly 12 digits/,
    ],
    ['an unknown key', { name: 'Root', acounts: [] }, /acounts/],
    [
      'one account in two places',
      {
        name: 'Root',
        accounts: [{ id: '111111111111', name: 'a' }],
        children: [{ name: 'X', accounts: [{ id: '111111111111', name: 'a' }] }],
      },
      /twice.*Root\/X/,
    ],
    ['an OU at the top', { id: 'ou-ab12-11111111', name: 'Root' }, /the top has an id r-/],
  ])('with %s is refused, and the error says where', (_name, input, expected) => {
    expect(() => parseOrganization(input, 'organization.json')).toThrow(expected);
  });
});
