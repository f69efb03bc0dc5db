/** What is mended as one is one problem, with all the weaknesses in it; who asks "who has this?" chooses the CVE. */
import { parseFinding } from '../../../handlers/domain/finding/event';
import type { Report } from '../../../handlers/domain/finding/report';
import { changed, problemsOf, problemsToLearn } from '../../../handlers/domain/problem/marks';
import { weaknessIn } from '../../../handlers/domain/problem/problem';
import type { FindingRow } from '../../../handlers/domain/problem/rows';
import { report } from '../made';
import { type By, gatheredBy } from './gathered-by';

type Json = Record<string, unknown>;
const REGION = 'ap-northeast-1';

function found(cve: string, Type: string, Id: string, more: Json = {}): Json {
  return {
    Id: `${cve}-${Id}`,
    ProductArn: `arn:aws:securityhub:${REGION}::product/aws/inspector`,
    GeneratorId: 'AWSInspector',
    AwsAccountId: '555555555555',
    Region: REGION,
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Severity: { Label: 'CRITICAL' },
    Title: `${cve} - openssl`,
    Resources: [{ Type, Id, Region: REGION, ...(more.resource as Json) }],
    Vulnerabilities: [{ Id: cve }],
    UpdatedAt: '2026-11-20T09:30:00Z',
    ...(more.finding as Json),
  };
}
const of = (raw: Json, by?: By) => gatheredBy(parseFinding(raw), by);
const image = (repository: string, digest: string) =>
  ['AwsEcrContainerImage', `arn:aws:ecr:${REGION}:555555555555:repository/${repository}/sha256:${digest.repeat(32)}`] as const;
const lambda = (name: string) => ['AwsLambdaFunction', `arn:aws:lambda:${REGION}:555555555555:function:${name}`] as const;
const instance = (id: string) => ['AwsEc2Instance', `arn:aws:ec2:${REGION}:555555555555:instance/${id}`] as const;
const group = { resource: { Tags: { 'aws:autoscaling:groupName': 'web', 'aws:ec2launchtemplate:id': 'lt-0123456789abcdef0' } } };
const template = { resource: { Tags: { 'aws:ec2launchtemplate:id': 'lt-0123456789abcdef0' } } };

test.each<[string, Json, Json]>([
  ['forty CVEs of one image', found('CVE-2025-1001', ...image('shop/api', 'ab')), found('CVE-2025-1002', ...image('shop/api', 'ab'))],
  [
    'the next image of a repository',
    found('CVE-2025-1001', ...image('shop/api', 'ab')),
    found('CVE-2025-1001', ...image('shop/api', 'cd')),
  ],
  ['a function’s versions', found('CVE-2025-1001', ...lambda('checkout:$LATEST')), found('CVE-2025-1002', ...lambda('checkout:42'))],
  ['a machine', found('CVE-2025-1001', ...instance('i-1')), found('KB5023697', ...instance('i-1'))],
  ['the machines of a group', found('CVE-2025-1001', ...instance('i-1'), group), found('CVE-2025-1001', ...instance('i-2'), group)],
  [
    'the machines of a template',
    found('CVE-2025-1001', ...instance('i-1'), template),
    found('CVE-2025-1001', ...instance('i-2'), template),
  ],
  [
    'an image that names its registry',
    found('CVE-2025-1001', 'Container', 'registry.example:5000/shop/api:2026.11'),
    found('CVE-2025-1001', 'Container', 'registry.example:5000/shop/api@sha256:ab12'),
  ],
])('is one problem: %s', (_what, a, b) => {
  expect(of(a)).toBe(of(b));
});

test.each<[string, Json, Json]>([
  ['two repositories', found('CVE-2025-1001', ...image('shop/api', 'ab')), found('CVE-2025-1001', ...image('shop/web', 'ab'))],
  ['two functions', found('CVE-2025-1001', ...lambda('checkout')), found('CVE-2025-1001', ...lambda('refund'))],
  ['two machines', found('CVE-2025-1001', ...instance('i-1')), found('CVE-2025-1001', ...instance('i-2'))],
  [
    'an image in two accounts',
    found('CVE-2025-1001', ...image('shop/api', 'ab')),
    found('CVE-2025-1001', ...image('shop/api', 'ab'), { finding: { AwsAccountId: '666666666666' } }),
  ],
  [
    'an image in two Regions',
    found('CVE-2025-1001', ...image('shop/api', 'ab')),
    found('CVE-2025-1001', ...image('shop/api', 'ab'), { finding: { Region: 'us-east-1' } }),
  ],
])('are two: %s', (_what, a, b) => {
  expect(of(a)).not.toBe(of(b));
});

