/** The figures as Markdown tables. */
import { type Figures, sum } from './measured';
import type { Bundle } from './bundles';
import type { FirstDay } from './first-day';
import type { Memory } from './memory';
import type { Lone, Phase, Size, Storm } from './scenarios';

type Cell = string | number;

function table(head: string[], rows: Cell[][]): string {
  const line = (cells: Cell[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

const of = (figure: number, count: number) => (figure / Math.max(1, count)).toFixed(figure === 0 ? 0 : 2);
/** What the ledger in memory takes is taken off by the clock: of a few findings nothing may be left. */
const cpuOf = (milliseconds: number, count: number) => (milliseconds > 0 ? of(milliseconds, count) : '–');
const MB = (bytes: number) => (bytes / 1e6).toFixed(0);

function invocations({ invocations: counted }: Figures): string {
  return Object.entries(counted)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

export function phasesTable(phases: readonly Phase[]): string {
  return table(
    [
      '',
      'design',
      'CPU ms a finding',
      'ledger calls a finding',
      'invocations',
      'Slack calls',
      'of which tell somebody',
      'Bedrock calls',
      'heap MB',
    ],
    phases.flatMap(({ name, findings, core, naive }) =>
      (
        [
          ['this', core],
          ['naive', naive],
        ] as const
      ).map(([design, figures]) => [
        `${name} (${findings})`,
        design,
        cpuOf(figures.cpu, findings),
        of(figures.ledgerCalls, findings),
        invocations(figures),
        figures.slackCalls,
        (figures.slack.post ?? 0) + (figures.slack.reply ?? 0),
        figures.bedrockCalls,
        MB(figures.heap),
      ]),
    ),
  );
}

export function loneTable(lones: readonly Lone[]): string {
  const cell = ({ ledgerCalls, slackCalls, invocations: counted }: Figures) => `${ledgerCalls} (${counted.deliver ?? 0} for ${slackCalls})`;
  return table(
    ['ledger calls (invocations of deliver for Slack calls)', ...lones.map(({ severity }) => severity)],
    [
      ['first of its account and control', ...lones.map(({ unknown }) => cell(unknown))],
      ['of a known account, a new control', ...lones.map(({ knownAccount }) => cell(knownAccount))],
      ['of a known account and control', ...lones.map(({ knownWords }) => cell(knownWords))],
      ['sent again unchanged', ...lones.map(({ again }) => cell(again))],
      ['mended', ...lones.map(({ closing }) => cell(closing))],
    ],
  );
}

export function stormTable(storms: readonly Storm[]): string {
  return table(
    [
      'findings of one problem in 100 s',
      'ledger calls a finding',
      'CPU ms a finding',
      'invocations',
      'Slack calls',
      'rise to CRITICAL told after, s',
      'largest row, KB',
    ],
    storms.map(({ findings, figures, rise, largestRow }) => [
      findings,
      of(figures.ledgerCalls, findings),
      cpuOf(figures.cpu, findings),
      invocations(figures),
      figures.slackCalls,
      (rise / 1000).toFixed(0),
      (largestRow / 1024).toFixed(0),
    ]),
  );
}

export function sizesTable(sizes: readonly Size[]): string {
  return table(
    ['resources', 'one more: rows read', 'KB read', 'ledger calls', 'one mended: rows read', 'KB read', 'ledger calls', 'largest row, KB'],
    sizes.map(({ resources, tellings, growth, closing, largestRow }) => [
      resources,
      ...[growth, closing].flatMap((each) => [
        of(each.rowsRead, tellings),
        of(each.bytesRead / 1024, tellings),
        of(each.ledgerCalls, tellings),
      ]),
      (largestRow / 1024).toFixed(0),
    ]),
  );
}

export function bundlesTable(all: readonly Bundle[], nodes: readonly string[]): string {
  return table(
    ['function', 'KB', ...nodes.map((node) => `ready after, ms (${node})`)],
    all.map(({ name, bytes, coldStart }) => [name, (bytes / 1000).toFixed(0), ...coldStart.map((time) => time.toFixed(0))]),
  );
}

export function memoryTable(memories: readonly Memory[]): string {
  return table(
    ['resources', 'deliver used at most, MB'],
    memories.map(({ resources, used }) => [resources, used]),
  );
}

export function firstDayTable(days: readonly FirstDay[]): string {
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(0);
  return table(
    [
      'findings',
      'problems',
      ...(days[0]?.urgent.map(({ what }) => `${what}: told after, s`) ?? []),
      'last first message after, s',
      'posts, replies, edits',
      'invocations',
      'lost',
      'repeated',
      'dead letters',
    ],
    days.map(({ findings, problems, urgent, last, slack, world, lost, repeated }) => [
      findings,
      problems,
      ...urgent.map(({ after }) => seconds(after)),
      seconds(last),
      [slack.posts.length, slack.replies.length, slack.count('update')].join(', '),
      world.invocations,
      lost,
      repeated,
      world.dead.length,
    ]),
  );
}

/** Where the calls go, the most first. */
export function callsTable(columns: readonly [name: string, figures: Figures, findings: number][]): string {
  const names = new Set(columns.flatMap(([, { calls }]) => [...calls.keys()]));
  const value = (name: string, { calls }: Figures, findings: number) => (calls.get(name) ?? 0) / findings;
  const rows = [...names].sort(
    (a, b) => sum(columns.map(([, f, n]) => value(b, f, n))) - sum(columns.map(([, f, n]) => value(a, f, n))) || a.localeCompare(b),
  );
  return table(
    ['calls a finding', ...columns.map(([name]) => name)],
    rows.map((name) => [name, ...columns.map(([, figures, findings]) => value(name, figures, findings).toFixed(2))]),
  );
}
