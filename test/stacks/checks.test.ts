/** The one synth with all checks: cdk-nag, CDK's template validation and, where it is installed, cfn-lint. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { HUB_STACK } from '../../stacks/app';
import { grant } from '../../stacks/constructs/right';
import { hubApp } from './synthesize';

const lintInstalled = spawnSync('cfn-lint', ['--version']).status === 0;
if (!lintInstalled) console.warn('cfn-lint is not installed here, so the template was not linted: pip install cfn-lint');

let directory = '';
beforeAll(() => {
  delete process.env.CDK_VALIDATION;
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

it('the hub stack passes cdk-nag’s AwsSolutions and CDK’s template validation', () => {
  ({ directory } = hubApp().synth());
  // Warnings do not stop a synth: they are printed.
  expect(console.error).not.toHaveBeenCalled();
}, 60_000);

it('synth fails on a finding of cdk-nag that nobody acknowledged', () => {
  const app = hubApp();
  new Queue(app.node.findChild(HUB_STACK) as Stack, 'Careless');
  expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
}, 60_000);

(lintInstalled ? it : it.skip)(
  'the template has no error for cfn-lint (skipped where it is not installed)',
  () => {
    const file = join(directory, `${HUB_STACK}.template.json`);
    const { status, stdout } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--', file], { encoding: 'utf8' });
    expect({ status, errors: stdout.match(/^E\d+.*/gm) }).toEqual({ status: 0, errors: null });
  },
  60_000,
);

describe('a right', () => {
  const role = () => new Role(new Stack(new App(), 'Stack'), 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  it('cannot have a wildcard among its actions', () => {
    expect(() => grant(role(), [{ sid: 'All', actions: ['s3:Get*'], resources: ['arn:aws:s3:::bucket'] }])).toThrow(/name each action/);
  });

  it('cannot have a wildcard resource without a reason', () => {
    expect(() => grant(role(), [{ sid: 'Wide', actions: ['s3:GetObject'], resources: ['*'] }])).toThrow(
      /Right Wide has a wildcard resource and no reason/,
    );
  });
});
