/** What a message and its replies say of what is new: what, since when, whose, and with which credential. */
import type { Language } from '../../../config/schema';
import { merge, type Report, reportOf } from '../../../handlers/domain/finding/report';
import type { Fact } from '../../../handlers/domain/facts/fact';
import { renderMessage } from '../../../handlers/domain/message/message';
import { renderReply } from '../../../handlers/domain/message/reply';
import type { Rendering } from '../../../handlers/domain/message/rendering';
import type { Freshness } from '../../../handlers/domain/problem/problem-row';
import { words } from '../inspect';
import { finding, HOUR, MINUTE, member, NOW, owner, receiver, type Reported, rendering, report, settings, text } from '../made';

const flat = (message: object) =>
  words(message as never)
    .replace(/\s+/g, ' ')
    .replaceAll(' （', '（');
const message = (rows: Reported[], changes: Partial<Rendering> = {}, language: Language = 'en') =>
  flat(renderMessage(rendering(rows, { receiver: { ...receiver, language }, ...changes })));
const open = (severity: 'CRITICAL' | 'HIGH', firstObservedAt: number) => ({
  revision: [NOW, NOW, 'e'] as [number, number, string],
  severity,
  firstObservedAt,
});
/** Of a scanner: no control, which has episodes. */
const found = (id: string, firstObservedAt: number, changes: Partial<Report> = {}) =>
  report({ id, episodes: [], open: open('CRITICAL', firstObservedAt), ...changes });

/** One finding by its events, in the order given. */
function told(...events: [at: number, changes: Parameters<typeof finding>[0], news?: string[]][]): Report {
  const all = events.map(([at, changes, news], n) =>
    reportOf(finding({ kind: 'inspector', updatedAt: at, ...changes }), {
      eventId: `e${n}`,
      eventTime: at,
      asked: false,
      admission: { admitted: true },
      textKey: `words ${n}`,
      news,
    }),
  );
  return all.reduce<Report | undefined>(merge, undefined) as Report;
}

describe('what changed', () => {
  const risen = told([NOW - HOUR, { severity: 'HIGH' }], [NOW - 20 * MINUTE, { severity: 'CRITICAL' }]);

  test.each([
    ['en', 'Changed HIGH → CRITICAL at 08:54'],
    ['ja', '変化 08:54 に HIGH → CRITICAL'],
  ] as const)('says from what and when it rose (%s)', (language, said) => {
    expect(message([member('a', { reports: { r: risen } })], {}, language)).toContain(said);
  });

  test('a fall is no rise, nor is a severity that it always had', () => {
    const fell = told([NOW - HOUR, { severity: 'CRITICAL' }], [NOW - 20 * MINUTE, { severity: 'HIGH' }]);
    for (const r of [fell, told([NOW - HOUR, {}], [NOW, {}])]) expect(message([member('a', { reports: { r } })])).not.toContain('Changed');
  });

  test('the problem rose with a further resource that is worse', () => {
    const rows = [
      member('mild', { reports: { r: found('r', NOW - 3 * HOUR, { open: open('HIGH', NOW - 3 * HOUR) }) } }),
      member('bad', { reports: { r: found('s', NOW - HOUR) } }),
    ];
    expect(message(rows)).toContain('Changed HIGH → CRITICAL at 08:14, +1 resource at 08:14');
  });

  test.each([
    ['en', 'Changed +CVE-2022-22965 at 08:14'],
    ['ja', '変化 08:14 に +CVE-2022-22965'],
  ] as const)('names a further vulnerability and says when it was found (%s)', (language, said) => {
    const reports = {
      a: found('a', NOW - 3 * HOUR, { news: ['!CVE-2021-44228'] }),
      b: found('b', NOW - HOUR, { news: ['!CVE-2022-22965'] }),
    };
    expect(message([member('a', { reports })], {}, language)).toContain(said);
  });

  test('counts further findings once, though both Security Hubs have a copy, and those of another standard not at all', () => {
    const first = found('a', NOW - 3 * HOUR);
    const twice = {
      a: first,
      b: found('b', NOW - HOUR),
      c: found('c', NOW - 3 * HOUR, { format: 'ocsf' }),
      d: found('d', NOW - HOUR, { format: 'ocsf' }),
    };
    expect(message([member('a', { reports: twice })])).toContain('Changed +1 finding at 08:14');
    const standards = { a: report({ open: open('CRITICAL', NOW - 3 * HOUR) }), b: report({ id: 'b', open: open('CRITICAL', NOW - HOUR) }) };
    expect(message([member('a', { reports: standards })])).not.toContain('Changed');
  });

  test('says when a sequence took a further step, and tells that, though it is as severe as before', () => {
    const step = (...calls: string[]) => ({ kind: 'guardduty' as const, particulars: { threat: { isSequence: true as const, calls } } });
    const grew = told(
      [NOW - HOUR, step('iam:CreateUser'), ['threat']],
      [NOW - 50 * MINUTE, step('iam:CreateUser'), ['threat']],
      [NOW - 20 * MINUTE, step('iam:CreateUser', 's3:GetObject'), ['threat']],
    );
    expect(grew.textKey).toBe('words 2');
    expect(message([member('a', { reports: { r: grew } })])).toContain('Changed the finding says more since 08:54');
  });

  test('a vulnerability that came to be exploited is told in the words that say so; one that is only seen again is not', () => {
    const exploited = told([NOW - HOUR, {}, ['CVE-1']], [NOW - 40 * MINUTE, {}, ['CVE-1']], [NOW - 20 * MINUTE, {}, ['!CVE-1']]);
    expect(exploited).toMatchObject({ textKey: 'words 2', saysElseAt: NOW - 20 * MINUTE });
    expect(told([NOW - HOUR, {}, ['CVE-1']], [NOW, {}, ['CVE-1']])).toMatchObject({ textKey: 'words 0', saysElseAt: undefined });
  });

  test('a new Region is counted beside the resources', () => {
    const rows = [
      member('a', { reports: { r: found('r', NOW - 3 * HOUR) } }),
      member('b', { region: 'us-east-1', reports: { r: found('s', NOW - HOUR) } }),
    ];
    expect(message(rows)).toContain('Changed +1 resource (+1 Region) at 08:14');
  });
});

