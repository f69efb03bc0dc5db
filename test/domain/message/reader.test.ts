/** What a reader at three in the morning is promised of a message, beyond its facts. */
import { renderMessage } from '../../../handlers/domain/message/message';
import type { CheckedBriefing } from '../../../handlers/domain/interpretation/briefing';
import type { Rendering } from '../../../handlers/domain/message/rendering';
import type { Phrase } from '../../../handlers/domain/phrasebook/phrase';
import { renderReply } from '../../../handlers/domain/message/reply';
import type { Plan } from '../../../handlers/domain/problem/plan';
import type { Language } from '../../../config/schema';
import type { Status } from '../../../handlers/domain/finding/admission';
import { faultsOf, words } from '../inspect';
import { HOUR, MINUTE, member, NOW, owner, receiver, type Reported, rendering, report, text } from '../made';

const EXPECTED = { mentions: ['U0ONCALL01', 'S0ONCALL01'] };

function render(rows: Reported[], changes: Partial<Rendering> = {}, now = NOW) {
  const message = renderMessage(rendering(rows, changes, now));
  expect(faultsOf(message, EXPECTED)).toEqual([]);
  return { ...message, words: words(message), flat: words(message).replace(/\s+/g, ' ') };
}
const inLanguage = (language: Language) => ({ receiver: { ...receiver, language } });
const seenAt = (firstObservedAt: number) => ({
  r: report({ open: { revision: [NOW, NOW, 'e'], severity: 'CRITICAL' as const, firstObservedAt } }),
});
const ended = (status: Status, at: number, more: object = {}) => ({
  r: report({ latest: { revision: [at, at, 'e'], status, workflow: 'NOTIFIED', closedAt: at, ...more } }),
});
const of = (n: number) => owner({ accountId: String(500_000_000_000 + n), accountName: `account-${n}` });
const storm = (count: number) => Array.from({ length: count }, (_, n) => member(`bucket-${n}`, { owner: of(n) }));

describe('what changed', () => {
  const grown = [
    member('first', { owner: of(0), reports: seenAt(NOW - 3 * HOUR) }),
    member('second', { owner: of(1), reports: seenAt(NOW - 2 * HOUR) }),
    member('third', { owner: of(2), reports: seenAt(NOW - 2 * HOUR + MINUTE) }),
    member('shut', { owner: of(0), reports: ended('passed', NOW - MINUTE) }),
  ];
  test.each([
    ['en', 'Changed +3 resources (+2 accounts) by 08:14, 1 mended at 09:13'],
    ['ja', '変化 08:14 までに +3 リソース（+2 アカウント）、09:13 に是正済み 1'],
  ] as const)('stands below the state: how much it grew and closed, and when (%s)', (language, said) => {
    const { flat } = render(grown, inLanguage(language));
    expect(flat).toContain(said);
    expect(flat.indexOf(said)).toBeGreaterThan(flat.indexOf(language === 'ja' ? '状況' : 'State'));
  });
  test('is told in whatever order the findings came, and not of what began together', () => {
    const late = grown.map((each, n) => ({ ...each, addedAt: NOW + n * HOUR }));
    expect(render(late).words).toBe(render(grown).words);
    expect(render(storm(3)).words).not.toContain('Changed');
  });
  test('a control that failed again says since when', () => {
    const twice = { r: report({ episodes: [NOW - 5 * HOUR, NOW - HOUR] }) };
    expect(render([member('a', { reports: twice })]).flat).toContain('Changed failed again at 08:14');
  });
});

describe('each ending by what it is', () => {
  const endings = [
    ['passed', '✅ RESOLVED · CRITICAL S3', '✅ 解消 · CRITICAL S3', 'mended', undefined],
    ['resolved', '👤 SET TO RESOLVED', '👤 解決済みに設定 · ', 'no check confirms it', 'チェックでは確認されていません'],
    ['suppressed', '⚪ SUPPRESSED', '⚪ 抑制 · ', 'the risk remains', 'リスクは残っています'],
    ['archived', '🗄 ARCHIVED', '🗄 アーカイブ · ', 'not known to be mended', '是正されたかは不明です'],
    ['unchecked', '⚪ NO LONGER EVALUATED', '⚪ 評価不能 · ', 'not known to be mended', '是正されたかは不明です'],
    ['unreported', '⚪ NO LONGER REPORTED', '⚪ 検出報告なし · ', 'not known to be mended', '是正されたかは不明です'],
  ] as const;
  test.each(endings)('%s', (status, en, ja, leaves, leavesJa) => {
    const rows = [member('invoices', { reports: ended(status, NOW) })];
    const [english, japanese] = [render(rows), render(rows, inLanguage('ja'))];
    expect(english.text).toContain(en);
    expect(japanese.text).toContain(ja);
    expect(english.words).toContain(leaves);
    if (leavesJa) expect(japanese.words).toContain(leavesJa);
    // Nothing is left to do, nobody is called.
    for (const { words: read } of [english, japanese])
      expect(read).not.toMatch(/Do now|What it means|推奨される対応|検出内容の要約|ONCALL/);
  });
  test('who suppressed it and why stands beside it', () => {
    const note = { note: { text: 'RISK-77', author: 'tanaka' } };
    expect(render([member('a', { reports: ended('suppressed', NOW, note) })]).words).toContain('Suppressed by tanaka: “RISK-77”');
  });
  test('a note of what a person resolved stands beside it, by role and session, or user, without the account', () => {
    const resolvedBy = (author: string) =>
      render([member('a', { reports: ended('resolved', NOW, { note: { text: 'INC-881', author } }) })]).words;
    expect(resolvedBy('arn:aws:sts::222222222222:assumed-role/SecurityAudit/alice')).toContain('Note by SecurityAudit/alice: “INC-881”');
    expect(resolvedBy('arn:aws-us-gov:iam::222222222222:user/ops/bob')).toContain('Note by ops/bob: “INC-881”');
    expect(resolvedBy('arn:aws:iam::222222222222:root')).toContain('Note by arn:aws:iam::222222222222:root: ');
  });
});

