/** The ledger's table, as the hub stack has it. */
import type { TableDefinition } from '../../local/dynamodb/table';

export const LEDGER_TABLE: TableDefinition = {
  name: 'Ledger',
  arn: 'arn:aws:dynamodb:ap-northeast-1:222222222222:table/Ledger',
  ttlAttribute: 'expiresAt',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributes: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
};
