/** Findings of Security Hub CSPM, as AWS and partners really send them, and as they should not. */
import { parseAsff } from '../../../handlers/domain/finding/asff';
import { UNTITLED } from '../../../handlers/domain/finding/finding';
import { InvalidFinding } from '../../../handlers/domain/text/reading';
import { controlFinding } from '../../world/events';

type Json = Record<string, unknown>;
const raw = (changes: Json = {}): Json => ({ ...controlFinding(), ...changes });
const parse = (changes: Json = {}) => parseAsff(raw(changes));
const PRODUCT = 'arn:aws:securityhub:ap-northeast-1::product/aws/';

test('reads what is needed to tell somebody', () => {
  expect(parse()).toMatchObject({
    format: 'asff',
    kind: 'control',
    product: 'aws/securityhub',
    accountId: '555555555555',
    region: 'ap-northeast-1',
    severity: 'CRITICAL',
    workflow: 'NEW',
    recordState: 'ACTIVE',
    compliance: 'FAILED',
    sample: false,
    controlId: 'S3.2',
    title: 'S3 general purpose buckets should block public read access',
    resources: [{ type: 'AwsS3Bucket', name: 'invoices-2026' }],
    remediation: { url: 'https://docs.aws.amazon.com/console/securityhub/S3.2/remediation' },
  });
});

test.each([
  [{ Text: 'Close it.' }, { text: 'Close it.' }],
  [{ Url: 'https://docs.aws.amazon.com/x' }, { url: 'https://docs.aws.amazon.com/x' }],
  [{}, undefined],
  [undefined, undefined],
])('of the recommendation %j there is %j', (Recommendation, read) => {
  expect(parse({ Remediation: { Recommendation } }).remediation).toEqual(read);
});

test.each([
  ['Id', /Id is missing/],
  ['ProductArn', /ProductArn is missing/],
  ['AwsAccountId', /AwsAccountId is not a 12-digit account id/],
  ['Severity', /Severity has neither/],
])('without %s it says what is missing', (field, message) => {
  expect(() => parse({ [field]: undefined })).toThrow(InvalidFinding);
  expect(() => parse({ [field]: undefined })).toThrow(message);
});

test.each(['', ' ', '1234', '5555555555555', 555555555555, 'five', null, {}])('refuses %p as an account id', (AwsAccountId) => {
  expect(() => parse({ AwsAccountId })).toThrow(InvalidFinding);
});

test('a title stands for one that is not there', () => {
  expect(UNTITLED).toMatch(/title/);
});

test('of a note the words and the author are kept only so far, whatever stands there', () => {
  const long = 'x'.repeat(5000);
  const note = parse({ Note: { Text: long, UpdatedBy: long, UpdatedAt: '2026-11-20T09:30:00Z' } }).note;
  expect([note?.text.length, note?.author?.length]).toEqual([512, 128]);
});

describe('severity: the label, else Normalized, else what the provider says', () => {
  test.each([
    [{ Label: 'HIGH', Normalized: 1 }, undefined, 'HIGH'],
    [{ Label: 'high' }, undefined, 'HIGH'],
    [{ Normalized: 0 }, undefined, 'INFORMATIONAL'],
    [{ Normalized: 1 }, undefined, 'LOW'],
    [{ Normalized: 39 }, undefined, 'LOW'],
    [{ Normalized: 40 }, undefined, 'MEDIUM'],
    [{ Normalized: 69 }, undefined, 'MEDIUM'],
    [{ Normalized: 70 }, undefined, 'HIGH'],
    [{ Normalized: 89 }, undefined, 'HIGH'],
    [{ Normalized: 90 }, undefined, 'CRITICAL'],
    [{ Normalized: 100 }, undefined, 'CRITICAL'],
    [{ Label: 'SEVERE', Normalized: 70 }, undefined, 'HIGH'],
    [{ Normalized: 101 }, { Label: 'LOW' }, 'LOW'],
    [undefined, { Label: 'MEDIUM' }, 'MEDIUM'],
    [{ Product: 8 }, { Normalized: 95 }, 'CRITICAL'],
  ])('%j and %j are %s', (Severity, provider, expected) => {
    expect(parse({ Severity, FindingProviderFields: { Severity: provider } }).severity).toBe(expected);
  });

  test.each([{ Label: 'constructor' }, { Normalized: '90' }, { Normalized: -1 }, { Normalized: Number.NaN }, [], 'HIGH'])(
    '%j is none',
    (Severity) => {
      expect(() => parse({ Severity })).toThrow(InvalidFinding);
    },
  );
});

