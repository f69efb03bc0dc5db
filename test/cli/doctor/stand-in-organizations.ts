/** AWS Organizations as a delegated administrator sees it. */
import type { OrganizationAccount } from '../../../local/organizations/organization-tree';
import { type Answer, json, jsonProtocol, pageOf, Refusal, type StandIn } from './protocol';
import type { World } from './world';

const PAGE = 20;

export const organizations: StandIn = {
  prefix: 'organizations',
  ...jsonProtocol('1.1'),
  answer(world, { operation, input }): Answer {
    if (operation === 'DescribeOrganization') return json({ Organization: world.organization });
    // Everything else is for the management account and for delegated administrators.
    if (world.delegatedServices.length === 0)
      throw new Refusal('AccessDeniedException', "You don't have permissions to access this resource.");
    const listed = <T>(key: string, all: T[], shape: (entry: T) => unknown) => {
      const { entries, next } = pageOf(all, input.NextToken, PAGE);
      return json({ [key]: entries.map(shape), ...(next ? { NextToken: next } : {}) });
    };
    const principal = (ServicePrincipal: string) => ({ ServicePrincipal });
    const accounts = [...world.tree.accounts.values()];
    switch (operation) {
      case 'ListDelegatedServicesForAccount':
        return listed('DelegatedServices', world.delegatedServices, principal);
      case 'ListAWSServiceAccessForOrganization':
        return listed('EnabledServicePrincipals', world.trusted, principal);
      case 'ListRoots':
        return json({ Roots: [{ Id: world.tree.root.id, Name: world.tree.root.name }] });
      case 'ListOrganizationalUnitsForParent':
        return listed(
          'OrganizationalUnits',
          [...world.tree.units.values()].filter((unit) => unit.parent?.id === input.ParentId),
          ({ id, name }) => ({ Id: id, Name: name }),
        );
      case 'ListAccounts':
        return listed('Accounts', accounts, (account) => described(world, account));
      case 'ListAccountsForParent':
        return listed(
          'Accounts',
          accounts.filter((account) => account.parent.id === input.ParentId),
          (account) => described(world, account),
        );
      default:
        throw new Error(`The stand-in has no organizations:${operation}`);
    }
  },
};

function described(world: World, { id, name }: OrganizationAccount) {
  return {
    Id: id,
    Name: name,
    State: world.states.get(id) ?? 'ACTIVE',
    ...(world.paths ? { Paths: [`${[world.organization.Id, ...world.pathOf(id), id].join('/')}/`] } : {}),
  };
}