describe('a threat to several', () => {
  const facts = (name: string, key: string, at: number): Fact[] => [
    {
      label: 'who',
      groups: [
        [{ code: name }, { word: 'iam-user' }, { plain: ',' }, { word: 'without-mfa' }],
        [{ word: 'access-key' }, { code: key }],
      ],
      decides: 1,
    },
    { label: 'when', groups: [[{ times: 3 }], [{ at, until: at + 20 * MINUTE }]] },
    { label: 'also', groups: [] },
  ];
  const rows = ['release-bot', 'report-bot'].map((name) => member(name, { reports: { r: report({ others: 1 }) } }));
  const memberFacts = new Map([
    ['release-bot', facts('release-bot', 'AKIAEXAMPLE00001', NOW - HOUR)],
    ['report-bot', facts('report-bot', 'AKIAEXAMPLE00002', NOW - 30 * MINUTE)],
  ]);
  const whole = { text: { ...text, kind: 'guardduty' as const, controlId: undefined }, memberFacts };

  test('says from when to when, and names each key; nothing that is named is counted beside it', () => {
    const said = message(rows, whole);
    expect(said).toContain('When 21 Nov 08:14‑09:04 JST');
    expect(said).toContain('release-bot IAM user, no MFA · access key AKIAEXAMPLE00001');
    expect(said).toContain('report-bot IAM user, no MFA · access key AKIAEXAMPLE00002');
    expect(said).not.toContain('+1 resource');
  });

  test('in the thread too', () => {
    const given = rendering(rows, whole);
    const list = { step: 'reply' as const, about: 'list' as const, broadcast: false, fresh: [], unnamed: given.view.named };
    expect(flat(renderReply(given, list))).toContain('access key AKIAEXAMPLE00001');
  });

  test('others of its finding are named in its row, and counted where nobody knows them', () => {
    const beside = new Map([['release-bot', [{ label: 'also' as const, groups: [[{ code: 'i-0a' }, { code: 'deploy' }]] }]]]);
    const said = message(rows, { ...whole, memberFacts: beside });
    expect(said).toContain('release-bot + i-0a, deploy');
    expect(said).toContain('report-bot +1 resource');
  });
});

