/** AWS Organizations, read from the delegated administrator's account. */
import {
  type Account,
  AccountNotFoundException,
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  ListParentsCommand,
  OrganizationalUnitNotFoundException,
  OrganizationsClient,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import type { Directory } from '../ports';
import { failingAsAws } from './aws-failure';
import { clientDefaults } from './client-defaults';

export function organizationsDirectory(): Directory {
  const client = new OrganizationsClient(clientDefaults);

  async function tagsOf(accountId: string): Promise<Record<string, string>> {
    const tags: Record<string, string> = {};
    for await (const page of paginateListTagsForResource({ client }, { ResourceId: accountId })) {
      for (const { Key, Value } of page.Tags ?? []) if (Key !== undefined) tags[Key] = Value ?? '';
    }
    return tags;
  }

  return failingAsAws<Directory>('Organizations', {
    async account(accountId) {
      let account: Account | undefined;
      try {
        account = (await client.send(new DescribeAccountCommand({ AccountId: accountId }))).Account;
      } catch (error) {
        if (error instanceof AccountNotFoundException) return undefined;
        throw error;
      }
      return { name: account?.Name ?? '', parentIds: parentsOf(account), tags: await tagsOf(accountId) };
    },

    async parent(childId) {
      return (await client.send(new ListParentsCommand({ ChildId: childId }))).Parents?.[0]?.Id;
    },

    async organizationalUnitName(ouId) {
      try {
        return (await client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: ouId }))).OrganizationalUnit?.Name;
      } catch (error) {
        if (error instanceof OrganizationalUnitNotFoundException) return undefined;
        throw error;
      }
    },
  });
}

/** `o-…/r-…/ou-…/ou-…/<account>/`: all in one answer, where Organizations gives it. */
function parentsOf(account: Account | undefined): string[] | undefined {
  const path = (account as { Paths?: string[] } | undefined)?.Paths?.[0];
  const parts = path?.split('/').filter((part) => /^(r|ou)-/.test(part));
  return parts && parts.length > 0 ? parts : undefined;
}
