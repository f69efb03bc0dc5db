/**
 * EventBridge event patterns.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * The event is flattened into leaves, each knowing which elements of which
 * arrays it came from. A pattern matches where each of its fields finds a leaf,
 * all of them from the same elements. Fields are tried in the order of their
 * paths, and "exists": false looks only at leaves that agree with the elements
 * chosen so far: that is how AWS's engine (aws/event-ruler) does it.
 */
import { valueMatches } from './event-values';
import { isObject, type JsonObject } from '../protocol/wire';

/** Index of the element by the path of its array. */
type Elements = ReadonlyMap<string, number>;

interface Leaf {
  value: unknown;
  elements: Elements;
}

interface Field {
  path: string;
  alternatives: unknown[];
}

export type EventMatcher = (event: JsonObject) => boolean;

/** Compiles a pattern once. Throws on what EventBridge would refuse or this matcher does not know. */
export function compilePattern(pattern: JsonObject): EventMatcher {
  const alternatives = flattenPattern(pattern, []).map((fields) => fields.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)));
  for (const field of alternatives.flat()) for (const alternative of field.alternatives) valueMatches(alternative, '');
  return (event) => {
    const leaves = new Map<string, Leaf[]>();
    flattenEvent(event, '', new Map(), leaves);
    return alternatives.some((fields) => matchesFrom(fields, 0, new Map(), leaves));
  };
}

function matchesFrom(fields: Field[], index: number, chosen: Elements, leaves: Map<string, Leaf[]>): boolean {
  const field = fields[index];
  if (!field) return true;
  const agreeing = (leaves.get(field.path) ?? []).flatMap((leaf) => {
    const elements = agree(chosen, leaf.elements);
    return elements ? [{ value: leaf.value, elements }] : [];
  });
  for (const alternative of field.alternatives) {
    if (isAbsent(alternative)) {
      if (agreeing.length === 0 && matchesFrom(fields, index + 1, chosen, leaves)) return true;
      continue;
    }
    for (const { value, elements } of agreeing) {
      if (valueMatches(alternative, value) && matchesFrom(fields, index + 1, elements, leaves)) return true;
    }
  }
  return false;
}

function isAbsent(alternative: unknown): boolean {
  return isObject(alternative) && alternative.exists === false;
}

/** Both choices together; undefined where they took different elements of one array. */
function agree(left: Elements, right: Elements): Elements | undefined {
  if (right.size === 0) return left;
  const both = new Map(left);
  for (const [array, index] of right) {
    const taken = both.get(array);
    if (taken !== undefined && taken !== index) return undefined;
    both.set(array, index);
  }
  return both;
}

function flattenEvent(value: unknown, path: string, elements: Elements, leaves: Map<string, Leaf[]>): void {
  if (Array.isArray(value)) {
    value.forEach((entry, index) => {
      // Plain values of an array are alternatives of one another, not elements that fields must share.
      const nested = typeof entry === 'object' && entry !== null;
      flattenEvent(entry, path, nested ? new Map([...elements, [path, index]]) : elements, leaves);
    });
    return;
  }
  if (isObject(value)) {
    for (const [key, entry] of Object.entries(value)) flattenEvent(entry, path === '' ? key : `${path}.${key}`, elements, leaves);
    return;
  }
  // JSON has no undefined: such a key is not in the event that is sent.
  if (value === undefined) return;
  const found = leaves.get(path);
  if (found) found.push({ value, elements });
  else leaves.set(path, [{ value, elements }]);
}

/** Each `$or` multiplies the pattern into its alternatives; what remains is a list of fields that all must hold. */
function flattenPattern(pattern: JsonObject, path: string[]): Field[][] {
  let combinations: Field[][] = [[]];
  const multiply = (choices: Field[][]) => {
    combinations = combinations.flatMap((fields) => choices.map((choice) => [...fields, ...choice]));
  };
  for (const [key, value] of Object.entries(pattern)) {
    const here = [...path, key].join('.');
    if (key === '$or' && Array.isArray(value) && value.length > 1 && value.every(isObject)) {
      multiply(value.flatMap((choice) => flattenPattern(choice, path)));
    } else if (isObject(value)) {
      multiply(flattenPattern(value, [...path, key]));
    } else if (Array.isArray(value) && value.length > 0) {
      multiply([[{ path: here, alternatives: value }]]);
    } else {
      throw new Error(`Event pattern: "${here}" must be an object or a list that is not empty, as EventBridge requires.`);
    }
  }
  if (Object.keys(pattern).length === 0)
    throw new Error(`Event pattern: empty objects are not allowed${path.length > 0 ? ` ("${path.join('.')}")` : ''}.`);
  return combinations;
}