test('by CVE it is the weakness, over all accounts and things', () => {
  const elsewhere = found('CVE-2025-1001', ...lambda('checkout'), { finding: { AwsAccountId: '666666666666' } });
  expect(of(found('CVE-2025-1001', ...image('shop/api', 'ab')), 'cve')).toBe('aws:cve:CVE-2025-1001');
  expect(of(elsewhere, 'cve')).toBe('aws:cve:CVE-2025-1001');
  expect(of(found('KB5023697', ...instance('i-1')), 'cve')).toBe('aws:cve:KB5023697');
});

test('Windows is told by KB: in the title where nothing else names it', () => {
  const titled = found('', ...instance('i-1'), { finding: { Title: 'KB5023697 - Windows Server', Vulnerabilities: [] } });
  expect(of(titled, 'cve')).toBe('aws:cve:KB5023697');
});

test('a scanner that names the CVE in its title alone finds a vulnerability too', () => {
  const trivy = (cve: string) =>
    found(cve, 'Container', 'registry.example/shop/api:2026.11', {
      finding: {
        ProductArn: `arn:aws:securityhub:${REGION}::product/aquasecurity/aquasecurity`,
        GeneratorId: 'Trivy',
        Title: `Trivy found a vulnerability to ${cve} in container registry.example/shop/api:2026.11`,
        Vulnerabilities: undefined,
      },
    });
  expect(of(trivy('CVE-2025-10001'))).toBe(of(trivy('CVE-2025-10002')));
  expect(of(trivy('CVE-2025-10001'), 'cve')).not.toBe(of(trivy('CVE-2025-10002'), 'cve'));
});

test('the choice changes nothing of what is no vulnerability', () => {
  const control = { ...found('', ...instance('i-1')), Vulnerabilities: [], Title: 'Port 22 is reachable', Types: [] };
  expect(of(control, 'cve')).toBe(of(control, 'owner'));
});

test('a partner’s word on a CVE and an account’s own never join Inspector’s, nor each other', () => {
  const from = (ProductArn: string, AwsAccountId = '555555555555') =>
    of(found('CVE-2025-1001', ...image('shop/api', 'ab'), { finding: { ProductArn, AwsAccountId } }), 'cve');
  const all = [
    from(`arn:aws:securityhub:${REGION}::product/aws/inspector`),
    from(`arn:aws:securityhub:${REGION}::product/aquasecurity/aquasecurity`),
    from(`arn:aws:securityhub:${REGION}::product/prowler/prowler`),
    from(`arn:aws:securityhub:${REGION}:555555555555:product/555555555555/default`),
    from(`arn:aws:securityhub:${REGION}:666666666666:product/666666666666/default`, '666666666666'),
  ];
  expect(new Set(all).size).toBe(5);
});

test.each(['SNYK-JS-LODASH-567221', 'RUSTSEC-2021-0001', 'RHSA-2023:1234', 'ALAS2-2025-2962', 'TEMP-0290435-0B57B5'])(
  'a weakness that another database names is of what is mended as one: %s',
  (id) => {
    const [type, reference] = ['Container', 'registry.example/shop/api:1.2'] as const;
    const named = (title: string, weakness: string) => found(weakness, type, reference, { finding: { Title: title, GeneratorId: 'Snyk' } });
    expect(of(named('Prototype pollution', id))).toBe(of(named('Command injection', 'CVE-2025-1001')));
    expect(of(named('Prototype pollution', id), 'cve')).not.toBe(of(named('Command injection', 'CVE-2025-1001'), 'cve'));
  },
);

test.each(['CVE-20', 'shared secret 1', '<!channel>-1', 'x'.repeat(65), 'A-', 'NAME-ONLY', `A1-${'b'.repeat(70)}`])(
  '%j is no id of a weakness',
  (id) => {
    expect(
      parseFinding(found(id, 'Container', 'shop/api:1', { finding: { Title: 'Found', Types: [] } })).particulars.vulnerabilities,
    ).toBeUndefined();
  },
);

