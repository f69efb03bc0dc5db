/** The accounts of AWS Organizations, listed from the delegated administrator's account. */
import { OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import type { Organization, OrganizationAccount } from '../ports';
import { patientDefaults } from './client-defaults';

/** ListAccounts answers 20 a page at most. https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html */
const PAGE = 20;

export function organizationAccounts(): Organization {
  const client = new OrganizationsClient(patientDefaults);
  return {
    async accounts() {
      const accounts: OrganizationAccount[] = [];
      for await (const page of paginateListAccounts({ client, pageSize: PAGE }, {})) {
        // Status was retired on 2026-09-09; partitions that do not have State yet still answer it.
        for (const { Id, State, Status } of page.Accounts ?? []) if (Id) accounts.push({ id: Id, state: State ?? Status ?? '' });
      }
      return accounts;
    },
  };
}
