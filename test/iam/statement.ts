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

/** A policy on a resource, such as a trust policy, may leave the resource out: it is the one it is on. */
export function coversResource({ Resource, NotResource }: Statement, resource: string): boolean {
  const among = (patterns: string | string[] | undefined) => listOf(patterns).some((pattern) => glob(pattern, resource));
  if (NotResource !== undefined) return !among(NotResource);
  return Resource === undefined || among(Resource);
}
