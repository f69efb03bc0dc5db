/** Weakenings of rights: each fails the proof of rights, as it says. */
import type { JsonObject } from '../../local/protocol/wire';
import { added, alsoSays, changed, removed, right, statementsOf, type Weakening } from './changes';

const ANYBODY = { Effect: 'Allow', Principal: '*', Resource: '*' };

export const WEAKENED_RIGHTS: (Weakening & { of: 'rights'; proof: RegExp })[] = [
  {
    name: 'a wildcard action',
    told: { kind: 'rights', of: /Tick\/Run · ReadDue/, now: /dynamodb:\*/ },
    of: 'rights',
    proof: /TickRunRole has dynamodb:\* on .*LedgerTable.*, which nothing uses/,
    weaken: right('TickRun', 'ReadDue', (statement) => Object.assign(statement, { Action: 'dynamodb:*' })),
  },
  {
    name: 'a wildcard resource',
    told: { kind: 'rights', of: /Deliver · ReadSlackToken/, now: / on \*$/ },
    of: 'rights',
    proof: /DeliverRole may secretsmanager:GetSecretValue on .*database\/prod.* must not: secrets/,
    weaken: right('Deliver', 'ReadSlackToken', (statement) => Object.assign(statement, { Resource: '*' })),
  },
  {
    name: 'a missing condition',
    told: { kind: 'rights', of: /Intake · OpenLedger/, now: /^(?!.* if ).*kms:Decrypt/ },
    of: 'rights',
    proof: /IntakeRole may kms:Decrypt on .*CustomerKey.* must not: keys/,
    weaken: right('Intake', 'OpenLedger', (statement) => delete statement.Condition),
  },
  {
    name: 'a guard that is gone',
    told: { kind: 'rights', of: /Deliver · GuardASFFWorkflowStatus/, now: /securityhub:None/ },
    of: 'rights',
    proof: /DeliverRole may securityhub:BatchUpdateFindings on .*SUPPRESSED.* must not: what people set/,
    weaken: right('Deliver', 'GuardASFFWorkflowStatus', (statement) => Object.assign(statement, { Action: 'securityhub:None' })),
  },
  {
    name: 'a guard that needs two fields at once',
    told: { kind: 'rights', of: /Deliver · GuardASFFConfidence/, now: /Criticality/ },
    of: 'rights',
    proof: /DeliverRole may securityhub:BatchUpdateFindings on .*Confidence.* must not: what people set/,
    weaken: right('Deliver', 'GuardASFFConfidence', (statement) =>
      Object.assign((statement.Condition as JsonObject).Null as JsonObject, { 'securityhub:ASFFSyntaxPath/Criticality': 'false' }),
    ),
  },
  {
    name: 'a note of any words',
    told: { kind: 'rights', of: /Deliver · GuardASFFNoteText/, now: /StringNotLike securityhub:ASFFSyntaxPath\/Note\.Text = \*$/ },
    of: 'rights',
    proof: /DeliverRole may securityhub:BatchUpdateFindings on .*Closed by us.* must not: what people set/,
    weaken: right('Deliver', 'GuardASFFNoteText', (statement) => {
      const { StringNotLike } = statement.Condition as { StringNotLike: JsonObject };
      StringNotLike['securityhub:ASFFSyntaxPath/Note.Text'] = '*';
    }),
  },
  {
    name: 'a right that nothing uses',
    told: { kind: 'rights', of: /Intake · KeepLedger/, now: /dynamodb:UpdateItem/ },
    of: 'rights',
    proof: /IntakeRole has dynamodb:UpdateItem on .*, which nothing uses/,
    weaken: right('Intake', 'KeepLedger', (statement) => (statement.Action as string[]).push('dynamodb:UpdateItem')),
  },
  {
    name: 'a right that nothing uses any more',
    told: { kind: 'rights', of: /Deliver · SendDeliveriesAgain/, now: /Queues\/Findings/ },
    of: 'rights',
    proof: /DeliverRole has sqs:SendMessage on .*QueuesFindings.*, which nothing uses/,
    weaken: right('Deliver', 'SendDeliveriesAgain', (statement) =>
      Object.assign(statement, { Resource: [statement.Resource, { 'Fn::GetAtt': ['QueuesFindings82E7964C', 'Arn'] }] }),
    ),
  },
  {
    name: 'any model, through any profile',
    told: { kind: 'rights', of: /Deliver · InvokeModelThroughProfile/, now: /^(?!.* if ).*InvokeModel/ },
    of: 'rights',
    proof: /DeliverRole may bedrock:InvokeModel on .*foundation-model.* must not: models/,
    weaken: right('Deliver', 'InvokeModelThroughProfile', (statement) => delete statement.Condition),
  },
  {
    name: 'passing roles',
    told: { kind: 'rights', of: /Enroll\/Run · \d+$/, now: /iam:PassRole on \*/ },
    of: 'rights',
    proof: /EnrollRunRole may iam:PassRole on .* must not: making and passing identities/,
    weaken: alsoSays('AWS::IAM::Policy', 'EnrollRun', 'PolicyDocument', { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }),
  },
  {
    name: 'Security Hub in every Region',
    told: { kind: 'rights', of: /Enroll\/Run · EnrollAccounts/, now: /securityhub:\*:/ },
    of: 'rights',
    proof: /EnrollRunRole may securityhub:\w+ on .*sa-east-1.* must not: in another Region/,
    weaken: right('EnrollRun', 'EnrollAccounts', (statement) =>
      Object.assign(statement, { Resource: 'arn:aws:securityhub:*:222222222222:hub/default' }),
    ),
  },
  {
    name: 'a managed policy',
    told: { kind: 'rights', of: /Tick\/Run · managed policies/, now: /AdministratorAccess/ },
    of: 'rights',
    proof: /TickRunRole has \* on \*, which nothing uses/,
    weaken: changed('AWS::IAM::Role', 'TickRun', (properties) =>
      Object.assign(properties, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
    ),
  },
  {
    name: 'a trust policy that lets another account in',
    told: { kind: 'rights', of: /Deliver · trusts/, now: /^\*$/ },
    of: 'rights',
    proof: /DeliverRole lets in another account: sts:AssumeRole/,
    weaken: changed('AWS::IAM::Role', 'Deliver', (properties) => {
      const [statement] = statementsOf(properties, 'AssumeRolePolicyDocument');
      Object.assign(statement ?? {}, { Principal: { AWS: '*' } });
    }),
  },
  {
    name: 'a public topic',
    told: { kind: 'access', of: /Alarms\/Topic · \* · Allow/, now: /sns:Publish/ },
    of: 'rights',
    proof: /AlarmsTopic lets in another account: sns:Publish/,
    weaken: alsoSays('AWS::SNS::TopicPolicy', 'Alarms', 'PolicyDocument', { ...ANYBODY, Action: 'sns:Publish' }),
  },
  {
    name: 'a public queue',
    told: { kind: 'access', of: /Queues\/Findings · \* · Allow/, now: /sqs:\*/ },
    of: 'rights',
    proof: /QueuesFindings lets in another account: sqs:ReceiveMessage/,
    weaken: alsoSays('AWS::SQS::QueuePolicy', 'QueuesFindingsPolicy', 'PolicyDocument', { ...ANYBODY, Action: 'sqs:*' }),
  },
  {
    name: 'a queue that every rule of every account may fill',
    told: { kind: 'access', of: /Queues\/Findings · events\.amazonaws\.com · Allow/, now: /^(?!.* if ).*sqs:SendMessage/ },
    of: 'rights',
    proof: /QueuesFindings lets in events, sent from another account: sqs:SendMessage/,
    weaken: changed('AWS::SQS::QueuePolicy', 'QueuesFindingsPolicy', (properties) => {
      for (const statement of statementsOf(properties, 'PolicyDocument')) if (statement.Effect === 'Allow') delete statement.Condition;
    }),
  },
  {
    name: 'a queue that is read unencrypted',
    told: { kind: 'access', of: /Queues\/Deliveries · \* · Deny/, now: /^$/ },
    of: 'rights',
    proof: /QueuesDeliveries lets in anybody, unencrypted/,
    weaken: removed('AWS::SQS::QueuePolicy', 'QueuesDeliveriesPolicy'),
  },
  {
    name: 'a key that another account may use',
    told: { kind: 'access', of: /CustomerKey\/Key · arn:aws:iam::999999999999:root · Allow/, now: /kms:Decrypt/ },
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
    told: { kind: 'access', of: /Enroll\/Run\/Live · \* · Allow/, now: /lambda:InvokeFunction/ },
    of: 'rights',
    proof: /live lets in another account: lambda:InvokeFunction/,
    weaken: changed('AWS::Lambda::Permission', 'Enroll', (properties) => {
      Object.assign(properties, { Principal: '*' });
      delete properties.SourceArn;
    }),
  },
  {
    name: 'an address on the internet',
    told: { kind: 'egress', of: /AWS::Lambda::Url Door/, now: /is there/ },
    of: 'rights',
    proof: /AWS::Lambda::Url, which the proof does not know/,
    weaken: added('Door', { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: 'any' } }),
  },
];
