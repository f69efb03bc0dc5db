/** One statement of a policy: whom, what and where it is about. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export type Condition = Record<string, Record<string, unknown>>;
type Principal = '*' | Record<string, string | string[]>;

export interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  /** Of resource policies and trust policies alone. */
  Principal?: Principal;
  NotPrincipal?: Principal;
  Condition?: Condition;
}

export const listOf = <T>(value: T | readonly T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? [...value] : [value as T];

const expressions = new Map<string, RegExp>();

/** `*` for any characters, `?` for one. */
export function glob(pattern: string, text: string): boolean {
  const known = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, known);
  return known.test(text);
}

function expressionOf(pattern: string): RegExp {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's');
}

/** Names of actions are not case-sensitive. */
export function coversAction({ Action, NotAction }: Statement, action: string): boolean {
  const among = (patterns: string | string[] | undefined) =>
    listOf(patterns).some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? among(Action) : !among(NotAction);
}

/**
 * A policy variable, which IAM fills in from the request, is not read here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function literal(text: string): string {
  if (/\$\{[^}]*\}/.test(text)) throw new Error(`This evaluator does not know policy variables: ${text}`);
  return text;
}

/** Nor an ARN of fewer than six parts: only with a wildcard at its end is it clear what it is of. */
function arnPattern(text: string): string {
  if (/^arn:([^:]*:){0,3}[^:]*(?<!\*)$/.test(text)) throw new Error(`This evaluator does not know ARNs that lack parts: ${text}`);
  return literal(text);
}

/** A policy on a resource, such as a trust policy, may leave the resource out: it is the one it is on. */
export function coversResource({ Resource, NotResource }: Statement, resource: string): boolean {
  const among = (patterns: string | string[] | undefined) => listOf(patterns).some((pattern) => glob(arnPattern(pattern), resource));
  if (NotResource !== undefined) return !among(NotResource);
  return Resource === undefined || among(Resource);
}

/** A right that a statement gives, by itself. */
export interface Part {
  action: string;
  resource?: string;
  /** Of a resource's policy: whom it lets in. */
  who?: string;
  /** Of a condition that takes several values. */
  value?: string;
  narrowed: Statement;
}

/** Each action, on each resource, for each principal, with each value of each condition. */
export function partsOf(statement: Statement): Part[] {
  const principals = principalsIn(statement.Principal);
  return listOf(statement.Action).flatMap((Action) =>
    (statement.Resource === undefined ? [undefined] : listOf(statement.Resource)).flatMap((Resource) =>
      principals.flatMap(({ who, Principal }) =>
        valuesIn(statement.Condition).map(({ value, Condition }) => ({
          action: Action,
          resource: Resource,
          who,
          value,
          narrowed: {
            ...statement,
            Action,
            ...(Resource === undefined ? {} : { Resource }),
            ...(Principal === undefined ? {} : { Principal }),
            ...(Condition === undefined ? {} : { Condition }),
          },
        })),
      ),
    ),
  );
}

function principalsIn(principal: Principal | undefined): { who?: string; Principal?: Principal }[] {
  if (principal === undefined) return [{}];
  if (principal === '*') return [{ who: '*', Principal: '*' }];
  return Object.entries(principal).flatMap(([kind, names]) => listOf(names).map((who) => ({ who, Principal: { [kind]: who } })));
}

/** A key's only value is no choice. */
function valuesIn(condition: Condition = {}): { value?: string; Condition?: Condition }[] {
  const several = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) =>
      Array.isArray(values) && values.length > 1
        ? values.map((value) => ({ value: `${key} ${String(value)}`, Condition: { ...condition, [operator]: { ...keys, [key]: value } } }))
        : [],
    ),
  );
  return several.length > 0 ? several : [{}];
}
