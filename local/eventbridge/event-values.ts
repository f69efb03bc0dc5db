/** How one alternative of an event pattern compares with one value of an event. */
import { isObject, type JsonObject } from '../protocol/wire';

/** `exists: false` is not decided here: it is about values that are not there. Throws on an unknown operator. */
export function valueMatches(alternative: unknown, value: unknown): boolean {
  if (!isObject(alternative)) return alternative === value;
  const [[operator, operand] = ['', undefined], ...more] = Object.entries(alternative);
  const compare = OPERATORS[operator];
  if (!compare || more.length > 0) {
    throw new Error(`Event pattern: ${JSON.stringify(alternative)} is not one of the operators ${Object.keys(OPERATORS).join(', ')}.`);
  }
  return compare(operand, value);
}

const OPERATORS: Record<string, (operand: unknown, value: unknown) => boolean> = {
  exists: (operand) => operand === true,
  prefix: (operand, value) => edge(operand, value, (whole, part) => whole.startsWith(part)),
  suffix: (operand, value) => edge(operand, value, (whole, part) => whole.endsWith(part)),
  'equals-ignore-case': (operand, value) => typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase(),
  wildcard: (operand, value) => typeof value === 'string' && wildcard(String(operand)).test(value),
  numeric: (operand, value) => typeof value === 'number' && numeric(operand, value),
  'anything-but': (operand, value) => !excluded(operand, value),
};

function edge(operand: unknown, value: unknown, test: (whole: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (isObject(operand)) return test(value.toLowerCase(), String(operand['equals-ignore-case']).toLowerCase());
  return test(value, String(operand));
}

/** A list, one value, or one of the text operators over a value or a list. */
function excluded(operand: unknown, value: unknown): boolean {
  if (Array.isArray(operand)) return operand.includes(value);
  if (!isObject(operand)) return operand === value;
  return Object.entries(operand as JsonObject).some(([operator, parts]) =>
    [parts].flat().some((part) => valueMatches({ [operator]: part }, value)),
  );
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** ["=", 5] or [">", 0, "<=", 5]. */
function numeric(operand: unknown, value: number): boolean {
  const terms: unknown[] = Array.isArray(operand) ? operand : [];
  for (let index = 0; index + 1 < terms.length; index += 2) {
    const limit = Number(terms[index + 1]);
    const holds = { '=': value === limit, '<': value < limit, '<=': value <= limit, '>': value > limit, '>=': value >= limit }[
      String(terms[index])
    ];
    if (holds === undefined) throw new Error(`Event pattern: numeric ${JSON.stringify(operand)} is not understood.`);
    if (!holds) return false;
  }
  return terms.length > 0;
}
