/** What the doctor found, for the person who was woken: passes in one line, everything else with what, where and what to do. */
import type { Config } from '../../config/schema';
import { align, type Paint } from '../show/columns';
import { displayWidth, folded } from '../show/wrap';
import { counted, GROUPS, type Remedy, type Result, type Verdict } from './check';
import { commandLines } from './command-lines';
import { withConfig } from './config-flag';

interface Look {
  /** Columns. */
  width: number;
  /** The folder of the configuration. */
  configDir: string;
  paint: Paint;
}
type ReportOptions = Look & { calls: number; milliseconds: number };

const MARKS: Record<Verdict, string> = { pass: '✓', warn: '!', fail: '✗', unknown: '?', skipped: '–' };
const COLOURS: Record<Verdict, Parameters<Paint>[0]> = { pass: 'green', warn: 'yellow', fail: 'red', unknown: 'yellow', skipped: 'dim' };
/** For one and for several, in the order of the summary. */
const WORDS: [Verdict, one: string, several: string][] = [
  ['fail', 'fails', 'fail'],
  ['unknown', 'unknown', 'unknown'],
  ['warn', 'warning', 'warnings'],
  ['pass', 'passes', 'pass'],
  ['skipped', 'skipped', 'skipped'],
];
/** Items of one finding that are shown; --json has all. */
const SHOWN = 10;

/** The whole report, without a line feed at its end. `results` hold no secret and no control character any more. */
export function renderReport({ settings }: Config, results: readonly Result[], options: ReportOptions): string {
  const { organization, regions } = settings;
  const { paint } = options;
  const head = [
    `Organization ${organization.id}, security account ${organization.securityAccount}`,
    `Home Region ${regions.home}${regions.linked.length > 0 ? `, linked ${regions.linked.join(', ')}` : ''}`,
  ].flatMap((line) => folded(line, options.width, 0));
  return [...head.map((line) => paint('dim', line)), ...groupLines(results, options), '', ...summary(results, options)].join('\n');
}

/** Groups that have checks, each under its heading. */
export function groupLines(results: readonly Result[], options: Look): string[] {
  const room = Math.max(...results.map(({ title }) => displayWidth(title)), 0);
  const told = new Map<string, string>();
  return GROUPS.flatMap((group) => {
    const own = merged(results.filter((result) => result.group === group)).map((result) => ({ ...result, remedies: untold(result, told) }));
    return own.length === 0 ? [] : ['', options.paint('bold', group), ...own.flatMap((result) => resultLines(result, room, options))];
  });
}

/** Neighbours that were skipped for one reason are one line: the reason is what counts. */
function merged(results: readonly Result[]): Result[] {
  const lines: { reason: string; results: Result[] }[] = [];
  for (const result of results) {
    const last = lines.at(-1);
    const reason = result.verdict === 'skipped' ? result.found : '';
    if (last && reason !== '' && last.reason === reason) last.results.push(result);
    else lines.push({ reason, results: [result] });
  }
  return lines.flatMap(({ reason, results: same }): Result[] => {
    const [first] = same;
    if (!first || same.length === 1) return same;
    return [{ ...first, title: counted(same.length, 'check'), found: `${reason} (${same.map(({ title }) => title).join(', ')})` }];
  });
}

/** What another check has said already is not said again. */
function untold({ title, remedies = [] }: Result, told: Map<string, string>): Remedy[] {
  return remedies.map((remedy) => {
    const key = JSON.stringify(remedy);
    const before = told.get(key);
    if (before !== undefined) return { say: `As for ${before}.` };
    told.set(key, title);
    return remedy;
  });
}

function resultLines(result: Result, room: number, options: Look): string[] {
  const { width, paint } = options;
  const { verdict, title, found, remedies = [], items = [] } = result;
  const indent = room + 6;
  const lines = folded(found, width - indent, 0);
  const plain = verdict === 'pass' || verdict === 'skipped';
  const [first = '', ...rest] = lines.map((line) => (plain ? paint('dim', line) : line));
  const label = title + ' '.repeat(room - displayWidth(title));
  const head = `  ${paint(COLOURS[verdict], MARKS[verdict])} ${plain ? label : paint('bold', label)}  ${first}`;
  const body = rest.map((line) => ' '.repeat(indent) + line);
  if (plain) return [head, ...body];
  return [head, ...body, ...itemLines(result.id, items, options), ...remedies.flatMap((remedy) => remedyLines(remedy, width, paint))];
}

function itemLines(id: string, items: NonNullable<Result['items']>, { width, paint, configDir }: Look): string[] {
  // What follows two spaces is a column of its own.
  const rows = align(items.slice(0, SHOWN).map(({ line }) => line.split(/ {2,}/).map((text) => ({ text }))));
  const lines = rows.flatMap((row) => folded(row, width - 8, 4).map((line) => `      ${line}`));
  if (items.length <= SHOWN) return lines;
  const command = `npm run --silent doctor -- --json | jq '.checks[] | select(.id == "${id}").items'`;
  const all = commandLines(withConfig(command, configDir), width, '        ');
  return [
    ...lines,
    `      … and ${(items.length - SHOWN).toLocaleString('en')} more. All of them:`,
    ...all.map((line) => paint('dim', line)),
  ];
}

function remedyLines({ say, command }: NonNullable<Result['remedies']>[number], width: number, paint: Paint): string[] {
  const words = folded(say, width - 8, 0).map((line, index) => `    ${index === 0 ? '→' : ' '} ${line}`);
  const commands = (command ?? '').split('\n').filter((line) => line !== '');
  return [...words, ...commands.flatMap((line) => commandLines(line, width, '        ')).map((line) => paint('bold', line))];
}

function summary(results: readonly Result[], { paint, calls, milliseconds, width }: ReportOptions): string[] {
  const verdicts = WORDS.flatMap(([verdict, one, several]): [Verdict, string][] => {
    const count = results.filter((result) => result.verdict === verdict).length;
    return count === 0 ? [] : [[verdict, `${count} ${count === 1 ? one : several}`]];
  });
  const cost = `${counted(calls, 'call')} in ${(milliseconds / 1000).toFixed(1)} s`;
  const open = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown');
  const names = open.length === 0 ? [] : folded(`To mend: ${open.map(({ title }) => title).join(', ')}`, width, 2);
  const line = `${verdicts.map(([, words]) => words).join(', ')} of ${counted(results.length, 'check')}; ${cost}`;
  const colour = new Map(verdicts.map(([verdict, words]) => [words, COLOURS[verdict]]));
  // Folded before it is painted: codes take no columns.
  const painted = folded(line, width, 2).map((text) =>
    text.replace(/\d+ (?:fails?|unknown|warnings?|pass(?:es)?|skipped)/g, (words) => paint(colour.get(words) ?? 'bold', words)),
  );
  return [...painted, ...names];
}
