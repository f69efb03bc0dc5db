/**
 * IAM's verdict on one request under one role's statements, as far as they go here: an explicit Deny wins, else an Allow is needed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import { listOf, type Statement } from './synthesize';

export interface IamRequest {
  action: string;
  resource: string;
  /** The request's context keys; what it does not set has none. */
  context: Record<string, string>;
}

export function isAllowed(statements: Statement[], request: IamRequest): boolean {
  const matching = statements.filter((statement) => applies(statement, request));
  return matching.every(({ Effect }) => Effect === 'Allow') && matching.length > 0;
}

function applies({ Action, Resource, Condition = {} }: Statement, { action, resource, context }: IamRequest): boolean {
  return (
    listOf(Action).includes(action) &&
    listOf(Resource).some((pattern) => matches(String(pattern), resource)) &&
    // All operators and all their keys are ANDed: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, context[key], listOf(values).map(String))),
    )
  );
}

/**
 * The values of a key are ORed, under a negated operator NORed. A missing key matches no value, so a negated operator holds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function holds(operator: string, actual: string | undefined, values: string[]): boolean {
  if (operator.endsWith('IfExists')) return actual === undefined || holds(operator.replace('IfExists', ''), actual, values);
  if (operator === 'Null') return values.includes(String(actual === undefined));
  if (operator === 'StringEquals') return actual !== undefined && values.includes(actual);
  if (operator === 'StringNotEquals') return actual === undefined || !values.includes(actual);
  throw new Error(`This evaluator does not know ${operator}.`);
}

/** `*` for any characters, `?` for one. */
function matches(pattern: string, resource: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(resource);
}
