/** AWS Organizations: the read calls, over a tree. An account that the tree lacks is one that Organizations does not know. */
import { awsJsonService } from '../protocol/aws-json';
import { page } from '../protocol/page';
import { lineage, type OrganizationAccount, type OrganizationTree, type OrganizationUnit } from './organization-tree';
import { type JsonObject, type Service, ServiceError, text } from '../protocol/wire';

export interface OrganizationsOptions {
  organizationId?: string;
  /** False: DescribeAccount answers without Paths, as in partitions that do not have it yet. */
  paths?: boolean;
}

/** Entries of a page, at most and by default. */
const PAGE = 20;
const JOINED = Date.UTC(2024, 0, 1) / 1000;

/** `tree` is asked at each call: a test may move an account between two of them. */
export function organizationsService(tree: () => OrganizationTree, options: OrganizationsOptions = {}): Service {
  const { organizationId = 'o-ab12cd34ef', paths = true } = options;
  const describe = (account: OrganizationAccount): JsonObject => ({
    Id: account.id,
    Arn: `arn:aws:organizations::${managementAccount(tree())}:account/${organizationId}/${account.id}`,
    Email: `aws+${account.id}@example.com`,
    Name: account.name,
    State: account.state,
    JoinedMethod: 'CREATED',
    JoinedTimestamp: JOINED,
    ...(paths ? { Paths: [`${[organizationId, ...lineage(account.parent).map((unit) => unit.id), account.id].join('/')}/`] } : {}),
  });
  const accountOf = (id: string): OrganizationAccount => {
    const account = tree().accounts.get(id);
    if (!account) throw new ServiceError('AccountNotFoundException', "You specified an account that doesn't exist.");
    return account;
  };
  const unitOf = (id: string): OrganizationUnit => {
    const unit = tree().units.get(id);
    if (!unit) throw new ServiceError('OrganizationalUnitNotFoundException', "You specified an organizational unit that doesn't exist.");
    return unit;
  };
  const accountsBelow = (parentId: string) => [...tree().accounts.values()].filter((account) => account.parent.id === parentId);

  return awsJsonService({
    name: 'organizations',
    target: 'AWSOrganizationsV20161128',
    version: '1.1',
    failures: {
      refused: new ServiceError('AccessDeniedException', "You don't have permissions to access this resource."),
      throttled: new ServiceError('TooManyRequestsException', 'You have sent too many requests in too short a period of time.'),
      'error-500': new ServiceError(
        'ServiceException',
        'AWS Organizations can’t complete your request because of an internal service error.',
        500,
      ),
    },
    operations: {
      describeAccount: (input) => ({ Account: describe(accountOf(accountId(input.AccountId))) }),
      listAccounts: (input) => page([...tree().accounts.values()].map(describe), 'Accounts', input, PAGE),
      listAccountsForParent: (input) => page(accountsBelow(text(input.ParentId)).map(describe), 'Accounts', input, PAGE),
      listRoots: () => ({ Roots: [{ Id: tree().root.id, Arn: arn('root', tree().root), Name: tree().root.name, PolicyTypes: [] }] }),
      describeOrganizationalUnit: (input) => {
        const unit = unitOf(text(input.OrganizationalUnitId));
        return { OrganizationalUnit: { Id: unit.id, Arn: arn('ou', unit), Name: unit.name } };
      },
      listOrganizationalUnitsForParent: (input) => {
        const units = [...tree().units.values()].filter((unit) => unit.parent?.id === input.ParentId);
        return page(
          units.map((unit) => ({ Id: unit.id, Arn: arn('ou', unit), Name: unit.name })),
          'OrganizationalUnits',
          input,
          PAGE,
        );
      },
      listParents: (input) => {
        const id = text(input.ChildId);
        const parent = tree().accounts.get(id)?.parent ?? tree().units.get(id)?.parent;
        if (!parent) throw new ServiceError('ChildNotFoundException', "You specified a child that doesn't exist.");
        return { Parents: [{ Id: parent.id, Type: parent.parent ? 'ORGANIZATIONAL_UNIT' : 'ROOT' }] };
      },
      listTagsForResource: (input) => {
        const id = text(input.ResourceId);
        const tags = tree().accounts.get(id)?.tags ?? (tree().units.has(id) ? {} : undefined);
        if (!tags) throw new ServiceError('TargetNotFoundException', "You specified a target that doesn't exist.");
        return page(
          Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          'Tags',
          input,
          PAGE,
        );
      },
    },
  });

  function arn(kind: string, unit: OrganizationUnit): string {
    return `arn:aws:organizations::${managementAccount(tree())}:${kind}/${organizationId}/${unit.id}`;
  }
}

/** The file format does not name it; the first account directly under the root is the usual place. */
function managementAccount(tree: OrganizationTree): string {
  return [...tree.accounts.values()].find((account) => account.parent === tree.root)?.id ?? '000000000000';
}

function accountId(value: unknown): string {
  if (!/^\d{12}$/.test(text(value))) throw new ServiceError('InvalidInputException', 'You specified an account id that is not 12 digits.');
  return text(value);
}
