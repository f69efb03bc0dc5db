/** The evaluator, by rules of IAM's pages that have no example of their own there: whom policies name, negated and set operators, ARNs. */
import { conditionHolds, type Context } from './conditions';
import { isPermitted, type Request } from './evaluate';
import type { Statement } from './statement';

const carlos = { account: '111111111111', arn: 'arn:aws:iam::111111111111:user/carlossalazar' };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html and reference_policies_elements_notprincipal.html */
describe('whom a policy of a resource names', () => {
  const events = { account: '111111111111', service: 'events.amazonaws.com' };
  const zhang = { account: '111111111111', arn: 'arn:aws:iam::111111111111:user/zhang' };
  const all: Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' };
  const permitted = (caller: Request['caller'], ...resource: Statement[]) =>
    isPermitted({ caller, action: 'sqs:SendMessage', resource: 'q', context: {} }, { identity: [], resource, owner: '111111111111' });

  test.each<[string, boolean, Request['caller'], Statement[]]>([
    ['AWS: * is the same as *: services too', true, events, [{ ...all, Principal: { AWS: '*' } }]],
    ['a Deny to AWS: * takes from services too', false, events, [all, { ...all, Effect: 'Deny', Principal: { AWS: '*' } }]],
    ['the account’s root is no service', false, events, [{ ...all, Principal: { AWS: '111111111111' } }]],
    ['one service is not another', false, events, [{ ...all, Principal: { Service: ['sns.amazonaws.com', 's3.amazonaws.com'] } }]],
    ['the account’s root alone leaves it to IAM, which says nothing', false, zhang, [{ ...all, Principal: { AWS: '111111111111' } }]],
    ['an identity provider is nobody that calls', false, zhang, [{ ...all, Principal: { Federated: 'cognito-identity.amazonaws.com' } }]],
    [
      'a Deny to all but him spares him',
      true,
      carlos,
      [all, { ...all, Principal: undefined, Effect: 'Deny', NotPrincipal: { AWS: carlos.arn } }],
    ],
    ['and nobody else', false, zhang, [all, { ...all, Principal: undefined, Effect: 'Deny', NotPrincipal: { AWS: carlos.arn } }]],
    [
      'a Deny to all but everybody is none',
      true,
      zhang,
      [all, { ...all, Principal: undefined, Effect: 'Deny', NotPrincipal: { AWS: '*' } }],
    ],
  ])('%s', (_what, expected, caller, statements) => {
    expect(permitted(caller, ...statements)).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html */
test.each<[string, boolean, string, Statement[], string]>([
  [
    'a key of another account: its policy and mine',
    true,
    '222222222222',
    [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
    '111111111111',
  ],
  ['a key of another account: its policy alone', false, '222222222222', [], '111111111111'],
  ['a role of this account that trusts the account: not without my policy', false, '111111111111', [], '111111111111'],
  ['a role of this account that trusts me: mine is not needed', true, '111111111111', [], carlos.arn],
  ['a role of another account that trusts me: mine is', false, '222222222222', [], carlos.arn],
])('%s', (_what, expected, owner, identity, AWS) => {
  const resource: Statement[] = [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:Decrypt', Resource: '*' }];
  const request = { caller: carlos, action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${owner}:key/1`, context: {} };
  expect(isPermitted(request, { identity, resource, owner, decidesItself: true })).toBe(expected);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html and reference_policies_elements_condition_operators.html */
test.each<[string, boolean, Record<string, Record<string, unknown>>, Context]>([
  ['ForAllValues, negated: none is among them', true, { 'ForAllValues:StringNotEquals': { k: ['a', 'b'] } }, { k: ['c', 'd'] }],
  ['ForAllValues, negated: one is', false, { 'ForAllValues:StringNotEquals': { k: ['a', 'b'] } }, { k: ['a', 'd'] }],
  ['ForAnyValue, negated: one is not', true, { 'ForAnyValue:StringNotEquals': { k: ['a', 'b'] } }, { k: ['a', 'd'] }],
  ['ForAnyValue, negated, without the key', false, { 'ForAnyValue:StringNotEquals': { k: ['a', 'b'] } }, {}],
  ['ForAllValues that Null makes strict', false, { 'ForAllValues:StringEquals': { k: 'a' }, Null: { k: 'false' } }, {}],
  ['a negated operator with IfExists, without the key', true, { StringNotEqualsIfExists: { k: 'a' } }, {}],
  ['a negated operator with IfExists, with it', false, { StringNotEqualsIfExists: { k: 'a' } }, { k: 'a' }],
  ['ArnLikeIfExists without the key', true, { ArnLikeIfExists: { k: 'arn:aws:sns:*:*:t' } }, {}],
  ['BoolIfExists: who came without MFA, or so that nobody knows', true, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, {}],
  ['Bool: not who came so that nobody knows', false, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, {}],
  ['StringNotLike with a wildcard alone never holds', false, { StringNotLike: { k: '*' } }, { k: 'a' }],
  ['StringNotEqualsIgnoreCase', false, { StringNotEqualsIgnoreCase: { k: 'NOTIFIED' } }, { k: 'notified' }],
  [
    'an ARN is compared with its case',
    false,
    { ArnEquals: { k: 'arn:aws:sns:us-east-1:111111111111:Topic' } },
    { k: 'arn:aws:sns:us-east-1:111111111111:topic' },
  ],
])('%s', (_what, holds, condition, context) => {
  expect(conditionHolds(condition, context)).toBe(holds);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
describe('a resource', () => {
  const permits = (Resource: string) =>
    isPermitted(
      { caller: carlos, action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:111111111111:queue1', context: {} },
      { identity: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource }], owner: '111111111111' },
    );
  test('whose part ends with a wildcard goes on beyond the colon', () => {
    expect(permits('arn:aws:sqs:us-*')).toBe(true);
  });
  test.each(['arn:aws:sqs', 'arn:aws:sqs:us-east-1', ['arn:aws:sqs:us-east-1:111111111111:$', '{aws:username}'].join('')])(
    'that IAM fills up is not judged: %s',
    (resource) => {
      expect(() => permits(resource)).toThrow(/This evaluator does not know/);
    },
  );
});
