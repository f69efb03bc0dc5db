/** The administrator's side of Security Hub, Region by Region: its hub, the organization's settings, and its members. */
import { page } from '../protocol/page';
import { isObject, type JsonObject, objects, ServiceError, text } from '../protocol/wire';

export interface RegionalHub {
  controlFindingGenerator: 'SECURITY_CONTROL' | 'STANDARD_CONTROL';
  configurationType: 'LOCAL' | 'CENTRAL';
  autoEnable: boolean;
  autoEnableStandards: 'DEFAULT' | 'NONE';
  /** By account: Enabled is associated; anything else (Created, Removed, Resigned …) is not. */
  members: Map<string, string>;
  /** By account: why CreateMembers does not take it. */
  refusals: Map<string, string>;
  /** In which words the administrator's own account is told that a configuration policy governs it, when it changes a setting. */
  governed?: (typeof GOVERNED_WORDINGS)[number];
}

/**
 * How Security Hub says that a configuration policy governs an account: no page of AWS has either, both are from reports of
 * people who met them, and an account may get the one or the other.
 */
export const GOVERNED_WORDINGS = [
  'This account is currently associated with a central configuration policy, so only the administrator can access this operation.',
  'The account is managed by a configuration policy.',
] as const;

export const ADMINISTRATION_ROUTES: Record<string, string> = {
  'GET /accounts': 'DescribeHub',
  'PATCH /accounts': 'UpdateSecurityHubConfiguration',
  'GET /organization/configuration': 'DescribeOrganizationConfiguration',
  'POST /organization/configuration': 'UpdateOrganizationConfiguration',
  'GET /members': 'ListMembers',
  'POST /members': 'CreateMembers',
};

export type Operations = Record<string, (body: JsonObject, region: string) => JsonObject>;

export function createHubAdministration() {
  const hubs = new Map<string, RegionalHub>();
  /** As AWS sets it up when the administrator is designated; made when first asked for. */
  const region = (code: string): RegionalHub => {
    const hub = hubs.get(code) ?? newHub();
    hubs.set(code, hub);
    return hub;
  };
  const operations: Operations = {
    describeHub: (_body, code) => ({ ControlFindingGenerator: region(code).controlFindingGenerator, AutoEnableControls: true }),
    updateSecurityHubConfiguration(body, code) {
      const { governed } = region(code);
      if (governed) throw new ServiceError('AccessDeniedException', governed, 403);
      if (body.ControlFindingGenerator === 'SECURITY_CONTROL' || body.ControlFindingGenerator === 'STANDARD_CONTROL')
        region(code).controlFindingGenerator = body.ControlFindingGenerator;
      return {};
    },
    describeOrganizationConfiguration(_body, code) {
      const { autoEnable, autoEnableStandards, configurationType } = region(code);
      return {
        AutoEnable: autoEnable,
        AutoEnableStandards: autoEnableStandards,
        MemberAccountLimitReached: false,
        OrganizationConfiguration: { ConfigurationType: configurationType, Status: 'ENABLED' },
      };
    },
    updateOrganizationConfiguration(body, code) {
      const hub = region(code);
      const type = isObject(body.OrganizationConfiguration) ? body.OrganizationConfiguration.ConfigurationType : hub.configurationType;
      if (type === 'CENTRAL' && (body.AutoEnable === true || body.AutoEnableStandards !== 'NONE'))
        throw invalid('Auto Enable and AutoEnableStandards can not be enabled for Central Configuration');
      hub.configurationType = type === 'CENTRAL' ? 'CENTRAL' : 'LOCAL';
      hub.autoEnable = body.AutoEnable === true;
      hub.autoEnableStandards = body.AutoEnableStandards === 'NONE' ? 'NONE' : 'DEFAULT';
      return {};
    },
    listMembers: (body, code) => listMembers(region(code), body),
    createMembers: (body, code) => createMembers(region(code), body),
  };
  return { region, operations };
}

function newHub(): RegionalHub {
  return {
    controlFindingGenerator: 'SECURITY_CONTROL',
    configurationType: 'LOCAL',
    autoEnable: false,
    autoEnableStandards: 'DEFAULT',
    members: new Map(),
    refusals: new Map(),
  };
}

function listMembers({ members }: RegionalHub, body: JsonObject): JsonObject {
  const size = Number(body.MaxResults ?? 50);
  if (size < 1 || size > 50) throw invalid('MaxResults must be 1 to 50.');
  const found = [...members].filter(([, status]) => body.OnlyAssociated === 'false' || status === 'Enabled');
  return page(
    found.map(([AccountId, MemberStatus]) => ({ AccountId, MemberStatus })),
    'Members',
    body,
    50,
  );
}

/** Idempotent; what is not taken comes back with its reason in an answer that is a success. */
function createMembers({ members, refusals }: RegionalHub, body: JsonObject): JsonObject {
  const accounts = objects(body.AccountDetails).map(({ AccountId }) => text(AccountId));
  if (accounts.length < 1 || accounts.length > 50) throw invalid('AccountDetails must have 1 to 50 entries.');
  const UnprocessedAccounts: JsonObject[] = [];
  for (const AccountId of accounts) {
    const ProcessingResult =
      refusals.get(AccountId) ??
      (members.get(AccountId) === 'Enabled'
        ? 'The request is rejected because the given account ID is already a member or associated member of the current account.'
        : undefined);
    if (ProcessingResult) UnprocessedAccounts.push({ AccountId, ProcessingResult });
    else members.set(AccountId, 'Enabled');
  }
  return { UnprocessedAccounts };
}

export function invalid(message: string): ServiceError {
  return new ServiceError('InvalidInputException', message, 400);
}
