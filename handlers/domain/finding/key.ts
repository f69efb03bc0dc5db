/** By what a finding is known: everywhere by this one function, never by its id alone. */
import { hash } from '../text/identity';
import type { Finding } from './finding';

/** All four, since whoever imports findings chooses their ids: only account and product are Security Hub's to say. */
export type FindingName = Pick<Finding, 'format' | 'accountId' | 'productArn' | 'id'>;

/** @returns 32 characters, safe in a ledger key. Two findings with the same key are one. */
export function findingKey({ format, accountId, productArn, id }: FindingName): string {
  return hash(format, accountId, sameProduct(productArn), id);
}

/** The new Security Hub spells its products `productv2/…`, and in some events as the other one does. */
function sameProduct(productArn: string): string {
  return productArn.replace(/^(arn:[^:]*:securityhub:[^:]*:[^:]*:product)v2\//, '$1/');
}
