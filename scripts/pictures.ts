/**
 * `npm run pictures`: takes every picture of docs/images that shows a page, a message or a terminal, anew. Each is of the product's
 * own words, from problems made up here and from the demo; what they say is never written for a picture. With names
 * (`npm run pictures -- doctor`) it takes those alone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE } from '../cli/simulate/world/world';
import { SAMPLE_SETTINGS } from '../cli/samples/settings';
import { SAMPLE_CHANNEL, SAMPLE_NAMES, type Sample, type SampleState, samples } from '../cli/samples/told';
import { html } from '../cli/show/html';
import { renderDocument } from '../cli/show/page';
import { renderMessages } from '../cli/show/page-message';
import type { PageChannel, PageMessage } from '../cli/show/page-model';
import { MESSAGE_STYLE } from '../cli/show/style-message';
import { PAGE_STYLE } from '../cli/show/style-page';
import { LANGUAGES, type Language } from '../config/schema';
import { annotation } from './annotation';
import { type PictureOptions, takePicture } from './chromium';
import { withPalette } from './png';
import { demoPage, doctorScreen, routesScreen, TERMINAL_WIDTH } from './screens';

const IMAGES = join(__dirname, '../docs/images');
const PHONE = 390;
const DESKTOP = 1280;
/** Bytes: more makes a page of the docs slow to load. */
const HEAVY = 150_000;

interface Picture extends PictureOptions {
  name: string;
  page: string;
}

/** By name, then by state, in the order in which a channel shows them. */
type Shown = readonly [name: string, state: SampleState][];
const GROWTH: Shown = [['control', 'grown']];
const CLOSINGS: Shown = [
  ['control', 'closed'],
  ['attack-sequence', 'closed'],
  ['sensitive-data', 'closed'],
  ['threat', 'closed'],
];
const MESSAGE: Shown = [['attack-sequence', 'told']];
/** It has each part that docs/reading-a-message.md explains. */
const READ: Shown = [['external-access', 'told']];

async function inLanguage(language: Language): Promise<Picture[]> {
  const all = await samples(SAMPLE_SETTINGS, language);
  const page = (shown: Shown) =>
    channelPage(
      shown.map(([name, state]) => messageOf(all, name, state)),
      language,
    );
  const phone = { width: PHONE, of: 'main' };
  return [
    { name: `message-${language}`, page: page(MESSAGE), ...phone },
    { name: `message-read-${language}`, page: page(READ), ...phone, script: annotation() },
    { name: `growth-${language}`, page: page(GROWTH), ...phone },
    { name: `closing-${language}`, page: page(CLOSINGS), ...phone, scale: 1.2 },
  ];
}

/** As it stands in that state, with what came into its thread then. */
function messageOf(all: readonly Sample[], name: string, state: SampleState): PageMessage {
  const sample = all.find((each) => each.name === name && each.state === state);
  if (!sample) throw new Error(`there is no sample problem ${name} that is ${state}`);
  const { message, replies } = sample;
  const { ts, text, blocks, at, edits } = message;
  return {
    ts,
    text,
    blocks,
    ...(edits > 0 ? { edited: String((at + MINUTE) / 1000) } : {}),
    replies: replies.map((reply) => ({ ...reply, broadcast: reply.broadcast === true })),
  };
}

const CARD_STYLE = 'main{padding:8px 0 14px!important;background:var(--paper)}.message{padding:8px 12px}';

function channelPage(messages: PageMessage[], language: Language): string {
  const channel: PageChannel = { ...SAMPLE_CHANNEL, description: '', language, messages };
  const shown = renderMessages(channel, { language, timeZone: SAMPLE_SETTINGS.timeZone, names: SAMPLE_NAMES });
  return renderDocument(html`<main>${shown}</main>`, {
    title: SAMPLE_CHANNEL.name,
    language,
    style: MESSAGE_STYLE + PAGE_STYLE + CARD_STYLE,
  });
}

async function pictures(): Promise<Picture[]> {
  const demo = await demoPage();
  const wide = { width: TERMINAL_WIDTH, of: 'main', scale: 1.5 };
  return [
    ...(await Promise.all(LANGUAGES.map(inLanguage))).flat(),
    { name: 'demo-en', page: demo, width: DESKTOP, tallest: 1000, scale: 1 },
    // The channels of the demo that are told in Japanese.
    { name: 'demo-ja', page: demo, width: PHONE, of: '#channel-1', tallest: 1200 },
    { name: 'doctor', page: await doctorScreen(), ...wide },
    { name: 'routes', page: await routesScreen(), ...wide },
  ];
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const all = await pictures();
  const unknown = wanted.filter((name) => !all.some((picture) => picture.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no picture ${unknown.join(', ')}: there are ${all.map(({ name }) => name).join(', ')}.`);
  for (const { name, page, ...options } of all.filter((picture) => wanted.length === 0 || wanted.includes(picture.name))) {
    const png = withPalette(await takePicture(page, options));
    writeFileSync(join(IMAGES, `${name}.png`), png);
    console.log(`docs/images/${name}.png  ${Math.round(png.length / 1000)} KB${png.length > HEAVY ? ', which is heavy' : ''}`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
