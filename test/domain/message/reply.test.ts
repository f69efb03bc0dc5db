/** Replies in the thread, and broadcasts, which stand alone in the channel. */
import type { Language } from '../../../config/schema';
import type { Plan } from '../../../handlers/domain/problem/plan';
import { renderReply } from '../../../handlers/domain/message/reply';
import type { Newness } from '../../../handlers/domain/problem/problem-row';
import { faultsOf, words } from '../inspect';
import { closed, HOUR, member, NOW, owner, receiver, type Reported, rendering, report } from '../made';

type Reply = Extract<Plan, { step: 'reply' }>;
const EXPECTED = { mentions: ['U0ONCALL01', 'S0ONCALL01'] };

function reply(
  rows: Reported[],
  about: Reply['about'],
  choices: { newness?: Newness; broadcast?: boolean; language?: Language; fresh?: number; now?: number } = {},
) {
  const { newness = 'new', broadcast = false, language = 'en', fresh = rows.length, now } = choices;
  const whole = rendering(rows, { receiver: { ...receiver, language } }, now);
  const members = whole.view.named;
  const accounts = Object.fromEntries(members.slice(0, fresh).map(({ owner: { accountId } }) => [accountId, 1]));
  const given = { ...whole, view: { ...whole.view, untold: { ...whole.view.untold, kinds: { [newness]: fresh }, accounts } } };
  const plan: Reply = {
    step: 'reply',
    about,
    broadcast,
    fresh: members.slice(0, fresh).map((each) => ({
      member: each,
      newness,
      loud: broadcast,
      news: [],
      ...(newness === 'risen' ? { from: 'HIGH' as const } : {}),
    })),
    unnamed: members.slice(fresh),
  };
  const message = renderReply(given, plan);
  expect(faultsOf(message, EXPECTED)).toEqual([]);
  return { ...message, words: words(message) };
}

const two = [
  member('invoices', { owner: owner({ accountId: '555555555555', accountName: 'payments-prod' }) }),
  member('exports', { owner: owner({ accountId: '666666666666', accountName: 'billing-prod' }) }),
];

test('both say how bad; a broadcast names the problem and mentions people, a plain reply does neither', () => {
  const loud = reply(two, 'growth', { newness: 'new-account', broadcast: true });
  expect(loud.words.replace('\n', '')).toMatch(
    /^🔴 CRITICAL Spread further \(08:14\sJST\): billing-prod, payments-prod .*\nS3 general purpose buckets/,
  );
  expect(JSON.stringify(loud.blocks)).toContain('"usergroup_id":"S0ONCALL01"');
  const quiet = reply(two, 'growth');
  expect(quiet.words).toMatch(/^🔴 CRITICAL Spread further/);
  expect(quiet.words).not.toContain('S3 general purpose buckets');
  expect(JSON.stringify(quiet.blocks)).not.toContain('ONCALL');
  expect(quiet.text).toMatch(/^🔴 CRITICAL Spread further — S3 general purpose buckets .* · billing-prod, payments-prod · 08:14\sJST$/);
});

test.each([
  [
    'growth',
    'new',
    '🔴 CRITICAL Spread further (08:14 JST): billing-prod, payments-prod (2 open resources)',
    '🔴 CRITICAL 対象が広がりました（08:14 JST）: billing-prod、payments-prod（未対応 2 リソース）',
  ],
  [
    'growth',
    'risen',
    '🔴 CRITICAL up from HIGH: billing-prod, payments-prod (2 open resources)',
    '🔴 CRITICAL 重要度が HIGH から上昇: billing-prod、payments-prod（未対応 2 リソース）',
  ],
  [
    'reopened',
    'reopened',
    'Open again: billing-prod, payments-prod (2 open resources)',
    '再び未対応になりました: billing-prod、payments-prod（未対応 2 リソース）',
  ],
  [
    'asked',
    'asked',
    'Sent here by hand from Security Hub: billing-prod, payments-prod (2 open resources)',
    'Security Hub から手動で送信されました: billing-prod、payments-prod（未対応 2 リソース）',
  ],
] as const)('%s of what is %s is told with its accounts and what is open', (about, newness, en, ja) => {
  const [first, second] = [reply(two, about, { newness }), reply(two, about, { newness, language: 'ja' })];
  const line = ({ words: read }: typeof first) => read.replace('\n', '').replaceAll('\u00a0', ' ');
  expect(line(first)).toContain(en);
  expect(line(second)).toContain(ja);
});

