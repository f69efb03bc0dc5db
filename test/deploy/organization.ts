/** The example organization, made in moto: its ids are those that moto gives. */
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
} from '@aws-sdk/client-organizations';
import { type OrganizationInput, parseOrganization } from '../../local/organizations/organization-tree';
import { isObject } from '../../local/protocol/wire';
import type { Aws } from './aws';

export interface Made {
  organizationId: string;
  /** From the ids of the example (accounts, OUs, root, organization) to those that moto gave. */
  ids: ReadonlyMap<string, string>;
}

/** The id that the example configuration gives its organization. */
const EXAMPLE_ORGANIZATION = 'o-ab12cd34ef';

/**
 * @param management clients of the management account, whose id stays: who creates an organization is its management account.
 * @param tree cli/demo/organization.json.
 */
export async function makeOrganization({ organizations }: Aws, management: string, tree: unknown): Promise<Made> {
  parseOrganization(tree, 'cli/demo/organization.json');
  const ids = new Map<string, string>();
  const { Organization } = await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const root = given((await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id, 'ListRoots');
  ids.set(EXAMPLE_ORGANIZATION, given(Organization?.Id, 'CreateOrganization'));

  async function add(node: OrganizationInput, parent: string): Promise<void> {
    ids.set(given(node.id, `the id of ${node.name}`), parent);
    for (const account of node.accounts ?? []) {
      if (account.id === management) continue;
      const { CreateAccountStatus } = await organizations.send(
        new CreateAccountCommand({
          AccountName: account.name,
          Email: `aws+${account.name}@example.com`,
          Tags: Object.entries(account.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
        }),
      );
      const id = given(CreateAccountStatus?.AccountId, `CreateAccount of ${account.name}`);
      if (parent !== root) {
        await organizations.send(new MoveAccountCommand({ AccountId: id, SourceParentId: root, DestinationParentId: parent }));
      }
      ids.set(account.id, id);
    }
    for (const child of node.children ?? []) {
      const made = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId: parent, Name: child.name }));
      await add(child, given(made.OrganizationalUnit?.Id, `CreateOrganizationalUnit of ${child.name}`));
    }
  }
  await add(tree as OrganizationInput, root);
  return { organizationId: given(Organization?.Id, 'CreateOrganization'), ids };
}

function given(value: string | undefined, call: string): string {
  if (!value) throw new Error(`Organizations gave no id: ${call}`);
  return value;
}

/** The same text, or value of texts, with moto's ids where the example's stood; what is only part of a longer id stays. */
export function withIds<T>(value: T, ids: ReadonlyMap<string, string>): T {
  if (typeof value === 'string') return value.replace(IDS, (id) => ids.get(id) ?? id) as T;
  if (Array.isArray(value)) return value.map((entry) => withIds(entry, ids)) as T;
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withIds(entry, ids)])) as T;
  return value;
}
const IDS = /\b(?:\d{12}|o-[a-z0-9]{10,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})\b/g;
