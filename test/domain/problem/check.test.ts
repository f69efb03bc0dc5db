/** What tells the problems of one product apart, where many tools have one GeneratorId for all that they find. */
import { parseFinding } from '../../../handlers/domain/finding/event';
import { fingerprintOf } from '../../../handlers/domain/problem/problem';

const ACCOUNT = '555555555555';
type ImportedParts = {
  id?: string;
  title: string;
  generator?: string;
  product?: string;
  resource?: [type: string, id: string];
  region?: string;
  types?: string[];
};

function imported({
  id = 'x',
  title,
  generator = 'my-scanner',
  product,
  resource,
  region = 'ap-northeast-1',
  types,
}: ImportedParts): string {
  const [Type, Id] = resource ?? ['AwsEc2Instance', `arn:aws:ec2:${region}:${ACCOUNT}:instance/i-0f1e2d3c4b5a69788`];
  const own = `arn:aws:securityhub:${region}:${ACCOUNT}:product/${ACCOUNT}/default`;
  return fingerprintOf(
    parseFinding({
      Id: id,
      ProductArn: product ? `arn:aws:securityhub:${region}::product/${product}` : own,
      GeneratorId: generator,
      AwsAccountId: ACCOUNT,
      AwsAccountName: 'payments-prod',
      Region: region,
      Types: types ?? ['Software and Configuration Checks'],
      Severity: { Label: 'HIGH' },
      Title: title,
      Resources: [{ Type, Id, Region: region }],
      UpdatedAt: '2026-11-20T09:30:00Z',
    }),
  );
}

const bucket = (name: string): [string, string] => ['AwsS3Bucket', `arn:aws:s3:::${name}`];
const instance = (id: string): [string, string] => ['AwsEc2Instance', `arn:aws:ec2:ap-northeast-1:${ACCOUNT}:instance/${id}`];

test.each<[string, ImportedParts, ImportedParts]>([
  ['an own scanner’s two findings', { title: 'TLS certificate of pay.example expires tomorrow' }, { title: 'Database password found' }],
  [
    'two checks under one version of a tool',
    { title: '[check13] Credentials unused', generator: 'prowler-2.3.0RC' },
    { title: '[check112] No root key', generator: 'prowler-2.3.0RC' },
  ],
  [
    'two ports',
    { title: 'Port 22 is reachable from an Internet Gateway - TCP', product: 'aws/inspector' },
    { title: 'Port 3389 is reachable from an Internet Gateway - TCP', product: 'aws/inspector' },
  ],
  ['open to all and open to one network', { title: 'SSH open to 0.0.0.0/0' }, { title: 'SSH open to 10.20.0.0/16' }],
  ['two ranges of ports', { title: 'Port range 1-1024 is open' }, { title: 'Port range 1-65535 is open' }],
  [
    'two generators that name their checks',
    { title: 'Not encrypted', generator: 'prowler-rds_instance_storage_encrypted' },
    { title: 'Not encrypted', generator: 'prowler-ec2_ebs_volume_encryption' },
  ],
  [
    'two rules of AWS Config',
    { title: 's3-versioning', generator: 'arn:aws:config:r:5:config-rule/config-rule-k5r9xw', product: 'aws/config' },
    { title: 's3-logging', generator: 'arn:aws:config:r:5:config-rule/config-rule-k5r9xx', product: 'aws/config' },
  ],
  [
    'two issues under one policy',
    { title: 'Bad licence', generator: 'JFrog - Xray Policy all_the_bad_things' },
    { title: 'Weak hash', generator: 'JFrog - Xray Policy all_the_bad_things' },
  ],
  [
    'two findings of a tool that gives its own ARN',
    { title: 'Weak hash', generator: 'arn:aws:lambda:r:5:function:scan_all_the_things' },
    { title: 'Open share', generator: 'arn:aws:lambda:r:5:function:scan_all_the_things' },
  ],
])('are told apart: %s', (_what, a, b) => {
  expect(imported(a)).not.toBe(imported(b));
});

test.each([
  'my-scanner/v1.2.3',
  'prowler/3.0.0',
  'acme/scanner2',
  'acme/scanner_12',
  'scan/run-42',
  'ci/build-1042',
  'https://scanner.acme.com',
  'acme/com.acme.scanner',
  'my_own_scanner',
  'acme/job/2026_11_25',
])('a tool, its version, address or run names no check: %s', (generator) => {
  expect(imported({ generator, title: 'Database password found' })).not.toBe(imported({ generator, title: 'TLS certificate expires' }));
});

