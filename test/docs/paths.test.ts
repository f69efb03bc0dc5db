/** What README and docs name is there: files and folders, headings that links lead to, and npm's scripts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { drawRooms, PICTURE, ROOMS } from '../../scripts/rooms';

const PAGES = [
  ...['README.md', 'README.ja.md', 'cli/demo/findings/README.md', 'work/README.md'],
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? `docs/${name}` : [])),
];
const FOLDERS = ['cli', 'config', 'docs', 'handlers', 'local', 'phrasebook', 'scripts', 'stacks', 'test', 'work'];
const files = FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
const names = new Set([...readdirSync('.'), ...files.map((file) => basename(file))]);

/** What an operator or a command makes: an export, a transcript, the record of a deployment. */
const MADE = /^work\/.|^config\/(?:recorded\.json$|phrasebook(?:\/|$))/;
const PATH = new RegExp(`(?<![\\w./@-])(?:${FOLDERS.join('|')})/[\\w./*-]*`, 'g');
/** A file that is named without its folder. */
const NAME = /^[\w.-]+\.(?:ts|js|cjs|mjs|json|yaml|md|grit|svg)$/;

const read = (page: string) => readFileSync(page, 'utf8');
const withoutBlocks = (page: string) => read(page).replaceAll(/^```[\s\S]*?^```$/gm, '');
const spans = (page: string) => [...withoutBlocks(page).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);

function isThere(path: string): boolean {
  if (!path.includes('*')) return existsSync(path);
  const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  return files.some((file) => pattern.test(file));
}

describe.each(PAGES)('%s', (page) => {
  test('names no path that does not exist', () => {
    const paths = (read(page).match(PATH) ?? []).map((path) => path.replace(/[./]+$/, ''));
    expect(paths.filter((path) => !MADE.test(path) && !isThere(path))).toEqual([]);
  });

  test('names no file by its name alone that is nowhere', () => {
    expect(spans(page).filter((span) => NAME.test(span) && !names.has(span))).toEqual([]);
  });

  test('links to no file and no heading that does not exist', () => {
    const links = [...withoutBlocks(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      return !existsSync(file) || (anchor !== undefined && !headings(file).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('names no script of npm and no command that does not exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const run = [...read(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(run.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
    const hub = [...read(page).matchAll(/npm run (?:--silent )?hub -- ([a-z][\w-]*)/g)].map(([, name = '']) => name);
    // A command is a file; importing them all would take longer than everything else here.
    expect(hub.filter((name) => !existsSync(`cli/${name}.ts`))).toEqual([]);
  });
});

/** As GitHub makes anchors of headings. */
function headings(page: string): string[] {
  return [...withoutBlocks(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('pages name enough to be looked for, or the looking is broken', () => {
  expect(read('docs/architecture.md').match(PATH)?.length).toBeGreaterThan(20);
  expect(spans('docs/architecture.md').filter((span) => NAME.test(span)).length).toBeGreaterThan(0);
});

describe('the picture of the rooms', () => {
  test('is as scripts/rooms.ts draws it; where it is not: npx tsx scripts/rooms.ts', () => {
    expect(readFileSync(PICTURE, 'utf8')).toBe(drawRooms());
  });

  test('shows rooms that are there, and every folder of handlers, its domain and the top', () => {
    const drawn = ROOMS.flatMap(({ name, look }) => (look === 'outside' ? [] : name));
    expect(drawn.filter((name) => !existsSync(name))).toEqual([]);
    const folders = ['handlers', 'handlers/domain'].flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? `${folder}/${entry.name}` : [])),
    );
    const top = FOLDERS.filter((folder) => !['docs', 'phrasebook', 'work'].includes(folder));
    expect([...folders, ...top].filter((folder) => !drawn.includes(folder))).toEqual([]);
  });
});
