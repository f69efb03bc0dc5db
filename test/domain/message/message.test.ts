/** A message that reads in ten seconds: how bad, what, where, since when, what it means, what to do, links, provenance. */
import { renderMessage, renderMinimal } from '../../../handlers/domain/message/message';
import type { Rendering } from '../../../handlers/domain/message/rendering';
import type { Severity } from '../../../handlers/domain/finding/finding';
import { faultsOf, words } from '../inspect';
import { closed, HOUR, MINUTE, member, NOW, owner, receiver, type Reported, rendering, report, text } from '../made';

const EXPECTED = { mentions: ['U0ONCALL01', 'S0ONCALL01'], earlierUrl: 'https://acme.slack.com/archives/C1/p1' };

function render(rows: Reported[], changes: Partial<Rendering> = {}, now = NOW) {
  const message = renderMessage(rendering(rows, changes, now));
  expect(faultsOf(message, EXPECTED)).toEqual([]);
  return { ...message, words: words(message), json: JSON.stringify(message.blocks) };
}
const japanese = { receiver: { ...receiver, language: 'ja' as const } };
const oneMember = [member('invoices-2026')];
const in12 = Array.from({ length: 12 }, (_, n) =>
  member(`bucket-${String(n).padStart(2, '0')}`, {
    owner: owner({
      accountId: String(500_000_000_000 + n),
      accountName: `account-${n}`,
      ...(n === 0 ? { ouPath: [{ id: 'ou-s', name: 'Sandbox' }] } : {}),
    }),
    region: n === 0 ? 'us-east-1' : 'ap-northeast-1',
  }),
);

test('the first line is enough to decide whether to get up, in the message and on a phone', () => {
  const { blocks, text: phone } = render(oneMember);
  expect(blocks[0]).toMatchObject({
    type: 'header',
    text: { text: '🔴 CRITICAL S3 general purpose buckets should block public read access (S3.2) · payments-prod' },
  });
  expect(phone).toBe('🔴 CRITICAL S3 general purpose buckets should block public read access (S3.2) · payments-prod · invoices-2026');
});

test('one finding: whose, which resource, how it stands, what it means, what to do, links, whose words, where, provenance, in this order', () => {
  const { words: read, json } = render(oneMember);
  const order = [
    'payments-prod',
    'Resource',
    'invoices-2026',
    'AwsS3Bucket',
    '1 open resource · first seen 21\u00a0Nov\u00a008:14\u00a0JST',
    'What it means',
    'Anyone may read it.',
    'Impact',
    'It can be copied.',
    'Do now',
    'Ask the owner.',
    'Close it.',
    'Open in Security Hub',
    'Remediation guide',
    'AI-generated: check before acting (Claude Haiku 4.5)',
    ' · 5555-5555-5555 · Root/Workloads/Prod · ap-northeast-1',
    'Security Hub CSPM · route Workloads/Prod → workloads',
  ];
  const at = order.map((part) => read.indexOf(part));
  expect(at).not.toContain(-1);
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(json).toContain('"user_id":"U0ONCALL01"');
});

test('in Japanese the headings are those that people look for', () => {
  const { words: read } = render(oneMember, japanese);
  expect(read).toContain('初回検出 ');
  const at = ['検出内容の要約', '重要度', '影響', '推奨される対応', 'Security Hub で開く'].map((heading) => read.indexOf(heading));
  expect(at).not.toContain(-1);
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(read).toContain('CRITICAL（緊急）');
  expect(render(oneMember).words).not.toContain('重要度');
});

test('many: how many accounts, where most are, the first few resources, and how many more', () => {
  const { words: read, text: phone } = render(in12);
  expect(read).toContain('· 12 accounts\nOwner');
  expect(read).toContain('12 open resources');
  expect(read).toContain('most in Root/Workloads/Prod · ap-northeast-1, us-east-1');
  expect(read).toContain('… and 7 more in the thread');
  expect(read).not.toContain('bucket-05');
  expect(phone).toMatch(/^🔴 CRITICAL S3 .* · 12 accounts · 12 open resources$/);
});

