/** What stops a synth; cfn-lint is in examples.test.ts. CDK's own template checks are left to `npm run synth`. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { grant } from '../../stacks/constructs/right';
import { withSettings } from './example-config';
import { hubApp, hubStackOf } from './synthesize';

beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

test.each([{}, { tracing: true, metrics: false }])(
  'the hub stack passes cdk-nag’s AwsSolutions without a word: %j',
  (changes) => {
    hubApp({ nag: true, config: withSettings(changes) }).synth();
    expect(console.error).not.toHaveBeenCalled();
  },
  60_000,
);

test('synth fails on a finding of cdk-nag that nobody acknowledged, and names its place', () => {
  const app = hubApp({ nag: true });
  new Queue(hubStackOf(app), 'Careless');
  expect(() => app.synth()).toThrow(/SecurityHubInterpreter\/Careless\/Resource[\s\S]*AwsSolutions-SQS4/);
}, 60_000);

describe('a right', () => {
  const role = () => new Role(new Stack(new App(), 'Stack'), 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  test('cannot have a wildcard among its actions', () => {
    expect(() => grant(role(), [{ sid: 'All', actions: ['s3:Get*'], resources: ['arn:aws:s3:::bucket'], reason: 'Because' }])).toThrow(
      /name each action/,
    );
  });

  test('cannot have a wildcard resource without a reason', () => {
    expect(() => grant(role(), [{ sid: 'Wide', actions: ['s3:GetObject'], resources: ['*'], reason: 'Because' }])).toThrow(
      /Right Wide has a wildcard resource and no reason/,
    );
  });

  test('that denies may be as wide as it likes, and is a Deny', () => {
    const denied = role();
    grant(denied, [{ sid: 'Never', effect: 'Deny', actions: ['s3:PutObject'], resources: ['*'], reason: 'Because' }]);
    Template.fromStack(Stack.of(denied)).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Sid: 'Never', Effect: 'Deny', Action: 's3:PutObject', Resource: '*' }] },
    });
  });
});
