/** What of a finding is worth calling people for again, and what its readers know of it already. */
import type { Finding } from '../../../handlers/domain/finding/finding';
import { isLoud, newsIn, newsOf, untold, vulnerabilitiesIn } from '../../../handlers/domain/problem/news';
import { closed, finding, NOW, report } from '../made';

const vulnerable = (severity: Finding['severity'], exploitAvailable?: string) =>
  newsIn(finding({ kind: 'inspector', severity, particulars: { vulnerability: { id: 'CVE-2026-1', exploitAvailable } } }));

test.each([
  ['CRITICAL', 'NO', true],
  ['HIGH', 'YES', true],
  ['HIGH', 'NO', false],
  ['HIGH', undefined, false],
] as const)('a vulnerability that is %s, exploited: %s, is worth a call: %s', (severity, exploited, loud) => {
  const news = vulnerable(severity, exploited) ?? '';
  expect(isLoud(news)).toBe(loud);
  expect(vulnerabilitiesIn([news])).toEqual(['CVE-2026-1']);
});

test('a control has no news, a threat is always news', () => {
  expect(newsIn(finding())).toBeUndefined();
  expect(newsIn(finding({ kind: 'guardduty', severity: 'LOW' }))).toBeDefined();
});

const loud = vulnerable('CRITICAL');
const quiet = vulnerable('HIGH');
const threat = newsIn(finding({ kind: 'guardduty' }));
const of = (...news: (string | undefined)[]) => news.map((each) => report({ news: each }));

test('a vulnerability is named once, as worth a call where any of its findings is', () => {
  const news = newsOf(of(quiet, loud, quiet, undefined));
  expect(news).toHaveLength(1);
  expect(isLoud(news[0] ?? '')).toBe(true);
  expect(newsOf(of(quiet, quiet))).toEqual([quiet]);
});

test('of what closed only threats are news, since they happened', () => {
  expect(newsOf([closed(NOW, { news: loud })])).toEqual([]);
  expect(newsOf([closed(NOW, { news: threat })])).toHaveLength(1);
});

test('two threats are two, and one that both Security Hubs report is one', () => {
  expect(newsOf(of(threat, threat))).toHaveLength(2);
  expect(newsOf([report({ news: threat }), report({ news: threat, format: 'ocsf' })])).toHaveLength(1);
  expect(newsOf([report({ news: threat, format: 'ocsf' }), report({ news: threat, format: 'ocsf' })])).toHaveLength(2);
});

test('the ledger keeps what was told in these spellings: in others all of it would be told once more', () => {
  expect(newsOf(of(threat, threat, loud))).toEqual(['!CVE-2026-1', '!threat 1', '!threat 2']);
});

test('the order of the findings changes nothing', () => {
  const other = newsIn(finding({ kind: 'inspector', severity: 'HIGH', particulars: { vulnerability: { id: 'CVE-2025-9' } } }));
  expect(newsOf(of(quiet, threat, other))).toEqual(newsOf(of(other, quiet, threat)));
});

test('told once is told: of this resource all, of another one only vulnerabilities that were worth a call', () => {
  const [threatened] = newsOf(of(threat));
  const news = newsOf(of(loud, threat));
  expect(untold(news, new Set())).toEqual(news);
  expect(untold(news, new Set(), news)).toEqual([]);
  expect(untold(news, new Set(news))).toEqual([threatened]);
  expect(untold([quiet ?? ''], new Set([quiet ?? '']))).toEqual([quiet]);
});

test('vulnerabilities are listed by their ids, each once, and threats are none', () => {
  expect(vulnerabilitiesIn([...newsOf(of(loud, threat)), quiet ?? ''])).toEqual(['CVE-2026-1']);
});
