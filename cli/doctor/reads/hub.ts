/** Security Hub of the security account, Region by Region. */
import {
  type AwsSecurityFinding,
  type AwsSecurityFindingFilters,
  type ConfigurationPolicyAssociationSummary,
  DescribeHubCommand,
  type DescribeHubCommandOutput,
  DescribeOrganizationConfigurationCommand,
  type DescribeOrganizationConfigurationCommandOutput,
  DescribeProductsCommand,
  GetAdministratorAccountCommand,
  GetFindingAggregatorCommand,
  type GetFindingAggregatorCommandOutput,
  GetFindingsCommand,
  ListConfigurationPolicyAssociationsCommand,
  ListEnabledProductsForImportCommand,
  ListFindingAggregatorsCommand,
  ListMembersCommand,
  type Member,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Calls } from '../calls';
import { failureIn } from '../failure';
import { doctorClient } from './defaults';
import { allPages, Once } from './once';

/** What stands between the security account and a Region; `usable` also where that could not be looked at. */
export type Standing = 'usable' | 'hub-off' | 'region-off' | 'not-delegated';

export class HubReads {
  private readonly once = new Once();
  private readonly clients: Map<string, SecurityHubClient>;
  private readonly home: string;

  constructor(
    private readonly calls: Calls,
    private readonly regions: string[],
  ) {
    this.home = regions[0] ?? '';
    this.clients = new Map(regions.map((region) => [region, new SecurityHubClient(doctorClient(region))]));
  }

  hub = (region: string): Promise<DescribeHubCommandOutput> =>
    this.once.get(`hub ${region}`, () =>
      this.ask('DescribeHub', region, (client, options) => client.send(new DescribeHubCommand({}), options)),
    );

  /** Only the Region's delegated administrator is answered. */
  organizationConfiguration = (region: string): Promise<DescribeOrganizationConfigurationCommandOutput> =>
    this.once.get(`organization ${region}`, () =>
      this.ask('DescribeOrganizationConfiguration', region, (client, options) =>
        client.send(new DescribeOrganizationConfigurationCommand({}), options),
      ),
    );

  standing = (region: string): Promise<Standing> =>
    this.once.get(`standing ${region}`, async () => {
      const hub = await failureIn(this.hub(region));
      if (hub?.kind === 'credentials') return 'region-off';
      if (hub?.code === 'InvalidAccessException' || hub?.code === 'ResourceNotFoundException') return 'hub-off';
      const organization = await failureIn(this.organizationConfiguration(region));
      return organization?.code === 'InvalidAccessException' ? 'not-delegated' : 'usable';
    });

  /** Regions in which the security account is the administrator, as far as is known. */
  usable = async (): Promise<string[]> => {
    const standings = await Promise.all(this.regions.map(this.standing));
    return this.regions.filter((_, index) => standings[index] === 'usable');
  };

