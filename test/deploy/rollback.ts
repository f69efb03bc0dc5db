/** The facts about going back: a later version is deployed from another work tree, and `rollback` brings the earlier one back. */
import { spawn } from 'node:child_process';
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { moveAliases } from './aliases';
import { cdk, type CdkOptions, environmentOf } from './cdk';
import { runFunctions } from './functions';
import type { Ground } from './ground';
import { quiet } from './quiet';
import type { Run } from './run-parts';
import { stacksOf } from './stack';
import { channel, demoEvent, idle, put, takenIn, until, wordsOf, type World } from './world';

const CARDS = 'C0CARDS0001';
const SANDBOX = 'C0SANDBOX01';
/** What the later version's messages say, and no earlier one's. */
const LATER = { file: 'handlers/domain/message/words.ts', from: [`route: 'route'`, `route: '通知ルート'`], to: `route: 'LATER'` };
const COPIED = ['cdk.json', 'config', 'handlers', 'package-lock.json', 'package.json', 'phrasebook', 'stacks', 'tsconfig.json'];

/** @param deploy the words that follow `cdk`. @returns the world with the functions that are live in the end. */
export async function earlierComesBack(
  world: World,
  { run, ground, options, deploy }: { run: Run; ground: Ground; options: CdkOptions; deploy: string[] },
): Promise<World> {
  const { aws } = world;
  const { check } = run.progress;
  const earlier = versionOf(world);
  const cwd = laterWorkTree(run.folder);
  const output = `${options.output}.later`;
  // moto does not say as AWS does that no older change set is there, and forgets defaults that are to be kept.
  await cdk([...deploy, '--method', 'direct', '--no-previous-parameters'], { ...options, output, cwd });
  const [stack] = await stacksOf(aws, output);
  if (!stack) throw new Error('The later version has no stack.');
  await moveAliases(aws, stack.resources);
  await quiet(aws, world.sources, world.rules);
  const live = async (): Promise<World> => ({
    ...world,
    functions: await runFunctions(aws, stack.resources, { ...run, where: ground.where, standIns: ground.standIns }),
  });

  const now = await live();
  const later = versionOf(now);
  await check(`a later version (${later}) is live, and tells in its own words, with its name in the footer`, async () => {
    assert.notEqual(later, earlier);
    await put(now, demoEvent('04', now.ids));
    await until(now, () => channel(now, CARDS).messages.length > 0);
    assert.match(wordsIn(now, CARDS), /LATER/);
    assert.ok(wordsIn(now, CARDS).includes(later));
    await until(now, () => idle(now));
  });
  await put(now, demoEvent('22', now.ids));
  await check('rollback says what waits and in which order it goes, and moves all functions', async () => {
    assert.equal(await takenIn(now), false);
    const said = await hub(['rollback', '--yes', '--config', options.config], options);
    assert.match(said, new RegExp(`To ${escaped(earlier)}, deployed .*, in place of ${escaped(later)}:`));
    assert.match(said, /1 event to be taken in/);
    assert.match(said, /order: intake 1?\d → \d+, tick \d+ → \d+, enroll \d+ → \d+, deliver \d+ → \d+/);
  });
  const back = await live();
  await check('the earlier code is back, and tells what waited', async () => {
    assert.equal(versionOf(back), earlier);
    await until(back, () => channel(back, SANDBOX).messages.length > 0);
    assert.doesNotMatch(wordsIn(back, SANDBOX), /LATER/);
    assert.ok(wordsIn(back, SANDBOX).includes(earlier));
    await until(back, () => idle(back));
  });
  await check('versions says so, and since when', async () => {
    const said = await hub(['versions', '--config', options.config], options);
    assert.match(said, new RegExp(`^live +${escaped(earlier)} .* since \\d{4}-`, 'm'));
    assert.match(said, new RegExp(`^ +${escaped(later)} .* deployed \\d{4}-`, 'm'));
  });
  return back;
}

/** The version that every function of it was told. */
function versionOf({ functions }: World): string {
  const names = new Set([...functions.values()].map(({ definition }) => definition.variables.INTERPRETER_VERSION ?? ''));
  assert.equal(names.size, 1, [...names].join(', '));
  return [...names][0] ?? '';
}

function wordsIn(world: World, id: string): string {
  return channel(world, id).messages.map(wordsOf).join('\n');
}

/** A copy of what is deployed from, with one thing other. It is no repository, so the release names it. */
function laterWorkTree(folder: string): string {
  const cwd = join(folder, 'later');
  mkdirSync(cwd);
  for (const each of COPIED) cpSync(each, join(cwd, each), { recursive: true });
  symlinkSync(resolve('node_modules'), join(cwd, 'node_modules'));
  const file = join(cwd, LATER.file);
  const text = readFileSync(file, 'utf8');
  const changed = LATER.from.reduce((changing, from) => changing.replace(from, LATER.to), text);
  assert.equal(changed.split(LATER.to).length, 3, `${LATER.file} has no longer what the later version says otherwise`);
  writeFileSync(file, changed);
  return cwd;
}

/** `npm run hub -- …`, as an operator runs it. @returns what it printed. @throws Error with it, when it ends with another status than 0. */
async function hub(args: string[], options: CdkOptions): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/hub.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentOf(options),
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const status = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  if (status !== 0) throw new Error(`hub ${args.join(' ')} ended with ${status}:\n${printed}`);
  return printed;
}

function escaped(text: string): string {
  return text.replace(/[.+]/g, '\\$&');
}
