/** Under whose key what rests is encrypted, who may use the key, and what is left to the owner of an existing one. */
import type { Template } from 'aws-cdk-lib/assertions';
import { keyStatements } from '../../config/switches/key-policy';
import { KEY_USES, keysSchema } from '../../config/switches/keys';
import { withSettings } from './example-config';
import { hubTemplate, type Statement, statementsOf } from './synthesize';

const ARN = 'arn:aws:kms:ap-northeast-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const PLACE = { region: 'ap-northeast-1', account: '222222222222' };
const templateWith = (keys: object) => hubTemplate(withSettings({ keys: keysSchema.parse(keys) }));
const all = (template: Template, type: string) => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
const functionsOf = (template: Template) => all(template, 'AWS::Lambda::Function');
/** Of the services in the policy of the key of the stack. */
const services = (template: Template): (Statement & { Principal: { Service?: string } })[] =>
  all(template, 'AWS::KMS::Key').flatMap(({ KeyPolicy }) =>
    KeyPolicy.Statement.filter(({ Principal }: never) => (Principal as { Service?: string }).Service),
  );
const rightsOnKeys = (template: Template, role: 'Intake' | 'Deliver' | 'Tick' | 'Enroll') =>
  statementsOf(template, role)
    .filter(({ Action }) => JSON.stringify(Action).includes('kms:'))
    .map(({ Sid, Condition }) => [Sid, Condition?.StringEquals?.['kms:ViaService']]);
/** With CDK's reference where the suffix is the partition's. */
const via = (service: string) => ({ 'Fn::Join': ['', [`${service}.ap-northeast-1.`, { Ref: 'AWS::URLSuffix' }]] });

const keyOf = (template: Template) => {
  const [id, ...others] = Object.keys(template.findResources('AWS::KMS::Key'));
  expect(others).toEqual([]);
  return { 'Fn::GetAtt': [id, 'Arn'] };
};

/** What each kind of thing names as its key. */
function named(template: Template) {
  const unique = (values: unknown[]) =>
    [...new Set(values.map((value) => JSON.stringify(value)))].map((value) => value && JSON.parse(value));
  return {
    ledger: unique(all(template, 'AWS::DynamoDB::Table').map(({ SSESpecification }) => SSESpecification?.KMSMasterKeyId)),
    alarms: unique(all(template, 'AWS::SNS::Topic').map(({ KmsMasterKeyId }) => KmsMasterKeyId)),
    queues: unique(all(template, 'AWS::SQS::Queue').map(({ KmsMasterKeyId }) => KmsMasterKeyId)),
    logs: unique(all(template, 'AWS::Logs::LogGroup').map(({ KmsKeyId }) => KmsKeyId)),
    environment: unique(functionsOf(template).map(({ KmsKeyArn }) => KmsKeyArn)),
  };
}

test('without a word the ledger and the topic are under a key of the stack, and the rest under AWS’s', () => {
  const template = templateWith({});
  const key = [keyOf(template)];
  expect(named(template)).toEqual({ ledger: key, alarms: key, queues: [undefined], logs: [undefined], environment: [undefined] });
  expect(services(template).map(({ Principal }) => Principal.Service)).toEqual(['cloudwatch.amazonaws.com']);
  template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/SecurityHubInterpreter' });
});