  /** @param region any Region in which Security Hub is on lists it. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ListFindingAggregators.html */
  aggregator = (region = this.home): Promise<GetFindingAggregatorCommandOutput | undefined> =>
    this.once.get(`aggregator ${region}`, async () => {
      const listed = await this.ask('ListFindingAggregators', region, (client, options) =>
        client.send(new ListFindingAggregatorsCommand({}), options),
      );
      const FindingAggregatorArn = listed.FindingAggregators?.[0]?.FindingAggregatorArn;
      if (!FindingAggregatorArn) return undefined;
      return this.ask('GetFindingAggregator', region, (client, options) =>
        client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn }), options),
      );
    });

  /** The account of which the security account is a member in a Region; undefined: of none, or nobody says. */
  administrator = async (region: string): Promise<string | undefined> => {
    const answer = this.once.get(`administrator ${region}`, () =>
      this.ask('GetAdministratorAccount', region, (client, options) => client.send(new GetAdministratorAccountCommand({}), options)),
    );
    return (await failureIn(answer)) ? undefined : (await answer).Administrator?.AccountId;
  };

  /**
   * ARNs of the products that can send findings here, and of those that a person or a service subscribed to. The
   * security account's home Region speaks for all: the first list is Security Hub's own.
   * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeProducts.html
   */
  products = (): Promise<string[]> =>
    this.once.get('products', async () => {
      const [offered, subscribed] = await Promise.all([
        allPages(
          (NextToken) =>
            this.ask('DescribeProducts', this.home, (client, options) =>
              client.send(new DescribeProductsCommand({ MaxResults: 100, NextToken }), options),
            ),
          (page) => page.Products,
        ),
        allPages(
          (NextToken) =>
            this.ask('ListEnabledProductsForImport', this.home, (client, options) =>
              client.send(new ListEnabledProductsForImportCommand({ MaxResults: 100, NextToken }), options),
            ),
          (page) => page.ProductSubscriptions,
        ),
      ]);
      return [...offered.map(({ ProductArn = '' }) => ProductArn), ...subscribed];
    });

  /** By account id, whatever their status. */
  members = (region: string): Promise<Map<string, Member>> =>
    this.once.get(`members ${region}`, async () => {
      const members = await allPages(
        (NextToken) =>
          this.ask('ListMembers', region, (client, options) =>
            client.send(new ListMembersCommand({ OnlyAssociated: false, MaxResults: 50, NextToken }), options),
          ),
        (page) => page.Members,
      );
      return new Map(members.map((member) => [member.AccountId ?? '', member]));
    });

  /** Of configuration policies; the delegated administrator may ask in the home Region. */
  associations = (): Promise<ConfigurationPolicyAssociationSummary[]> =>
    this.once.get('associations', () =>
      allPages(
        (NextToken) =>
          this.ask('ListConfigurationPolicyAssociations', this.home, (client, options) =>
            client.send(new ListConfigurationPolicyAssociationsCommand({ MaxResults: 100, NextToken }), options),
          ),
        (page) => page.ConfigurationPolicyAssociationSummaries,
      ),
    );

  /**
   * The active Config.1 findings of a Region: one an account, refreshed at least daily. They say where AWS Config does
   * not record, and show in one listing most of the accounts that are not silent.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1
   */
  configFindings = (region: string): Promise<AwsSecurityFinding[]> =>
    this.once.get(`config ${region}`, () => {
      const equals = (Value: string) => [{ Value, Comparison: 'EQUALS' as const }];
      const filters = { ComplianceSecurityControlId: equals('Config.1'), RecordState: equals('ACTIVE'), Region: equals(region) };
      return allPages(
        (token) => this.findings(filters, token),
        (page) => page.Findings,
      );
    });

  /** Whether a finding of that severity is open and new, in the home Region and those linked to it. */
  async hasOpen(severity: string): Promise<boolean> {
    const equals = (Value: string) => [{ Value, Comparison: 'EQUALS' as const }];
    const filters = { SeverityLabel: equals(severity), RecordState: equals('ACTIVE'), WorkflowStatus: equals('NEW') };
    let token: string | undefined;
    do {
      const { Findings = [], NextToken } = await this.findings(filters, token);
      if (Findings.length > 0) return true;
      // An empty page may still have a next one.
      token = NextToken;
    } while (token);
    return false;
  }

  /** One page of at most 100, in the home Region, where findings of all linked Regions are. */
  findings(Filters: AwsSecurityFindingFilters, NextToken?: string) {
    return this.ask('GetFindings', this.home, (client, options) =>
      client.send(new GetFindingsCommand({ Filters, MaxResults: 100, NextToken }), options),
    );
  }

  private ask<T>(
    operation: string,
    region: string,
    run: (client: SecurityHubClient, options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const client = this.clients.get(region);
    if (!client) throw new Error(`${region} is not among the Regions in use`);
    return this.calls.call(`securityhub:${operation}`, region, (options) => run(client, options));
  }
}
