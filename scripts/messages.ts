/**
 * `npm run messages`: writes test/messages, where each file is what a channel shows at one moment, as plain text. They are there to
 * be read: whoever changes a message reads the files that changed, as somebody who sees only them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SAMPLE_SETTINGS } from '../cli/samples/settings';
import { SAMPLE_CHANNEL, SAMPLE_NAMES, type Sample, samples } from '../cli/samples/told';
import { renderTerminal, type TerminalMessage } from '../cli/show/terminal';
import { LANGUAGES, type Language } from '../config/schema';
import { LOOK_FOR } from './messages-look-for';

export const FOLDER = join(__dirname, '../test/messages');

/** About what a phone shows beside each other. */
const WIDTH = 72;

/** Each file's text, by its path below the folder. */
export async function messageFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const language of LANGUAGES)
    for (const sample of await samples(SAMPLE_SETTINGS, language))
      files.set(`${language}/${sample.name}-${sample.state}.txt`, fileOf(sample));
  return files;
}

function fileOf({ name, state, ending, language, message, replies }: Sample): string {
  const words = LOOK_FOR[language];
  const about = [`${name}, ${state}${state === 'closed' ? ` (${ending})` : ''}.`, words.state[state], words.name[name] ?? ''];
  const head = `${about
    .filter(Boolean)
    .map((line) => `# ${line}`)
    .join('\n')}\n`;
  const parts = [
    ...replies.map((reply) =>
      part(reply, reply.broadcast ? words.broadcast : words.reply, { thread: { broadcast: reply.broadcast === true } }),
    ),
    part(message, state === 'told' ? words.message : words.edited, { edited: state !== 'told' }),
  ];
  return [head, ...(state !== 'told' && replies.length === 0 ? [`${words.silent}\n`] : []), ...parts].join('\n');
}

/** An edit notifies nobody. */
function part({ text, blocks }: Sample['message'], title: string, how: Pick<TerminalMessage, 'thread' | 'edited'>): string {
  const notification = how.edited ? '' : `${text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')}\n\n`;
  const shown = renderTerminal(
    { text, blocks, channel: `#${SAMPLE_CHANNEL.name}`, ...how },
    { width: WIDTH, colour: false, names: SAMPLE_NAMES },
  );
  return `## ${title}\n\n${notification}${shown}`;
}

async function main(): Promise<void> {
  const files = await messageFiles();
  for (const language of LANGUAGES satisfies readonly Language[]) rmSync(join(FOLDER, language), { recursive: true, force: true });
  for (const [name, text] of files) {
    mkdirSync(dirname(join(FOLDER, name)), { recursive: true });
    writeFileSync(join(FOLDER, name), text);
  }
  console.log(`wrote ${files.size} files below test/messages: read those that changed`);
}

if (require.main === module) void main();
