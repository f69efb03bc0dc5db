import type { Match } from '../../../config/schema';
import type { RoutingSubject } from '../../../config/routing/facet';
import { matches } from '../../../config/routing/match';
import { subjectIn } from './routing-subjects';

const guardDuty = { product: 'aws/guardduty', controlId: undefined, types: ['TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce'] };

const cases: [fact: string, match: Match | undefined, subject: RoutingSubject, matched: boolean, why: string][] = [
  ['no match takes everything', undefined, subjectIn(''), true, 'it takes everything'],
  ['an OU takes itself', { ou: 'Workloads/Prod' }, subjectIn('Workloads/Prod'), true, 'OU Root/Workloads/Prod is Workloads/Prod'],
  [
    'an OU takes everything below it',
    { ou: 'Workloads' },
    subjectIn('Workloads/Prod/Regulated'),
    true,
    'OU Root/Workloads/Prod/Regulated is below Workloads',
  ],
  [
    'an OU may begin with Root',
    { ou: 'Root/Workloads' },
    subjectIn('Workloads/Prod'),
    true,
    'OU Root/Workloads/Prod is below Root/Workloads',
  ],
  ['Root takes every account', { ou: 'Root' }, subjectIn(''), true, 'OU Root is Root'],
  [
    'an OU does not take what is above it',
    { ou: 'Workloads/Prod' },
    subjectIn('Workloads'),
    false,
    'OU Root/Workloads is not in Workloads/Prod',
  ],
  ['an OU does not take a name that only begins alike', { ou: 'Work' }, subjectIn('Workloads'), false, 'OU Root/Workloads is not in Work'],
  ['an OU of that name elsewhere is another', { ou: 'Prod' }, subjectIn('Workloads/Prod'), false, 'OU Root/Workloads/Prod is not in Prod'],
  [
    'an OU id takes everything below it',
    { ou: 'ou-ab12-wkld0001' },
    subjectIn('Workloads/Prod'),
    true,
    'OU Root/Workloads/Prod is below ou-ab12-wkld0001',
  ],
  ['an OU id takes itself', { ou: 'ou-ab12-prod0001' }, subjectIn('Workloads/Prod'), true, 'OU Root/Workloads/Prod is ou-ab12-prod0001'],
  [
    'another OU id takes nothing',
    { ou: 'ou-ab12-sandb001' },
    subjectIn('Workloads'),
    false,
    'OU Root/Workloads is not in ou-ab12-sandb001',
  ],
  ['one OU of a list is enough', { ou: ['Sandbox', 'Workloads'] }, subjectIn('Workloads'), true, 'OU Root/Workloads is Workloads'],
  [
    'none of a list is not',
    { ou: ['Sandbox', 'Security'] },
    subjectIn('Workloads'),
    false,
    'OU Root/Workloads is in none of Sandbox, Security',
  ],
  ['an account', { account: ['111111111111', '555555555555'] }, subjectIn(''), true, 'account 555555555555 is 555555555555'],
  ['another account', { account: '111111111111' }, subjectIn(''), false, 'account 555555555555 is not 111111111111'],
  ['all tags equal', { tag: { env: 'prod', team: 'payments' } }, subjectIn(''), true, 'tag env is prod; tag team is payments'],
  ['one tag of two different', { tag: { env: 'prod', team: 'billing' } }, subjectIn(''), false, 'tag team is payments, not billing'],
  ['a tag that is not there', { tag: { pci: 'true' } }, subjectIn(''), false, 'the account has no tag pci'],
  ['a tag by a name every object has', { tag: { constructor: 'x' } }, subjectIn(''), false, 'the account has no tag constructor'],
  [
    'a tag of any of its resources',
    { resourceTag: { team: 'billing' } },
    subjectIn('', { resourceTags: { team: ['payments', 'billing'] } }),
    true,
    'resource tag team is billing',
  ],
  [
    'another tag of a resource',
    { resourceTag: { team: 'web' } },
    subjectIn('', { resourceTags: { team: ['payments', 'billing'] } }),
    false,
    'resource tag team is payments, billing, not web',
  ],
  [
    'a tag of the account is none of a resource',
    { resourceTag: { team: 'payments' } },
    subjectIn(''),
    false,
    'no resource has a tag team that AWS reports',
  ],
  [
    'a resource’s tag by a name every object has',
    { resourceTag: { constructor: 'x' } },
    subjectIn(''),
    false,
    'no resource has a tag constructor that AWS reports',
  ],
  ['a severity of a list', { severity: ['CRITICAL', 'HIGH'] }, subjectIn(''), true, 'severity HIGH is HIGH'],
  ['another severity', { severity: 'CRITICAL' }, subjectIn(''), false, 'severity HIGH is not CRITICAL'],
  ['a product alone', { product: 'GuardDuty' }, subjectIn('', guardDuty), true, 'product aws/guardduty is GuardDuty'],
  ['a product with its company', { product: 'aws/guardduty' }, subjectIn('', guardDuty), true, 'product aws/guardduty is aws/guardduty'],
  ['all products of a company', { product: 'aws/*' }, subjectIn('', guardDuty), true, 'product aws/guardduty is aws/*'],
  ['another company', { product: 'prowler/*' }, subjectIn('', guardDuty), false, 'product aws/guardduty is not prowler/*'],
  ['a company is no product', { product: 'aws' }, subjectIn('', guardDuty), false, 'product aws/guardduty is not aws'],
  ['a control by a pattern', { control: 's3.*' }, subjectIn(''), true, 'control S3.2 is s3.*'],
  ['a control where there is none', { control: '*' }, subjectIn('', guardDuty), false, 'it has no control'],
  [
    'a type behind its last slash',
    { type: 'UnauthorizedAccess:EC2*' },
    subjectIn('', guardDuty),
    true,
    'type TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce is UnauthorizedAccess:EC2*',
  ],
  [
    'a type from its beginning',
    { type: 'TTPs/*' },
    subjectIn('', guardDuty),
    true,
    'type TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce is TTPs/*',
  ],
  [
    'a type as GuardDuty writes it',
    { type: 'UnauthorizedAccess:EC2/SSHBruteForce' },
    subjectIn('', guardDuty),
    true,
    'type TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce is UnauthorizedAccess:EC2/SSHBruteForce',
  ],
  [
    'a type as Security Hub writes it, of a finding as GuardDuty writes it',
    { type: 'UnauthorizedAccess:EC2-*' },
    subjectIn('', { ...guardDuty, types: ['UnauthorizedAccess:EC2/SSHBruteForce'] }),
    true,
    'type UnauthorizedAccess:EC2/SSHBruteForce is UnauthorizedAccess:EC2-*',
  ],
  [
    'one type of several',
    { type: 'Effects/*' },
    subjectIn('', { types: ['TTPs/A', 'Effects/B'] }),
    true,
    'type TTPs/A, Effects/B is Effects/*',
  ],
  ['no type', { type: '*' }, subjectIn('', { types: [] }), false, 'it has no type'],
  [
    'one resource type of several',
    { resourceType: 'AwsIam*' },
    subjectIn('', { resourceTypes: ['AwsEc2Instance', 'AwsIamRole'] }),
    true,
    'resource type AwsEc2Instance, AwsIamRole is AwsIam*',
  ],
  [
    'another resource type',
    { resourceType: ['AwsIam*', 'AwsEc2*'] },
    subjectIn(''),
    false,
    'resource type AwsS3Bucket is none of AwsIam*, AwsEc2*',
  ],
  ['a Region', { region: 'ap-northeast-1' }, subjectIn(''), true, 'Region ap-northeast-1 is ap-northeast-1'],
  ['another Region', { region: 'us-east-1' }, subjectIn(''), false, 'Region ap-northeast-1 is not us-east-1'],
  [
    'all keys that hold',
    { ou: 'Sandbox', severity: 'HIGH' },
    subjectIn('Sandbox'),
    true,
    'OU Root/Sandbox is Sandbox; severity HIGH is HIGH',
  ],
  ['one key of two that does not', { ou: 'Sandbox', severity: 'LOW' }, subjectIn('Sandbox'), false, 'severity HIGH is not LOW'],
];

test.each(cases)('%s', (_fact, match, subject, matched, why) => {
  expect(matches(match, subject)).toEqual({ matched, why });
});

test('foreign text in a reason cannot steer a terminal, nor fill it', () => {
  const hostile = subjectIn('', { tags: { env: `\u001b[2J\u202e${'x'.repeat(10_000)}` }, types: ['\u001b]0;owned\u0007'] });
  for (const match of [{ tag: { env: 'prod' } }, { type: 'nothing' }] satisfies Match[]) {
    const { why } = matches(match, hostile);
    expect(why).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(why.length).toBeLessThan(300);
  }
});
