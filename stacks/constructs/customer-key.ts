/** The customer key: over the ledger, which is kept for years, and over the alarm topic. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export class CustomerKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Security Hub Interpreter: ledger and alarm topic',
      enableKeyRotation: true,
      // The ledger is retained with the stack gone, and nobody can read it without its key.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /**
   * CloudWatch may use the key to publish alarms, for this account's alarms only. A topic under
   * the AWS managed key alias/aws/sns would stay silent: its policy does not name CloudWatch.
   * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
   */
  allowAlarms(): void {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