test('where nothing is new no accounts are named', () => {
  expect(reply(two, 'list', { fresh: 0 }).text).toMatch(/^All of them — /);
});

test('the resolution tells how long it took, and nothing that Slack refuses', () => {
  const rows = [member('invoices', { reports: { r: closed(NOW) } })];
  const told = reply(rows, 'resolved', { fresh: 0 });
  expect(told.words).toContain('✅ Resolved: all of it passes, after 1 h');
  expect(reply(rows, 'resolved', { fresh: 0, language: 'ja' }).words).toContain('✅ 解消: すべて合格しました（検出から 1 時間）');
});

test('more than five accounts are counted, an account without a name is its number', () => {
  const many = Array.from({ length: 7 }, (_, n) =>
    member(`b${n}`, { owner: owner({ accountId: `${n}00000000000`, accountName: n === 0 ? '\u200b' : `account-${n}` }) }),
  );
  const told = reply(many, 'growth');
  expect(told.words).toContain('0000-0000-0000, account-1, account-2, account-3, account-4 +2');
});

test('a thread that lists a thousand names some dozens, with the longest of names, within Slack’s limits', () => {
  const long = '😀'.repeat(200);
  const rows = Array.from({ length: 1000 }, (_, n) =>
    member(`${n}${long}`, {
      owner: owner({ accountId: String(100_000_000_000 + n), accountName: long }),
      resource: { type: long, id: long, name: long, region: long },
      seenAt: NOW - 31 * 24 * HOUR,
    }),
  );
  for (const language of ['en', 'ja'] as const) {
    for (const fresh of [0, 1, 30, 36, 56, 1000]) {
      const told = reply(rows, 'growth', { language, fresh, newness: 'new-account' });
      expect(told.words.match(/😀{10}/gu)?.length).toBeGreaterThan(56);
    }
  }
});

test('however much is new, what was found earlier and not named yet keeps a third of the list', () => {
  const rows = Array.from({ length: 64 }, (_, n) => member(`bucket-${String(n).padStart(3, '0')}`));
  const [fresh = '', earlier = ''] = reply(rows, 'growth', { fresh: 40 }).words.split('Found earlier');
  const named = (part: string) => part.match(/bucket-\d{3}/g)?.length ?? 0;
  expect(named(earlier)).toBeGreaterThan((named(fresh) + named(earlier)) / 3);
});

test.each([0, 1, 2])('what was found earlier is headed as that only behind what is new: %i of two are', (fresh) => {
  expect(reply(two, 'growth', { fresh }).words.includes('Found earlier')).toBe(fresh === 1);
});

test('the vulnerabilities found are a line of their ids and nothing else', () => {
  const rows = [member('image', { reports: { r: report({ news: ['CVE-2025-1001', 'CVE-2025-1002'] }) } })];
  expect(reply(rows, 'list').words.trimEnd()).toMatch(/\nCVE-2025-1001, CVE-2025-1002$/);
});

test('what is untold and waits names no account in a list of the others', () => {
  const whole = rendering(two);
  const untold = { ...whole.view.untold, kinds: { 'new-account': 2 }, accounts: { '555555555555': 1, '666666666666': 1 } };
  const list: Reply = { step: 'reply', about: 'list', broadcast: false, fresh: [], unnamed: whole.view.named };
  expect(renderReply({ ...whole, view: { ...whole.view, untold } }, list).text).toMatch(/^All of them — /);
});

test('a member that is closed by now says so', () => {
  const rows = [
    member('open'),
    member('shut', {
      reports: { r: report({ latest: { revision: [NOW, NOW, 'e'], status: 'suppressed', workflow: 'SUPPRESSED', closedAt: NOW } }) },
    }),
  ];
  expect(reply(rows, 'list', { fresh: 0 }).words).toContain('shut\n  suppressed');
  expect(reply(rows, 'list', { fresh: 0, language: 'ja' }).words).toContain('shut\n  抑制済み');
});

test('however long the names of sixty resources are, Slack takes the reply, and it says how many it does not name', () => {
  const name = (n: number) => `${'x'.repeat(200)}${n}`;
  const many = Array.from({ length: 60 }, (_, n) => member(name(n), { owner: owner({ accountName: 'a'.repeat(60) }) }));
  const { words: read } = reply(many, 'growth');
  expect(read).toMatch(/… and \d+ more in Security Hub/);
  const rows = read.match(/x{20}/g) ?? [];
  expect(rows.length).toBeGreaterThan(20);
  reply(many, 'growth', { fresh: 20 });
});
