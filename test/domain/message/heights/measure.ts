/**
 * How high messages stand on a phone, 390 CSS pixels wide, in the demo page's own rendering:
 * `npx tsx test/domain/message/heights/measure.ts`, or of another commit `… measure.ts COMMIT`. With `--pictures FOLDER` also how they look.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES } from '../../../../config/schema';
import { takePicture } from '../../../../scripts/chromium';
import { renderCard } from '../../../../scripts/picture';
import { NOW } from '../../made';
import { SAMPLES } from './samples';

const WIDTH = 390;
const HERE = 'test/domain/message/heights';

/** A PNG's height stands behind its width in the first chunk. https://www.w3.org/TR/png-3/#11IHDR */
export function heightOf(png: Buffer): number {
  return png.readUInt32BE(20);
}

/** Of the message without the page around it, in CSS pixels, by sample and language. @param folder where pictures are to be left. */
export async function heights(folder?: string): Promise<Record<string, number>> {
  const measured: Record<string, number> = {};
  const page = { timeZone: 'Asia/Tokyo', at: NOW };
  const frame = heightOf(await takePicture(renderCard({ text: '', blocks: [] }, { language: 'en', ...page }), { width: WIDTH, scale: 1 }));
  for (const [name, make] of Object.entries(SAMPLES))
    for (const language of LANGUAGES) {
      const message = make(language);
      const html = renderCard(message, { language, ...page });
      const picture = await takePicture(html, { width: WIDTH, scale: 1 });
      measured[`${name} ${language}`] = heightOf(picture) - frame + SENDER;
      if (!folder) continue;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${name.replaceAll(' ', '-')}-${language}.png`), picture);
      writeFileSync(join(folder, `${name.replaceAll(' ', '-')}-${language}.txt`), `${message.text}\n`);
    }
  return measured;
}

/** The line that names who speaks, and when, which each message has. */
const SENDER = 22;

/** The same of a commit, by these very samples, in a work tree that is removed again. */
function ofCommit(commit: string): void {
  const tree = mkdtempSync(join(tmpdir(), 'heights-'));
  try {
    execFileSync('git', ['worktree', 'add', '--detach', '--force', tree, commit], { stdio: 'ignore' });
    if (!existsSync(join(tree, 'node_modules'))) symlinkSync(join(process.cwd(), 'node_modules'), join(tree, 'node_modules'));
    cpSync(HERE, join(tree, HERE), { recursive: true });
    execFileSync('npx', ['tsx', join(HERE, 'measure.ts')], { cwd: tree, stdio: 'inherit' });
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', tree]);
    rmSync(tree, { recursive: true, force: true });
  }
}

async function main([first, second]: string[]): Promise<void> {
  if (first && first !== '--pictures') return ofCommit(first);
  for (const [name, height] of Object.entries(await heights(second))) process.stdout.write(`${name.padEnd(26)} ${height}\n`);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
