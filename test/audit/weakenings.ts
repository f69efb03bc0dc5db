/**
 * Deliberate weakenings of the hub's stack, each a change of its template: those of rights must fail the proof of rights
 * (test/iam), and all must be seen where two deployments are compared.
 */
import type { JsonObject } from '../../local/protocol/wire';
import { added, alsoSays, changed, removed, right, statementsOf, type Weaken } from './changes';

export type { Template } from './changes';

export interface Weakening {
  name: string;
  /** What it weakens. */
  of: 'rights' | 'encryption' | 'retention' | 'egress' | 'alarms' | 'protection';
  /** How the proof says it, where it is a matter of rights as well. */
  proof?: RegExp;
  /** @throws Error where the template has nothing that it could weaken. The template it is given stays as it is. */
  weaken: Weaken;
}

const ANYBODY = { Effect: 'Allow', Principal: '*', Resource: '*' };

export const WEAKENINGS: Weakening[] = [
  {
    name: 'a wildcard action',
    of: 'rights',
    proof: /TickRunRole has dynamodb:\* on .*LedgerTable.*, which nothing uses/,
    weaken: right('TickRun', 'ReadDue', (statement) => Object.assign(statement, { Action: 'dynamodb:*' })),
  },
  {
    name: 'a wildcard resource',
    of: 'rights',
    proof: /DeliverRole may secretsmanager:GetSecretValue on .*database\/prod.* must not: secrets/,
    weaken: right('Deliver', 'ReadSlackToken', (statement) => Object.assign(statement, { Resource: '*' })),
  },
  {
    name: 'a missing condition',
    of: 'rights',
    proof: /IntakeRole may kms:Decrypt on .*CustomerKey.* must not: keys/,
    weaken: right('Intake', 'OpenLedger', (statement) => delete statement.Condition),
  },
  {
    name: 'a guard that is gone',
    of: 'rights',
    proof: /DeliverRole may securityhub:BatchUpdateFindings on .*SUPPRESSED.* must not: what people set/,
    weaken: right('Deliver', 'GuardASFFWorkflowStatus', (statement) => Object.assign(statement, { Action: 'securityhub:None' })),
  },
  {
    name: 'a guard that needs two fields at once',
    of: 'rights',
    proof: /DeliverRole may securityhub:BatchUpdateFindings on .*Confidence.* must not: what people set/,
    weaken: right('Deliver', 'GuardASFFConfidence', (statement) =>
      Object.assign((statement.Condition as JsonObject).Null as JsonObject, { 'securityhub:ASFFSyntaxPath/Criticality': 'false' }),
    ),
  },
  {
    name: 'a right that nothing uses',
    of: 'rights',
    proof: /IntakeRole has dynamodb:UpdateItem on .*, which nothing uses/,
    weaken: right('Intake', 'KeepLedger', (statement) => (statement.Action as string[]).push('dynamodb:UpdateItem')),
  },
  {
    name: 'a right that nothing uses any more',
    of: 'rights',
    proof: /DeliverRole has sqs:SendMessage on .*QueuesFindings.*, which nothing uses/,
    weaken: right('Deliver', 'SendDeliveriesAgain', (statement) =>
      Object.assign(statement, { Resource: [statement.Resource, { 'Fn::GetAtt': ['QueuesFindings82E7964C', 'Arn'] }] }),
    ),
  },
  {
    name: 'any model, through any profile',
    of: 'rights',
    proof: /DeliverRole may bedrock:InvokeModel on .*foundation-model.* must not: models/,
    weaken: right('Deliver', 'InvokeModelThroughProfile', (statement) => delete statement.Condition),
  },
  {
    name: 'passing roles',
    of: 'rights',
    proof: /EnrollRunRole may iam:PassRole on .* must not: making and passing identities/,
    weaken: alsoSays('AWS::IAM::Policy', 'EnrollRun', 'PolicyDocument', { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }),
  },
  {
    name: 'Security Hub in every Region',
    of: 'rights',
    proof: /EnrollRunRole may securityhub:\w+ on .*sa-east-1.* must not: in another Region/,
    weaken: right('EnrollRun', 'EnrollAccounts', (statement) =>
      Object.assign(statement, { Resource: 'arn:aws:securityhub:*:222222222222:hub/default' }),
    ),
  },
  {
    name: 'a managed policy',
    of: 'rights',
    proof: /TickRunRole has \* on \*, which nothing uses/,
    weaken: changed('AWS::IAM::Role', 'TickRun', (properties) =>
      Object.assign(properties, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
    ),
  },
  {
    name: 'a trust policy that lets another account in',
    of: 'rights',
    proof: /DeliverRole lets in another account: sts:AssumeRole/,
    weaken: changed('AWS::IAM::Role', 'Deliver', (properties) => {
      const [statement] = statementsOf(properties, 'AssumeRolePolicyDocument');
      Object.assign(statement ?? {}, { Principal: { AWS: '*' } });
    }),
  },
  {
    name: 'a public topic',
    of: 'rights',
    proof: /AlarmsTopic lets in another account: sns:Publish/,
    weaken: alsoSays('AWS::SNS::TopicPolicy', 'Alarms', 'PolicyDocument', { ...ANYBODY, Action: 'sns:Publish' }),
  },
  {
    name: 'a public queue',
    of: 'rights',
    proof: /QueuesFindings lets in another account: sqs:ReceiveMessage/,
    weaken: alsoSays('AWS::SQS::QueuePolicy', 'QueuesFindingsPolicy', 'PolicyDocument', { ...ANYBODY, Action: 'sqs:*' }),
  },
  {
    name: 'a queue that every rule of every account may fill',
    of: 'rights',
    proof: /QueuesFindings lets in events, sent from another account: sqs:SendMessage/,
    weaken: changed('AWS::SQS::QueuePolicy', 'QueuesFindingsPolicy', (properties) => {
      for (const statement of statementsOf(properties, 'PolicyDocument')) if (statement.Effect === 'Allow') delete statement.Condition;
    }),
  },
  {
    name: 'a queue that is read unencrypted',
    of: 'rights',
    proof: /QueuesDeliveries lets in anybody, unencrypted/,
    weaken: removed('AWS::SQS::QueuePolicy', 'QueuesDeliveriesPolicy'),
  },
  {
    name: 'a key that another account may use',
    of: 'rights',
    proof: /CustomerKey lets in another account: kms:Decrypt/,
    weaken: alsoSays('AWS::KMS::Key', 'CustomerKey', 'KeyPolicy', {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      Action: 'kms:Decrypt',
      Resource: '*',
    }),
  },
  {
    name: 'a function that anybody may call',
    of: 'rights',
    proof: /live lets in another account: lambda:InvokeFunction/,
    weaken: changed('AWS::Lambda::Permission', 'Enroll', (properties) => {
      Object.assign(properties, { Principal: '*' });
      delete properties.SourceArn;
    }),
  },
  {
    name: 'an address on the internet',
    of: 'rights',
    proof: /AWS::Lambda::Url, which the proof does not know/,
    weaken: added('Door', { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: 'any' } }),
  },
  {
    name: 'an unencrypted queue',
    of: 'encryption',
    weaken: changed('AWS::SQS::Queue', 'QueuesFindings', (properties) => Object.assign(properties, { SqsManagedSseEnabled: false })),
  },
  {
    name: 'a ledger under AWS’s key',
    of: 'encryption',
    // The right to use the key has lost its use.
    proof: /IntakeRole has kms:Decrypt on .*CustomerKey.*, which nothing uses/,
    weaken: changed('AWS::DynamoDB::Table', 'Ledger', (properties) =>
      Object.assign(properties, { SSESpecification: { SSEEnabled: false } }),
    ),
  },
  {
    name: 'logs that are kept for a day',
    of: 'retention',
    weaken: changed('AWS::Logs::LogGroup', 'Deliver', (properties) => Object.assign(properties, { RetentionInDays: 1 })),
  },
  {
    name: 'dead letters that are kept for an hour',
    of: 'retention',
    weaken: changed('AWS::SQS::Queue', 'QueuesDeliveriesDeadLetters', (properties) =>
      Object.assign(properties, { MessageRetentionPeriod: 3600 }),
    ),
  },
  {
    name: 'a new way out',
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
  { name: 'an alarm that is gone', of: 'alarms', weaken: removed('AWS::CloudWatch::Alarm', 'Alarms') },
  {
    name: 'an alarm that tells nobody',
    of: 'alarms',
    weaken: changed('AWS::CloudWatch::Alarm', 'Alarms', (properties) => delete properties.AlarmActions),
  },
  {
    name: 'a ledger that can be deleted',
    of: 'protection',
    weaken: changed('AWS::DynamoDB::Table', 'Ledger', (properties) => Object.assign(properties, { DeletionProtectionEnabled: false })),
  },
];
