/** What a message says of what is open no longer: how it ended before what it was, and where to look where nobody knows that it was mended. */
import { renderMessage } from '../../../handlers/domain/message/message';
import { renderReply } from '../../../handlers/domain/message/reply';
import type { Fact } from '../../../handlers/domain/facts/fact';
import type { Status } from '../../../handlers/domain/finding/admission';
import type { Finding } from '../../../handlers/domain/finding/finding';
import type { Rendering } from '../../../handlers/domain/message/rendering';
import type { Language } from '../../../config/schema';
import { faultsOf, words } from '../inspect';
import { MINUTE, member, NOW, receiver, type Reported, rendering, report, text } from '../made';

function flatOf(message: ReturnType<typeof renderMessage>): string {
  expect(faultsOf(message, { mentions: ['U0ONCALL01', 'S0ONCALL01'] })).toEqual([]);
  return words(message).replace(/\s+/g, ' ');
}
const render = (rows: Reported[], changes: Partial<Rendering> = {}) => ({ flat: flatOf(renderMessage(rendering(rows, changes))) });
const inLanguage = (language: Language) => ({ receiver: { ...receiver, language } });
const ended = (status: Status, at: number, more: object = {}) => ({
  r: report({ latest: { revision: [at, at, 'e'], status, workflow: 'NOTIFIED', closedAt: at, ...more } }),
});

const facts: Fact[] = [{ label: 'access', groups: [[{ word: 'public' }]] }];
const titles = {
  named: [
    { title: 'CVE-2025-1', severity: 'CRITICAL' as const },
    { title: 'CVE-2025-2', severity: 'HIGH' as const },
  ],
  count: 2,
};
const archived = (language: Language, more: Partial<Rendering> = {}) =>
  render([member('invoices', { reports: ended('archived', NOW) })], { ...inLanguage(language), text: { ...text, facts }, ...more }).flat;

test('has its facts behind how it ended, as what was reported from when to when', () => {
  expect(archived('en')).toMatch(
    /^🗄 .* State 1 resource archived .* Resource invoices .* As reported 21 Nov 08:14‑09:14 JST Access public Open in/,
  );
  expect(archived('ja')).toContain('報告されていた内容 11/21 08:14‑09:14 JST アクセス 公開');
  expect(render([member('invoices')], { text: { ...text, facts } }).flat).toMatch(/ Access public .* State /);
  // Nothing is announced where nothing follows.
  expect(archived('en', { text })).not.toContain('As reported');
});
test('has no mark of an open finding, and tells severities where they differ', () => {
  expect(archived('en', { titles })).toContain('Findings CRITICAL CVE-2025-1 HIGH CVE-2025-2 ');
  const [first] = titles.named;
  const same = { named: [first, { ...first, title: 'CVE-2025-2' }], count: 2 } as typeof titles;
  expect(archived('en', { titles: same })).toContain('Findings CVE-2025-1 CVE-2025-2 ');
  expect(render([member('invoices')], { titles }).flat).toContain('Findings 🔴 CVE-2025-1 🟠 CVE-2025-2 ');
});
test.each<[Finding['kind'], string, string]>([
  ['inspector', 'To check Amazon Inspector: whether it was fixed', '確認先 Amazon Inspector（修正済みか'],
  ['access-analyzer', 'To check IAM Access Analyzer: Resolved means the access is gone', '確認先 IAM Access Analyzer（Resolved は'],
  ['guardduty', 'To check GuardDuty and CloudTrail: whether the activity has stopped', '確認先 GuardDuty と CloudTrail'],
])('and is not known to be mended says where to look, by its kind (%s)', (kind, en, ja) => {
  expect(archived('en', { text: { ...text, kind } })).toContain(en);
  expect(archived('ja', { text: { ...text, kind } })).toContain(ja);
  for (const [status, says] of [
    ['unreported', true],
    ['passed', false],
    ['resolved', false],
    ['suppressed', false],
  ] as const)
    expect(render([member('a', { reports: ended(status, NOW) })], { text: { ...text, kind } }).flat.includes('To check')).toBe(says);
  expect(render([member('a'), member('b', { reports: ended('archived', NOW) })], { text: { ...text, kind } }).flat).not.toContain(
    'To check',
  );
});
test('says when what a note is of ended, where the last of it ended later', () => {
  const note = { note: { text: 'INC-881', author: 'alice' } };
  const first = member('a', { reports: ended('resolved', NOW - 30 * MINUTE, note) });
  const last = member('b', { reports: ended('suppressed', NOW, { note: { text: 'RISK-77' } }) });
  const { flat } = render([first, last]);
  expect(flat).toContain('1 resource suppressed, 1 set to resolved · the risk remains · no check confirms it');
  expect(flat).toContain('a · Note by alice: “INC-881” · 21 Nov 08:44 JST b · Suppressed: “RISK-77” ');
});

test('a reply that it was archived says where to look', () => {
  const shut = rendering([member('invoices', { reports: ended('archived', NOW) })]);
  const flat = flatOf(renderReply(shut, { step: 'reply', about: 'resolved', broadcast: false, fresh: [], unnamed: [] }));
  expect(flat).toMatch(/^🗄 Archived after 1 h: not known to be mended To check AWS Config and Security Hub: /);
});