test.each([
  [{ Compliance: { SecurityControlId: 'S3.2' }, ProductFields: { ControlId: 'S3.9' } }, 'S3.2'],
  [{ Compliance: {}, ProductFields: { ControlId: 'PCI.S3.2' } }, 'PCI.S3.2'],
  [
    {
      Compliance: {},
      ProductFields: { RuleId: '1.14' },
      GeneratorId: 'arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/1.14',
    },
    'CIS.1.14',
  ],
  [{ Compliance: {}, GeneratorId: 'security-control/IAM.6' }, 'IAM.6'],
  [{ Compliance: {}, GeneratorId: 'aws-foundational-security-best-practices/v/1.0.0/EC2.19' }, 'EC2.19'],
  [{ Compliance: {}, GeneratorId: 'arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/1.1' }, 'CIS.1.1'],
  [{ Compliance: {}, GeneratorId: 'cis-aws-foundations-benchmark/v/1.4.0/3.7' }, 'CIS.3.7'],
  [{ Compliance: {}, GeneratorId: 'something-else' }, undefined],
])('the control of %j is %s', (changes, expected) => {
  expect(parse(changes).controlId).toBe(expected);
});

test.each(['S3.2', 'PCI.S3.2', 'CT.S3.2', '2.5', '1.14'])('%s in front of a control’s title is a standard’s number and goes', (number) => {
  expect(parse({ Title: `${number} S3 buckets should be private` }).title).toBe('S3 buckets should be private');
});

test('what begins a title otherwise stays', () => {
  for (const title of [
    'S3 buckets should be private',
    'S3.2',
    'IAM.users should not',
    'TLS 1.2 should be used',
    '2.5',
    '90 days are enough',
  ])
    expect(parse({ Title: title }).title).toBe(title);
  const others = { ProductArn: `${PRODUCT}inspector`, Title: '3.1 of a scanner' };
  expect(parse(others).title).toBe('3.1 of a scanner');
});

test('a title is found for what has none', () => {
  expect(parse({ Title: '  ' }).title).toBe('Software and Configuration Checks/Industry and Regulatory Standards');
  expect(parse({ Title: null, Types: [] }).title).toBe('security-control/S3.2');
  expect(parse({ Title: null, Types: [], GeneratorId: null }).title).toBe(UNTITLED);
});

test('without resources the account itself is the resource', () => {
  expect(parse({ Resources: [] }).resources).toEqual([
    { id: 'AWS::::Account:555555555555', name: '555555555555', type: 'AwsAccount', region: 'ap-northeast-1' },
  ]);
});

test('the Region stands in the ProductArn, else with the resource, where it does not stand by itself', () => {
  expect(parse({ Region: undefined }).region).toBe('ap-northeast-1');
  // As GuardDuty's own page writes it, with a part too many.
  const ProductArn = 'arn:aws:securityhub:securityhub:us-east-1::product/aws/guardduty';
  const Resources = [{ Type: 'AwsEc2Instance', Id: 'i-0aa11bb22cc33dd44', Region: 'us-east-1' }];
  expect(parse({ Region: undefined, ProductArn, Resources }).region).toBe('us-east-1');
  expect(parse({ Region: undefined, ProductArn, Resources: [] }).region).toBe('unknown');
});

test('a type in three entries is read as the one that it is; others as they are', () => {
  const falcon = ['Namespace: TTPs', 'Category: Malware', 'Classifier: Ransomware'];
  expect(parse({ Types: falcon }).types).toEqual(['TTPs/Malware/Ransomware']);
  expect(parse({ Types: [...falcon].reverse() }).types).toEqual(['TTPs/Malware/Ransomware']);
  expect(parse({ Types: ['Category: Malware', 'TTPs/Execution'] }).types).toEqual(['Category: Malware', 'TTPs/Execution']);
});

test('times fall back on one another', () => {
  const times = { CreatedAt: '2026-11-01T00:00:00Z', UpdatedAt: undefined, FirstObservedAt: undefined, LastObservedAt: undefined };
  const created = Date.UTC(2026, 10, 1);
  expect(parse(times)).toMatchObject({ createdAt: created, updatedAt: created, firstObservedAt: created });
  expect(parse({ ...times, CreatedAt: 'yesterday' })).toMatchObject({ createdAt: 0, updatedAt: 0, firstObservedAt: 0 });
});

test('what is unknown reads as the state in which it is told', () => {
  expect(parse({ Workflow: { Status: 'DONE' }, RecordState: 'GONE', Compliance: { Status: 'MAYBE' } })).toMatchObject({
    workflow: 'NEW',
    recordState: 'ACTIVE',
    compliance: undefined,
  });
});

