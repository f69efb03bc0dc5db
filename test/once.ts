/** What is dear to make and the same for every file of tests: made once a run of Jest, whichever worker is first. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param of what it is made of, whole: JSON of another text is another folder. The sources do not change within a run.
 * @param make fills a folder that is there. Where it throws, nothing is kept.
 * @returns the folder, for reading only: it is everybody's.
 */
export function once(name: string, of: unknown, make: (folder: string) => void): string {
  const run = process.env.JEST_RUN_FOLDER;
  if (run === undefined) throw new Error('JEST_RUN_FOLDER is not set: test/run-folder.cjs sets it, as Jest’s globalSetup');
  const hash = createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 16);
  const folder = join(run, `${name}-${hash}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making);
  make(making);
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another worker was first.
    if (!existsSync(folder)) throw error;
    rmSync(making, { recursive: true });
  }
  return folder;
}
