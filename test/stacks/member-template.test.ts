/** The member stack's template, as every account of the target OUs gets it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { OUTPUT_PREFIX, REPORTED } from '../../stacks/member/enablement';
import { TEMPLATE_LIMIT } from '../../stacks/member-stack';
import { exampleConfig } from './example-config';
import {
  bodyOf,
  type MemberTemplate,
  memberTemplate,
  type Resource,
  resourcesOf,
  sourceOf,
  stackWithMembers,
  withEnablement,
} from './member/member-template';
import { listOf, type Statement } from './synthesize';

let hub: Stack;
let template: MemberTemplate;
beforeAll(() => {
  hub = stackWithMembers();
  template = JSON.parse(bodyOf(hub)) as MemberTemplate;
});

const statements = (): Statement[] =>
  resourcesOf(template, 'AWS::IAM::Policy').flatMap(
    ({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
  );
const only = (type: string): Resource => {
  const [found, ...others] = resourcesOf(template, type);
  if (!found || others.length > 0) throw new Error(`the member template has ${others.length + (found ? 1 : 0)} ${type}, not one`);
  return found;
};

describe('the member template', () => {
  test('has room to grow below what a StackSet takes as a body', () => {
    expect(Buffer.byteLength(bodyOf(hub))).toBeLessThan(TEMPLATE_LIMIT / 2);
  });

  test('has one function, one role with one policy, one log group and the custom resource, and nothing else', () => {
    expect(
      Object.values(template.Resources)
        .map(({ Type }) => Type)
        .sort(),
    ).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::SecurityHubEnablement']);
  });

  test('has no parameters, rules, conditions, transforms or mappings', () => {
    expect(Object.keys(template).sort()).toEqual(['Description', 'Outputs', 'Resources']);
  });

  test('gives nothing a name, so that what an old stack left behind is in nobody’s way', () => {
    const names = Object.values(template.Resources).flatMap(({ Type, Properties }) =>
      Object.keys(Properties).filter((key) => /Name$/.test(key) && !(Type === 'AWS::IAM::Policy' && key === 'PolicyName')),
    );
    expect(names).toEqual([]);
    expect(JSON.stringify(template.Outputs)).not.toContain('Export');
  });

  test('needs no bucket: the code is in it, and nothing names S3 or the bootstrap', () => {
    expect(only('AWS::Lambda::Function').Properties.Code).toEqual({ ZipFile: expect.stringContaining('exports.handler') });
    expect(JSON.stringify({ ...template, Resources: { ...template.Resources } })).not.toMatch(/S3Bucket|cdk-hnb|AssetParameters/);
  });

  test('names no account but the security account, no Region and no partition', () => {
    const text = JSON.stringify(template);
    expect([...text.matchAll(/\b\d{12}\b/g)].map(String).filter((id) => id !== '222222222222')).toEqual([]);
    expect(text).not.toMatch(/arn:aws|ap-northeast-1|us-east-1|eu-west-1/);
  });

  test('waits for the function and its two repeats, not for the hour that is the default', () => {
    const { Timeout } = only('AWS::Lambda::Function').Properties;
    // Lambda repeats a minute and two minutes later.
    expect(Number(only('Custom::SecurityHubEnablement').Properties.ServiceTimeout)).toBeGreaterThan(3 * Number(Timeout) + 180);
    expect(Number(only('Custom::SecurityHubEnablement').Properties.ServiceTimeout)).toBeLessThan(3600);
  });

  test('shows all that the function reports as outputs', () => {
    expect(Object.keys(template.Outputs).sort()).toEqual(REPORTED.map((name) => OUTPUT_PREFIX + name).sort());
    const [, reported = ''] = /function report[\s\S]*?return \{([\s\S]*?)\};/.exec(sourceOf(template)) ?? [];
    expect([...reported.matchAll(/^ +(\w+):/gm)].map((match) => match[1])).toEqual([...REPORTED]);
  });

  test('runs the function again when the standards or its source change, and only then', () => {
    const { ServiceToken, ServiceTimeout, ...properties } = only('Custom::SecurityHubEnablement').Properties;
    expect(properties).toEqual({ Standards: exampleConfig.settings.enablement.standards, Source: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(memberTemplate()).toEqual(template);
    expect(memberTemplate(withEnablement({ standards: ['nist-800-53/v/5.0.0'] }))).not.toEqual(template);
  });

  test('keeps the function’s log as long as the settings say, and no longer than the stack', () => {
    expect(only('AWS::Logs::LogGroup')).toMatchObject({ Properties: { RetentionInDays: 90 }, DeletionPolicy: 'Delete' });
  });
});

describe('the function’s rights', () => {
  const actions = () => statements().flatMap(({ Action }) => listOf(Action));

  test('are the calls that its source makes, and no other', () => {
    const calls = [...sourceOf(template).matchAll(/securityHub\.(\w+)\(/g)].map((match) => match[1] ?? '');
    const named = [...sourceOf(template).matchAll(/(?:call|pages)\('(\w+)'/g)].map((match) => match[1] ?? '');
    expect(named.map((name) => name[0]?.toLowerCase() + name.slice(1)).sort()).toEqual([...calls].sort());
    expect(
      actions()
        .filter((action) => action.startsWith('securityhub:'))
        .sort(),
    ).toEqual(named.map((name) => `securityhub:${name}`).sort());
    expect(
      actions()
        .filter((action) => !action.startsWith('securityhub:'))
        .sort(),
    ).toEqual(['iam:CreateServiceLinkedRole', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  test('turn nothing off', () => {
    expect(actions().filter((action) => /Disable|Delete|Disassociate|Put(?!LogEvents)|\*/.test(action))).toEqual([]);
  });

  test('have no wildcard, and reach one hub, one log group and one role', () => {
    const resources = statements().flatMap(({ Resource: resource }) => listOf(resource));
    expect(JSON.stringify(resources)).not.toContain('*');
    const logs = { 'Fn::GetAtt': [expect.stringMatching(/Logs/), 'Arn'] };
    const ends = resources.map((resource) => /:([^":]+)"\]\]\}$/.exec(JSON.stringify(resource))?.[1] ?? resource);
    const [role, ...others] = ['role/aws-service-role/securityhub.amazonaws.com/AWSServiceRoleForSecurityHub', 'hub/default', '/accounts'];
    expect(new Set(ends)).toEqual(new Set([logs, ...others, role]));
  });

  test('make no service-linked role but Security Hub’s', () => {
    expect(statements().find(({ Action }) => Action === 'iam:CreateServiceLinkedRole')).toMatchObject({
      Condition: { StringEquals: { 'iam:AWSServiceName': 'securityhub.amazonaws.com' } },
    });
  });

  test('come from no managed policy', () => {
    expect(only('AWS::IAM::Role').Properties).not.toHaveProperty('ManagedPolicyArns');
  });
});

test('the source type-checks against the SDK', () => {
  const project = join(__dirname, '../../stacks/member/tsconfig.enable.json');
  expect(existsSync(project)).toBe(true);
  const { status, stdout } = spawnSync(join(__dirname, '../../node_modules/.bin/tsc'), ['-p', project], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
}, 60_000);
