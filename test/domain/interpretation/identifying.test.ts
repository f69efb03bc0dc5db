/**
 * What would tell the model whose finding it is.
 * @proves model
 */
import { identifies, namesItsOwner } from '../../../handlers/domain/interpretation/identifying';
import { growth } from '../../growth';
import { finding } from '../made';

test.each([
  'arn:aws:s3:::invoices',
  'account 555555555555',
  'account 5555-5555-5555.',
  '５５５５５５５５５５５５',
  'card 4111111111111111',
  'call 0312345678',
  'from 198.51.100.7',
  'from 198.51.100.7.',
  'from 198.51.100.7, then',
  '(10.0.0.0/8)',
  '10.0.0.0/0',
  'ip-10-0-12-34',
  'from 2001:db8::1',
  'from 2001:db8::/32',
  'from ::b41c:e4:78.',
  'addr:fe80::1',
  '[2001:db8:0:0:1:2:3:4]:443',
  '0a:1b:2c:3d:4e:5f',
  'mail ciso@example.com',
  'ciso＠example.com',
  'AKIAIOSFODNN7EXAMPLE',
  'AROAIOSFODNN7EXAMPLE1',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'i-0123456789abcdef0',
  'i-99999999',
  'sg-0aaaaaaaaaaaaaaaa',
  'db-ABCDEFGHIJ2345KLMNO',
  'o-ab12cd34ef',
  'ou-ab12-prod0001',
  'r-ab12',
  '123e4567-e89b-42d3-a456-426614174000',
  'sha256:0123456789abcdef',
  'detector 12abc34d567e8fa901bc2d34e56789f0',
  'evil.ru',
  'bucket.s3.amazonaws.com',
  's3://invoices/2026',
  'https://example',
])('"%s" identifies somebody', (text) => {
  expect(identifies(text)).toBe(true);
});

test.each([
  'S3 general purpose buckets should block public read access',
  'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
  'Ensure 0.0.0.0/0, ::/0 are not open',
  'AWS::S3::Bucket, AWS::EC2::Instance and AWS::::Account',
  'CVE-2021-44228',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
  'UnauthorizedAccess:IAMUser-InstanceCredentialExfiltration.OutsideAWS',
  'Trojan:EC2-DNSDataExfiltration!DNS',
  'sqs:SendMessage',
  'key-management, key-rotation, db-instance, vpc-endpoint and multi-factor',
  'NIST.800-53.r5 AC-2(12), PCI DSS v3.2.1/8.1.4',
  'TLS 1.2 at 12:34:56 on 2026-11-21',
  'the role ARN: a name',
  'Node.js 20 and .NET',
  '',
])('"%s" identifies nobody', (text) => {
  expect(identifies(text)).toBe(false);
});

test.each(['a', 'a-', '1.', 'a:', 'a@', '0a', 'A1/', 'AWS::a'])('what a text costs grows with its length, not faster: %s', (part) => {
  const text = part.repeat(100_000 / part.length);
  expect(growth((length) => void identifies(text.slice(0, length)), 20_000, 100_000)).toBeLessThan(15);
});

describe('what a finding is about', () => {
  const resource = (id: string, name: string, type = 'AwsS3Bucket') => ({ type, id, name, region: 'r' });
  const control = finding({
    accountName: 'payments-prod',
    resources: [
      resource('arn:aws:s3:::Invoices-2026', 'Invoices-2026'),
      resource('arn:aws:iam::555555555555:role/deploy-role', 'deploy-role', 'AwsIamRole'),
    ],
  });
  test.each([
    'the bucket invoices-2026 is public',
    'INVOICES-2026',
    'in payments-prod.',
    'by deploy-role',
    'in 555555555555',
    '請求書invoices-2026の',
    'ｉｎｖｏｉｃｅｓ-2026',
  ])('is named by "%s"', (text) => {
    expect(namesItsOwner(text, control)).toBe(true);
  });
  test.each(['S3 buckets should be private', 'invoices-2026x', 'an AWS IAM role', ''])('is not named by "%s"', (text) => {
    expect(namesItsOwner(text, control)).toBe(false);
  });

  const plain = {
    accountName: 'sandbox',
    resources: [resource('arn:aws:iam::999999999999:user/bob', 'bob', 'AwsIamUser')] as [ReturnType<typeof resource>],
  };
  test('in AWS’s own texts a plain word is a word', () => {
    expect(namesItsOwner('Nobody named bob may use the sandbox.', finding(plain))).toBe(false);
  });
  test('in anybody else’s it may be the name', () => {
    const other = finding({ ...plain, kind: 'third-party' });
    expect(namesItsOwner('User bob has no MFA', other)).toBe(true);
    expect(namesItsOwner('A user of the sandbox has no MFA', other)).toBe(true);
    expect(namesItsOwner('A user bobbed along', other)).toBe(false);
    expect(namesItsOwner('An IAM user has no MFA', other)).toBe(false);
  });
  test.each([
    ['control', 'db-1', true],
    ['control', 'db1', false],
    ['third-party', 'al', true],
    ['third-party', 'a', false],
  ] as const)('a name may be short, but not so short that it stands everywhere: of a %s, "%s" is one: %s', (kind, name, expected) => {
    const about = finding({ kind, resources: [resource(`arn:aws:iam::999999999999:user/${name}`, name)] });
    expect(namesItsOwner(`User ${name} has no MFA`, about)).toBe(expected);
  });
});