test('what is closed: how many, when the last one closed, how long it took, and nobody is mentioned', () => {
  const rows = [member('invoices', { reports: { r: closed(NOW + 2 * HOUR) } }), member('exports', { reports: { r: closed(NOW + HOUR) } })];
  const { blocks, words: read, json } = render(rows, {}, NOW + 3 * HOUR);
  expect(blocks[0]).toMatchObject({ text: { text: expect.stringMatching(/^✅ RESOLVED · CRITICAL S3/) } });
  expect(read).toContain('2 resources mended · all closed 21\u00a0Nov\u00a011:14\u00a0JST, after 3 h');
  for (const name of ['invoices', 'exports']) expect(read).toContain(name);
  expect(json).not.toContain('ONCALL');
});

test('some closed: both counts, and only the open ones are listed', () => {
  const { words: read } = render([member('still-open'), member('shut', { reports: { r: closed(NOW) } })]);
  expect(read).toContain('1 open resource, 1 mended');
  expect(read).toContain('still-open');
  expect(read).not.toContain('shut');
});

test('what nobody knows is said: an unknown OU, old account details, a finding not seen for a month', () => {
  expect(render([member('a', { owner: owner({ knowledge: 'unknown', ouPath: [] }) })]).words).toContain(
    'OU unknown (not confirmed by AWS Organizations)',
  );
  expect(render([member('a', { owner: owner({ knowledge: 'stale' }) })]).words).toContain('account details may be out of date');
  expect(render(oneMember, {}, NOW + 31 * 24 * HOUR).words).toContain('1 not seen for 30 days');
  expect(render([member('a', { owner: owner({ accountName: '', knowledge: 'unknown', ouPath: [] }) })]).words).toMatch(
    /· 5555-5555-5555$/m,
  );
});

test('of several accounts the unknown OU is said once, from two on', () => {
  const unknown = (accountId: string) => member(accountId, { owner: owner({ accountId, knowledge: 'unknown', ouPath: [] }) });
  expect(render([unknown('1'), unknown('2')]).words.match(/OU unknown/g)).toHaveLength(1);
});

test('a note that names nobody stands by itself', () => {
  const latest = { revision: [NOW, NOW, 'e'], status: 'suppressed', workflow: 'SUPPRESSED', closedAt: NOW, note: { text: 'RISK-42' } };
  expect(render([member('a', { reports: { r: report({ latest } as never) } })]).words).toContain('Suppressed: “RISK-42”');
});

test('several findings of one resource are counted apart from it', () => {
  const reports = { a: report({ id: 'a' }), b: report({ id: 'b' }), c: report({ id: 'c' }) };
  expect(render([member('a', { reports })]).words).toContain('1 open resource · 3 findings');
});

test('findings that closed are not counted of what is open, and all are once nothing is', () => {
  const [a, b, c] = [report({ id: 'a' }), report({ id: 'b' }), closed(NOW, { id: 'c' })];
  expect(render([member('a', { reports: { a, b, c } })]).words).toContain('1 open resource · 2 findings');
  expect(render([member('a', { reports: { a, c } })]).words).not.toContain('findings');
  const mended = { b: closed(NOW, { id: 'b' }), c };
  expect(render([member('a', { reports: { a, b } }), member('b', { reports: mended })]).words).toContain(
    '1 open resource, 1 mended · 2 findings',
  );
  expect(render([member('b', { reports: mended })]).words).toContain('1 resource mended · 2 findings');
});

test('its link leads to the finding that gives it severity and title', () => {
  const open = (severity: Severity) => ({ revision: [NOW, NOW, 'e'] as [number, number, string], severity, firstObservedAt: NOW });
  const reports = {
    a: report({ id: 'first-by-id', open: open('HIGH') }),
    b: closed(NOW, { id: 'closed', open: open('CRITICAL') }),
    z: report({ id: 'worst-open', open: open('CRITICAL') }),
  };
  const link = (of: Reported['reports']) => decodeURIComponent(decodeURIComponent(render([member('m', { reports: of })]).json));
  expect(link(reports)).toMatch(/EQUALS.*worst-open/);
  expect(link({ a: reports.a, b: reports.b })).toMatch(/EQUALS.*first-by-id/);
  expect(link({ b: reports.b })).toMatch(/EQUALS.*closed/);
});

