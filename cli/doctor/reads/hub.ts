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
import type { Calls, Command } from '../calls';
import { failureIn } from '../failure';
import { doctorClient } from './defaults';
import { allPages, Once } from './once';

/** What stands between the security account and a Region; `usable` also where that could not be looked at. */
export type Standing = 'usable' | 'hub-off' | 'region-off' | 'not-delegated';

export const equals = (...values: string[]) => values.map((Value) => ({ Value, Comparison: 'EQUALS' as const }));

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
    this.once.get(`hub ${region}`, () => this.ask(region, new DescribeHubCommand({})));

  /** Only the Region's delegated administrator is answered. */
  organizationConfiguration = (region: string): Promise<DescribeOrganizationConfigurationCommandOutput> =>
    this.once.get(`organization ${region}`, () => this.ask(region, new DescribeOrganizationConfigurationCommand({})));

  standing = (region: string): Promise<Standing> =>
    this.once.get(`standing ${region}`, async () => {
      const hub = await failureIn(this.hub(region));
      if (hub?.kind === 'credentials') return 'region-off';
      if (hub?.code === 'InvalidAccessException' || hub?.code === 'ResourceNotFoundException') return 'hub-off';
      const organization = await failureIn(this.organizationConfiguration(region));
      return organization?.code === 'InvalidAccessException' ? 'not-delegated' : 'usable';
    });

  /** Those of the Regions where one of these stands in between. */
  standingAs = async (regions: string[], ...of: Standing[]): Promise<string[]> => {
    const standings = await Promise.all(regions.map(this.standing));
    return regions.filter((_, index) => of.some((standing) => standing === standings[index]));
  };

  /** Regions in which the security account is the administrator, as far as is known. */
  usable = () => this.standingAs(this.regions, 'usable');

  /** @param region any Region in which Security Hub is on lists it. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ListFindingAggregators.html */
  aggregator = (region = this.home): Promise<GetFindingAggregatorCommandOutput | undefined> =>
    this.once.get(`aggregator ${region}`, async () => {
      const listed = await this.ask(region, new ListFindingAggregatorsCommand({}));
      const FindingAggregatorArn = listed.FindingAggregators?.[0]?.FindingAggregatorArn;
      if (!FindingAggregatorArn) return undefined;
      return this.ask(region, new GetFindingAggregatorCommand({ FindingAggregatorArn }));
    });

  /** The account of which the security account is a member in a Region; undefined: of none, or nobody says. */
  administrator = async (region: string): Promise<string | undefined> => {
    const answer = this.once.get(`administrator ${region}`, () => this.ask(region, new GetAdministratorAccountCommand({})));
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
        allPages('Products', (NextToken) => this.ask(this.home, new DescribeProductsCommand({ MaxResults: 100, NextToken }))),
        allPages('ProductSubscriptions', (NextToken) =>
          this.ask(this.home, new ListEnabledProductsForImportCommand({ MaxResults: 100, NextToken })),
        ),
      ]);
      return [...offered.map(({ ProductArn = '' }) => ProductArn), ...subscribed];
    });

  /** By account id, whatever their status. */
  members = (region: string): Promise<Map<string, Member>> =>
    this.once.get(`members ${region}`, async () => {
      const members = await allPages('Members', (NextToken) =>
        this.ask(region, new ListMembersCommand({ OnlyAssociated: false, MaxResults: 50, NextToken })),
      );
      return new Map(members.map((member) => [member.AccountId ?? '', member]));
    });

  /** Of configuration policies; the delegated administrator may ask in the home Region. */
  associations = (): Promise<ConfigurationPolicyAssociationSummary[]> =>
    this.once.get('associations', () =>
      allPages('ConfigurationPolicyAssociationSummaries', (NextToken) =>
        this.ask(this.home, new ListConfigurationPolicyAssociationsCommand({ MaxResults: 100, NextToken })),
      ),
    );

  /**
   * The active Config.1 findings of a Region: one an account, refreshed at least daily. They say where AWS Config does
   * not record, and show in one listing most of the accounts that are not silent.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1
   */
  configFindings = (region: string): Promise<AwsSecurityFinding[]> =>
    this.once.get(`config ${region}`, () => {
      const filters = { ComplianceSecurityControlId: equals('Config.1'), RecordState: equals('ACTIVE'), Region: equals(region) };
      return allPages('Findings', (token) => this.findings(filters, token));
    });

  /** Whether a finding of that severity is open and new, in the home Region and those linked to it. */
  async hasOpen(severity: string): Promise<boolean> {
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
    return this.ask(this.home, new GetFindingsCommand({ Filters, MaxResults: 100, NextToken }));
  }

  private ask<Answer>(region: string, command: Command<Answer>): Promise<Answer> {
    const client = this.clients.get(region);
    if (!client) throw new Error(`${region} is not among the Regions in use`);
    return this.calls.send('securityhub', region, client, command);
  }
}
