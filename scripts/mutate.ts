/**
 * `npm run mutate`: breaks the code in one place at a time and sees whether a test notices. What survives is a fact that
 * no test states, or code that nothing needs.
 *
 *   npm run mutate -- [--count 300] [--seed 1] [--budget 60] [--workers 2] [paths]
 *
 * The mutants are chosen by the seed, as many of each kind. Of each mutant the nearest tests run, until one fails or
 * the budget (seconds of CPU that the tests take when nothing is broken) is spent. What uses up several times as much
 * CPU time goes in circles and is killed; what merely takes long says nothing, since the machine may be busy, and is
 * listed apart. All of it happens in copies below the system's temporary folder; Ctrl-C ends it, with what was found so
 * far, and leaves nothing behind.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { parse } from 'yaml';
import { seeded } from '../cli/simulate/world/random';
import { KINDS, type Mutant, mutantsOf } from './mutate/mutants';
import { testsBySource } from './mutate/near';
import { Trial } from './mutate/trial';

/** What builds bundles, reads templates or starts processes says little of one line, and takes long. */
const FAR = /^test\/(e2e|deploy|stacks|architecture|iam|cli\/audit)\/|\.slow\.test\.ts$/;
/** A mutant ends after so many times what its tests take, and no sooner than `least`: seconds of CPU, and of the clock. */
const LIMITS = { cpu: { times: 4, least: 40 }, clock: { times: 15, least: 300 } };
/** Test files that are timed in one process. */
const TOGETHER = 6;
const EQUIVALENT = 'scripts/mutate/equivalent.yaml';
const USAGE = 'npm run mutate -- [--count 300] [--seed 1] [--budget 60] [--workers 2] [paths]';

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        count: { type: 'string', default: '300' },
        seed: { type: 'string', default: '1' },
        budget: { type: 'string', default: '60' },
        workers: { type: 'string', default: String(availableParallelism()) },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

const { values, positionals } = asked();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const paths = positionals.length > 0 ? positionals : ['handlers/domain', 'config', 'handlers/adapters'];
const absent = paths.find((path) => !existsSync(path));
if (absent !== undefined) {
  console.error(`${absent} does not exist: name files or folders from the root of the repository\n${USAGE}`);
  process.exit(2);
}
const [count, seed, budget, workers] = [values.count, values.seed, values.budget, values.workers].map(Number) as [
  number,
  number,
  number,
  number,
];

function sourcesIn(path: string, end: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
  return names.filter((name) => name.endsWith(end)).sort();
}

/** As many of each kind, as far as there are. */
function chosen(all: Mutant[]): Mutant[] {
  const random = seeded(seed);
  const shuffled = all.map((mutant) => ({ mutant, at: random() })).sort((a, b) => a.at - b.at);
  const kinds = KINDS.map((kind) => shuffled.filter(({ mutant }) => mutant.kind === kind));
  return Array.from({ length: Math.max(...kinds.map(({ length }) => length)) }, (_, n) => kinds.flatMap((of) => of[n]?.mutant ?? []))
    .flat()
    .slice(0, count);
}

const changeOf = ({ original, replacement }: Mutant) => `${shortened(original)} → ${shortened(replacement)}`;
const shortened = (text: string) => text.replace(/\s+/g, ' ').slice(0, 80);

/** @throws Error that names the file and the place in it. */
function explanations(): { line: string; change: string; reason: string }[] {
  try {
    return parse(readFileSync(EQUIVALENT, 'utf8')) ?? [];
  } catch (error) {
    throw new Error(`${EQUIVALENT} cannot be read: ${(error as Error).message}`);
  }
}
let explained: ReturnType<typeof explanations> = [];
const isExplained = (mutant: Mutant) => explained.some(({ line, change }) => line === mutant.text && change === changeOf(mutant));

const mutants = chosen(paths.flatMap((path) => sourcesIn(path, '.ts')).flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8'))));
const near = testsBySource(sourcesIn('test', '.test.ts').filter((test) => !FAR.test(test)));
const trials: Trial[] = [];
let [tried, killed, circles, survived, equal, unknown] = [0, 0, 0, 0, 0, 0];

const bar = new SingleBar({ stream: process.stderr, format: '{bar} {value}/{total} {what}', hideCursor: true, clearOnComplete: true });
const say = (line: string) => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  console.log(line);
};

