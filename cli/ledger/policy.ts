/** What the operator's role needs to recount: `npm run hub -- ledger recount --policy`. */
import type { Config } from '../../config/schema';
import { namesIn } from '../../config/stack-name';
import { policyParts } from '../frame/policy';

/** An IAM policy document. `--dry-run` does without MendLedger. CloudFormation makes the table's name: logical id, then a suffix. */
export function ledgerPolicy(config: Config) {
  const { stack, arn, allow, readStack, useKey } = policyParts(config);
  const table = arn('dynamodb', `table/${namesIn(stack)}`);
  return {
    Version: '2012-10-17',
    Statement: [
      readStack,
      allow('ReadLedger', ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], table),
      allow('MendLedger', ['dynamodb:BatchWriteItem', 'dynamodb:PutItem'], table),
      ...useKey('OpenLedger', 'ledger', 'dynamodb', ['kms:Decrypt']),
    ],
  };
}