describe('a reply', () => {
  type Reply = Extract<Plan, { step: 'reply' }>;
  const reply = (rows: Reported[], changes: Partial<Rendering>, asked: Partial<Reply>, freshness: object = {}) => {
    const whole = rendering(rows, changes);
    const fresh = whole.view.named.map((each) => ({ member: each, newness: 'new-account' as const, loud: true, news: [], ...freshness }));
    const accounts = Object.fromEntries(whole.view.named.map((each) => [each.owner.accountId, 1]));
    const view = { ...whole.view, untold: { ...whole.view.untold, kinds: { 'new-account': fresh.length }, accounts } };
    const message = renderReply({ ...whole, view }, { step: 'reply', about: 'growth', broadcast: true, fresh, unnamed: [], ...asked });
    expect(faultsOf(message, EXPECTED)).toEqual([]);
    return { ...message, flat: words(message).replace(/\s+/g, ' ') };
  };
  test('that is broadcast leads with what changed, then says of what, and leaves the list to its thread', () => {
    const { flat, text: phone } = reply(storm(9), {}, {});
    expect(flat).toMatch(
      /^🔴 CRITICAL Spread further \(08:14 JST\): account-0, account-1 \+7 \(9 open resources\) S3 .* \(S3\.2\) · 9 accounts/,
    );
    expect(flat).not.toContain('bucket-');
    expect(phone).toMatch(/^🔴 CRITICAL Spread further — S3 .* \(S3\.2\) · account-0, account-1 \+7 · 08:14\sJST$/);
  });
  test('that is broadcast of one account names its resources', () => {
    expect(reply([member('invoices'), member('exports')], {}, {}).flat).toContain(
      'Spread further (08:14 JST): exports, invoices · payments-prod',
    );
  });
  test('of a storm names every account in its thread, in order and with its number', () => {
    const rows = storm(300);
    const whole = rendering(rows);
    const list = { about: 'list' as const, broadcast: false, fresh: [], unnamed: whole.view.named };
    const { flat } = reply(rows, {}, list);
    for (const { owner: its } of rows) expect(flat).toContain(its.accountId.replace(/(\d{4})(\d{4})(\d{4})/, '$1-$2-$3'));
    const few = reply(storm(9), {}, { ...list, unnamed: [...rendering(storm(9)).view.named].reverse() }).flat;
    expect(few.match(/account-\d/g)).toEqual(Array.from({ length: 9 }, (_, n) => `account-${n}`));
  });
  test.each([
    [{ newness: 'reopened', ended: 'suppressed' }, 'No longer suppressed: open again', '抑制が解除され、再び未対応になりました'],
    [{ newness: 'reopened' }, 'Open again', '再び未対応になりました'],
  ])('of what is open again says why: %o', (freshness, en, ja) => {
    const again = (language: Language) => reply([member('a')], inLanguage(language), { about: 'reopened' }, freshness).flat;
    expect(again('en')).toContain(`CRITICAL ${en} :`);
    expect(again('ja')).toContain(`CRITICAL ${ja} :`);
  });
  test('to a webhook names account and resource, also when it closes', () => {
    const oneWay = { oneWay: true };
    expect(reply(storm(2), oneWay, {}).flat).toMatch(/account-0 .* bucket-0 account-1 .* bucket-1/);
    const shut = [member('invoices', { reports: ended('passed', NOW) })];
    expect(reply(shut, oneWay, { about: 'resolved', broadcast: false, fresh: [] }).flat).toMatch(
      /^✅ Resolved: .* S3 .* · payments-prod invoices/,
    );
  });
});

