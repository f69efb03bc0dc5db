import { AGE_OF_ONE, RECEIVES_OF_ONE } from '../../handlers/inbox';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { hubTemplate, type Statement } from './synthesize';

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

const queue = (name: string) => {
  const found = Object.entries(template.findResources('AWS::SQS::Queue')).find(([id]) =>
    new RegExp(`^(?:Queues)?${name}[0-9A-F]{8}$`).test(id),
  );
  if (!found) throw new Error(`the template has no queue ${name}`);
  return { id: found[0], ...found[1].Properties };
};

describe('queues', () => {
  test.each(['Findings', 'FindingsDeadLetters', 'Deliveries', 'DeliveriesDeadLetters', 'RulesDeadLetters', 'TickDeadLetters'])(
    '%s is encrypted without a key that EventBridge could be refused, and keeps messages for 14 days',
    (name) => {
      expect(queue(name)).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86400 });
      expect(queue(name)).not.toHaveProperty('KmsMasterKeyId');
    },
  );

  test('every queue refuses requests without TLS', () => {
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(Object.keys(template.findResources('AWS::SQS::Queue')).length);
    for (const policy of policies) {
      expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  const rulesOfFindings = () => Object.keys(template.findResources('AWS::Events::Rule')).filter((id) => id.startsWith('Rules'));

  test('only the rules of the findings may send to the findings queue, each by its ARN', () => {
    const statements = Object.entries(template.findResources('AWS::SQS::QueuePolicy'))
      .filter(([id]) => id.startsWith('QueuesFindingsPolicy'))
      .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
    const allowed = statements.filter((statement) => statement.Effect === 'Allow');
    expect(allowed.map((statement) => statement.Condition?.ArnEquals)).toEqual(
      rulesOfFindings().map((id) => ({ 'aws:SourceArn': { 'Fn::GetAtt': [id, 'Arn'] } })),
    );
  });

  test('findings is a standard queue whose failures end in its dead-letter queue', () => {
    const { FifoQueue, RedrivePolicy } = queue('Findings');
    expect(FifoQueue).toBeUndefined();
    expect(RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [queue('FindingsDeadLetters').id, 'Arn'] },
      maxReceiveCount: 100,
    });
  });

  test('deliveries is FIFO by problem, never swallows a second change, and lets give-backs count as receives', () => {
    const deliveries = queue('Deliveries');
    expect(deliveries).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [queue('DeliveriesDeadLetters').id, 'Arn'] }, maxReceiveCount: 1000 },
    });
    expect(queue('DeliveriesDeadLetters').FifoQueue).toBe(true);
  });

  test('a tick is kept for an hour, hidden for six times its function’s timeout, and given up while it is still there to be kept', () => {
    const tick = queue('TickQueue');
    const { deadLetterTargetArn, maxReceiveCount } = tick.RedrivePolicy;
    expect(tick).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 3600 });
    expect(tick).not.toHaveProperty('FifoQueue');
    expect(deadLetterTargetArn).toEqual({ 'Fn::GetAtt': [queue('TickDeadLetters').id, 'Arn'] });
    // AWS advises five and more, or a throttled function would make dead letters: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    expect(maxReceiveCount).toBeGreaterThanOrEqual(5);
    expect(maxReceiveCount * tick.VisibilityTimeout).toBeLessThan(tick.MessageRetentionPeriod);
  });

  test('nobody but the schedule may send ticks', () => {
    const allowed = Object.entries(template.findResources('AWS::SQS::QueuePolicy'))
      .filter(([id]) => id.startsWith('TickQueuePolicy'))
      .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[])
      .filter(({ Effect }) => Effect === 'Allow');
    const [schedule] = Object.keys(template.findResources('AWS::Events::Rule')).filter((id) => id.startsWith('Tick'));
    expect(allowed.map(({ Condition }) => Condition?.ArnEquals)).toEqual([{ 'aws:SourceArn': { 'Fn::GetAtt': [schedule, 'Arn'] } }]);
  });

  test('waiting never comes near what the queues allow: code sends anew what was received half as often, or is half as old', () => {
    for (const name of ['Findings', 'Deliveries']) {
      const { RedrivePolicy, MessageRetentionPeriod } = queue(name);
      expect(RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(2 * RECEIVES_OF_ONE);
      expect(MessageRetentionPeriod * 1000).toBeGreaterThanOrEqual(2 * AGE_OF_ONE);
    }
  });

  test('a message is hidden for six times its function’s timeout, and dead letters outlive the stack', () => {
    for (const [name, handler] of Object.entries({ Findings: 'Intake', Deliveries: 'Deliver', TickQueue: 'Tick' })) {
      const lambda = Object.entries(template.findResources('AWS::Lambda::Function')).find(([id]) => id.startsWith(handler))?.[1];
      expect(queue(name).VisibilityTimeout).toBe(6 * lambda?.Properties.Timeout);
    }
    const kept = template.findResources('AWS::SQS::Queue', { DeletionPolicy: 'RetainExceptOnCreate' });
    expect(Object.keys(kept)).toEqual(Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => id.includes('DeadLetters')));
    expect(Object.keys(kept)).toHaveLength(5);
  });
});

describe('ledger', () => {
  test('is on demand, restorable to any second, protected and retained, and forgets by expiresAt', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      },
    });
  });

  test('is under a customer key that rotates and is retained with it', () => {
    const [keyId] = Object.keys(
      template.findResources('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } }),
    );
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': [keyId, 'Arn'] } },
    });
    expect(keyId).toBeDefined();
  });

  test('leaves the key to the account’s IAM, and to CloudWatch for this account’s alarms only', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [
          Match.objectLike({ Principal: { AWS: 'arn:aws:iam::222222222222:root' } }),
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' } },
          }),
        ],
      },
    });
  });
});