describe('what only one kind of product says', () => {
  test('GuardDuty: action, direction, the port that names the service, protocol, API call', () => {
    const service = 'aws/guardduty/service/action/networkConnectionAction';
    const ProductFields = {
      'aws/guardduty/service/action/actionType': 'NETWORK_CONNECTION',
      [`${service}/connectionDirection`]: 'INBOUND',
      [`${service}/localPortDetails/port`]: '22',
      [`${service}/remotePortDetails/port`]: '54321',
      [`${service}/protocol`]: 'TCP',
    };
    const threat = (fields: Json) => parse({ ProductArn: `${PRODUCT}guardduty`, ProductFields: fields }).particulars.threat;
    expect(threat(ProductFields)).toMatchObject({ actionType: 'NETWORK_CONNECTION', direction: 'INBOUND', port: '22', protocol: 'TCP' });
    expect(threat({ ...ProductFields, [`${service}/connectionDirection`]: 'OUTBOUND' })?.port).toBe('54321');
    expect(threat({ 'aws/guardduty/service/action/awsApiCallAction/api': 'ListBuckets' })?.api).toBe('ListBuckets');
    expect(threat({})).toEqual({});
  });

  test('Inspector: the CVE, its CVSS of version 3, whether there is a fix and an exploit', () => {
    const Vulnerabilities = [
      {
        Id: 'CVE-2021-44228',
        Cvss: [
          { Version: '2.0', BaseScore: 9.3 },
          { Version: '3.1', BaseScore: 10, BaseVector: 'CVSS:3.1/AV:N' },
        ],
        VulnerablePackages: [{ PackageManager: 'MAVEN' }],
        FixAvailable: 'YES',
        ExploitAvailable: 'NO',
      },
    ];
    expect(parse({ ProductArn: `${PRODUCT}inspector`, Vulnerabilities }).particulars.vulnerabilities).toEqual([
      {
        id: 'CVE-2021-44228',
        score: 10,
        vector: 'CVSS:3.1/AV:N',
        ecosystem: 'MAVEN',
        fixAvailable: 'YES',
        exploitAvailable: 'NO',
      },
    ]);
    expect(parse({ ProductArn: `${PRODUCT}inspector`, Vulnerabilities: [{ Id: 'GHSA-1' }] }).particulars).toEqual({});
  });

  test('Macie: categories, and what the type says of the bucket', () => {
    const Resources = [
      {
        Type: 'AwsS3Object',
        Id: 'o',
        DataClassification: { Result: { SensitiveData: [{ Category: 'FINANCIAL_INFORMATION' }, { Category: 3 }] } },
      },
    ];
    const macie = (Types: string[]) => parse({ ProductArn: `${PRODUCT}macie`, Resources, Types }).particulars.data;
    expect(macie(['Policy:IAMUser/S3BucketPublic'])).toEqual({
      categories: ['FINANCIAL_INFORMATION'],
      public: true,
      object: 'o',
    });
    expect(macie(['Policy:IAMUser/S3BucketEncryptionDisabled'])?.encrypted).toBe(false);
  });

  test('Access Analyzer: actions, the kind of principal, whether it is everybody', () => {
    const Other = { 'External Principal Type': 'AWS', 'External Principal': '*', 'Action Granted': 'sqs:SendMessage, sqs:ReceiveMessage' };
    const access = parse({ ProductArn: `${PRODUCT}access-analyzer`, Resources: [{ Type: 'AwsSqsQueue', Id: 'q', Details: { Other } }] })
      .particulars.access;
    expect(access).toEqual({
      actions: ['sqs:ReceiveMessage', 'sqs:SendMessage'],
      principalKind: 'AWS',
      principal: '*',
      public: true,
    });
  });

  test('a control: parameters and reasons; a value that is no value says nothing', () => {
    const Compliance = {
      SecurityControlParameters: [
        { Name: 'maxDays', Value: ['90'] },
        { Name: 'odd', Value: [{ toString: 1, valueOf: 1 }, null, 7] },
        { Value: ['nameless'] },
        { Name: '__proto__', Value: 'text' },
      ],
      StatusReasons: [{ ReasonCode: 'CONFIG_EVALUATIONS_EMPTY' }, { ReasonCode: 1 }, null],
    };
    const { particulars } = parse({ Compliance });
    expect(Object.entries(particulars.parameters ?? {})).toEqual([
      ['maxDays', '90'],
      ['odd', '7'],
      ['__proto__', ''],
    ]);
    expect(particulars.statusReasons).toEqual(['CONFIG_EVALUATIONS_EMPTY']);
  });
});

test('an account’s number alone, of no type, is the account', () => {
  expect(parse({ Resources: [{ Type: 'Other', Id: '555555555555' }] }).resources[0].type).toBe('AwsAccount');
  expect(parse({ Resources: [{ Id: '555555555555' }] }).resources[0].type).toBe('AwsAccount');
  expect(parse({ Resources: [{ Type: 'AwsS3Bucket', Id: '555555555555' }] }).resources[0].type).toBe('AwsS3Bucket');
});
