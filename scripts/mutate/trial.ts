/** Copies of the tree in which mutants are tried: the working tree itself is never touched. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `in circles`: its CPU time was spent. `timed out`: its time by the clock was, which a busy machine may spend as well. */
export type Outcome = 'failed' | 'passed' | 'in circles' | 'timed out' | 'stopped';

/** In seconds: of CPU for each process, of the clock for all. */
export interface Limits {
  cpu: number;
  clock: number;
}

interface JestReport {
  testResults: { name: string; startTime: number; endTime: number }[];
}

export class Trial {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();
  private stopped = false;
  /** What Jest wrote to standard error. */
  private said = '';

  constructor() {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split('\n').filter(existsSync);
    // A link of that name is no folder, which is all that .gitignore keeps out.
    for (const file of files) if (file !== 'node_modules') cpSync(file, join(this.folder, file));
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
  }

  /** Runs these tests one after the other until one fails, with another text in one of the files. */
  async run(tests: readonly string[], limits: Limits, change: { file: string; code: string }): Promise<Outcome> {
    const path = join(this.folder, change.file);
    const original = readFileSync(path, 'utf8');
    writeFileSync(path, change.code);
    const outcome = await this.jest(tests, limits, '--bail');
    if (outcome !== 'stopped') writeFileSync(path, original);
    return outcome;
  }

  /** @returns how long each of these test files takes as things are, in seconds. @throws Error where one fails. */
  async time(tests: readonly string[], limits: Limits): Promise<Map<string, number>> {
    const report = join(this.folder, 'report.json');
    const outcome = await this.jest(tests, limits, '--json', `--outputFile=${report}`);
    if (outcome === 'stopped') return new Map();
    if (outcome !== 'passed') throw new Error(`the tests fail without any mutant: mend them first\n${this.said}`);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
    return new Map(
      testResults.map(({ name, startTime, endTime }) => [
        name.slice(name.indexOf(this.folder) + this.folder.length + 1),
        (endTime - startTime) / 1000,
      ]),
    );
  }

  private jest(tests: readonly string[], limits: Limits, ...more: string[]): Promise<Outcome> {
    if (this.stopped) return Promise.resolve('stopped');
    const options = ['-i', '--silent', '--testSequencer=./scripts/mutate/in-order.cjs', ...more, '--runTestsByPath', ...tests];
    // The shell's limit, since Node.js has none of its own: the kernel ends what has used that much CPU.
    const limited = [`ulimit -t ${Math.ceil(limits.cpu)} && exec "$@"`, 'sh', process.execPath, 'node_modules/jest/bin/jest.js'];
    const child = spawn('sh', ['-c', ...limited, ...options], {
      cwd: this.folder,
      env: { ...process.env, MUTATE_ORDER: JSON.stringify(tests) },
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own: what a test started ends with it.
      detached: true,
    });
    this.child = child;
    this.said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      this.said = `${this.said}${chunk}`.slice(-5000);
    });
    const outcome = new Promise<Outcome>((ended, failed) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        this.kill();
      }, limits.clock * 1000);
      child.on('error', failed).on('exit', (code, signal) => {
        clearTimeout(timer);
        if (this.stopped) ended('stopped');
        else if (timedOut) ended('timed out');
        else if (signal === 'SIGXCPU' || signal === 'SIGKILL') ended('in circles');
        else ended(code === 0 ? 'passed' : 'failed');
      });
    });
    this.ended = outcome.catch(() => undefined);
    return outcome;
  }

  private kill(): void {
    if (this.child?.pid && this.child.exitCode === null && this.child.signalCode === null) process.kill(-this.child.pid, 'SIGKILL');
  }

  /** Ends what runs, and leaves nothing behind: what still writes could make the folder anew. May be called twice. */
  async close(): Promise<void> {
    this.stopped = true;
    this.kill();
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
