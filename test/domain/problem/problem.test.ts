/** What makes findings one problem, and one member of it, whoever reports them. */
import * as fc from 'fast-check';
import { admit, closingOf, type Status, statusOf } from '../../../handlers/domain/finding/admission';
import { dueKey } from '../../../handlers/domain/problem/rows';
import type { Finding } from '../../../handlers/domain/finding/finding';
import { resourceName } from '../../../handlers/domain/finding/resource';
import { canonical, hash } from '../../../handlers/domain/text/identity';
import { fingerprintOf, memberIdOf } from '../../../handlers/domain/problem/problem';
import { hostile } from '../hostile';
import { finding } from '../made';
import { gatheredBy } from './gathered-by';

const weakness = (id = 'CVE-2021-44228') => ({ vulnerabilities: [{ id }] });
const resource = (type: string, id: string, more: Partial<Finding['resources'][0]> = {}): Finding['resources'] => [
  { type, id, name: resourceName(id), region: 'ap-northeast-1', ...more },
];

const unused = (type: string): Partial<Finding> => ({
  kind: 'access-analyzer',
  types: [`Software and Configuration Checks/AWS Security Best Practices/${type}`],
});

describe('one problem', () => {
  test.each<[string, Partial<Finding>, string]>([
    ['a control, over all accounts', { kind: 'control', controlId: 'S3.2' }, 'aws:control:S3.2'],
    [
      'a threat by type and account',
      { kind: 'guardduty', types: ['TTPs/X/Recon:EC2-Portscan'] },
      'aws:guardduty:Recon:EC2/Portscan:555555555555',
    ],
    ['external access by resource type and account', { kind: 'access-analyzer' }, 'aws:access-analyzer:AwsS3Bucket:555555555555'],
  ])('%s', (_what, changes, fingerprint) => {
    expect(fingerprintOf(finding(changes))).toBe(fingerprint);
  });

  test.each<[string, Partial<Finding>, Partial<Finding>]>([
    [
      'a control in two accounts and standards',
      {},
      { accountId: '666666666666', id: 'other', generatorId: 'nist/S3.2', region: 'us-east-1' },
    ],
    [
      'access by anybody and from another account',
      { ...unused(''), types: ['Effects/Data Exposure/External Access Granted'] },
      unused('External Access Granted'),
    ],
    [
      'unused access as both Security Hubs spell it',
      unused('Unused IAM Role'),
      { ...unused(''), types: ['UnusedIAMRole', 'Posture Management'] },
    ],
    ['two instances under one threat', { kind: 'guardduty' }, { kind: 'guardduty', resources: resource('AwsEc2Instance', 'i') }],
  ])('is the same: %s', (_what, a, b) => {
    expect(fingerprintOf(finding(a))).toBe(fingerprintOf(finding(b)));
  });

  const bucket = (name: string) => resource('AwsS3Bucket', `arn:aws:s3:::${name}`);
  test.each<[string, Partial<Finding>, Partial<Finding>]>([
    ['two controls', {}, { controlId: 'S3.8' }],
    ['a threat in two accounts', { kind: 'guardduty' }, { kind: 'guardduty', accountId: '666666666666' }],
    ['sensitive data in two buckets', { kind: 'macie', resources: bucket('a') }, { kind: 'macie', resources: bucket('b') }],
    ['two exposures', { kind: 'exposure' }, { kind: 'exposure', id: 'other' }],
    ['an unused role and one open to others', unused('Unused IAM Role'), unused('External Access Granted')],
    ['an unused role and unused permissions', unused('Unused IAM Role'), unused('Unused Permission')],
    ['a partner’s finding in two accounts', { kind: 'third-party' }, { kind: 'third-party', accountId: '666666666666' }],
    ['two partners', { kind: 'third-party', product: 'a/a' }, { kind: 'third-party', product: 'b/b' }],
  ])('is another: %s', (_what, a, b) => {
    expect(fingerprintOf(finding(a))).not.toBe(fingerprintOf(finding(b)));
  });

  test('whatever it is made of, its name fits a key and a message group', () => {
    const kinds = fc.constantFrom<Finding['kind']>('control', 'guardduty', 'macie', 'access-analyzer', 'exposure', 'aws', 'third-party');
    const provenances = fc.constantFrom<Finding['provenance']>('aws', 'partner', 'custom');
    fc.assert(
      fc.property(kinds, provenances, hostile, (kind, provenance, foreign) => {
        const given = finding({
          kind,
          provenance,
          accountId: foreign,
          controlId: foreign,
          types: [foreign],
          product: foreign,
          generatorId: foreign,
          id: foreign,
          resources: [{ type: foreign, id: foreign, name: foreign, region: foreign }],
        });
        for (const particulars of [{}, weakness(foreign)])
          for (const by of ['owner', 'cve'] as const)
            expect(gatheredBy({ ...given, particulars }, by)).toMatch(/^(?:aws|partner|custom):[A-Za-z0-9.:!&/_~-]{1,130}$/);
        expect(memberIdOf(given)).toMatch(/^[0-9a-f]{32}$/);
      }),
      { seed: 7 },
    );
  });

  test('long names that differ only at their end stay apart', () => {
    const long = 'x'.repeat(100);
    expect(fingerprintOf(finding({ controlId: `${long}1` }))).not.toBe(fingerprintOf(finding({ controlId: `${long}2` })));
  });
});

