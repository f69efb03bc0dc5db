/** `npm run operations`: writes the alarms into docs/operations.md, from the specifications that the stack makes them of. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type Config, routesSchema, type Settings, settingsSchema } from '../config/schema';
import { Alarms, type AlarmSpec } from '../stacks/constructs/alarms';
import { PROJECT } from '../stacks/constructs/bundling';
import { HubStack } from '../stacks/hub-stack';

export const OPERATIONS = join(PROJECT, 'docs/operations.md');
const BEGIN = '<!-- alarms: written by `npm run operations`; what is changed here by hand is lost -->';
const END = '<!-- end of the alarms -->';

type Mode = Settings['enablement']['mode'];
/** A mode that is new does not compile until it stands here. */
const MODES: Record<Mode, true> = { 'stack-sets': true, 'central-configuration': true, none: true };

/** The alarms of every mode, each once, in the order of the stacks. Of configurations made up here, never of the operator's. */
export function allAlarms(): AlarmSpec[] {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  try {
    const all = Object.keys(MODES).flatMap((mode) => {
      const app = new App({ outdir: join(folder, mode), autoSynth: false, context: { 'aws:cdk:bundling-stacks': [] } });
      const config = configIn(mode as Mode);
      const hub = new HubStack(app, 'Hub', { config, env: { account: '222222222222', region: config.settings.regions.home } });
      return hub.node.findAll().flatMap((construct) => (construct instanceof Alarms ? construct.specs : []));
    });
    return [...new Map(all.map((spec) => [spec.name, spec])).values()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configIn(mode: Mode): Config {
  return {
    settings: settingsSchema.parse({
      organization: { id: 'o-exampleorg0', managementAccount: '111111111111', securityAccount: '222222222222' },
      regions: { home: 'us-east-1', linked: ['us-west-2'] },
      enablement: { mode, targets: mode === 'none' ? [] : ['r-ab12'] },
      model: { profile: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' },
      slack: { tokenSecret: 'security-hub-interpreter/slack' },
    }),
    routes: routesSchema.parse({ receivers: { all: { channel: 'C0123456789' } }, route: { receiver: 'all' } }),
  };
}

/**
 * The page with the alarms between its two marks.
 * @throws Error where the page has lost a mark.
 */
export function withAlarms(page: string, alarms: readonly AlarmSpec[]): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`docs/operations.md has lost the line ${from < 0 ? BEGIN : END}: write it back where the alarms stand.`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${alarmTable(alarms)}\n\n${page.slice(to)}`;
}

function alarmTable(alarms: readonly AlarmSpec[]): string {
  const rows = alarms.map((spec) => [`\`${spec.name}\``, spec.means, spec.impact, spec.first, ringsAt(spec)].map(cell));
  const head = ['alarm', 'what it means', 'impact', 'first thing to do', 'it rings'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** `where Errors is above 0 in 3 periods of 5 minutes running`. */
function ringsAt({ metric, above, below, periods = 1, outOf }: AlarmSpec): string {
  if (!(metric instanceof Metric || metric instanceof MathExpression)) throw new Error('a kind of metric that this page cannot name');
  const name = metric instanceof Metric ? metric.metricName : (metric.label ?? metric.expression);
  const period = metric.period.toHumanString();
  const unit = /^ApproximateAge/.test(name) ? ' seconds' : '';
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
  writeFileSync(OPERATIONS, withAlarms(readFileSync(OPERATIONS, 'utf8'), allAlarms()));
  console.log(`wrote ${OPERATIONS}`);
}
