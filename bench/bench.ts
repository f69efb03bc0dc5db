/**
 * `npm run bench`: measures this core and the naive design, and writes docs/bench.md. `-- --small` plays a tenth of it and writes
 * nothing; `-- --whole` plays the first day with 100,000 findings, which takes a quarter of an hour and 4 GB; `-- --node PATH` starts the
 * bundles with another Node as well.
 */
import { writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { execFileSync } from 'node:child_process';
import { type Bundle, bundles } from './bundles';
import { chart } from './chart';
import { type FirstDay, firstDay } from './first-day';
import { LIMIT, type Memory, memoryOf } from './memory';
import { type Lone, lone, organizationOf, type Phase, problemOf, type Size, type Storm, storm } from './scenarios';
import { bundlesTable, callsTable, firstDayTable, loneTable, memoryTable, phasesTable, sizesTable, stormTable } from './tables';

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    node: { type: 'string', multiple: true, default: [] },
  },
});
const scale = values.small ? 10 : 1;
const TELLINGS = 65;
const NODES = [process.execPath, ...values.node];

async function each<T>(numbers: readonly number[], play: (number: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (const number of numbers) {
    const begun = performance.now();
    all.push(await play(number));
    process.stderr.write(`${play.name} ${number}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  }
  return all;
}

async function main(): Promise<void> {
  // The first run compiles: it is not measured.
  await organizationOf(100);
  const lones = [await lone('CRITICAL'), await lone('HIGH')];
  const organizations = await each([100, 1000, 10_000 / scale], organizationOf);
  const storms = await each([1000 / scale, 10_000 / scale], storm);
  const days = await each([(values.whole ? 100_000 : 10_000) / scale], firstDay);
  const memories = await each([100, 10_000 / scale, 100_000 / scale], memoryOf);
  const started = await bundles(NODES);
  const sizes: Size[] = [];
  // The last takes some minutes: what is known before it is written before it.
  for (const resources of [100, 10_000 / scale, 100_000 / scale]) {
    sizes.push(...(await each([resources], sizeOf)));
    write({ lones, organizations, storms, days, memories, started, sizes });
  }
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}

function sizeOf(resources: number): Promise<Size> {
  return problemOf(resources, TELLINGS);
}

interface Played {
  lones: readonly Lone[];
  organizations: readonly Phase[][];
  storms: readonly Storm[];
  days: readonly FirstDay[];
  memories: readonly Memory[];
  started: readonly Bundle[];
  sizes: readonly Size[];
}

function write({ lones, organizations, storms, days, memories, started, sizes }: Played): void {
  const [small, large] = [storms[0], storms[1]];
  const [critical, high] = lones;
  const parts = [
    '# What it costs, measured',
    `By \`npm run bench\` (Node ${process.versions.node}, ${arch()}, ${cpus().length} processors): both designs in one process, in turns, on the same events. This core runs in the simulated world, its use cases and its queues in virtual time; the naive design is \`bench/naive.ts\`: one function, one Bedrock call with the whole finding, one webhook post for every matching event. CPU is the process's, without what the ledger in memory takes; no SDK client and no network is in it, of neither design. Heap is what the whole world holds with its table. Bars of the picture are by the square root. Times differ from machine to machine; calls and sizes do not, and \`test/bench\` keeps them.`,
    '## The same events for both',
    '25 findings a control, one control of ten CRITICAL, 500 accounts, five receivers, within 100 seconds; then, marked NOTIFIED, all of them again unchanged, one tenth more, and all of them mended. The naive design tells re-emissions again and mended findings not at all.',
    '![What both designs ask of Slack, Bedrock and the processor](images/bench.svg)',
    ...organizations.map(phasesTable),
    '## One finding alone',
    loneTable(lones),
    '## A storm of one problem',
    stormTable(storms),
    '## Problems of any size',
    `A telling of one more resource (a reply and an edit) and the edit for one that is mended, the mean of ${TELLINGS}: so many that the log of the problem's row fills and empties once.`,
    sizesTable(sizes),
    `What deliver takes of memory: its bundle in a function of ${LIMIT} MB on the local cloud (\`bench/memory.ts\`), ten more resources and ten mended, one after the other, of a problem whose rows were put into the table directly. The process of Node itself is taken to be 40 MB.`,
    memoryTable(memories),
    '## A first day',
    'All findings of 200 controls within ten minutes, of a fiftieth as many accounts in 228 OUs, to 40 receivers; a tenth is of one control, which one receiver hears of for all accounts. Slack, Organizations, Security Hub, SQS and the partitions of the table keep their limits, functions their concurrency, and each call takes 5 ms. After seven minutes one finding of the largest problem rises to CRITICAL, and a CRITICAL comes in an account that nobody knew. The whole, 100,000 findings: `npm run bench -- --whole`.',
    firstDayTable(days),
    '## The bundles',
    'As deployed; from the start of a process until its handler is there, the fastest of seven. `test/bench` keeps the sizes.',
    bundlesTable(started, NODES.map(versionOf)),
    '## Where the calls go',
    ...(critical && high && small && large
      ? [
          callsTable([
            ['lone CRITICAL, new control', critical.knownAccount, 1],
            ['lone HIGH, new control', high.knownAccount, 1],
            ['mended', critical.closing, 1],
            [`storm of ${small.findings}`, small.figures, small.findings],
            [`storm of ${large.findings}`, large.figures, large.findings],
          ]),
        ]
      : []),
  ];
  const page = `${parts.join('\n\n')}\n`;
  if (values.small) {
    process.stdout.write(page);
    return;
  }
  writeFileSync('docs/bench.md', page);
  writeFileSync('docs/images/bench.svg', chart(organizations.at(-1) ?? []));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