test.each([
  ['22/tcp open to the world', '3389/tcp open to the world'],
  ['TCP 22 exposed', 'TCP 3389 exposed'],
  ['TLS 1.0 is enabled', 'TLS 1.1 is enabled'],
  ['Python 3.7 is at its end', 'Python 2.7 is at its end'],
  ['Windows Server 2012 is unsupported', 'Windows Server 2008 is unsupported'],
  ['Rule 1001 is violated', 'Rule 1002 is violated'],
  ['QID 105971', 'QID 38170'],
  ['Plugin #19506', 'Plugin #10180'],
  ['1.4 is violated', '1.5 is violated'],
])('a number that names what was found tells apart: %s, %s', (a, b) => {
  expect(imported({ title: a })).not.toBe(imported({ title: b }));
});

test.each([
  ['Risk score 7.5: open share', 'Risk score 8.1: open share'],
  ['Disk is 95.2% full', 'Disk is 97.8% full'],
  ['A dump of 1.5 GB is public', 'A dump of 2.5 GB is public'],
  ['12,345 records are public', '678 records are public'],
  ['認証情報が3件漏えい', '認証情報が12件漏えい'],
  ['鍵が90日間未使用', '鍵が91日間未使用'],
])('an amount does not: %s, %s', (a, b) => {
  expect(imported({ title: a })).toBe(imported({ title: b }));
});

test.each<[string, ImportedParts, ImportedParts]>([
  [
    'the name of the resource',
    { title: 'Bucket exports is public', resource: bucket('exports') },
    { title: 'Bucket invoices-2026 is public', resource: bucket('invoices-2026') },
  ],
  [
    'a name within a path',
    { title: 'Secret in web/deploy.sh', resource: ['Other', 'repo/web/deploy.sh'] },
    { title: 'Secret in api/run.sh', resource: ['Other', 'repo/api/run.sh'] },
  ],
  ['the ARN', { title: `Decoy arn:aws:s3:::a-${ACCOUNT} was read` }, { title: 'Decoy arn:aws:s3:::b was read' }],
  [
    'the id of another instance',
    { title: 'i-0aaaaaaaaaaaaaaaa talks to i-0f1e2d3c4b5a69788' },
    { title: 'i-0bbbbbbbbbbbbbbbb talks to i-0f1e2d3c4b5a69788' },
  ],
  ['an address', { title: 'Login from 198.51.100.7' }, { title: 'Login from 203.0.113.9' }],
  ['an amount', { title: '3 keys older than 90 days' }, { title: '12 keys older than 91 days' }],
  ['a day', { title: 'Expires on 2026-11-20' }, { title: 'Expires on 2026-12-01' }],
  ['the account', { title: `No MFA in ${ACCOUNT}` }, { title: 'No MFA in payments-prod' }],
  ['the Region', { title: 'No trail in us-east-1', region: 'us-east-1' }, { title: 'No trail in ap-northeast-1' }],
  ['the version of the tool', { title: 'No trail', generator: 'prowler-2.3.0' }, { title: 'No trail', generator: 'prowler-2.4.1' }],
  [
    'the port’s host',
    { title: 'Port 22 open on i-0aaaaaaaaaaaaaaaa', resource: instance('i-0aaaaaaaaaaaaaaaa') },
    { title: 'Port 22 open on i-0bbbbbbbbbbbbbbbb', resource: instance('i-0bbbbbbbbbbbbbbbb') },
  ],
  [
    'a title that differs where the generator names the check',
    { title: 'User sato has no MFA', generator: 'prowler-iam_user_mfa_enabled' },
    { title: 'User suzuki has no MFA', generator: 'prowler-iam_user_mfa_enabled' },
  ],
])('are one, however they differ in %s', (_what, a, b) => {
  expect(imported({ ...a, id: 'a' })).toBe(imported({ ...b, id: 'b' }));
});

