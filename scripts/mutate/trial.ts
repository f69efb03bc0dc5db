/** Copies of the tree in which mutants are tried: the working tree itself is never touched. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Outcome {
  how: 'failed' | 'passed' | 'timed out' | 'stopped';
  /** The test files that ran, in seconds; of one that failed, what it said. */
  ran: { file: string; seconds: number; failure?: string }[];
}

interface JestReport {
  testResults: { name: string; startTime: number; endTime: number; status: string; message: string }[];
}

export class Trial {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  private child: ChildProcess | undefined;
  private stopped = false;
  /** What Jest wrote to standard error. */
  private said = '';

  constructor() {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split('\n').filter(existsSync);
    for (const file of files) cpSync(file, join(this.folder, file));
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
  }

  /** Runs these tests one after the other until one fails, with another text in one of the files. */
  async run(tests: readonly string[], limitSeconds: number, change?: { file: string; code: string }, bail = true): Promise<Outcome> {
    const report = join(this.folder, 'report.json');
    rmSync(report, { force: true });
    const path = change && join(this.folder, change.file);
    const original = path && readFileSync(path, 'utf8');
    if (path) writeFileSync(path, change.code);
    const timedOut = await this.jest(tests, limitSeconds, ['--json', `--outputFile=${report}`, ...(bail ? ['--bail'] : [])]);
    if (path && original !== undefined && !this.stopped) writeFileSync(path, original);
    if (this.stopped || timedOut) return { how: this.stopped ? 'stopped' : 'timed out', ran: [] };
    if (!existsSync(report)) throw new Error(`Jest ended without a report: ${this.said.slice(-2000)}`);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
    const ran = testResults.map(({ name, startTime, endTime, status, message }) => ({
      file: name.slice(name.indexOf(this.folder) + this.folder.length + 1),
      seconds: (endTime - startTime) / 1000,
      ...(status === 'failed' ? { failure: message } : {}),
    }));
    return { how: ran.some(({ failure }) => failure !== undefined) ? 'failed' : 'passed', ran };
  }

  /** @returns whether it had to be ended. */
  private jest(tests: readonly string[], limitSeconds: number, more: string[]): Promise<boolean> {
    const order = ['-i', '--silent', '--testSequencer=./scripts/mutate/in-order.cjs', ...more, '--runTestsByPath', ...tests];
    const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...order], {
      cwd: this.folder,
      env: { ...process.env, MUTATE_ORDER: JSON.stringify(tests) },
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own: what a test started ends with it.
      detached: true,
    });
    this.child = child;
    this.said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      this.said = `${this.said}${chunk}`.slice(-20_000);
    });
    return new Promise((ended, failed) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        this.kill();
      }, limitSeconds * 1000);
      child.on('error', failed).on('exit', () => {
        clearTimeout(timer);
        ended(timedOut);
      });
    });
  }

  private kill(): void {
    if (this.child?.pid && this.child.exitCode === null && this.child.signalCode === null) process.kill(-this.child.pid, 'SIGKILL');
  }

  /** Ends what runs, and leaves nothing behind. May be called twice. */
  close(): void {
    this.stopped = true;
    this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
