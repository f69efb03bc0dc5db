/** A member is what the rows of its findings come to, in whatever order they are read. */
import * as fc from 'fast-check';
import { memberOf } from '../../../handlers/domain/problem/member';
import type { FindingFacts, FindingRow } from '../../../handlers/domain/problem/rows';
import { closed, NOW, owner, report } from '../made';

type Changes = Partial<FindingFacts> & { report?: FindingRow['report']; routePath?: string[] };

function row(id: string, { report: of = report({ id }), routePath = [], ...changes }: Changes = {}): FindingRow & { told: FindingFacts } {
  return {
    report: of,
    fingerprint: 'f',
    memberId: 'm',
    receivers: ['workloads'],
    changes: 1,
    told: {
      owner: owner({ tags: {} }),
      ownerAt: NOW,
      region: 'ap-northeast-1',
      resource: { type: 'AwsS3Bucket', id: 'arn:aws:s3:::invoices', name: 'invoices', region: 'ap-northeast-1' },
      routePaths: { workloads: routePath },
      addedAt: NOW,
      seenAt: NOW,
      ...changes,
    },
  };
}
const of = (rows: FindingRow[]) => memberOf('m', rows, { receiver: 'workloads', fingerprint: 'f' }, 0);
const unknown = (accountName: string) => owner({ accountName, knowledge: 'unknown', ouPath: [], tags: {} });

test('a resource is one member with all its findings, two of one id by two products among them', () => {
  expect(of(Array.from({ length: 500 }, (_, n) => row(`f${n}`)))).toMatchObject({ id: 'm', findings: 500, open: true });
  const other = row('a', { report: report({ id: 'a', productArn: 'arn:aws:securityhub:ap-northeast-1::product/acme/scanner' }) });
  expect(of([row('a'), other])?.findings).toBe(2);
});

test('of what is told to nobody there is no member', () => {
  const { told: _told, ...filtered } = row('a');
  expect(of([filtered])).toBeUndefined();
  expect(of([filtered, row('b')])?.findings).toBe(1);
});

test('the resource, its Region and how many others are named are ASFF’s where both report it', () => {
  const ocsf = row('a', {
    report: report({ id: 'a', format: 'ocsf', others: 0 }),
    resource: { type: 'Other', id: 'invoices', name: 'invoices', region: 'x' },
    region: 'x',
  });
  const asff = row('z', { report: report({ id: 'z', others: 3 }) });
  expect(of([ocsf, asff])).toMatchObject({ resource: asff.told.resource, region: 'ap-northeast-1', otherResources: 3 });
});

test('the route is of the first finding that was routed itself', () => {
  expect(of([row('a'), row('b', { routePath: ['Prod'] }), row('c', { routePath: ['Root'] })])?.routePath).toEqual(['Prod']);
});

test('the owner is what Organizations said last; where it said nothing, a name of a finding', () => {
  const before = row('a', { owner: owner({ accountName: 'old', tags: {} }), ownerAt: NOW - 1 });
  const now = row('b', { owner: owner({ accountName: 'new', tags: {} }) });
  const later = row('c', { owner: unknown('zzz'), ownerAt: NOW + 1 });
  expect(of([before, now, later])?.owner.accountName).toBe('new');
  expect(of([row('a', { owner: unknown('a') }), row('b', { owner: unknown('b') })])?.owner.accountName).toBe('b');
});

test('its tagged owner is the one that is preferred, of those the latest, whatever finding comes first', () => {
  const tagged = (id: string, value: string, rank: number, ownerAt = NOW) =>
    row(id, { ownerAt, taggedOwner: { value, key: 'team', of: 'resource', rank } });
  const all = [
    row('a'),
    tagged('b', 'account’s', 1, NOW + 9),
    tagged('c', 'before', 0, NOW - 1),
    tagged('d', 'now', 0),
    tagged('e', 'zzz', 0),
  ];
  expect(of(all)?.taggedOwner?.value).toBe('now');
  expect(of([...all].reverse())?.taggedOwner?.value).toBe('now');
  const untagged = of([row('a')]);
  expect(untagged && untagged.taggedOwner === undefined).toBe(true);
});

test('it was added when its first finding was, and seen when its last was', () => {
  expect(of([row('a', { addedAt: NOW - 5 }), row('b', { seenAt: NOW + 5 })])).toMatchObject({ addedAt: NOW - 5, seenAt: NOW + 5 });
});

test('the order in which the rows are read changes nothing', () => {
  const rows = [
    row('a', { report: report({ id: 'a', format: 'ocsf' }), addedAt: NOW - 9 }),
    row('b', { report: closed(NOW, { id: 'b' }), routePath: ['Prod'], ownerAt: NOW - 9, owner: owner({ accountName: 'old', tags: {} }) }),
    row('c', { owner: unknown('c'), routePath: ['Root'] }),
    row('d', { owner: unknown('d') }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
      expect(of(shuffled)).toEqual(of(rows));
    }),
    { numRuns: 50 },
  );
});

test('of what can be checked no longer it is known why', () => {
  const latest = { ...report({}).latest, status: 'unchecked' as const, closedAt: NOW, unchecked: ['elsewhere' as const] };
  expect(of([row('a'), row('b', { report: report({ id: 'b', latest }) })])?.unchecked).toEqual(['elsewhere']);
});