describe('a finding that names several is, for who gathers by CVE,', () => {
  const [one, two, three] = [1, 2, 3].map((n) => `aws:cve:CVE-2025-100${n}`) as [string, string, string];
  const names = (...ns: number[]) => report({ news: ns.map((n) => `CVE-2025-100${n}`) });
  const known = (changes: Partial<FindingRow>): FindingRow => ({
    report: names(1),
    fingerprint: 'aws:vulnerabilities:x',
    memberId: 'm',
    receivers: ['sec'],
    changes: 1,
    ...changes,
  });
  const now = (names: Report, row: FindingRow | undefined, byWeakness: boolean): Pick<FindingRow, 'fingerprints' | 'left'> => {
    const sec = { channel: 'C0SEC', securityAccountAccess: false, ...(byWeakness ? { vulnerabilitiesBy: 'cve' as const } : {}) };
    const told = { report: names, receivers: ['sec'] };
    const { fingerprints, left } = changed(row ?? known({ receivers: [] }), told, { receivers: { sec } });
    return { fingerprints, left };
  };

  test.each<[string, ReturnType<typeof now>, ReturnType<typeof now>]>([
    ['in a problem for each', now(names(1, 2), undefined, true), { fingerprints: { sec: [one, two] } }],
    ['for others in none of these', now(names(1, 2), undefined, false), { fingerprints: undefined }],
    ['where it was told otherwise left there', now(names(1, 2), known({}), true), { fingerprints: undefined }],
    [
      'in those of what it names now, and takes leave of the rest',
      now(names(2), known({ fingerprints: { sec: [one, two] } }), false),
      { fingerprints: { sec: [two] }, left: { sec: [one] } },
    ],
    [
      'where it was when it names none any more',
      now(names(), known({ fingerprints: { sec: [one] } }), true),
      { fingerprints: { sec: [one] } },
    ],
    [
      'taking leave once more of what may not know of it yet',
      now(names(2), known({ fingerprints: { sec: [three] }, left: { sec: [one, two] }, owed: true }), true),
      { fingerprints: { sec: [two] }, left: { sec: [three, one] } },
    ],
    [
      'and not of what knows',
      now(names(2), known({ fingerprints: { sec: [three] }, left: { sec: [one] } }), true),
      { fingerprints: { sec: [two] }, left: { sec: [three] } },
    ],
  ])('%s', (_what, is, expected) => {
    expect(is).toEqual(expected);
  });

  test('told of in all of them, and of its last change also where it left with it', () => {
    const row = known({ fingerprints: { sec: [two] }, left: { sec: [one] } });
    expect(problemsOf(row)).toEqual([{ receiver: 'sec', fingerprint: two }]);
    expect(problemsToLearn(row)).toEqual(problemsOf(row));
    expect(problemsToLearn({ ...row, owed: true }).map(({ fingerprint }) => fingerprint)).toEqual([two, one]);
  });
});

test.each<[string, string | undefined]>([
  ['aws:cve:CVE-2025-1001', 'CVE-2025-1001'],
  ['aws:cve:RHSA-2023:1234', 'RHSA-2023:1234'],
  ['partner:cve:RHSA-2023:1234:0a1b2c', 'RHSA-2023:1234'],
  ['custom:cve:CVE-2025-1001:0a1b2c:555555555555', 'CVE-2025-1001'],
  ['aws:vulnerabilities:image/a:0a1b2c:555555555555', undefined],
  ['aws:control:S3.2', undefined],
])('%s gathers %s', (fingerprint, id) => {
  expect(weaknessIn(fingerprint)).toBe(id);
});

test('a fingerprint by CVE names the id that it was made of, whoever found it', () => {
  for (const ProductArn of [
    `arn:aws:securityhub:${REGION}::product/aws/inspector`,
    `arn:aws:securityhub:${REGION}::product/aquasecurity/aquasecurity`,
    `arn:aws:securityhub:${REGION}:555555555555:product/555555555555/default`,
  ])
    for (const id of ['CVE-2025-10010', 'RHSA-2023:1234', 'SNYK-JS-LODASH-567221', 'KB5023697'])
      expect(weaknessIn(of(found(id, ...instance('i-1'), { finding: { ProductArn } }), 'cve'))).toBe(id);
});
