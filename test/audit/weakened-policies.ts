/** Weakenings of rights that stand where one looks last: in conditions, in trust, in what a StackSet brings, in what is not literal. */
import type { JsonObject } from '../../local/protocol/wire';
import { added, alsoSays, changed, inMembers, resource, right, statementsOf, type Weaken, type Weakening } from './changes';

const OWN_ROLE = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::222222222222:role/Developers' }, Resource: '*' };

/** Changes the nth statement of a queue's policy. */
const queueSays = (queue: string, n: number, change: (statement: JsonObject) => void): Weaken =>
  changed('AWS::SQS::QueuePolicy', `${queue}Policy`, (properties) => change(statementsOf(properties, 'PolicyDocument')[n] ?? {}));
const trust = (role: string, statement: JsonObject): Weaken =>
  alsoSays('AWS::IAM::Role', role, 'AssumeRolePolicyDocument', { Effect: 'Allow', Action: 'sts:AssumeRole', ...statement });

export const WEAKENED_POLICIES: (Weakening & { of: 'rights'; proof: RegExp })[] = [
  {
    name: 'a role that is taken with tags of the session',
    told: { kind: 'rights', of: /Tick\/Run · trusts/, now: /^lambda\.amazonaws\.com; lambda\.amazonaws\.com, by sts:TagSession$/ },
    of: 'rights',
    proof: /TickRunRole has sts:TagSession on itself for lambda\.amazonaws\.com, which nothing uses/,
    weaken: trust('TickRun', { Action: 'sts:TagSession', Principal: { Service: 'lambda.amazonaws.com' } }),
  },
  {
    name: 'a role that anybody of the account may take, if its IAM says so',
    told: { kind: 'rights', of: /Tick\/Run · trusts/, now: /222222222222:root$/ },
    of: 'rights',
    proof: /TickRunRole has sts:AssumeRole on itself for arn:aws:iam::222222222222:root, which nothing uses/,
    weaken: trust('TickRun', { Principal: { AWS: 'arn:aws:iam::222222222222:root' } }),
  },
  {
    name: 'a role that an identity provider lets take',
    told: { kind: 'rights', of: /Deliver · trusts/, now: /token\.example\.com, by sts:AssumeRoleWithWebIdentity$/ },
    of: 'rights',
    proof: /DeliverRole has sts:AssumeRoleWithWebIdentity on itself for token\.example\.com, which nothing uses/,
    weaken: trust('Deliver', { Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'token.example.com' } }),
  },
  {
    name: 'a role with a boundary, which may forbid what it needs',
    told: { kind: 'other', of: /Deliver\/Role/, now: /PermissionsBoundary "arn/ },
    of: 'rights',
    proof: /DeliverRole has a permissions boundary/,
    weaken: changed('AWS::IAM::Role', 'Deliver', (role) => Object.assign(role, { PermissionsBoundary: 'arn:aws:iam::aws:policy/Any' })),
  },
  {
    name: 'guards that are there under a condition',
    told: { kind: 'other', of: /AWS::IAM::Policy Deliver/, now: /Condition "Guarded"/ },
    of: 'rights',
    proof: /DeliverRoleDefaultPolicy is there under the condition Guarded/,
    weaken: resource('AWS::IAM::Policy', 'Deliver', (policy) => Object.assign(policy, { Condition: 'Guarded' })),
  },
  {
    name: 'a right that is there under a condition',
    told: { kind: 'rights', of: /Enroll\/Run/, now: /^Allow iam:PassRole on \*$/ },
    of: 'rights',
    proof: /Fn::If.*which has no local meaning/,
    weaken: alsoSays('AWS::IAM::Policy', 'EnrollRun', 'PolicyDocument', {
      'Fn::If': ['Ever', { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }, { Ref: 'AWS::NoValue' }],
    }),
  },
  {
    name: 'a guard that only a tag of the role turns on',
    told: { kind: 'rights', of: /Deliver · GuardASFFTypes/, now: /PrincipalTag\/guard/ },
    of: 'rights',
    proof: /\(GuardASFFTypes\) asks for aws:PrincipalTag\/guard, which no request of the proof carries/,
    weaken: right('Deliver', 'GuardASFFTypes', (statement) =>
      Object.assign(statement.Condition as JsonObject, { StringNotEquals: { 'aws:PrincipalTag/guard': 'off' } }),
    ),
  },
  {
    name: 'a guard that lets more words by',
    told: { kind: 'rights', of: /Deliver · GuardASFFNoteText/, now: /= Told\*$/ },
    of: 'rights',
    proof: /DeliverRole may securityhub:BatchUpdateFindings on .*"Told in .* must not: with other words/,
    weaken: right('Deliver', 'GuardASFFNoteText', (statement) =>
      Object.assign((statement.Condition as { StringNotLike: JsonObject }).StringNotLike, {
        'securityhub:ASFFSyntaxPath/Note.Text': 'Told*',
      }),
    ),
  },
  {
    name: 'a queue of any account whose number begins so',
    told: { kind: 'rights', of: /Deliver · SetTimers/, now: /22222222222\?/ },
    of: 'rights',
    proof: /DeliverRole may sqs:SendMessage on .*:222222222223:.* must not: in another account/,
    weaken: right('Deliver', 'SetTimers', (statement) =>
      Object.assign(statement, { Resource: { 'Fn::Sub': 'arn:aws:sqs:ap-northeast-1:22222222222?:*' } }),
    ),
  },
  {
    name: 'every model of that name, whoever sells it',
    told: { kind: 'rights', of: /Deliver · InvokeProfile$/, now: /inference-profile\/\*claude/ },
    of: 'rights',
    proof: /DeliverRole may bedrock:InvokeModel on .*\/xjp\..* must not: on what has another name/,
    weaken: right('Deliver', 'InvokeProfile', (statement) =>
      Object.assign(statement, {
        Resource: 'arn:aws:bedrock:ap-northeast-1:222222222222:inference-profile/*claude-haiku-4-5-20251001-v1:0',
      }),
    ),
  },
  {
    name: 'a right on what the request fills in',
    told: { kind: 'rights', of: /Deliver · ReadSlackToken/, now: /PrincipalTag/ },
    of: 'rights',
    proof: /does not know policy variables/,
    weaken: right('Deliver', 'ReadSlackToken', (statement) =>
      Object.assign(statement, {
        Resource: ['arn:aws:secretsmanager:ap-northeast-1:222222222222:secret:$', '{aws:PrincipalTag/any}'].join(''),
      }),
    ),
  },
  {
    name: 'a right on an ARN that lacks parts',
    told: { kind: 'rights', of: /Deliver · SetTimers/, now: / on arn:aws:sqs$/ },
    of: 'rights',
    proof: /does not know ARNs that lack parts: arn:aws:sqs/,
    weaken: right('Deliver', 'SetTimers', (statement) => Object.assign(statement, { Resource: 'arn:aws:sqs' })),
  },
  {
    name: 'a key through one more service',
    told: { kind: 'rights', of: /Intake · OpenLedger/, now: /ec2\.ap-northeast-1/ },
    of: 'rights',
    proof: /IntakeRole has kms:Decrypt on .*CustomerKey.* with kms:ViaService ec2\.ap-northeast-1\.amazonaws\.com, which nothing uses/,
    weaken: right('Intake', 'OpenLedger', (statement) => {
      const through = (statement.Condition as { StringEquals: JsonObject }).StringEquals;
      through['kms:ViaService'] = [through['kms:ViaService'], 'ec2.ap-northeast-1.amazonaws.com'];
    }),
  },
  {
    name: 'a key for a role of somebody in the account',
    told: { kind: 'access', of: /CustomerKey\/Key · .*role\/Developers/, now: /kms:Decrypt/ },
    of: 'rights',
    proof: /CustomerKey has kms:Decrypt on \* for .*role\/Developers, which nothing uses/,
    weaken: alsoSays('AWS::KMS::Key', 'CustomerKey', 'KeyPolicy', { ...OWN_ROLE, Action: 'kms:Decrypt' }),
  },
  {
    name: 'a queue for a role of somebody in the account',
    told: { kind: 'access', of: /Queues\/Deliveries · .*role\/Developers/, now: /sqs:ReceiveMessage/ },
    of: 'rights',
    proof: /QueuesDeliveries has sqs:ReceiveMessage on \* for .*role\/Developers, which nothing uses/,
    weaken: alsoSays('AWS::SQS::QueuePolicy', 'QueuesDeliveriesPolicy', 'PolicyDocument', { ...OWN_ROLE, Action: 'sqs:ReceiveMessage' }),
  },
  {
    name: 'a Deny on something else',
    told: { kind: 'other', of: /AWS::SQS::QueuePolicy Queues\/Deliveries/, now: /arn:aws:sqs:\*:\*:none/ },
    of: 'rights',
    proof: /QueuesDeliveries lets in anybody, unencrypted/,
    weaken: queueSays('QueuesDeliveries', 0, (statement) => Object.assign(statement, { Resource: 'arn:aws:sqs:*:*:none' })),
  },
  {
    name: 'a Deny that spares the organization',
    told: { kind: 'access', of: /Queues\/Deliveries · \* · Deny/, now: /StringNotEquals aws:PrincipalOrgID/ },
    of: 'rights',
    proof: /QueuesDeliveries lets in anybody, unencrypted/,
    weaken: queueSays('QueuesDeliveries', 0, (statement) =>
      Object.assign(statement.Condition as JsonObject, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ab12cd34ef' } }),
    ),
  },
  {
    name: 'a queue for all actions but one',
    told: { kind: 'access', of: /Queues\/Findings · events/, now: /all but sqs:DeleteQueue/ },
    of: 'rights',
    proof: /QueuesFindings has a right by what it is not/,
    weaken: queueSays('QueuesFindings', 1, (statement) => {
      delete statement.Action;
      statement.NotAction = 'sqs:DeleteQueue';
    }),
  },
  {
    name: 'a queue for everybody but one',
    told: { kind: 'access', of: /Queues\/Findings · all but 333333333333/, now: /sqs:SendMessage/ },
    of: 'rights',
    proof: /says whom it is not about/,
    weaken: queueSays('QueuesFindings', 1, (statement) => {
      delete statement.Principal;
      statement.NotPrincipal = { AWS: '333333333333' };
    }),
  },
  {
    name: 'a ledger with a policy of its own',
    told: { kind: 'access', of: /Ledger\/Table · 333333333333/, now: /dynamodb:GetItem/ },
    of: 'rights',
    proof: /LedgerTable has a policy in ResourcePolicy, which the proof does not know/,
    weaken: changed('AWS::DynamoDB::Table', 'Ledger', (table) => {
      const Statement = [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Principal: { AWS: '333333333333' }, Resource: '*' }];
      table.ResourcePolicy = { PolicyDocument: { Statement } };
    }),
  },
  {
    name: 'more rights in the accounts of the organization',
    told: { kind: 'rights', of: /members · Enablement/, now: /^Allow securityhub:DisableSecurityHub on \*$/ },
    of: 'rights',
    proof: /EnablementRole may securityhub:DisableSecurityHub on .* must not: Security Hub itself/,
    weaken: inMembers(
      alsoSays('AWS::IAM::Policy', 'Enablement', 'PolicyDocument', {
        Effect: 'Allow',
        Action: 'securityhub:DisableSecurityHub',
        Resource: '*',
      }),
    ),
  },
  {
    name: 'a role in every account that the security account may take',
    told: { kind: 'rights', of: /members · Enablement · trusts/, now: /222222222222$/ },
    of: 'rights',
    proof: /EnablementRole has sts:AssumeRole on itself for 222222222222, which nothing uses/,
    weaken: inMembers(trust('Enablement', { Principal: { AWS: '222222222222' } })),
  },
  {
    name: 'one more StackSet, whose template stands elsewhere',
    told: { kind: 'other', of: /AWS::CloudFormation::StackSet More/, now: /is there/ },
    of: 'rights',
    proof: /More has its template elsewhere, which the proof does not know/,
    weaken: added('More', {
      Type: 'AWS::CloudFormation::StackSet',
      Properties: { TemplateURL: 'https://bucket.s3.amazonaws.com/more.json' },
    }),
  },
];