describe('a reply', () => {
  const reply = (rows: Reported[], freshness: Partial<Freshness>, changes: Partial<Rendering> = {}, language: Language = 'en') => {
    const whole = rendering(rows, { receiver: { ...receiver, language }, ...changes });
    const [first] = whole.view.named.slice(-1);
    if (!first) throw new Error('nobody');
    const fresh = [{ member: first, newness: 'new' as const, loud: true, news: [], ...freshness }];
    const untold = { ...whole.view.untold, kinds: { [fresh[0]?.newness ?? 'new']: 1 }, accounts: { [first.owner.accountId]: 1 } };
    const sent = renderReply(
      { ...whole, view: { ...whole.view, untold } },
      { step: 'reply', about: 'growth', broadcast: true, fresh, unnamed: [] },
    );
    return { phone: sent.text.replace(/\u00a0/g, ' '), said: flat(sent) };
  };

  test.each([
    ['en', '🔴 CRITICAL up from HIGH (08:54 JST): a · payments-prod', '🔴 CRITICAL up from HIGH: a — S3'],
    ['ja', '🔴 CRITICAL 重要度が HIGH から上昇（08:54 JST）: a · payments-prod', '🔴 CRITICAL 重要度が HIGH から上昇: a — S3'],
  ] as const)('says the new severity once, and what it was (%s)', (language, first, phone) => {
    const risen = told([NOW - HOUR, { severity: 'HIGH' }], [NOW - 20 * MINUTE, { severity: 'CRITICAL' }]);
    const sent = reply([member('a', { reports: { r: risen } })], { newness: 'risen', from: 'HIGH' }, {}, language);
    expect(sent.said).toContain(first);
    expect(sent.phone).toContain(phone);
    expect(sent.phone.match(/CRITICAL/g)).toHaveLength(1);
  });

  test('a rise to less than the problem is says to what', () => {
    const mild = found('r', NOW - HOUR, { open: open('HIGH', NOW - HOUR) });
    const { phone } = reply([member('bad'), member('mild', { reports: { r: mild } })], { newness: 'risen', from: 'MEDIUM' });
    expect(phone).toMatch(/^🔴 CRITICAL HIGH, up from MEDIUM: mild — /);
  });

  test('of a vulnerability names it, what it is in, what is wrong, whose, and the version that mends it', () => {
    const reports = { a: found('a', NOW - 3 * HOUR, { news: ['!CVE-1'] }), b: found('b', NOW - HOUR, { news: ['!CVE-2'] }) };
    const facts: Fact[] = [
      { label: 'update', groups: [[{ code: 'spring-beans' }, { plain: '5.3.16' }, { plain: '→' }, { plain: '5.3.18' }]], decides: 1 },
    ];
    const titles = {
      count: 2,
      named: [
        { title: 'CVE-1 - log4j', severity: 'CRITICAL' as const },
        { title: 'CVE-2 - spring-beans', severity: 'CRITICAL' as const, facts },
      ],
    };
    const its = { text: { ...text, kind: 'inspector' as const, title: 'CVE-1 - log4j', controlId: undefined }, titles };
    const { phone, said } = reply([member('shop/api', { reports })], { newness: 'more', news: ['!CVE-2'] }, its);
    expect(phone).toBe(
      '🔴 CRITICAL Newly found: CVE-2 · shop/api — CVE-1 - log4j · payments-prod · spring-beans 5.3.16 → 5.3.18 · 08:14 JST',
    );
    expect(said).toContain('Newly found (08:14 JST): CVE-2 · shop/api · payments-prod');
    expect(said).toContain('spring-beans 5.3.16 → 5.3.18');
  });

  test('no account’s number stands before what happened', () => {
    const nameless = member('a', { owner: owner({ accountName: '' }) });
    expect(reply([nameless], {}).phone).toMatch(/^🔴 CRITICAL Spread further: a — S3 .* · 5555-5555-5555 · 08:14 JST$/);
  });
});

describe('several accounts', () => {
  const rows = [1, 2].map((n) => member(`b${n}`, { owner: owner({ accountId: `${n}00000000000`, accountName: `account-${n}` }) }));

  test('each is named with its number, and all are said to be where all are', () => {
    expect(message(rows)).toContain('account-1 1000-0000-0000, account-2 2000-0000-0000 · all in Root/Workloads/Prod');
    expect(message(rows, {}, 'ja')).toContain('· すべて Root/Workloads/Prod');
  });

  test('most is said where one is elsewhere, or of an OU that nobody knows', () => {
    const [first] = rows as [Reported];
    for (const changes of [{ ouPath: [{ id: 'ou-s', name: 'Sandbox' }] }, { ouPath: [], knowledge: 'unknown' as const }])
      expect(message([first, member('c', { owner: owner({ accountId: '300000000000', ...changes }) })])).toMatch(/most in Root\//);
  });

  test('a webhook, which has no thread, has the numbers in its rows where they are many', () => {
    const many = Array.from({ length: 7 }, (_, n) =>
      member(`b${n}`, { owner: owner({ accountId: `${n}00000000000`, accountName: `account-${n}` }) }),
    );
    expect(message(many, { oneWay: true })).toContain('account-6 6000-0000-0000 b6');
    expect(message(many)).not.toContain('6000-0000-0000');
  });
});

describe('where a step sends its reader to an owner whom no tag names', () => {
  const ask = (language: Language, ...actions: string[]) => ({
    briefing: { summary: '', impact: '', actions, withheld: [] },
    receiver: { ...receiver, language },
    settings,
  });
  test.each([
    ['en', 'Ask the owner of the bucket.', 'Owner unknown: ask payments-prod admins'],
    ['ja', '所有者に確認してください。', '担当 不明: payments-prod の管理者に確認'],
  ] as const)('it is said whom to ask (%s)', (language, step, said) => {
    expect(message([member('a')], ask(language, step), language)).toContain(said);
  });
  test('of several accounts, each; where no step says so, or a tag names one, nobody', () => {
    const two = [member('a'), member('b', { owner: owner({ accountId: '600000000000' }) })];
    expect(message(two, ask('en', 'Ask the owner.'))).toContain('Owner unknown: ask each account’s admins');
    expect(message(two, ask('en', 'Close it.'))).not.toContain('Owner');
    const tagged = member('a', { taggedOwner: { value: 'payments', key: 'team', of: 'resource', rank: 0 } });
    expect(message([tagged], ask('en', 'Ask the owner.'))).not.toContain('unknown');
  });
});
