/** Security Hub of one Region, as its delegated administrator runs it. */
import {
  CreateMembersCommand,
  DescribeHubCommand,
  DescribeOrganizationConfigurationCommand,
  paginateListMembers,
  SecurityHubClient,
  UpdateOrganizationConfigurationCommand,
  UpdateSecurityHubConfigurationCommand,
} from '@aws-sdk/client-securityhub';
import type { Administration } from '../ports';
import { patientDefaults } from './client-defaults';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ListMembers.html */
const PAGE = 50;

export function securityHubAdministration(region: string): Administration {
  const client = new SecurityHubClient({ ...patientDefaults, region });
  return {
    async organizationSettings() {
      const { AutoEnable, AutoEnableStandards, OrganizationConfiguration } = await client.send(
        new DescribeOrganizationConfigurationCommand({}),
      );
      return {
        configuration: OrganizationConfiguration?.ConfigurationType === 'CENTRAL' ? 'CENTRAL' : 'LOCAL',
        autoEnable: AutoEnable === true,
        autoEnableStandards: AutoEnableStandards === 'NONE' ? 'NONE' : 'DEFAULT',
      };
    },

    async enableNewAccounts() {
      await client.send(new UpdateOrganizationConfigurationCommand({ AutoEnable: true, AutoEnableStandards: 'NONE' }));
    },

    async findingsConsolidated() {
      return (await client.send(new DescribeHubCommand({}))).ControlFindingGenerator === 'SECURITY_CONTROL';
    },

    async consolidateFindings() {
      await client.send(new UpdateSecurityHubConfigurationCommand({ ControlFindingGenerator: 'SECURITY_CONTROL' }));
    },

    async members() {
      const members: string[] = [];
      for await (const page of paginateListMembers({ client, pageSize: PAGE }, { OnlyAssociated: true })) {
        members.push(...(page.Members ?? []).flatMap(({ AccountId }) => AccountId ?? []));
      }
      return members;
    },

    async createMembers(accountIds) {
      const { UnprocessedAccounts } = await client.send(
        new CreateMembersCommand({ AccountDetails: accountIds.map((AccountId) => ({ AccountId })) }),
      );
      return (UnprocessedAccounts ?? []).map(({ AccountId, ProcessingResult }) => ({
        accountId: AccountId ?? '',
        reason: ProcessingResult ?? 'Security Hub gave no reason',
      }));
    },
  };
}
