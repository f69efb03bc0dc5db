/**
 * Deliberate weakenings of the hub's stack, each a change of its template: those of rights must fail the proof of rights
 * (test/iam), and all must be seen where two deployments are compared (test/cli/audit/changes.test.ts).
 */
import type { JsonObject } from '../../local/protocol/wire';
import { added, beside, changed, removed, resource, type Weakening } from './changes';
import { WEAKENED_POLICIES } from './weakened-policies';
import { WEAKENED_RIGHTS } from './weakened-rights';

export const WEAKENINGS: Weakening[] = [
  ...WEAKENED_RIGHTS,
  ...WEAKENED_POLICIES,
  {
    name: 'an unencrypted queue',
    told: { kind: 'encryption', of: /Queues\/Findings/, now: /no encryption/ },
    of: 'encryption',
    weaken: changed('AWS::SQS::Queue', 'QueuesFindings', (properties) => Object.assign(properties, { SqsManagedSseEnabled: false })),
  },
  {
    name: 'a ledger under AWS’s key',
    told: { kind: 'encryption', of: /table Ledger\/Table/, now: /a key that DynamoDB owns/ },
    of: 'encryption',
    // The right to use the key has lost its use.
    proof: /IntakeRole has kms:Decrypt on .*CustomerKey.*, which nothing uses/,
    weaken: changed('AWS::DynamoDB::Table', 'Ledger', (properties) =>
      Object.assign(properties, { SSESpecification: { SSEEnabled: false } }),
    ),
  },
  {
    name: 'logs that are kept for a day',
    told: { kind: 'retention', of: /Deliver\/Logs/, now: /^1 days/ },
    of: 'retention',
    weaken: changed('AWS::Logs::LogGroup', 'Deliver', (properties) => Object.assign(properties, { RetentionInDays: 1 })),
  },
  {
    name: 'dead letters that are kept for an hour',
    told: { kind: 'retention', of: /Queues\/DeliveriesDeadLetters/, now: /^1 h/ },
    of: 'retention',
    weaken: changed('AWS::SQS::Queue', 'QueuesDeliveriesDeadLetters', (properties) =>
      Object.assign(properties, { MessageRetentionPeriod: 3600 }),
    ),
  },
  {
    name: 'data that goes with the stack',
    told: { kind: 'retention', of: /Ledger\/Table/, now: /with the stack: Delete/ },
    of: 'retention',
    weaken: resource('AWS::DynamoDB::Table', 'Ledger', (table) => Object.assign(table, { DeletionPolicy: 'Delete' })),
  },
  {
    name: 'another Slack',
    told: { kind: 'egress', of: /Slack/, now: /slack\.example\.org/ },
    of: 'egress',
    weaken: changed('AWS::Lambda::Function', 'Deliver', ({ Environment }) => {
      const { Variables } = Environment as { Variables: JsonObject };
      Variables.SLACK_API_URL = 'https://slack.example.org/api/';
    }),
  },
  {
    name: 'a new way out',
    told: { kind: 'other', of: /AWS::EC2::SecurityGroup Anywhere/, now: /is there/ },
    of: 'egress',
    weaken: added('Anywhere', {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Anywhere',
        VpcId: 'vpc-0a1b2c3d',
        SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }],
      },
    }),
  },
  {
    name: 'an alarm that is gone',
    told: { kind: 'alarms', of: /findings-dead-letters/, now: /^$/ },
    of: 'alarms',
    weaken: removed('AWS::CloudWatch::Alarm', 'Alarms'),
  },
  {
    name: 'an alarm that tells nobody',
    told: { kind: 'alarms', of: /findings-dead-letters/, now: /tells nobody/ },
    of: 'alarms',
    weaken: changed('AWS::CloudWatch::Alarm', 'Alarms', (properties) => delete properties.AlarmActions),
  },
  {
    name: 'a ledger that can be deleted',
    told: { kind: 'other', of: /Ledger\/Table/, now: /DeletionProtectionEnabled false/ },
    of: 'protection',
    weaken: changed('AWS::DynamoDB::Table', 'Ledger', (properties) => Object.assign(properties, { DeletionProtectionEnabled: false })),
  },
  {
    name: 'code from another bucket',
    told: { kind: 'other', of: /Intake\/Function/, now: /Code .*elsewhere/ },
    of: 'protection',
    weaken: changed('AWS::Lambda::Function', 'Intake', ({ Code }) => Object.assign(Code as JsonObject, { S3Bucket: 'elsewhere' })),
  },
  {
    name: 'a macro that may rewrite the template',
    told: { kind: 'other', of: /security · stack/, now: /Transform \{"Name":"Any"\}/ },
    of: 'protection',
    weaken: beside('Transform', { Name: 'Any' }),
  },
  {
    name: 'a secret among the outputs',
    told: { kind: 'other', of: /security · stack/, now: /resolve:secretsmanager/ },
    of: 'egress',
    weaken: beside('Outputs', { Told: { Value: '{{resolve:secretsmanager:security-hub-interpreter/slack}}' } }),
  },
  {
    name: 'a queue behind the name of another',
    told: { kind: 'retention', of: /queue Queues\/Findings \(2\)/, now: /14 days/ },
    of: 'egress',
    proof: /Hidden lets in anybody, unencrypted/,
    weaken: (template) => {
      const { Resources } = template as { Resources: Record<string, JsonObject> };
      const [, { Metadata } = {}] = Object.entries(Resources).find(([id]) => /^QueuesFindings[0-9A-F]{8}$/.test(id)) ?? [];
      return { ...template, Resources: { Hidden: { Type: 'AWS::SQS::Queue', Properties: {}, Metadata }, ...Resources } };
    },
  },
  {
    name: 'an alarm that compares otherwise',
    told: { kind: 'alarms', of: /findings-dead-letters/, now: /^at or above 0/ },
    of: 'alarms',
    weaken: changed('AWS::CloudWatch::Alarm', 'Alarms', (properties) =>
      Object.assign(properties, { ComparisonOperator: 'GreaterThanOrEqualToThreshold' }),
    ),
  },
];
