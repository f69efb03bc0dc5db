/**
 * `npm run dashboard`: draws the dashboard as the template has it, its widgets at their places with their titles and series, into
 * docs/images/dashboard.svg. What the lines show is made up: a day on which Slack was away for an hour.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarms } from '../stacks/constructs/alarms';
import { PROJECT } from '../stacks/constructs/bundling';
import type { HubStack } from '../stacks/hub-stack';
import { withHub } from './example-hub';

export const DASHBOARD = join(PROJECT, 'docs/images/dashboard.svg');

export interface Widget {
  type: 'text' | 'alarm' | 'metric';
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    markdown?: string;
    title?: string;
    alarms?: string[];
    stacked?: boolean;
    metrics?: unknown[][];
    yAxis?: { left?: { label?: string } };
  };
}

/** The widgets of a stack's dashboard; references to resources are their logical ids. */
export function widgetsOf(hub: HubStack): Widget[] {
  const [page] = hub.node.findAll().filter((construct) => construct instanceof CfnDashboard);
  const body: unknown = hub.resolve(page?.dashboardBody);
  const [, parts] = (body as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? ['', [body]];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : nameIn(part))).join('')).widgets;
}

/** `{"Ref": "Id"}` and `{"Fn::GetAtt": ["Id", …]}`. */
function nameIn(reference: unknown): string {
  const [value] = Object.values(reference as Record<string, string | string[]>);
  return String(Array.isArray(value) ? value[0] : value);
}

/** Of a graph's series what stands in its legend. */
export function labelsOf({ properties }: Widget): string[] {
  return (properties.metrics ?? []).flatMap((row) => {
    const { label, expression, visible = true } = row.at(-1) as { label?: string; expression?: string; visible?: boolean };
    if (!visible) return [];
    if (expression?.startsWith('SEARCH'))
      return RECEIVERS.map((receiver) => (expression.includes('TellingFailures') ? `${receiver} unavailable` : receiver));
    return [label ?? String(row[1])];
  });
}

const RECEIVERS = ['payments', 'platform', 'sec-ops'];
const COLUMN = 44;
const ROW = 27;
const GAP = 5;
const COLOURS = ['#2f6f9f', '#c9813d', '#4f8a55', '#a2485f', '#7a68a6', '#8a7f4a', '#3d8f91', '#b0608f', '#6b7280', '#95a13c', '#c05a4e'];
const POINTS = 48;
/** Of these half hours Slack was away. */
const AWAY = (point: number) => point >= 28 && point <= 30;

/** Usual height, and the height in that hour, by the title of the graph and where it differs by series. */
const LEVELS: [title: RegExp, label: RegExp, level: number, away?: number][] = [
  [/decided/, /recorded/, 9],
  [/decided/, /unchanged|filtered/, 14],
  [/decided/, /./, 2],
  [/failed/, /deliveries/, 0.05],
  [/failed/, /./, 0],
  [/Dead letters/, /./, 0],
  [/The model/, /answered/, 5],
  [/The model/, /./, 0.1],
  [/From event/, /CRITICAL p50/, 6],
  [/From event/, /CRITICAL p99/, 14, 2400],
  [/From event/, /HIGH p50/, 38],
  [/From event/, /HIGH p99/, 95, 3300],
  [/waits longest/, /problems|deliveries/, 20, 3400],
  [/waits longest/, /./, 8],
  [/Waiting in/, /deliveries/, 3, 60],
  [/Waiting in/, /./, 2],
  [/slowest/, /deliver/, 9000],
  [/slowest/, /./, 900],
  [/by rule/, /read: asff/, 29],
  [/by rule/, /^admit$/, 12],
  [/by rule/, /closed/, 16],
  [/by rule/, /./, 1],
  [/by severity/, /CRITICAL/, 1.4],
  [/by severity/, /HIGH/, 6],
  [/by severity/, /./, 0],
  [/by receiver$/, /./, 4, 0],
  [/refused, by/, /unavailable/, 0, 6],
  [/refused, by/, /./, 0],
  [/Tokens/, /in/, 160_000],
  [/Tokens/, /./, 28_000],
  [/Words/, /shown/, 900],
  [/Words/, /ledger/, 420],
  [/Words/, /./, 12],
  [/Memory/, /deliver/, 5200],
  [/Memory/, /./, 900],
  [/Ledger/, /units/, 60_000],
  [/Ledger/, /./, 90],
];

/** The same each time, of one series unlike that of another. */
function sample(title: string, label: string, point: number): number {
  const [, , level = 1, away = level] = LEVELS.find(([of, which]) => of.test(title) && which.test(label)) ?? [/./, /./, 1];
  const chance = createHash('sha256').update(`${title}|${label}|${point}`).digest()[0] ?? 0;
  const day = 0.55 + 0.45 * Math.sin(((point - 12) / POINTS) * 2 * Math.PI);
  return (AWAY(point) ? away : level) * (0.5 + day) * (0.6 + chance / 320);
}

