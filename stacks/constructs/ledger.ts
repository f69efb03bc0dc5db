/** What was told, to whom and why: one table, read and written by intake and deliver, read by tick. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { stands } from './standing';

/**
 * Table, not TableV2: AWS::DynamoDB::GlobalTable is for replicas. The ledger is of the home Region
 * only (Security Hub's events arrive nowhere else), and two writers of one row in two Regions
 * would break the conditional writes that keep a message from being posted twice.
 */
export class Ledger extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: { key?: IKey }) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: props.key ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.DEFAULT,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    stands(this.table, {
      DynamoDBInBackupPlan: {
        reason:
          'Point-in-time recovery brings back any second of the last 35 days, and the table is protected against deletion. A backup plan of the account may take it in.',
      },
    });
  }
}