describe('an entry of the phrasebook', () => {
  const phrase: Phrase = {
    id: 'control/S3.2',
    headline: 'Anyone can read an S3 bucket',
    meaning: 'Strangers may read.',
    impact: 'Files leave.',
    steps: ['Ask.'],
  };
  test('heads the message in place of the title, which stands in the footer', () => {
    const { blocks, text: phone } = render([member('a')], { phrase });
    expect(blocks[0]).toMatchObject({ text: { text: '🔴 CRITICAL Anyone can read an S3 bucket (S3.2) · payments-prod' } });
    expect(phone).toContain('Anyone can read an S3 bucket');
    expect(JSON.stringify(blocks.at(-1))).toContain(text.title);
  });
  test('speaks where the model does not, and says whose words they are', () => {
    const { flat } = render([member('a')], { phrase, briefing: undefined });
    expect(flat).toContain('What it means Strangers may read. Impact Files leave. Do now Ask.');
    expect(flat).toContain('Standard text · ');
    expect(flat).not.toContain('AI');
    expect(render([member('a')], { phrase, briefing: undefined, ...inLanguage('ja') }).flat).toContain('定型文 · ');
  });
  const briefing = (words: Partial<CheckedBriefing>) => ({ summary: '', impact: '', actions: [], withheld: [], ...words });
  test('what the model says beyond it stands first, marked as its own; a step behind those of the entry', () => {
    const both = briefing({
      summary: 'The bucket holds exports of a database.',
      impact: 'Files leave.',
      actions: ['Rotate the passwords of the database.', 'Ask.'],
    });
    const { flat } = render([member('a')], { phrase, briefing: both });
    expect(flat).toContain(
      'What it means The bucket holds exports of a database. (AI-generated: check before acting) Strangers may read. Impact Files leave. Do now',
    );
    expect(flat).toContain('Ask. Rotate the passwords of the database. (AI-generated: check before acting)');
    expect(flat).toMatch(/Standard text · AI-generated: check before acting \(Claude Haiku 4\.5\) · /);
  });
  test('an answer that says no more leaves it alone', () => {
    const same = briefing({ summary: 'Strangers may read.', impact: 'Files leave.', actions: ['Ask.'] });
    const { flat } = render([member('a')], { phrase, briefing: same });
    expect(flat).toContain('What it means Strangers may read. Impact Files leave. Do now Ask.');
    expect(flat).not.toContain('AI');
  });
  test('of an answer of which something was withheld the steps alone are left', () => {
    const withheld = [{ kind: 'number' as const, reason: 'a number', sentence: '42.' }];
    const { flat } = render([member('a')], {
      phrase,
      briefing: briefing({ summary: 'The bucket holds exports of a database.', withheld }),
    });
    expect(flat).toContain('What it means Strangers may read. Impact');
  });
  test('says of a control that could not be checked how to have it checked, though nothing is open', () => {
    const shut = [member('a', { reports: ended('unchecked', NOW) })];
    const alone = { briefing: undefined };
    expect(render(shut, { phrase: { ...phrase, id: 'general/unchecked' }, ...alone }).flat).toContain('Do now Ask.');
    expect(render(shut, { phrase, ...alone }).flat).not.toContain('Do now');
  });
  test('that holds of every product leaves the head to the finding’s title', () => {
    const { blocks } = render([member('a')], { phrase: { ...phrase, id: 'general/other-aws' } });
    expect(JSON.stringify(blocks[0])).not.toContain(phrase.headline);
    expect(JSON.stringify(blocks[0])).toContain(text.title.slice(0, 20));
  });
  test('the runbook of whoever deploys is a link beside AWS’s', () => {
    const { blocks } = renderMessage(rendering([member('a')], { phrase: { ...phrase, runbook: 'https://wiki.example.com/s3' } }, NOW));
    expect(JSON.stringify(blocks)).toContain('"url":"https://wiki.example.com/s3"');
  });
});

test('addresses are links in a line of text, never buttons', () => {
  const json = JSON.stringify(render([member('a')]).blocks);
  expect(json).not.toMatch(/"(?:actions|button|primary)"/);
  expect(json.match(/"type":"link"/g)).toHaveLength(2);
});

test('parts of the prose stand in one block, each behind its heading', () => {
  const { blocks } = render([member('a')], inLanguage('ja'));
  const prose = blocks.filter((block) => /検出内容の要約|重要度|影響|推奨される対応/.test(JSON.stringify(block)));
  expect(prose).toHaveLength(1);
  expect(JSON.stringify(prose)).not.toContain('\\n');
});

test('rows of a message that does not name all are short, and stay apart; what the thread does not repeat is whole', () => {
  const long = (n: number) => member(`acme-data-lake-curated-zone-${n}-with-a-long-name`, { owner: of(n % 2) });
  const many = render(Array.from({ length: 7 }, (_, n) => long(n)));
  const rows = many.flat.match(/account-\d .*? (?=account-\d|…)/g) ?? [];
  expect(new Set(rows).size).toBe(rows.length);
  expect(many.flat).toContain('acme-da…ong-name');
  expect(render([long(1), long(2)]).flat).toContain('acme-data-lake-curated-zone-1-with-a-long-name');
});

test('in Japanese brackets are full-width and what is counted is named', () => {
  const { flat, text: phone } = render(storm(2), inLanguage('ja'));
  expect(phone).toContain('（S3.2）· 2 アカウント · 未対応 2 リソース');
  expect(flat).not.toMatch(/[ぁ-んァ-ン一-龠] ?\(|件/);
});