export function drawDashboard(): string {
  const { widgets, alarms } = withHub('stack-sets', (hub) => ({
    widgets: widgetsOf(hub),
    alarms: hub.node.findAll().flatMap((construct) => (construct instanceof Alarms ? construct.specs.map(({ name }) => name) : [])),
  }));
  const height = Math.max(...widgets.map(({ y, height: rows }) => y + rows)) * ROW + 2 * GAP;
  const width = 24 * COLUMN + 2 * GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The dashboard with sample data: ${widgets.flatMap(({ properties: { title } }) => title ?? []).join('; ')}">
<style>text{font:12px system-ui,sans-serif;fill:#1f2328}.head{font-size:17px;font-weight:600}.title{font-weight:600}.small{font-size:10px;fill:#57606a}.chip{font-size:10px;fill:#fff}</style>
<rect width="100%" height="100%" fill="#eef1f4"/>
${widgets.map((widget) => drawn(widget, alarms)).join('\n')}
</svg>
`;
}

function drawn(widget: Widget, alarms: readonly string[]): string {
  const [x, y, w, h] = [
    widget.x * COLUMN + 2 * GAP,
    widget.y * ROW + 2 * GAP,
    widget.width * COLUMN - 2 * GAP,
    widget.height * ROW - 2 * GAP,
  ];
  if (widget.type === 'text') return text(x, y + 14, (widget.properties.markdown ?? '').replace(/^#+ /, ''), 'head');
  const title = widget.properties.title ?? '';
  const card = `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="3" fill="#fff" stroke="#d0d7de"/>${text(x + 8, y + 16, title, 'title')}`;
  return card + (widget.type === 'alarm' ? chips(x + 8, y + 24, w - 16, alarms) : graph(x + 8, y + 24, w - 16, h - 30, widget));
}

/** One that rings, as Slack is away: the others are quiet. */
function chips(x: number, y: number, w: number, alarms: readonly string[]): string {
  const columns = 7;
  const width = w / columns;
  return alarms
    .map((name, index) => {
      const [left, top] = [x + (index % columns) * width, y + Math.floor(index / columns) * 17];
      const colour = name === 'deliveries-waiting' ? '#b3362b' : '#3f7d4e';
      return `<rect x="${left.toFixed(1)}" y="${top}" width="${(width - 4).toFixed(1)}" height="14" rx="2" fill="${colour}"/>${text(left + 4, top + 10.5, name, 'chip')}`;
    })
    .join('');
}

function graph(x: number, y: number, w: number, h: number, widget: Widget): string {
  const { title = '', stacked = false, yAxis } = widget.properties;
  const labels = labelsOf(widget);
  // A day is one point; of half hours there are many.
  const points = / a day$/.test(title) ? 8 : POINTS;
  const legendRows = Math.ceil(labels.length / 2);
  const bottom = y + h - Math.min(legendRows, 4) * 12 - 4;
  const series = labels.map((label) =>
    Array.from({ length: points }, (_, point) => sample(title, label, points === POINTS ? point : 50 + point)),
  );
  const sums = series.map((each, index) =>
    each.map((value, point) => (stacked ? value + series.slice(0, index).reduce((sum, below) => sum + (below[point] ?? 0), 0) : value)),
  );
  const most = Math.max(...sums.flat(), 1);
  const at = (value: number, point: number) =>
    `${(x + (point / (points - 1)) * w).toFixed(1)},${(bottom - (value / most) * (bottom - y - 14)).toFixed(1)}`;
  const lines = sums.map((each, index) => {
    const line = each.map(at).join(' ');
    const colour = COLOURS[index % COLOURS.length];
    if (!stacked) return `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="1.3"/>`;
    const below = (index === 0 ? each.map(() => 0) : (sums[index - 1] ?? [])).map(at).reverse().join(' ');
    return `<polygon points="${line} ${below}" fill="${colour}" fill-opacity="0.75"/>`;
  });
  const legend = labels.slice(0, 8).map((label, index) => {
    const [left, top] = [x + (index % 2) * (w / 2), bottom + 13 + Math.floor(index / 2) * 12];
    const words = index === 7 && labels.length > 8 ? `and ${labels.length - 7} more` : label;
    return `<rect x="${left}" y="${top - 7}" width="7" height="7" fill="${COLOURS[index % COLOURS.length]}"/>${text(left + 10, top, words, 'small')}`;
  });
  const axis = `${text(x, y + 8, `${most < 10 ? most.toFixed(1) : Math.round(most).toLocaleString('en')} ${yAxis?.left?.label ?? ''}`, 'small')}<line x1="${x}" y1="${bottom}" x2="${x + w}" y2="${bottom}" stroke="#d0d7de"/>`;
  return axis + lines.join('') + legend.join('');
}

function text(x: number, y: number, words: string, kind: string): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text class="${kind}" x="${x.toFixed(1)}" y="${y}">${safe}</text>`;
}

if (require.main === module) {
  writeFileSync(DASHBOARD, drawDashboard());
  console.log(`wrote ${DASHBOARD}`);
}
