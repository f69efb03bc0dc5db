/**
 * IAM's verdict on one request, offline, from all policies that are about it. Our own, as no kept library with a permissive licence
 * does it. What it knows is what these templates can have: identity policies of roles, policies of resources, of keys, and trust
 * policies; no boundaries, sessions, SCPs or RCPs, which only take away.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { conditionHolds, type Context } from './conditions';
import { coversAction, coversResource, listOf, type Statement } from './statement';

/** Who asks: a role or a user by its ARN, or a service of AWS by its name. */
export interface Caller {
  account: string;
  arn?: string;
  service?: string;
}

export interface Request {
  caller: Caller;
  action: string;
  resource: string;
  context: Context;
}

export interface Policies {
  /** Of the caller. */
  identity: readonly Statement[];
  /** Of the resource. */
  resource?: readonly Statement[];
  /** The account that the resource is in. */
  owner: string;
  /** A key or a role decides by its own policy: an identity policy alone opens neither. */
  decidesItself?: boolean;
}

export function applies(statement: Statement, { action, resource, context }: Request): boolean {
  return coversAction(statement, action) && coversResource(statement, resource) && conditionHolds(statement.Condition ?? {}, context);
}

/** How a resource policy names the caller: `account` leaves the decision to that account's IAM. */
type Naming = 'directly' | 'account' | undefined;

function naming({ Principal, NotPrincipal }: Statement, caller: Caller): Naming {
  if (NotPrincipal !== undefined) return naming({ Effect: 'Allow', Principal: NotPrincipal }, caller) ? undefined : 'directly';
  if (Principal === undefined) return undefined;
  // The one is the other. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
  if (Principal === '*' || listOf(Principal.AWS).includes('*')) return 'directly';
  if (listOf(Principal.Service).some((service) => service === caller.service)) return 'directly';
  if (caller.service !== undefined) return undefined;
  const named = listOf(Principal.AWS);
  if (named.some((each) => each === caller.arn)) return 'directly';
  return named.some((each) => each === caller.account || /^arn:[^:]+:iam::(\d{12}):root$/.exec(each)?.[1] === caller.account)
    ? 'account'
    : undefined;
}

export const isNamed = (statement: Statement, caller: Caller): boolean => naming(statement, caller) !== undefined;

/**
 * An explicit Deny anywhere wins. Else, within an account, an Allow of the role or one of the resource that names the caller is
 * enough; from another account both are needed; a key and a role have to say yes themselves, and one that leaves it to the
 * account needs the role's Allow too. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function isPermitted(request: Request, { identity, resource = [], owner, decidesItself }: Policies): boolean {
  const { caller } = request;
  const own = identity.filter((statement) => applies(statement, request));
  const theirs = resource
    .filter((statement) => applies(statement, request))
    .map((statement) => ({ ...statement, by: naming(statement, caller) }))
    .filter(({ by }) => by !== undefined);
  if ([...own, ...theirs].some(({ Effect }) => Effect === 'Deny')) return false;
  const allowedByRole = own.length > 0;
  const direct = theirs.some(({ by }) => by === 'directly');
  const leftToAccount = theirs.some(({ by }) => by === 'account');
  // Services have no identity policies: the resource alone lets them in.
  if (caller.service !== undefined) return direct;
  if (caller.account !== owner) return allowedByRole && (direct || leftToAccount);
  if (decidesItself) return direct || (leftToAccount && allowedByRole);
  return allowedByRole || direct;
}
