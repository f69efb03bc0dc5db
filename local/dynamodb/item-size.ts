/**
 * How large an item is, as DynamoDB counts it: in UTF-8 bytes, names of attributes included.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
import { isObject, type JsonObject, strings } from '../protocol/wire';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const MAX_ITEM_BYTES = 400 * 1024;
export const MAX_PARTITION_KEY_BYTES = 2048;
export const MAX_SORT_KEY_BYTES = 1024;

/** Of a list or a map itself, and of each element in it. */
const [COLLECTION, ELEMENT] = [3, 1];

/** @param item attributes by name, each as the wire has it: `{ S: '…' }`. */
export function itemSize(item: JsonObject): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

/** Whether a name in it, at any depth, has no character: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
export function hasEmptyName(item: JsonObject): boolean {
  return Object.entries(item).some(([name, value]) => name === '' || emptyNameIn(value));
}

function emptyNameIn(value: unknown): boolean {
  if (!isObject(value)) return false;
  return isObject(value.M) ? hasEmptyName(value.M) : Array.isArray(value.L) && value.L.some(emptyNameIn);
}

function valueSize(value: unknown): number {
  if (!isObject(value)) return 0;
  if (typeof value.S === 'string') return Buffer.byteLength(value.S);
  if (typeof value.N === 'string') return numberSize(value.N);
  if (typeof value.B === 'string') return Buffer.byteLength(value.B, 'base64');
  if (Array.isArray(value.L)) return COLLECTION + value.L.reduce<number>((sum, each) => sum + ELEMENT + valueSize(each), 0);
  if (isObject(value.M)) return COLLECTION + ELEMENT * Object.keys(value.M).length + itemSize(value.M);
  if (value.SS !== undefined) return strings(value.SS).reduce((sum, each) => sum + Buffer.byteLength(each), 0);
  if (value.NS !== undefined) return strings(value.NS).reduce((sum, each) => sum + numberSize(each), 0);
  // NULL and BOOL.
  return 1;
}

/** One byte for two significant digits, and one; "approximately", as the page says. */
function numberSize(number: string): number {
  const [mantissa = ''] = number.toLowerCase().split('e');
  const digits = mantissa.replace(/[^\d]/g, '').replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (number.startsWith('-') ? 1 : 0);
}
