/** A member is what the rows of its findings come to, in whatever order they are read. */
import * as fc from 'fast-check';
import { membersOf as fold } from '../../../handlers/domain/problem/member';
import { type ReportRow, rowKeys } from '../../../handlers/domain/problem/rows';
import { closed, NOW, owner, report } from '../made';

function row(id: string, changes: Partial<ReportRow> = {}): ReportRow {
  return {
    memberId: 'm',
    owner: owner({ tags: {} }),
    ownerAt: NOW,
    region: 'ap-northeast-1',
    resource: { type: 'AwsS3Bucket', id: 'arn:aws:s3:::invoices', name: 'invoices', region: 'ap-northeast-1' },
    report: report({ id }),
    routePath: [],
    addedAt: NOW,
    seenAt: NOW,
    receivers: ['workloads'],
    ...changes,
  };
}
const membersOf = (rows: ReportRow[]) =>
  fold(rows.map((value) => ({ key: rowKeys.report({ receiver: 'r', fingerprint: 'f' }, value.memberId, value.report), value })));
const unknown = (accountName: string) => owner({ accountName, knowledge: 'unknown', ouPath: [], tags: {} });

test('a resource is one member with all its findings, and another resource another', () => {
  const members = membersOf([...Array.from({ length: 500 }, (_, n) => row(`f${n}`)), row('x', { memberId: 'other' })]);
  expect(members.map(({ memberId, reports }) => [memberId, Object.keys(reports).length])).toEqual([
    ['m', 500],
    ['other', 1],
  ]);
});

test('two findings of one id by two products are two of its reports', () => {
  const other = row('a', { report: report({ id: 'a', productArn: 'arn:aws:securityhub:ap-northeast-1::product/acme/scanner' }) });
  expect(Object.keys(membersOf([row('a'), other])[0]?.reports ?? {})).toHaveLength(2);
});

test('the resource, its Region and how many others are named are ASFF’s where both report it', () => {
  const ocsf = row('a', {
    report: report({ id: 'a', format: 'ocsf', others: 0 }),
    resource: { type: 'Other', id: 'invoices', name: 'invoices', region: 'x' },
    region: 'x',
  });
  const asff = row('z', { report: report({ id: 'z', others: 3 }) });
  expect(membersOf([ocsf, asff])[0]).toMatchObject({ resource: asff.resource, region: 'ap-northeast-1', otherResources: 3 });
});

test('the route is of the first finding that was routed itself', () => {
  expect(membersOf([row('a'), row('b', { routePath: ['Prod'] }), row('c', { routePath: ['Root'] })])[0]?.routePath).toEqual(['Prod']);
});

test('the owner is what Organizations said last; where it said nothing, a name of a finding', () => {
  const before = row('a', { owner: owner({ accountName: 'old', tags: {} }), ownerAt: NOW - 1 });
  const now = row('b', { owner: owner({ accountName: 'new', tags: {} }) });
  const later = row('c', { owner: unknown('zzz'), ownerAt: NOW + 1 });
  expect(membersOf([before, now, later])[0]?.owner.accountName).toBe('new');
  expect(membersOf([row('a', { owner: unknown('a') }), row('b', { owner: unknown('b') })])[0]?.owner.accountName).toBe('b');
});

test('it was added when its first finding was, seen when its last was, and is told to the receivers of each', () => {
  expect(
    membersOf([row('a', { addedAt: NOW - 5, receivers: ['b'] }), row('b', { seenAt: NOW + 5, receivers: ['a', 'b'] })])[0],
  ).toMatchObject({
    addedAt: NOW - 5,
    seenAt: NOW + 5,
    receivers: ['a', 'b'],
  });
});

test('the order in which the rows are read changes nothing', () => {
  const rows = [
    row('a', { report: report({ id: 'a', format: 'ocsf' }), addedAt: NOW - 9 }),
    row('b', { report: closed(NOW, { id: 'b' }), routePath: ['Prod'], ownerAt: NOW - 9, owner: owner({ accountName: 'old', tags: {} }) }),
    row('c', { owner: unknown('c'), routePath: ['Root'] }),
    row('d', { memberId: 'other', owner: unknown('d') }),
  ];
  const sorted = (of: ReportRow[]) => membersOf(of).sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
      expect(sorted(shuffled)).toEqual(sorted(rows));
    }),
    { numRuns: 50 },
  );
});
