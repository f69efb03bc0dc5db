/**
 * Pictures of messages for the README: `npx tsx scripts/picture.ts FILE.json OUT.png`.
 * The file holds one message as it goes to Slack: `{"text": "…", "blocks": […]}`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '../config/schema';
import type { SlackMessage } from '../handlers/ports';
import { takePicture } from './chromium';
import { html } from '../cli/show/html';
import { renderDocument } from '../cli/show/page';
import { renderSingle } from '../cli/show/page-message';
import { MESSAGE_STYLE } from '../cli/show/style-message';

export interface MessagePicture {
  language: Language;
  timeZone: string;
  /** When the message is said to have been posted, in epoch milliseconds. */
  at: number;
}

const CARD_STYLE = `
body{padding:20px;background:var(--ground)}
.card{max-width:760px;margin:0 auto;padding:10px 2px 14px;border:1px solid var(--line);border-radius:14px;background:var(--paper)}
@media (max-width:480px){body{padding:8px}.message{padding:8px 12px}}
`;

/** One message on a card, as an HTML document. */
export function renderCard(message: SlackMessage, options: MessagePicture): string {
  const single = renderSingle({ ...message, ts: String(options.at / 1000), replies: [] }, options);
  const body = html`<main class="card" lang="${options.language}">${single}</main>`;
  return renderDocument(body, { title: message.text, language: options.language, style: MESSAGE_STYLE + CARD_STYLE });
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      language: { type: 'string', default: 'en' },
      'time-zone': { type: 'string', default: 'Asia/Tokyo' },
      at: { type: 'string', default: '2026-11-21T00:14:12Z' },
      width: { type: 'string', default: '780' },
      dark: { type: 'boolean', default: false },
    },
  });
  const [input, output] = positionals;
  if (!input || !output)
    throw new Error(
      'Name a file with one message and the picture to write: npx tsx scripts/picture.ts message.json docs/images/message-en.png',
    );
  const message = JSON.parse(await readFile(input, 'utf8')) as SlackMessage;
  const language = LANGUAGES.find((each) => each === values.language) ?? 'en';
  const card = renderCard(message, { language, timeZone: values['time-zone'], at: Date.parse(values.at) });
  await writeFile(output, await takePicture(card, { width: Number(values.width), dark: values.dark }));
  process.stdout.write(`${output}\n`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
