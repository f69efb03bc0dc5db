import { renderPage } from '../../../cli/show/page';
import type { PageChannel, PageMeta } from '../../../cli/show/page-model';
import { slackManifest } from '../../../cli/slack-manifest';
import { renderCard } from '../../../scripts/picture';
import { english, HOSTILE, hostile, japanese, reply } from './samples';

const META: PageMeta = {
  title: 'Demo',
  generatedAt: Date.parse('2026-11-24T03:00:00Z'),
  language: 'en',
  timeZone: 'Asia/Tokyo',
};
const ts = (time: string) => String(Date.parse(`2026-11-21T${time}Z`) / 1000);
const channel = (messages: PageChannel['messages'], over: Partial<PageChannel> = {}): PageChannel => ({
  id: 'C0SECOPS001',
  name: 'sec-ops',
  description: 'Root',
  language: 'ja',
  messages,
  ...over,
});
const tagsOf = (page: string) => new Set([...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map((match) => match[1]?.toLowerCase()));
const hrefsOf = (page: string) => [...page.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
const attributesOf = (tag: string) => [...tag.replace(/"[^"]*"/g, '').matchAll(/\s([\w-]+)/g)].map((match) => match[1] ?? '');
const OWN_ATTRIBUTES =
  'lang charset http-equiv content name class href target rel id aria-label aria-hidden aria-labelledby tabindex open start title datetime role scope data-label viewBox width height rx fill d stroke stroke-width stroke-linecap stroke-linejoin';
const OWN_TAGS =
  'html head meta title style body a div nav p span ul ol li i b code header h1 h2 h3 main section article details summary svg rect path time dl dt dd strong footer table thead tbody tr th td small br';

/** Everything that a finding, a tag, an account or a configuration can bring, hostile. */
function hostilePage(): string {
  const message = { ...hostile, ts: HOSTILE, edited: HOSTILE, replies: [{ ...hostile, ts: ts('01:00:00'), broadcast: true }] };
  return renderPage([channel([message], { id: HOSTILE, name: HOSTILE, description: HOSTILE })], {
    ...META,
    title: HOSTILE,
    subtitle: HOSTILE,
    workspace: HOSTILE,
    figures: [{ label: HOSTILE, value: HOSTILE, note: HOSTILE }],
    outcomes: [
      {
        file: HOSTILE,
        title: HOSTILE,
        severity: HOSTILE,
        account: HOSTILE,
        ou: HOSTILE,
        receivers: [HOSTILE],
        outcome: HOSTILE,
        reason: HOSTILE,
      },
    ],
  });
}

describe('foreign text on the page', () => {
  test('becomes no element', () => {
    const page = hostilePage();
    expect(page).not.toMatch(/<script|<img/i);
    expect([...tagsOf(page)].filter((tag) => !OWN_TAGS.split(' ').includes(tag ?? ''))).toEqual([]);
  });

  test('becomes no link: only the web address that a button has leads anywhere', () => {
    const leading = hrefsOf(hostilePage()).filter((href) => !href?.startsWith('#'));
    expect(new Set(leading)).toEqual(new Set(['https://ok.example/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;']));
  });

  test('becomes no mention', () => {
    expect(hostilePage()).not.toContain('class="mention"');
    expect(renderPage([channel([{ ...reply, ts: ts('00:00:00'), replies: [] }])], META)).toContain(
      '<span class="mention">@S0CARDS001</span>',
    );
  });

  test('adds no attribute', () => {
    const names = [...hostilePage().matchAll(/<[a-z](?:[^>"]|"[^"]*")*>/gi)].flatMap(([tag]) => attributesOf(tag));
    expect([...new Set(names)].filter((name) => !OWN_ATTRIBUTES.split(' ').includes(name))).toEqual([]);
  });

  test('does not turn the text around it', () => {
    expect(hostilePage()).not.toMatch(/\p{Bidi_Control}/u);
  });
});

describe('renderPage', () => {
  const told = { ...english, ts: ts('00:14:12'), edited: ts('00:52:15'), replies: [{ ...reply, ts: ts('00:31:50'), broadcast: true }] };
  const page = renderPage([channel([told]), channel([], { name: 'sandbox' })], META);

  test('loads nothing and runs nothing', () => {
    expect(page).toContain(`http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;;`);
    expect(page).not.toMatch(/\ssrc=|url\(|@import|<link|<iframe|<form/i);
  });

  test('shows times in the time zone that was asked for', () => {
    expect(page).toContain('>09:14</time>');
    expect(page).toContain('<span title="Saturday 21 November 09:52">(edited)</span>');
    expect(page).toContain('Saturday 21 November');
  });

  test('opens each thread under its message', () => {
    expect(page).toContain('<details class="thread" open><summary lang="en">1 reply</summary>');
  });

  test('a reply that was sent to the channel too stands there at its own time, as Slack shows it', () => {
    const next = { ...english, text: 'HIGH · the next', ts: ts('00:20:00'), replies: [] };
    const shown = renderPage([channel([told, next])], META);
    const times = [...shown.matchAll(/<time[^>]*>([\d:]+)</g)].map((match) => match[1]);
    expect(times).toEqual(['09:14', '09:31', '09:20', '09:31']);
    expect(shown.match(/Also sent to #sec-ops/g)).toHaveLength(1);
    expect(shown.match(/replied to a thread:<\/span> <b lang="ja">CRITICAL · S3 general/g)).toHaveLength(1);
    const quiet = renderPage([channel([{ ...told, replies: [{ ...reply, ts: ts('00:31:50'), broadcast: false }] }, next])], META);
    expect(quiet).not.toMatch(/Also sent to|replied to a thread/);
  });

  test('names the sender as the manifest names the bot, and those who are mentioned as Slack would', () => {
    expect(page).toContain(`<b>${slackManifest().features?.bot_user?.display_name}</b>`);
    const named = renderPage([channel([told])], { ...META, names: new Map([['S0CARDS001', 'cards-oncall']]) });
    expect(named).toContain('<span class="mention">@cards-oncall</span>');
  });

  test('says with each link what its message is about', () => {
    const links = [...page.matchAll(/<a [^>]*rel="noopener noreferrer">(.*?)<\/a>/g)].map((match) => match[1]);
    expect(links).toHaveLength(2);
    for (const link of links) expect(link).toMatch(/<span class="unseen"> \(CRITICAL · S3 general purpose buckets .*\)<\/span>$/);
  });

  test('names each message by its notification, which Slack reads as mrkdwn', () => {
    const message = { text: 'HIGH · R&amp;D &lt;b&gt;', blocks: [], ts: ts('00:00:00'), replies: [] };
    expect(renderPage([channel([message])], META)).toContain('aria-label="HIGH · R&amp;D &lt;b&gt;"');
  });

  test('says where nothing was sent', () => {
    expect(page.match(/Nothing was sent to this channel\./g)).toHaveLength(1);
  });

  test('tells browsers and screen readers which language a message is in', () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<article class="message" lang="ja" ');
    expect(page).toContain('<p class="sender" lang="en">');
    expect(renderPage([], { ...META, language: 'ja' })).toContain('<html lang="ja">');
  });

  test('draws lists, buttons and styles as Slack does', () => {
    expect(page).toContain('<ol start="1" class="indent-0"><li>Turn on Block Public Access');
    expect(page).toContain('<b>What it means</b>');
    expect(page).toContain('<code>acme-billing-archive</code>');
    expect(page).toMatch(
      /<a class="button primary" href="https:\/\/ap-northeast-1\.console[^"]+" target="_blank" rel="noopener noreferrer">/,
    );
  });

  test('lists where each finding went, with the words of its language', () => {
    const outcome = {
      file: '01.json',
      severity: 'HIGH',
      account: 'billing-prod',
      ou: 'Root/Workloads/Prod',
      receivers: ['prod-oncall'],
      outcome: 'muted',
      reason: 'why',
    };
    expect(renderPage([], { ...META, outcomes: [outcome] })).toContain('Where each finding went');
    expect(renderPage([], { ...META, language: 'ja', outcomes: [outcome] })).toContain('ミュート');
    expect(page).not.toContain('Where each finding went');
  });
});

describe('renderCard', () => {
  test('holds one message and nothing around it', () => {
    const card = renderCard(japanese, { language: 'ja', timeZone: 'Asia/Tokyo', at: Date.parse('2026-11-21T00:14:12Z') });
    expect(card.match(/<article/g)).toHaveLength(1);
    expect(card).toContain('09:14');
    expect(card).not.toContain('<nav');
  });
});