describe('of several resources', () => {
  const about = (Title: string, ...ids: string[]) =>
    fingerprintOf(
      parseFinding({
        Id: 'x',
        ProductArn: `arn:aws:securityhub:ap-northeast-1:${ACCOUNT}:product/${ACCOUNT}/default`,
        GeneratorId: 'my-scanner',
        AwsAccountId: ACCOUNT,
        Region: 'ap-northeast-1',
        Types: ['Software and Configuration Checks'],
        Severity: { Label: 'HIGH' },
        Title,
        Resources: ids.map((Id) => ({ Type: 'Other', Id })),
        UpdatedAt: '2026-11-20T09:30:00Z',
      }),
    );

  test('two names that share a word are left out alike, whichever is listed first', () => {
    const title = 'Open: front-gate-north door';
    expect(about(title, 'front-gate', 'gate-north')).toBe(about(title, 'gate-north', 'front-gate'));
  });

  test('a name that another begins with leaves nothing of the longer one', () => {
    expect(about('logs-eu is public', 'logs', 'logs-eu')).toBe(about('exports is public', 'exports'));
  });
});

test('a name may be as long as what is read of a title', () => {
  const named = (name: string): ImportedParts => ({ title: name, resource: bucket(name) });
  expect(imported(named('ab'.repeat(256)))).toBe(imported(named('cd'.repeat(256))));
});

test('a part of a longer word is no name', () => {
  const admin: ImportedParts = { title: 'Administrative access', resource: bucket('admin') };
  expect(imported(admin)).toBe(imported({ ...admin, resource: bucket('other-bucket') }));
});

test('a title that is all names leaves the tool and its type to tell', () => {
  const npm = (title: string, generator: string) => imported({ title, generator });
  expect(npm('npm://@a/b:2.0.0', 'xray one')).toBe(npm('npm://@c/d:1.0.0', 'xray one'));
  expect(npm('npm://@a/b:2.0.0', 'xray one')).not.toBe(npm('npm://@a/b:2.0.0', 'xray two'));
});

test('a long title of one letter costs no time worth telling', () => {
  for (const title of ['a'.repeat(100_000), '1,'.repeat(50_000), 'port 1, '.repeat(20_000), 'a-'.repeat(50_000), 'x@'.repeat(50_000)])
    expect(imported({ title })).toMatch(/^custom:check:/);
});

test.each(['Trivy/CVE-2019-1549', 'cfg/s3.public.read'])('the generator %s names one check, whatever its titles say', (generator) => {
  expect(imported({ generator, title: 'Found in the morning' })).toBe(imported({ generator, title: 'Seen by night' }));
  expect(imported({ generator, title: 'Found' })).not.toBe(imported({ generator: `${generator}0`, title: 'Found' }));
});

describe('a product that calls all that it detects the same', () => {
  // As CrowdStrike's gateway imports detections: https://github.com/CrowdStrike/falcon-integration-gateway
  const falcon = (instanceId: string, tactic: string, technique: string) =>
    imported({
      title: `Falcon Alert. Instance: ${instanceId}`,
      generator: 'Falcon Host',
      product: 'crowdstrike/crowdstrike-falcon',
      resource: ['AwsEc2Instance', instanceId],
      types: ['Namespace: TTPs', `Category: ${tactic}`, `Classifier: ${technique}`],
    });
  const first = falcon('i-0f1e2d3c4b5a69788', 'Malware', 'Ransomware');

  test('is read by tactic and technique', () => {
    expect(falcon('i-0f1e2d3c4b5a69788', 'Credential Access', 'OS Credential Dumping')).not.toBe(first);
    expect(falcon('i-0f1e2d3c4b5a69788', 'Malware', 'Cryptomining')).not.toBe(first);
    expect(falcon('i-0aaaaaaaaaaaaaaaa', 'Malware', 'Ransomware')).toBe(first);
    const taxonomy = (type: string) => imported({ title: 'Suspicious activity', types: [type] });
    expect(taxonomy('TTPs/Execution/Shell')).not.toBe(taxonomy('TTPs/Persistence/Cron'));
  });

  test('whatever the new Security Hub adds to the types, and in any order', () => {
    const types = (...all: string[]) => imported({ title: 'Suspicious activity', types: all });
    expect(types('Threats', 'TTPs/Execution/Shell', 'Effects/Data Exposure')).toBe(types('Effects/Data Exposure', 'TTPs/Execution/Shell'));
  });

  test('of how something is set the type says nothing of which check it was', () => {
    const types = (type: string) => imported({ title: 'Bucket is public', types: [type] });
    expect(types('Software and Configuration Checks/AWS Security Best Practices')).toBe(types('Software and Configuration Checks'));
  });
});
