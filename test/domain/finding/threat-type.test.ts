/** GuardDuty's type over the whole of AWS's list: ASFF's spellings, the new Security Hub's, and one problem for both. */
import { listed } from '../../../config/phrases/compile';
import { threatType } from '../../../handlers/domain/finding/threat-type';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { fingerprintOf, memberIdOf } from '../../../handlers/domain/problem/problem';

const ROWS = listed('guardduty.tsv').map(([type = '', , asff = '', status = '']) => [type, asff, status] as const);

const INSTANCE = 'i-0aa11bb22cc33dd44';
const asff = (types: string[]) =>
  parseFinding({
    Id: 'arn:aws:guardduty:ap-northeast-1:555555555555:detector/d1/finding/f1',
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/guardduty',
    AwsAccountId: '555555555555',
    Region: 'ap-northeast-1',
    GeneratorId: 'arn:aws:guardduty:ap-northeast-1:555555555555:detector/d1',
    Types: types,
    Severity: { Label: 'HIGH' },
    Title: 'A threat',
    Resources: [{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:ap-northeast-1:555555555555:instance/${INSTANCE}` }],
  });
const ocsf = (types: string[]) =>
  parseFinding({
    class_uid: 2004,
    severity: 'High',
    status: 'New',
    cloud: { account: { uid: '555555555555' }, provider: 'AWS', region: 'ap-northeast-1' },
    metadata: { uid: 'a2', product: { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/aws/guardduty' } },
    finding_info: { uid: 'src-a2', title: 'A threat', types },
    resources: [{ type: 'AWS::EC2::Instance', uid: INSTANCE, region: 'ap-northeast-1' }],
  });

test('the list is whole, and each type is a problem of its own', () => {
  expect(ROWS).toHaveLength(251);
  expect(new Set(ROWS.map(([type]) => fingerprintOf(ocsf(['Threats', type])))).size).toBe(251);
});

test.each(ROWS)('%s', (type, spellings) => {
  const fingerprint = `aws:guardduty:${type}:555555555555`;
  for (const each of [['Threats', type], [type, 'Threats'], [type]]) {
    expect(threatType({ types: each })).toBe(type);
    expect(fingerprintOf(ocsf(each))).toBe(fingerprint);
  }
  for (const spelling of spellings.split(' ; ').filter(Boolean)) {
    for (const each of [[spelling], ['TTPs/Impact', spelling], [spelling, 'TTPs/Initial Access']]) {
      expect(threatType({ types: each })).toBe(type);
      expect(fingerprintOf(asff(each))).toBe(fingerprint);
    }
  }
  expect(memberIdOf(asff([spellings]))).toBe(memberIdOf(ocsf([type])));
});

test('captures of 2020 part family and threat by a dot', () => {
  expect(threatType({ types: ['Software and Configuration Checks/Exfiltration:S3.ObjectRead.Unusual'] })).toBe(
    'Exfiltration:S3/ObjectRead.Unusual',
  );
});

test('what is no type of GuardDuty stays what it says, and nothing is nothing', () => {
  expect(threatType({ types: ['TTPs/Initial Access/Something'] })).toBe('Something');
  expect(threatType({ types: [] })).toBe('');
});