describe('all: own', () => {
  const template = templateWith({ all: 'own' });

  test('puts all of it under the one key, which rotates and outlives the stack', () => {
    const key = [keyOf(template)];
    expect(named(template)).toEqual({ ledger: key, alarms: key, queues: key, logs: key, environment: key });
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  });

  test('lets EventBridge send to the queues, CloudWatch alarms to the topic, and the logs be written, of this account alone', () => {
    const found = services(template).map(({ Principal, Action, Condition }) => ({ who: Principal.Service, Action, Condition }));
    const use = ['kms:Decrypt', 'kms:GenerateDataKey'];
    const ofAccount = { StringEquals: { 'aws:SourceAccount': '222222222222' } };
    expect(found).toEqual([
      { who: 'cloudwatch.amazonaws.com', Action: use, Condition: ofAccount },
      { who: 'events.amazonaws.com', Action: use, Condition: ofAccount },
      {
        who: 'logs.ap-northeast-1.amazonaws.com',
        // CDK sorts them.
        Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Condition: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:ap-northeast-1:222222222222:log-group:SecurityHubInterpreter*' },
        },
      },
    ]);
  });

  test('gives each role the key in what SQS, DynamoDB and Secrets Manager do for it, and no more', () => {
    expect(rightsOnKeys(template, 'Intake')).toEqual([
      ['OpenLedger', via('dynamodb')],
      ['UseQueueKey', via('sqs')],
    ]);
    expect(rightsOnKeys(template, 'Deliver')).toEqual([
      ['OpenLedger', via('dynamodb')],
      ['UseQueueKey', via('sqs')],
      ['OpenSecrets', via('secretsmanager')],
    ]);
    expect(rightsOnKeys(template, 'Tick')).toEqual([
      ['OpenLedger', via('dynamodb')],
      ['UseQueueKey', via('sqs')],
    ]);
    expect(rightsOnKeys(template, 'Enroll')).toEqual([['UseQueueKey', via('sqs')]]);
  });

  test('does not reach into the accounts of members', () => {
    const stackSet = JSON.stringify(all(template, 'AWS::CloudFormation::StackSet'));
    expect(stackSet).not.toMatch(/CustomerKey|KmsKey/);
  });
});

test('all by ARN makes no key', () => {
  const template = templateWith({ all: ARN });
  template.resourceCountIs('AWS::KMS::Key', 0);
  expect(named(template)).toEqual({ ledger: [ARN], alarms: [ARN], queues: [ARN], logs: [ARN], environment: [ARN] });
  expect(rightsOnKeys(template, 'Deliver')).toHaveLength(3);
});

test('all: aws leaves a key of the stack to the topic alone, which would be silent under AWS’s', () => {
  const template = templateWith({ all: 'aws' });
  expect(named(template)).toEqual({
    ledger: [undefined],
    alarms: [keyOf(template)],
    queues: [undefined],
    logs: [undefined],
    environment: [undefined],
  });
  expect(rightsOnKeys(template, 'Intake')).toEqual([]);
});

test('a use that is named goes before all, and a key may differ by use', () => {
  const template = templateWith({ all: 'own', queues: 'aws', logs: ARN });
  const key = [keyOf(template)];
  expect(named(template)).toEqual({ ledger: key, alarms: key, queues: [undefined], logs: [ARN], environment: key });
  expect(services(template).map(({ Principal }) => Principal.Service)).toEqual(['cloudwatch.amazonaws.com']);
});

test('a rule’s queue lets EventBridge of this account send, where the queue is under a key', () => {
  const policies = all(templateWith({ queues: 'own' }), 'AWS::SQS::QueuePolicy').flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement as Statement[],
  );
  const allowed = policies.filter(({ Effect }) => Effect === 'Allow');
  expect(allowed.length).toBeGreaterThan(3);
  for (const { Condition } of allowed) expect(Condition?.StringEquals ?? Condition?.ArnEquals).toBeDefined();
});

test('the logs principal and ARNs are those of the partition', () => {
  const [statement] = keyStatements(['logs'], { region: 'cn-north-1', account: '222222222222' });
  expect(statement).toMatchObject({
    Principal: { Service: 'logs.cn-north-1.amazonaws.com.cn' },
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': expect.stringMatching(/^arn:aws-cn:logs:cn-north-1:/) } },
  });
  expect(keyStatements(KEY_USES, PLACE).map(({ Sid }) => Sid)).toEqual(['AlarmsPublish', 'EventsSend', 'LogsEncrypt']);
});
