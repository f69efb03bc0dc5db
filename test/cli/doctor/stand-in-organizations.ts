/** AWS Organizations as a delegated administrator sees it. */
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
    const listed = (key: string, all: unknown[]) => {
      const { entries, next } = pageOf(all, input.NextToken, PAGE);
      return json({ [key]: entries, ...(next ? { NextToken: next } : {}) });
    };
    switch (operation) {
      case 'ListDelegatedServicesForAccount':
        return listed(
          'DelegatedServices',
          world.delegatedServices.map((ServicePrincipal) => ({ ServicePrincipal })),
        );
      case 'ListAWSServiceAccessForOrganization':
        return listed(
          'EnabledServicePrincipals',
          world.trusted.map((ServicePrincipal) => ({ ServicePrincipal })),
        );
      case 'ListRoots':
        return json({ Roots: [{ Id: world.tree.root.id, Name: world.tree.root.name }] });
      case 'ListOrganizationalUnitsForParent':
        return listed('OrganizationalUnits', unitsBelow(world, String(input.ParentId)));
      case 'ListAccounts':
        return listed('Accounts', accounts(world));
      case 'ListAccountsForParent':
        return listed('Accounts', accounts(world, String(input.ParentId)));
      default:
        throw new Error(`The stand-in has no organizations:${operation}`);
    }
  },
};

function unitsBelow({ tree }: World, parent: string) {
  return [...tree.units.values()].filter((unit) => unit.parent?.id === parent).map(({ id, name }) => ({ Id: id, Name: name }));
}

function accounts(world: World, parent?: string) {
  const all = [...world.tree.accounts.values()].filter((account) => parent === undefined || account.parent.id === parent);
  return all.map(({ id, name }) => ({
    Id: id,
    Name: name,
    State: world.states.get(id) ?? 'ACTIVE',
    ...(world.paths ? { Paths: [`${[world.organization.Id, ...world.pathOf(id), id].join('/')}/`] } : {}),
  }));
}