/** Each at the worker that is free. */
async function each<T>(items: readonly T[], work: (item: T, trial: Trial) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    trials.map(async (trial) => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item, trial);
    }),
  );
}

/** How much CPU time each test file takes while nothing is broken. @throws Error where one fails already. */
async function timed(tests: string[]): Promise<Map<string, number>> {
  const seconds = new Map<string, number>();
  const groups = Array.from({ length: Math.ceil(tests.length / TOGETHER) }, (_, n) => tests.slice(n * TOGETHER, (n + 1) * TOGETHER));
  bar.start(tests.length, 0, { what: 'test files as they are' });
  await each(groups, async (group, trial) => {
    for (const [file, took] of await trial.time(group, { cpu: 600, clock: 1800 })) seconds.set(file, took);
    bar.update(seconds.size);
  });
  bar.stop();
  return seconds;
}

/** Tests mirror the tree: test/domain/problem/plan.test.ts is of handlers/domain. */
const mirrors = (test: string, file: string) => file.split('/').includes(test.split('/')[1] ?? '');

async function tryMutant(mutant: Mutant, seconds: Map<string, number>, trial: Trial): Promise<void> {
  let spent = 0;
  const tests = [...(near.get(mutant.file) ?? [])]
    .sort(
      ([a, far], [b, farther]) =>
        Number(mirrors(b, mutant.file)) - Number(mirrors(a, mutant.file)) || far - farther || (seconds.get(a) ?? 0) - (seconds.get(b) ?? 0),
    )
    .flatMap(([test]) => {
      const takes = seconds.get(test) ?? 0;
      if (spent > 0 && spent + takes > budget) return [];
      spent += takes;
      return test;
    });
  const limits = {
    cpu: Math.max(LIMITS.cpu.least, spent * LIMITS.cpu.times),
    clock: Math.max(LIMITS.clock.least, spent * LIMITS.clock.times),
  };
  const outcome = tests.length === 0 ? 'passed' : await trial.run(tests, limits, mutant);
  if (outcome === 'stopped') return;
  const told = (what: string) =>
    say(
      `${what}  ${mutant.file}:${mutant.line}  ${mutant.kind}  ${changeOf(mutant)}   (${tests.length} test files, ${spent.toFixed(0)} s of CPU)\n          ${mutant.text}`,
    );
  tried++;
  if (outcome === 'failed') killed++;
  else if (outcome === 'in circles') circles++;
  else if (outcome === 'timed out') {
    unknown++;
    told('too long ');
  } else if (isExplained(mutant)) equal++;
  else {
    survived++;
    told('survived ');
  }
  bar.update(tried, { what: mutant.file });
  if (!process.stderr.isTTY && tried % 20 === 0) console.error(`${tried} of ${mutants.length}`);
}

function summary(): string {
  const [dead, of] = [killed + circles, tried - equal - unknown];
  const share = of > 0 ? ((100 * dead) / of).toFixed(1) : '–';
  return `${tried} mutants of ${paths.join(', ')} (seed ${seed}): ${killed} killed by a test, ${circles} went in circles, ${survived} survived, ${equal} explained in ${EQUIVALENT}, ${unknown} took too long to tell; ${share} % killed of those that can be`;
}

const closed = () => Promise.all(trials.map((trial) => trial.close()));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    bar.stop();
    console.log(`stopped: ${summary()}`);
    await closed();
    process.exit(130);
  });
}

async function main(): Promise<void> {
  try {
    explained = explanations();
    for (let n = 0; n < workers; n++) trials.push(new Trial());
    const tests = [...new Set(mutants.flatMap(({ file }) => [...(near.get(file)?.keys() ?? [])]))];
    console.error(`${mutants.length} mutants; first ${tests.length} test files as they are, on ${workers} workers`);
    const seconds = await timed(tests);
    bar.start(mutants.length, 0, { what: '' });
    await each(mutants, (mutant, trial) => tryMutant(mutant, seconds, trial));
    bar.stop();
    console.log(summary());
    process.exitCode = survived + unknown > 0 ? 1 : 0;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 2;
  } finally {
    bar.stop();
    await closed();
  }
}

void main();