test('other resources and the account as a resource are named as such', () => {
  expect(render([member('a', { reports: { r: report({ others: 3 }) } })]).words).toContain('AwsS3Bucket · +3 resources');
  const account = { type: 'AwsAccount', id: 'AWS::::Account:555555555555', name: '555555555555', region: 'r' };
  expect(render([member('a', { resource: account })]).words).toContain('the account itself');
});

test('how to mend it is told while something is open', () => {
  const facts = [{ label: 'mend' as const, groups: [[{ code: 'dnf update xz-libs' }]] }];
  const weak = { text: { ...text, kind: 'inspector' as const, facts } };
  expect(render(oneMember, weak).words).toContain('dnf update xz-libs');
  expect(render([member('a', { reports: { r: closed(NOW) } })], weak).words).not.toContain('dnf update xz-libs');
});

test('the link leads to the finding of Security Hub CSPM where both hubs report it', () => {
  const reports = { 1: report({ id: 'a-copy', format: 'ocsf' }), 2: report({ id: 'z-original' }) };
  for (const both of [reports, { 1: reports[2], 2: reports[1] }])
    expect(decodeURIComponent(render([member('a', { reports: both })]).json)).toContain('z-original');
});

test('a long name keeps its end, which tells it from others of its path', () => {
  const name = `${'deep/'.repeat(60)}payroll.csv`;
  const rows = (...names: string[]) =>
    names.map((each) => member(each, { resource: { id: each, name: each, type: 'Other', region: 'ap-northeast-1' } }));
  const only = render(rows(name)).words;
  expect(only).toContain('payroll.csv');
  expect(only).not.toContain(name);
  expect(render(rows(name, `${name}.bak`)).words).toContain('payroll.csv.bak');
});

test('a third party’s address is no link', () => {
  const url = 'https://avd.aquasec.com/nvd/cve-2021-3711';
  const remediation = { text: 'More is in the hyperlink', url };
  const { json } = render(oneMember, { text: { ...text, kind: 'third-party', product: 'prowler/prowler', remediation } });
  expect(json).not.toContain(`"url":"${url}"`);
  expect(json).toContain(`{"type":"text","text":"More is in the hyperlink ${url}"}`);
  expect(json).toContain(' · prowler · ');
});

test('a message that follows another links to it; one sent by hand says so', () => {
  expect(render(oneMember, { earlierUrl: EXPECTED.earlierUrl }).words).toContain('Earlier message');
  expect(render(oneMember).words).not.toContain('by hand');
  expect(render([member('a', { reports: { r: report({ asked: { at: NOW, eventId: 'e' } }) } })]).words).toContain(
    'sent by hand from Security Hub',
  );
});

test('the root’s own route is "everything else"', () => {
  expect(render([member('a', { routePath: [] })]).words).toContain('route everything else → workloads');
});

test('the minimal message says the first line, where and how many, and nothing is escaped where nothing is read', () => {
  const message = renderMinimal(rendering([member('a', { owner: owner({ accountName: 'R&D <team>' }) })]));
  expect(words(message)).toBe(
    [
      '🔴 CRITICAL S3 general purpose buckets should block public read access (S3.2) · R&D <team> · a',
      '1 open resource · first seen 21 Nov 08:14 JST',
      '5555-5555-5555 · Root/Workloads/Prod · ap-northeast-1',
    ].join('\n'),
  );
  expect(message.text).toContain('R&amp;D &lt;team&gt;');
});

test('the same state renders the same message, whenever it is rendered', () => {
  expect(JSON.stringify(renderMessage(rendering(in12)))).toBe(
    JSON.stringify(renderMessage(rendering([...in12].reverse(), {}, NOW + 20 * MINUTE))),
  );
});

test('provenance names a threat by its type, not by the broad word that V2 lists first', () => {
  const threat = { ...text, kind: 'guardduty' as const, controlId: undefined, types: ['Threats', 'Recon:EC2/Portscan'] };
  expect(render(oneMember, { text: threat }).words).toContain('· Recon:EC2/Portscan ·');
});
