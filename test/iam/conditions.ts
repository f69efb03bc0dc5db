/**
 * Whether a statement's Condition holds for a request. Only the operators that the templates may use; another one throws, so that
 * nothing passes unread. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { type Condition, glob, listOf, literal } from './statement';

/** A request's context keys; what it does not set has none. Multivalued keys have a list. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

type Compare = (actual: string, wanted: string) => boolean;

const BASIC: Record<string, Compare> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => glob(wanted, actual),
  // ArnEquals and ArnLike behave identically; each of the six parts is compared by itself.
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
};

/** All operators and all of their keys are ANDed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html */
export function conditionHolds(condition: Condition, context: Context): boolean {
  const lower = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), listOf(value as string | string[])]));
  return Object.entries(condition).every(([operator, keys]) =>
    // Names of keys are not case-sensitive.
    Object.entries(keys).every(([key, wanted]) => holds(operator, lower.get(key.toLowerCase()), listOf(wanted).map(String).map(literal))),
  );
}

/**
 * The values of a key are ORed, under a negated operator NORed. A missing key matches nothing, so a negated operator holds; with
 * IfExists and with ForAllValues a missing key holds, with ForAnyValue it does not.
 */
function holds(operator: string, actual: readonly string[] | undefined, wanted: readonly string[]): boolean {
  if (operator === 'Null') return wanted.includes(String(actual === undefined));
  const set = /^(ForAllValues|ForAnyValue):(.*)$/.exec(operator);
  if (set) {
    const each = (value: string) => holds(set[2] ?? '', [value], wanted);
    return set[1] === 'ForAllValues' ? (actual ?? []).every(each) : (actual ?? []).some(each);
  }
  if (operator.endsWith('IfExists')) return actual === undefined || holds(operator.slice(0, -'IfExists'.length), actual, wanted);
  const negated = operator.includes('Not');
  const compare = BASIC[operator.replace('Not', '')];
  if (!compare) throw new Error(`This evaluator does not know ${operator}: teach it to test/iam/conditions.ts, with AWS's page.`);
  const matched = (actual ?? []).some((value) => wanted.some((each) => compare(value, each)));
  return negated !== matched;
}

function arnLike(actual: string, wanted: string): boolean {
  const partsOf = (arn: string) => /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(arn)?.slice(1);
  const [parts, patterns] = [partsOf(actual), partsOf(wanted)];
  return parts !== undefined && patterns?.every((pattern, index) => glob(pattern, parts[index] ?? '')) === true;
}
