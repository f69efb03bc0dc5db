/** `npm run operations`: writes into docs/operations.md what the stack is made of: its alarms, its metrics, its saved queries. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LINE_METRICS, METRICS, type MetricSpec } from '../config/metrics';
import { Alarms, type AlarmSpec, type Harm, HARMS } from '../stacks/constructs/alarms';
import { PROJECT } from '../stacks/constructs/bundling';
import { QUERIES } from '../stacks/constructs/queries';
import { type Mode, withHub } from './example-hub';

export const OPERATIONS = join(PROJECT, 'docs/operations.md');

/** A mode that is new does not compile until it stands here. */
const MODES: Record<Mode, true> = { 'stack-sets': true, 'central-configuration': true, none: true };

/** The alarms of every mode, each once, in the order of the stacks. */
export function allAlarms(): AlarmSpec[] {
  const all = (Object.keys(MODES) as Mode[]).flatMap((mode) =>
    withHub(mode, (hub) => hub.node.findAll().flatMap((construct) => (construct instanceof Alarms ? construct.specs : []))),
  );
  return [...new Map(all.map((spec) => [spec.name, spec])).values()];
}

/**
 * The page with each part between its two marks.
 * @throws Error where the page has lost a mark.
 */
export function written(page: string, alarms: readonly AlarmSpec[]): string {
  const parts = { alarms: alarmTable(alarms), metrics: metricTable(), queries: queryTable() };
  return Object.entries(parts).reduce((text, [name, part]) => {
    const begin = `<!-- ${name}: written by \`npm run operations\`; what is changed here by hand is lost -->`;
    const end = `<!-- end of the ${name} -->`;
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from)
      throw new Error(`docs/operations.md has lost the line ${from < 0 ? begin : end}: write it back where the ${name} stand.`);
    return `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`;
  }, page);
}

/** How urgent an alarm is, over its list and in its row. */
const WAKES: Record<Harm, { list: string; column: string }> = {
  lost: { list: 'These wake you, first of all: something is not told, or lost, until somebody acts.', column: 'now: lost' },
  late: { list: 'These wake you: nothing is lost, but messages come late while it goes on.', column: 'now: late' },
  none: { list: 'These can wait till morning: what is found is told, and in time.', column: 'in the morning' },
};

function alarmTable(alarms: readonly AlarmSpec[]): string {
  const groups = HARMS.map((harm) => ({ harm, specs: alarms.filter((spec) => spec.harm === harm) }));
  const list = groups.map(({ harm, specs }) => `- **${WAKES[harm].list}** ${specs.map(({ name }) => `\`${name}\``).join(', ')}.`);
  const rows = groups.flatMap(({ harm, specs }) =>
    specs.map((spec) => [`\`${spec.name}\``, WAKES[harm].column, spec.means, spec.impact, spec.first, ringsAt(spec)]),
  );
  return [...list, '', table(['alarm', 'see to it', 'what it means', 'impact', 'first thing to do', 'it rings'], rows)].join('\n');
}

function metricTable(): string {
  const by = ({ by: dimensions }: MetricSpec) =>
    Object.entries(dimensions)
      .map(([name, values]) => `${name}: ${values.length === 0 ? 'of routes.yaml, or removed' : values.join(', ')}`)
      .join('; ');
  return table(
    ['metric', 'unit', 'what it says', 'split by'],
    [
      ...Object.entries(METRICS).map(([name, spec]) => [`\`${name}\``, spec.unit, spec.means, by(spec)]),
      ...Object.entries(LINE_METRICS).map(([name, { unit, means, log, words }]) => [
        `\`${name}\``,
        unit,
        means,
        `lines '${words}' of the ${log} log`,
      ]),
    ],
  );
}

function queryTable(): string {
  return table(
    ['query', 'what it tells'],
    QUERIES.map(({ name, says }) => [name, says]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** `where Errors is above 0 in 3 periods of 5 minutes running`. */
function ringsAt({ metric, above, below, periods = 1, outOf }: AlarmSpec): string {
  if (!(metric instanceof Metric || metric instanceof MathExpression)) throw new Error('a kind of metric that this page cannot name');
  const name = metric instanceof Metric ? metric.metricName : (metric.label ?? metric.expression);
  const period = metric.period.toHumanString();
  const unit = /^ApproximateAge/.test(name) ? ' seconds' : name === 'Duration' ? ' milliseconds' : '';
  const times =
    outOf !== undefined
      ? `in any of ${outOf} periods of ${period}`
      : periods > 1
        ? `in ${periods} periods of ${period} running`
        : `within ${period}`;
  const level = below === undefined ? `above ${above}${unit}` : `below ${below}, or there is none,`;
  return `where ${name} is ${level} ${times}`;
}

if (require.main === module) {
  writeFileSync(OPERATIONS, written(readFileSync(OPERATIONS, 'utf8'), allAlarms()));
  console.log(`wrote ${OPERATIONS}`);
}
