/** `npm run bench`: measures this core and the naive design, and writes docs/bench.md. `-- --small` plays a tenth of it and writes nothing. */
import { writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chart } from './chart';
import { type Lone, lone, organizationOf, type Phase, problemOf, type Size, type Storm, storm } from './scenarios';
import { callsTable, loneTable, phasesTable, sizesTable, stormTable } from './tables';

const { values } = parseArgs({ options: { small: { type: 'boolean', default: false } } });
const scale = values.small ? 10 : 1;

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
  const sizes: Size[] = [];
  // The last takes some minutes: what is known before it is written before it.
  for (const resources of [100, 10_000 / scale, 100_000 / scale]) {
    sizes.push(...(await each([resources], problemOf)));
    write(lones, organizations, storms, sizes);
  }
}

function write(lones: readonly Lone[], organizations: readonly Phase[][], storms: readonly Storm[], sizes: readonly Size[]): void {
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
    'A telling of one more resource (a reply and an edit) and the edit for one that is mended.',
    sizesTable(sizes),
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
