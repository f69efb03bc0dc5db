/** What DynamoDB, or its client, refuses whatever the table holds: a request is no kinder here than there. */
import type { LedgerKey } from '../../../handlers/ports';
import { MAX_ITEM_BYTES, MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES } from '../../../local/dynamodb/item-size';
import { awsError } from './limits';

/** @throws where a key is empty or too long. */
export function checkKey({ pk, sk }: LedgerKey): void {
  const [partition, sort] = [Buffer.byteLength(pk), Buffer.byteLength(sk)];
  if (partition === 0 || sort === 0)
    throw awsError('ValidationException', 'The AttributeValue for a key attribute cannot contain an empty string value');
  if (partition > MAX_PARTITION_KEY_BYTES || sort > MAX_SORT_KEY_BYTES)
    throw awsError('ValidationException', 'Size of a key has exceeded its limit: 2048 bytes of a partition key, 1024 of a sort key');
}

/** @param keys of one call. @throws where two are the same, or one is refused for itself. */
export function checkKeys(keys: readonly LedgerKey[]): void {
  for (const key of keys) checkKey(key);
  if (new Set(keys.map(({ pk, sk }) => `${pk}\n${sk}`)).size < keys.length)
    throw awsError('ValidationException', 'Provided list of item keys contains duplicates');
}

/**
 * @param text the value as JSON.
 * @throws where it is too large, a map has a name of no character (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html),
 * or a number is none.
 */
export function checkValue(value: unknown, text: string): void {
  if (Buffer.byteLength(text) > MAX_ITEM_BYTES) throw awsError('ValidationException', 'Item size has exceeded the maximum allowed size');
  // Quotation marks within a text are escaped: this can only be a name.
  if (/[{,]"":/.test(text)) throw awsError('ValidationException', 'Attribute names must be at least one character long');
  // JSON writes null for what is no number; of the rows few have one, so that few are looked through.
  if (text.includes('null') && hasNoNumber(value)) throw new Error('Special numeric value is not allowed');
}

function hasNoNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNoNumber);
}
