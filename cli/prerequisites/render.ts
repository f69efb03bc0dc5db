/** The steps as text. On a terminal commands are folded so that they can still be copied; in a pipe each is one line. */
import type { Config } from '../../config/schema';
import { commandLines } from '../doctor/command-lines';
import type { Paint } from '../show/columns';
import { cells, wrap } from '../show/wrap';
import type { Place, Step } from './step';

export interface RenderOptions {
  /** Columns; undefined: nothing is folded. */
  width?: number;
  paint: Paint;
}

const INDENT = '   ';
/** Room for the words See and Undo. */
const ASIDE = `${INDENT}      `;

export function renderSteps({ settings }: Config, steps: Step[], closing: string[], { width, paint }: RenderOptions): string {
  const { organization, regions, enablement } = settings;
  const lines = [
    paint('bold', `Before the first deployment: organization ${organization.id}, mode ${enablement.mode}, home Region ${regions.home}`),
    ...text('In this order. Each step may be repeated; one that was done says so, and changes nothing.', ''),
  ];
  let place: Place | undefined;
  for (const [index, step] of steps.entries()) {
    if (step.place !== place) lines.push('', ...heading(step.place));
    place = step.place;
    lines.push('', `${paint('bold', `${index + 1}. ${step.title}`)}`, ...text(step.why, INDENT).map((line) => paint('dim', line)));
    if (step.todo) lines.push(...text(step.todo, INDENT));
    for (const command of step.commands) lines.push(...folded(command, INDENT).map((line) => paint('green', line)));
    lines.push(...labelled('See', [...folded(step.proof.command, ASIDE), ...text(`→ ${step.proof.expect}`, ASIDE)]));
    const { command, note } = step.undo;
    lines.push(...labelled('Undo', [...(command ? folded(command, ASIDE) : []), ...(note ? text(note, ASIDE) : [])]));
  }
  lines.push('', paint('bold', 'Then'), ...closing.flatMap((line) => folded(line, INDENT)));
  return lines.join('\n');

  function heading(where: Place): string[] {
    if (where === 'slack') return [paint('bold', '── In Slack')];
    const account = where === 'management' ? organization.managementAccount : organization.securityAccount;
    const name = where === 'management' ? 'management' : 'security';
    return [
      paint('bold', `── With credentials of the ${name} account ${account}`),
      ...folded(`aws sts get-caller-identity --region ${regions.home} --query Account --output text`, ''),
      ...text(`→ ${account}`, ''),
    ];
  }

  /** What belongs to a label begins beside it. */
  function labelled(label: string, [first = '', ...others]: string[]): string[] {
    return [`${INDENT}${paint('dim', label.padEnd(ASIDE.length - INDENT.length))}${first.slice(ASIDE.length)}`, ...others];
  }

  function folded(command: string, indent: string): string[] {
    return width === undefined ? [indent + command] : commandLines(command, width, indent);
  }

  function text(sentence: string, indent: string): string[] {
    if (width === undefined) return [indent + sentence];
    return wrap(cells(sentence), width - indent.length).map((line) => indent + line.map((cell) => cell.text).join(''));
  }
}
