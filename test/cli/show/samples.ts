/** Messages as the project sends them, written by hand: the layout, in both languages and with hostile names. */
import type { SlackMessage } from '../../../handlers/ports';

type Element = Record<string, unknown>;

export const text = (value: string, style?: Record<string, boolean>): Element => ({
  type: 'text',
  text: value,
  ...(style ? { style } : {}),
});
export const bold = (value: string): Element => text(value, { bold: true });
export const code = (value: string): Element => text(value, { code: true });
export const section = (...elements: Element[]): Element => ({ type: 'rich_text_section', elements });
export const rich = (...elements: Element[]): Element => ({ type: 'rich_text', elements });
export const list = (style: 'bullet' | 'ordered', ...items: Element[][]): Element => ({
  type: 'rich_text_list',
  style,
  elements: items.map((item) => section(...item)),
});
export const header = (value: string): Element => ({ type: 'header', text: { type: 'plain_text', text: value, emoji: false } });
export const context = (value: string): Element => ({ type: 'context', elements: [{ type: 'plain_text', text: value, emoji: false }] });
export const button = (label: string, url: string, style?: string): Element => ({
  type: 'button',
  text: { type: 'plain_text', text: label },
  url,
  ...(style ? { style } : {}),
});
export const actions = (...elements: Element[]): Element => ({ type: 'actions', elements });

const CONSOLE =
  'https://ap-northeast-1.console.aws.amazon.com/securityhub/home?region=ap-northeast-1#/findings?search=SecurityControlId%3DS3.2';
const GUIDE = 'https://docs.aws.amazon.com/console/securityhub/S3.2/remediation';

export const english: SlackMessage = {
  text: 'CRITICAL · S3 general purpose buckets should block public read access (S3.2) · 3 accounts · Root/Workloads/Prod',
  blocks: [
    header('🔴 CRITICAL · S3 general purpose buckets should block public read access (S3.2)'),
    rich(
      section(
        bold('3 accounts'),
        text(', most in Root/Workloads/Prod: '),
        bold('payments-prod'),
        text(' 5555-5555-5555, billing-prod, cards-vault-prod · ap-northeast-1'),
      ),
      section(text('3 open, 0 resolved · first seen 21 Nov 09:14 JST')),
    ),
    rich(
      section(bold('What it means')),
      section(text('Anyone on the internet can list and read the objects in these buckets without signing in.')),
      section(bold('Impact')),
      section(
        text('Documents stored there may already have been copied. Copies cannot be called back, and access logs may be the only trace.'),
      ),
      section(bold('Do now')),
      list(
        'ordered',
        [text('Turn on Block Public Access for each bucket, then for the whole account.')],
        [text('Look through the bucket policy and the access control list for grants to everyone, and remove them.')],
        [text('Read the access logs since the first sighting and decide whether people must be informed.')],
      ),
    ),
    context('AI-generated (Claude Haiku 4.5) from the control’s own text, never from your data: check before acting'),
    rich(
      list(
        'bullet',
        [bold('payments-prod'), text('  '), code('acme-payments-invoices-2026')],
        [bold('billing-prod'), text('  '), code('acme-billing-archive')],
        [bold('cards-vault-prod'), text('  '), code('acme-cards-chargebacks')],
      ),
    ),
    actions(button('Open in Security Hub', CONSOLE, 'primary'), button('Remediation guide', GUIDE)),
    context('Security Hub CSPM · S3.2 · route Workloads/Prod → prod-oncall'),
  ],
};

export const japanese: SlackMessage = {
  text: 'CRITICAL · 3 アカウント · S3 general purpose buckets should block public read access (S3.2) · Root/Workloads/Prod',
  blocks: [
    header('🔴 CRITICAL · S3 general purpose buckets should block public read access (S3.2)'),
    rich(
      section(
        bold('3 アカウント'),
        text('（主に Root/Workloads/Prod）：'),
        bold('payments-prod'),
        text(' 5555-5555-5555、billing-prod、cards-vault-prod · ap-northeast-1'),
      ),
      section(text('未解決 3 件、解決済み 0 件 · 初回検出 11月21日 09:14 JST')),
    ),
    rich(
      section(bold('検出内容の要約')),
      section(text('このバケットは、インターネット上の誰もがサインインせずにオブジェクトを一覧し、読み取れる状態にあります。')),
      section(bold('影響')),
      section(
        text('保存されている文書がすでに複製されている可能性があります。流出した複製は取り戻せず、痕跡はアクセスログにしか残りません。'),
      ),
      section(bold('推奨される対応')),
      list(
        'ordered',
        [text('各バケット、次にアカウント全体で「パブリックアクセスをブロック」を有効にします。')],
        [text('バケットポリシーとアクセスコントロールリスト（ACL）から、全員への許可を取り除きます。')],
        [text('初回検出以降のアクセスログを確認し、関係者への連絡が必要かを判断します。')],
      ),
    ),
    context('AI による生成（Claude Haiku 4.5）。コントロールの説明文だけを基にしています。実施前に必ず確認してください'),
    rich(
      list(
        'bullet',
        [bold('payments-prod'), text('  '), code('acme-payments-invoices-2026')],
        [bold('billing-prod'), text('  '), code('acme-billing-archive'), text('（請求書アーカイブ）')],
        [bold('cards-vault-prod'), text('  '), code('acme-cards-chargebacks')],
      ),
    ),
    actions(button('Security Hub で開く', CONSOLE, 'primary'), button('修復手順', GUIDE)),
    context('Security Hub CSPM · S3.2 · ルート Workloads/Prod → prod-oncall'),
  ],
};

/** What an attacker would put into a tag, as it comes: unescaped, in every kind of text that a message has. */
export const HOSTILE =
  '</script><script>alert(1)</script><img src=x onerror=alert(1)> " onmouseover="alert(1) <!channel> <@U0000000001> *bold* `code` <https://evil.example|click> \u202edesrever \u001b[2J';

export const hostile: SlackMessage = {
  text: HOSTILE,
  blocks: [
    header(HOSTILE),
    rich(section(text(HOSTILE), bold(HOSTILE), code(HOSTILE)), list('bullet', [text(HOSTILE)])),
    { type: 'section', text: { type: 'plain_text', text: HOSTILE } },
    { type: 'section', text: { type: 'mrkdwn', text: HOSTILE, verbatim: true } },
    { type: 'context', elements: [{ type: 'mrkdwn', text: HOSTILE, verbatim: true }] },
    context(HOSTILE),
    actions(button(HOSTILE, 'javascript:alert(1)'), button(HOSTILE, 'https://ok.example/"><script>alert(1)</script>')),
    { type: HOSTILE },
  ],
};

export const reply: SlackMessage = {
  text: 'CRITICAL · now also in cards-vault-prod',
  blocks: [
    rich(
      section(
        { type: 'usergroup', usergroup_id: 'S0CARDS001' },
        text(' 🔴 now also in '),
        bold('cards-vault-prod'),
        text(' 7777-7777-7777 · Root/Workloads/Prod/Regulated'),
      ),
      list('bullet', [code('acme-cards-chargebacks')]),
    ),
  ],
};