describe('one member', () => {
  const of = (changes: Partial<Finding>) => memberIdOf(finding(changes));
  const account = (id: string): Finding['resources'] => [{ type: 'AwsAccount', id, name: id, region: 'r' }];
  test('is account, Region and resource, whichever standard, product or format reports it', () => {
    expect(of({ id: 'other', productArn: 'other', format: 'ocsf', severity: 'LOW' })).toBe(of({}));
    expect(of({ accountId: '666666666666' })).not.toBe(of({}));
    expect(of({ region: 'us-east-1' })).not.toBe(of({}));
    expect(of({ resources: [{ type: 'AwsS3Bucket', id: 'arn:aws:s3:::other', name: 'other', region: 'r' }] })).not.toBe(of({}));
  });
  test('is the same bucket and the same account however they are spelt', () => {
    const bare = [{ type: 'AwsS3Bucket', id: 'invoices-2026', name: 'invoices-2026', region: 'r' }] as Finding['resources'];
    expect(of({ resources: bare })).toBe(of({}));
    const role = (id: string): Finding['resources'] => [{ type: 'AwsIamRole', id, name: id, region: 'r' }];
    expect(of({ resources: role('arn:aws:iam::555555555555:role/service-role/eu/app') })).toBe(of({ resources: role('app') }));
    expect(of({ resources: role('arn:aws:iam::aws:policy/service-role/app') })).not.toBe(of({ resources: role('app') }));
    expect(of({ resources: account('AWS::::Account:555555555555') })).toBe(of({ resources: account('555555555555') }));
  });
});

describe('which findings are told', () => {
  const settings = { severities: ['CRITICAL', 'HIGH'] as const, includeSamples: false };
  test.each<[Partial<Finding>, boolean, RegExp]>([
    [{}, true, /^CRITICAL, NEW, ACTIVE, compliance FAILED$/],
    [{ compliance: 'WARNING' }, false, /could not be checked \(compliance WARNING\): unknown$/],
    [
      { compliance: 'NOT_AVAILABLE', particulars: { statusReasons: ['CONFIG_ACCESS_DENIED'] } },
      false,
      /could not be checked \(compliance NOT_AVAILABLE\): right-of-config$/,
    ],
    [{ compliance: 'WARNING', kind: 'third-party', provenance: 'partner' }, false, /could not be checked \(compliance WARNING\)/],
    [{ compliance: undefined }, true, /absent/],
    [{ severity: 'MEDIUM' }, false, /severity MEDIUM is not among settings.severities \(CRITICAL, HIGH\)/],
    [{ sample: true }, false, /sample/],
    [{ compliance: 'PASSED' }, false, /closed: passed/],
    [{ recordState: 'ARCHIVED' }, false, /closed: archived/],
    [{ workflow: 'SUPPRESSED' }, false, /closed: suppressed/],
    [{ workflow: 'RESOLVED' }, false, /closed: resolved/],
    [{ workflow: 'NOTIFIED' }, false, /workflow status is NOTIFIED, not NEW/],
  ])('%j: %s', (changes, admitted, reason) => {
    expect(admit(finding(changes), settings)).toMatchObject({ admitted, reason: expect.stringMatching(reason) });
  });

  test('samples are told where the settings ask for them', () => {
    expect(admit(finding({ sample: true }), { ...settings, includeSamples: true }).admitted).toBe(true);
  });

  test('somebody was told of it, but it is open all the same', () => {
    expect(statusOf(finding({ workflow: 'NOTIFIED' }))).toBe('open');
  });
});

test('a check that cannot be made is neither failing nor mended', () => {
  expect(statusOf(finding({ compliance: 'WARNING' }))).toBe('unchecked');
  expect(statusOf(finding({ compliance: 'NOT_AVAILABLE', workflow: 'NOTIFIED' }))).toBe('unchecked');
  // Security Hub archives it some days later, and what is deleted at once.
  expect(statusOf(finding({ compliance: 'NOT_AVAILABLE', recordState: 'ARCHIVED' }))).toBe('unchecked');
  expect(closingOf('unchecked')).toBe('no-longer-evaluated');
});

test.each<[Partial<Finding>, Status]>([
  [{ compliance: 'PASSED', workflow: 'RESOLVED' }, 'passed'],
  [{ kind: 'inspector', compliance: undefined, workflow: 'RESOLVED' }, 'resolved'],
  [{ workflow: 'SUPPRESSED' }, 'suppressed'],
  [{ workflow: 'NOTIFIED' }, 'archived'],
  [{ kind: 'third-party', compliance: 'WARNING' }, 'unchecked'],
])('a record that is put away tells how it ended where that was said: %j', (changes, status) => {
  expect(statusOf(finding({ ...changes, recordState: 'ARCHIVED' }))).toBe(status);
});

test('only what passed is mended: that a person set it to resolved is their word for it', () => {
  const statuses: Status[] = ['open', 'unchecked', 'resolved', 'suppressed', 'archived', 'passed'];
  expect(statuses.filter((status) => closingOf(status) === 'mended')).toEqual(['passed']);
  expect(statuses.filter((status) => closingOf(status) === 'set-to-resolved')).toEqual(['resolved']);
  expect(closingOf('open')).toBeUndefined();
});

describe('names of things', () => {
  test('equal content has equal text, whatever the order of its keys', () => {
    expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonical({ a: null, b: [{ c: 2, d: 1 }] }));
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  });
  test('parts are not run together', () => {
    expect(hash('a', 'bc')).not.toBe(hash('ab', 'c'));
    expect(hash('a')).toMatch(/^[0-9a-f]{32}$/);
  });
  test('what is due sorts by time', () => {
    const problem = { receiver: 'workloads', fingerprint: 'aws:control:S3.2' };
    expect(dueKey(9, problem) < dueKey(10, problem)).toBe(true);
    expect(dueKey(999_999_999_999, problem) < dueKey(1_000_000_000_000, problem)).toBe(true);
  });
});
