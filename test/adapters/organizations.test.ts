/** An account's name, tags and place in the organization, whether or not DescribeAccount gives its path. */
import { organizationsDirectory } from '../../handlers/adapters/organizations';
import { type OrganizationTree, parseOrganization } from '../../local/organizations/organization-tree';
import { organizationsService } from '../../local/organizations/organizations';
import type { Fault } from '../../local/protocol/faults';
import { awsJsonService } from '../../local/protocol/aws-json';
import { type Listener, listen } from '../../local/protocol/listener';
import { type JsonObject, ServiceError } from '../../local/protocol/wire';
import { ACME } from '../local/acme';
import { towardsLoopback } from './loopback';

let listener: Listener;
afterEach(() => listener.close());

async function over(tree: OrganizationTree, options: { paths?: boolean; fault?: Fault } = {}): Promise<void> {
  listener = await listen(
    organizationsService(() => tree, options),
    { faults: () => options.fault },
  );
  towardsLoopback({ ORGANIZATIONS: listener.url });
}

const acme = parseOrganization(ACME, 'test');
const CARDS = '777777777777';
const IN_REGULATED = {
  name: 'cards-vault-prod',
  parentIds: ['r-ab12', 'ou-ab12-wkld0001', 'ou-ab12-prod0001', 'ou-ab12-regul001'],
  tags: { team: 'payments', env: 'prod', pci: 'true' },
};

test('from the root down, in one answer where Organizations gives the path', async () => {
  await over(acme);
  expect(await organizationsDirectory().account(CARDS)).toEqual(IN_REGULATED);
  expect(listener.calls('ListParents')).toBe(0);
});

test('where it gives no path, parent by parent: whoever asks for all of them goes up to the root', async () => {
  await over(acme, { paths: false });
  const directory = organizationsDirectory();
  expect(await directory.account(CARDS)).toEqual({ ...IN_REGULATED, parentIds: undefined });
  expect(listener.calls('ListParents')).toBe(0);
  const parents: string[] = [];
  for (let child: string | undefined = CARDS; child && !child.startsWith('r-'); ) {
    child = await directory.parent?.(child);
    if (child) parents.unshift(child);
  }
  expect(parents).toEqual(IN_REGULATED.parentIds);
});

test('an account under the root has the root alone above it', async () => {
  await over(acme);
  expect((await organizationsDirectory().account('111111111111'))?.parentIds).toEqual(['r-ab12']);
});

/** OUs nest five deep: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
test('below five OUs, the most there can be, all six ids are found', async () => {
  const ou = (depth: number): (typeof ACME)['children'] =>
    depth > 5 ? [] : [{ name: `level ${depth}`, accounts: [{ id: `10000000000${depth}`, name: `at ${depth}` }], children: ou(depth + 1) }];
  await over(parseOrganization({ id: 'r-ab12', name: 'Root', children: ou(1) }, 'test'));
  const { parentIds } = (await organizationsDirectory().account('100000000005')) ?? {};
  expect(parentIds).toHaveLength(6);
  expect(parentIds?.[0]).toBe('r-ab12');
});

test('tags of all pages, up to the fifty that an account may have', async () => {
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key-${index}`, `value ${index}`]));
  const tree = parseOrganization({ ...ACME, accounts: [{ id: '111111111111', name: 'tagged', tags }] }, 'test');
  await over(tree);
  expect((await organizationsDirectory().account('111111111111'))?.tags).toEqual(tags);
});

test('a tag may have no value', async () => {
  await over(parseOrganization({ ...ACME, accounts: [{ id: '111111111111', name: 'tagged', tags: { pci: '' } }] }, 'test'));
  expect((await organizationsDirectory().account('111111111111'))?.tags).toEqual({ pci: '' });
});

test('OUs have names; what Organizations does not know is undefined, not an error', async () => {
  await over(acme);
  const directory = organizationsDirectory();
  expect(await directory.organizationalUnitName('ou-ab12-prod0001')).toBe('Prod');
  expect(await directory.organizationalUnitName('ou-ab12-never001')).toBeUndefined();
  expect(await directory.account('123456789012')).toBeUndefined();
});

test('what it cannot say it throws', async () => {
  await over(acme, { fault: 'refused' });
  const directory = organizationsDirectory();
  await expect(directory.account(CARDS)).rejects.toMatchObject({ name: 'Denied' });
  await expect(directory.organizationalUnitName('ou-ab12-prod0001')).rejects.toMatchObject({ name: 'Denied' });
});

/** Answers that the documentation allows and that no real organization has been seen to give. */
describe('answers with gaps', () => {
  const refused = new ServiceError('TooManyRequestsException', 'You have sent too many requests in too short a period of time.');
  const failures = { refused, throttled: refused, 'error-500': refused };

  async function answering(account: JsonObject, parents: () => JsonObject[], tags: JsonObject): Promise<void> {
    const operations = {
      describeAccount: () => ({ Account: account }),
      listParents: () => ({ Parents: parents() }),
      listTagsForResource: () => tags,
    };
    listener = await listen(
      awsJsonService({ name: 'organizations', target: 'AWSOrganizationsV20161128', version: '1.1', failures, operations }),
    );
    towardsLoopback({ ORGANIZATIONS: listener.url });
  }

  test('no path, no parent, no name and no tags', async () => {
    await answering({ Id: CARDS, Paths: [] }, () => [], {});
    expect(await organizationsDirectory().account(CARDS)).toEqual({ name: '', parentIds: undefined, tags: {} });
    expect(await organizationsDirectory().parent?.(CARDS)).toBeUndefined();
  });

  test('a path without root and OUs is none: the parents are asked for', async () => {
    await answering({ Id: CARDS, Name: 'cards', Paths: [`o-ab12cd34ef/${CARDS}/`] }, () => [{ Id: 'r-ab12', Type: 'ROOT' }], {});
    expect((await organizationsDirectory().account(CARDS))?.parentIds).toBeUndefined();
  });

  test('a parent without an id is none', async () => {
    await answering({ Id: CARDS }, () => [{ Type: 'ORGANIZATIONAL_UNIT' }], {});
    expect(await organizationsDirectory().parent?.(CARDS)).toBeUndefined();
  });

  test('a tag without a key is none, one without a value is empty', async () => {
    await answering({ Id: CARDS }, () => [], { Tags: [{ Value: 'x' }, { Key: 'pci' }] });
    expect((await organizationsDirectory().account(CARDS))?.tags).toEqual({ pci: '' });
  });
});
