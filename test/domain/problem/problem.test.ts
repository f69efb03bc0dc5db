/** What makes findings one problem, and one member of it, whoever reports them. */
import * as fc from 'fast-check';
import { admit, statusOf } from '../../../handlers/domain/finding/admission';
import { dueKey } from '../../../handlers/domain/problem/due';
import type { Finding } from '../../../handlers/domain/finding/finding';
import { canonical, hash } from '../../../handlers/domain/text/identity';
import { fingerprintOf, memberIdOf } from '../../../handlers/domain/problem/problem';
import { threatType } from '../../../handlers/domain/finding/product';
import { hostile } from '../hostile';
import { finding } from '../made';

const cve = { vulnerability: { cve: 'CVE-2021-44228' } };

describe('one problem', () => {
  test.each<[string, Partial<Finding>, string]>([
    ['a control, over all accounts', { kind: 'control', controlId: 'S3.2' }, 'control:S3.2'],
    ['a vulnerability by its CVE', { kind: 'inspector', particulars: cve }, 'cve:CVE-2021-44228'],
    ['a vulnerability that a partner found', { kind: 'third-party', particulars: cve }, 'cve:CVE-2021-44228'],
    [
      'a threat by type and account',
      { kind: 'guardduty', types: ['TTPs/X/Recon:EC2-Portscan'] },
      'guardduty:Recon:EC2-Portscan:555555555555',
    ],
    ['external access by resource type and account', { kind: 'access-analyzer' }, 'access-analyzer:AwsS3Bucket:555555555555'],
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
      'two instances under one threat',
      { kind: 'guardduty' },
      { kind: 'guardduty', resources: [{ type: 'AwsEc2Instance', id: 'i', name: 'i', region: 'r' }] },
    ],
    [
      'a CVE told by Inspector and by a partner',
      { kind: 'inspector', particulars: cve },
      { kind: 'third-party', product: 'aqua/aqua', particulars: cve },
    ],
  ])('is the same: %s', (_what, a, b) => {
    expect(fingerprintOf(finding(a))).toBe(fingerprintOf(finding(b)));
  });

  const bucket = (name: string): Finding['resources'] => [{ type: 'AwsS3Bucket', id: `arn:aws:s3:::${name}`, name, region: 'r' }];
  test.each<[string, Partial<Finding>, Partial<Finding>]>([
    ['two controls', {}, { controlId: 'S3.8' }],
    ['a threat in two accounts', { kind: 'guardduty' }, { kind: 'guardduty', accountId: '666666666666' }],
    ['sensitive data in two buckets', { kind: 'macie', resources: bucket('a') }, { kind: 'macie', resources: bucket('b') }],
    ['two exposures', { kind: 'exposure' }, { kind: 'exposure', id: 'other' }],
    ['a partner’s finding in two accounts', { kind: 'third-party' }, { kind: 'third-party', accountId: '666666666666' }],
    ['two generators of a partner', { kind: 'third-party' }, { kind: 'third-party', generatorId: 'g2' }],
  ])('is another: %s', (_what, a, b) => {
    expect(fingerprintOf(finding(a))).not.toBe(fingerprintOf(finding(b)));
  });

  test('the threat is GuardDuty’s own type, with or without what ASFF puts in front', () => {
    expect(threatType({ types: ['TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce'] })).toBe(
      'UnauthorizedAccess:EC2-SSHBruteForce',
    );
    expect(threatType({ types: ['UnauthorizedAccess:EC2-SSHBruteForce'] })).toBe('UnauthorizedAccess:EC2-SSHBruteForce');
    expect(threatType({ types: [] })).toBe('');
  });

  test('whatever it is made of, its name fits a key and a message group', () => {
    const kinds = fc.constantFrom<Finding['kind']>('control', 'guardduty', 'macie', 'access-analyzer', 'exposure', 'aws', 'third-party');
    fc.assert(
      fc.property(kinds, hostile, (kind, foreign) => {
        const given = finding({
          kind,
          controlId: foreign,
          types: [foreign],
          product: foreign,
          generatorId: foreign,
          id: foreign,
          resources: [{ type: foreign, id: foreign, name: foreign, region: foreign }],
        });
        expect(fingerprintOf(given)).toMatch(/^[A-Za-z0-9.:!&/_~-]{1,120}$/);
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
    expect(of({ resources: account('AWS::::Account:555555555555') })).toBe(of({ resources: account('555555555555') }));
  });
});

describe('which findings are told', () => {
  const settings = { severities: ['CRITICAL', 'HIGH'] as const, includeSamples: false };
  test.each<[Partial<Finding>, boolean, RegExp]>([
    [{}, true, /^CRITICAL, NEW, ACTIVE, compliance FAILED$/],
    [{ compliance: 'WARNING' }, true, /WARNING/],
    [{ compliance: 'NOT_AVAILABLE' }, true, /NOT_AVAILABLE/],
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
    const problem = { receiver: 'workloads', fingerprint: 'control:S3.2' };
    expect(dueKey(9, problem) < dueKey(10, problem)).toBe(true);
    expect(dueKey(999_999_999_999, problem) < dueKey(1_000_000_000_000, problem)).toBe(true);
  });
});
