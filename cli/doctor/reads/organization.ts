/** AWS Organizations, as a delegated administrator may read it. */
import {
  type Account,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  type Organization,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { OrganizationalUnit } from '../../../config/routing/owner';
import type { Calls, Command } from '../calls';
import { doctorClient } from './defaults';
import { allPages, Once } from './once';

export interface Unit extends OrganizationalUnit {
  parent?: Unit;
}

export interface Tree {
  root: Unit;
  /** By id, the root included. */
  units: Map<string, Unit>;
}

export interface Member {
  id: string;
  name: string;
  /** The ids of its parents, from the root down, where Organizations gave them. */
  parentIds: string[];
}

export class OrganizationReads {
  private readonly once = new Once();
  private readonly client: OrganizationsClient;

  constructor(
    private readonly calls: Calls,
    region: string,
  ) {
    // Organizations has one endpoint a partition: the SDK finds it from any of the partition's Regions.
    this.client = new OrganizationsClient(doctorClient(region));
  }

  organization = (): Promise<Organization> =>
    this.once.get('organization', async () => {
      const answer = await this.ask(new DescribeOrganizationCommand({}));
      return answer.Organization ?? {};
    });

  /** Service principals that the account is a delegated administrator of. */
  delegatedServices = (account: string): Promise<string[]> =>
    this.once.get(`delegated ${account}`, async () => {
      const services = await allPages('DelegatedServices', (NextToken) =>
        this.ask(new ListDelegatedServicesForAccountCommand({ AccountId: account, NextToken })),
      );
      return services.map(({ ServicePrincipal }) => ServicePrincipal ?? '');
    });

  /** Service principals with trusted access. */
  trustedServices = (): Promise<string[]> =>
    this.once.get('trusted', async () => {
      const services = await allPages('EnabledServicePrincipals', (NextToken) =>
        this.ask(new ListAWSServiceAccessForOrganizationCommand({ NextToken })),
      );
      return services.map(({ ServicePrincipal }) => ServicePrincipal ?? '');
    });

  /** Active accounts, the management account included. Suspended and closing ones can have no hub. */
  accounts = (): Promise<Member[]> =>
    this.once.get('accounts', async () => {
      const accounts = await allPages('Accounts', (NextToken) => this.ask(new ListAccountsCommand({ NextToken, MaxResults: 20 })));
      return accounts
        .filter(isActive)
        .map((account) => ({ id: account.Id ?? '', name: account.Name ?? '', parentIds: parentsOf(account) }));
    });

  tree = (): Promise<Tree> =>
    this.once.get('tree', async () => {
      const { Roots } = await this.ask(new ListRootsCommand({}));
      const root: Unit = { id: Roots?.[0]?.Id ?? '', name: 'Root' };
      const units = new Map([[root.id, root]]);
      // A Map goes on over what is added while it is walked.
      for (const parent of units.values()) {
        for (const { Id = '', Name = '' } of await this.unitsBelow(parent.id)) units.set(Id, { id: Id, name: Name, parent });
      }
      return { root, units };
    });

  /** The unit of each active account, by account id. One call a unit where ListAccounts gives no Paths. */
  placement = (): Promise<Map<string, Unit>> =>
    this.once.get('placement', async () => {
      const [{ units }, accounts] = await Promise.all([this.tree(), this.accounts()]);
      const placed = new Map<string, Unit>();
      for (const { id, parentIds } of accounts) {
        const unit = units.get(parentIds.at(-1) ?? '');
        if (unit) placed.set(id, unit);
      }
      if (placed.size === accounts.length) return placed;
      for (const unit of units.values()) {
        for (const { Id = '' } of await this.accountsIn(unit.id)) placed.set(Id, unit);
      }
      return placed;
    });

  private ask = <Answer>(command: Command<Answer>) => this.calls.send('organizations', '', this.client, command);

  private unitsBelow(ParentId: string) {
    return allPages('OrganizationalUnits', (NextToken) =>
      this.ask(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken, MaxResults: 20 })),
    );
  }

  private accountsIn(ParentId: string) {
    return allPages('Accounts', (NextToken) => this.ask(new ListAccountsForParentCommand({ ParentId, NextToken, MaxResults: 20 })));
  }
}

/** `Status` was retired on 2026-09-09 in favour of `State`; a partition may still answer with the older one. */
function isActive({ State, Status }: Account): boolean {
  return (State ?? Status) === 'ACTIVE';
}

function parentsOf({ Paths }: Account): string[] {
  return (Paths?.[0] ?? '').split('/').filter((part) => /^(r|ou)-/.test(part));
}

/** From the OU below the root down to the unit itself; empty for the root. */
export function ouPathOf(unit: Unit): OrganizationalUnit[] {
  return unit.parent ? [...ouPathOf(unit.parent), { id: unit.id, name: unit.name }] : [];
}

/** `Workloads/Prod`; `Root` for the root. */
export function pathName(unit: Unit): string {
  return (
    ouPathOf(unit)
      .map(({ name }) => name)
      .join('/') || 'Root'
  );
}
