/**
 * The evaluator, by the examples and the rules of IAM's and KMS's own pages.
 * @proves rights
 */
import { conditionHolds, type Context } from './conditions';
import { isPermitted, type Policies, type Request } from './evaluate';
import { glob, type Statement } from './statement';

const BUCKET = 'arn:aws:s3:::amzn-s3-demo-bucket-carlossalazar';
const carlos = { account: '111111111111', arn: 'arn:aws:iam::111111111111:user/carlossalazar' };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html */
describe('within one account, as the user guide lets Carlos try it', () => {
  const identity: Statement[] = [
    { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListAllMyBuckets'], Resource: 'arn:aws:s3:::*' },
    { Effect: 'Allow', Action: 's3:*', Resource: [BUCKET, `${BUCKET}/*`] },
    { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::*log*' },
  ];
  const ofBucket: Statement[] = [
    { Effect: 'Allow', Principal: { AWS: carlos.arn }, Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: '*' },
  ];
  const tries = (action: string, resource: string, policy: Statement[] = [], who = identity) =>
    isPermitted({ caller: carlos, action, resource, context: {} }, { identity: who, resource: policy, owner: '111111111111' });

  test.each([
    ['his own bucket: allowed by his policy', true, 's3:PutObject', `${BUCKET}/file`, []],
    ['another bucket, of which no policy speaks: denied implicitly', false, 's3:PutObject', 'arn:aws:s3:::amzn-s3-demo-other/file', []],
    [
      'another bucket whose policy names him: allowed by that alone',
      true,
      's3:PutObject',
      'arn:aws:s3:::amzn-s3-demo-other/file',
      ofBucket,
    ],
    ['his logs: his Deny wins over the Allow of the bucket', false, 's3:PutObject', `${BUCKET}-logs/file`, ofBucket],
    ['an action that nothing names', false, 's3:DeleteBucket', 'arn:aws:s3:::amzn-s3-demo-other', ofBucket],
  ])('%s', (_what, permitted, action, resource, policy) => {
    expect(tries(action, resource, policy)).toBe(permitted);
  });

  test('the bucket’s Deny wins over his Allow', () => {
    expect(tries('s3:PutObject', `${BUCKET}/file`, [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }])).toBe(false);
  });

  test('a bucket whose policy names somebody else gives him nothing', () => {
    const other: Statement[] = [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:user/zhang' }, Action: 's3:*', Resource: '*' },
    ];
    expect(tries('s3:PutObject', 'arn:aws:s3:::amzn-s3-demo-other/file', other)).toBe(false);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html */
describe('across accounts both have to say yes', () => {
  const Production = 'arn:aws:s3:::amzn-s3-demo-bucket-production/file';
  const mine: Statement[] = [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::amzn-s3-demo-bucket-production/*' }];
  const theirs = (AWS: string): Statement[] => [
    { Effect: 'Allow', Principal: { AWS }, Action: ['s3:GetObject*', 's3:PutObject*'], Resource: '*' },
  ];
  const tries = (policies: Partial<Policies>, action = 's3:PutObject') =>
    isPermitted(
      { caller: carlos, action, resource: Production, context: {} },
      { identity: [], resource: [], owner: '222222222222', ...policies },
    );

  test.each<[string, boolean, Partial<Policies>]>([
    ['his account alone', false, { identity: mine }],
    ['the bucket’s alone', false, { resource: theirs(carlos.arn) }],
    ['both, by his ARN', true, { identity: mine, resource: theirs(carlos.arn) }],
    ['both, by his account’s root', true, { identity: mine, resource: theirs('arn:aws:iam::111111111111:root') }],
    ['both, by his account’s number', true, { identity: mine, resource: theirs('111111111111') }],
    ['both, but another account is named', false, { identity: mine, resource: theirs('333333333333') }],
  ])('%s', (_what, permitted, policies) => {
    expect(tries(policies)).toBe(permitted);
  });

  test('what the bucket’s policy does not name stays denied', () => {
    expect(tries({ identity: mine, resource: theirs(carlos.arn) }, 's3:DeleteObject')).toBe(false);
  });
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html: "no AWS principal … has any permissions to a KMS key unless they are explicitly allowed". */
describe('a key decides by its own policy', () => {
  const decrypt: Request = { caller: carlos, action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111111111111:key/1', context: {} };
  const may: Statement[] = [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }];
  const key = (AWS: string): Statement[] => [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }];
  test.each<[string, boolean, Statement[], Statement[]]>([
    ['an IAM policy alone opens nothing', false, may, []],
    ['left to the account, IAM decides: yes', true, may, key('arn:aws:iam::111111111111:root')],
    ['left to the account, IAM decides: no', false, [], key('arn:aws:iam::111111111111:root')],
    ['named by the key, IAM is not needed', true, [], key(carlos.arn)],
    ['an IAM Deny wins all the same', false, [{ Effect: 'Deny', Action: 'kms:*', Resource: '*' }], key(carlos.arn)],
  ])('%s', (_what, permitted, identity, resource) => {
    expect(isPermitted(decrypt, { identity, resource, owner: '111111111111', decidesItself: true })).toBe(permitted);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
test('a service is let in by the resource alone, and only for whom the condition names', () => {
  const policy: Statement[] = [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:topic' } },
    },
  ];
  const sent = (service: string, context: Context) =>
    isPermitted(
      { caller: { account: '111111111111', service }, action: 'sqs:SendMessage', resource: 'q', context },
      { identity: [], resource: policy, owner: '111111111111' },
    );
  expect(sent('sns.amazonaws.com', { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:topic' })).toBe(true);
  expect(sent('sns.amazonaws.com', { 'aws:SourceArn': 'arn:aws:sns:us-east-1:999999999999:topic' })).toBe(false);
  expect(sent('sns.amazonaws.com', {})).toBe(false);
  expect(sent('s3.amazonaws.com', { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:topic' })).toBe(false);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html and its neighbours */
test.each<[string, boolean, Statement]>([
  ['NotAction allows what it does not name', true, { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
  ['NotAction does not allow what it names', false, { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
  ['NotResource does not allow what it names', false, { Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/*` }],
  ['actions are not case-sensitive', true, { Effect: 'Allow', Action: 'S3:putobject', Resource: '*' }],
  ['a question mark is one character', true, { Effect: 'Allow', Action: 's3:Put??????', Resource: '*' }],
  ['and no more than one', false, { Effect: 'Allow', Action: 's3:Put?????', Resource: '*' }],
  ['resources are case-sensitive', false, { Effect: 'Allow', Action: 's3:*', Resource: `${BUCKET.toUpperCase()}/*` }],
])('%s', (_what, permitted, statement) => {
  const request = { caller: carlos, action: 's3:PutObject', resource: `${BUCKET}/file`, context: {} };
  expect(isPermitted(request, { identity: [statement], owner: '111111111111' })).toBe(permitted);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, and the pages on several keys and values. */
describe('a condition', () => {
  const tagged = { 'aws:PrincipalTag/department': ['finance', 'hr', 'legal'], 'aws:PrincipalTag/role': ['audit', 'security'] };
  const both = { StringEqualsIgnoreCase: tagged, StringEquals: { 'aws:PrincipalAccount': '123456789012' } };
  const who = { 'aws:PrincipalTag/department': 'legal', 'aws:PrincipalTag/role': 'audit', 'aws:PrincipalAccount': '123456789012' };
  const tags = (operator: string) => ({ [operator]: { 'aws:TagKeys': ['environment', 'cost-center'] } });

  test.each<[string, boolean, Record<string, Record<string, unknown>>, Context]>([
    ['values are ORed, keys and operators ANDed: all hold', true, both, who],
    ['case is ignored where the operator says so', true, both, { ...who, 'aws:PrincipalTag/role': 'Audit' }],
    ['one key fails', false, both, { ...who, 'aws:PrincipalTag/role': 'sales' }],
    ['one operator fails', false, both, { ...who, 'aws:PrincipalAccount': '999999999999' }],
    ['names of keys are not case-sensitive', true, { StringEquals: { 'AWS:UserName': 'john' } }, { 'aws:username': 'john' }],
    ['StringEquals is case-sensitive', false, { StringEquals: { 'aws:username': 'john' } }, { 'aws:username': 'John' }],
    ['a missing key does not match', false, { StringEquals: { 'aws:username': 'john' } }, {}],
    ['a missing key holds under a negated operator', true, { StringNotEquals: { 'aws:username': 'john' } }, {}],
    ['negated values are NORed', false, { StringNotEquals: { 'aws:username': ['john', 'ana'] } }, { 'aws:username': 'ana' }],
    ['IfExists holds without the key', true, { StringLikeIfExists: { 'ec2:InstanceType': ['t1.*', 't2.*'] } }, {}],
    [
      'IfExists compares with it',
      false,
      { StringLikeIfExists: { 'ec2:InstanceType': ['t1.*', 't2.*'] } },
      { 'ec2:InstanceType': 'm3.large' },
    ],
    ['Null true: the key must be absent', true, { Null: { 'aws:TokenIssueTime': 'true' } }, {}],
    ['Null false: the key must be there', false, { Null: { 'aws:TokenIssueTime': 'false' } }, {}],
    ['Bool', true, { Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'false' }],
    ['StringLike knows wildcards', true, { StringLike: { 's3:prefix': ['home/${', 'home/*'] } }, { 's3:prefix': 'home/ana' }],
    ['StringEquals does not', false, { StringEquals: { 's3:prefix': 'home/*' } }, { 's3:prefix': 'home/ana' }],
    [
      'ArnEquals and ArnLike are the same: wildcards',
      true,
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:*:111111111111:t*' } },
      { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:topic' },
    ],
    [
      'of each of the six parts by itself',
      false,
      { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:topic' } },
      { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:topic' },
    ],
    [
      'ArnNotLike',
      true,
      { ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:other' } },
      { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:topic' },
    ],
    ['ForAllValues: every value of the request is among them', true, tags('ForAllValues:StringEquals'), { 'aws:TagKeys': ['environment'] }],
    ['ForAllValues: one is not', false, tags('ForAllValues:StringEquals'), { 'aws:TagKeys': ['environment', 'owner'] }],
    ['ForAllValues holds without the key', true, tags('ForAllValues:StringEquals'), {}],
    ['ForAnyValue: one is among them', true, tags('ForAnyValue:StringEquals'), { 'aws:TagKeys': ['owner', 'environment'] }],
    ['ForAnyValue does not hold without the key', false, tags('ForAnyValue:StringEquals'), {}],
    ['two keys in one Deny need both in the request', false, { Null: { x: 'false', y: 'false' } }, { x: '1' }],
  ])('%s', (_what, holds, condition, context) => {
    expect(conditionHolds(condition, context)).toBe(holds);
  });

  test('with an operator that is not known is not passed over', () => {
    expect(() => conditionHolds({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': '203.0.113.1' })).toThrow(
      /does not know IpAddress/,
    );
  });
});

test('what has a meaning in an expression has none in a pattern', () => {
  expect([glob('a.b', 'axb'), glob('a+b', 'a+b'), glob('*', 'line\nline'), glob('(a)', '(a)')]).toEqual([false, true, true, true]);
});
