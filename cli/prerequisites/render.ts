/** The steps as text. Commands are folded so that they can still be copied: --json has each on one line. */
import type { Config } from '../../config/schema';
import { commandLines } from '../doctor/command-lines';
import type { Paint } from '../show/columns';
import { folded } from '../show/wrap';
import type { Place, Step } from './step';

export interface RenderOptions {
  /** Columns. */
  width: number;
  paint: Paint;
}

const INDENT = '   ';
/** Room for the words See and Undo. */
const ASIDE = `${INDENT}      `;

export function renderSteps({ settings }: Config, steps: Step[], closing: string[], { width, paint }: RenderOptions): string {
  const { organization, regions, enablement } = settings;
  const lines = [
    ...text(`Before the first deployment: organization ${organization.id}, mode ${enablement.mode}, home Region ${regions.home}`, '').map(
      (line) => paint('bold', line),
    ),
    ...text('In this order. Each step may be repeated; one that was done says so, and changes nothing.', ''),
  ];
  let place: Place | undefined;
  for (const [index, step] of steps.entries()) {
    if (step.place !== place) lines.push('', ...heading(step.place));
    place = step.place;
    lines.push(
      '',
      ...text(`${index + 1}. ${step.title}`, '').map((line) => paint('bold', line)),
      ...text(step.why, INDENT).map((line) => paint('dim', line)),
    );
    if (step.todo) lines.push(...text(step.todo, INDENT));
    for (const line of step.commands) lines.push(...command(line, INDENT).map((line) => paint('green', line)));
    lines.push(...labelled('See', [...command(step.proof.command, ASIDE), ...text(`→ ${step.proof.expect}`, ASIDE)]));
    const { command: undoing, note } = step.undo;
    lines.push(...labelled('Undo', [...(undoing ? command(undoing, ASIDE) : []), ...(note ? text(note, ASIDE) : [])]));
  }
  lines.push('', paint('bold', 'Then'), ...closing.flatMap((line) => command(line, INDENT)));
  return lines.join('\n');

  function heading(where: Place): string[] {
    if (where === 'slack') return [paint('bold', '── In Slack')];
    const account = where === 'management' ? organization.managementAccount : organization.securityAccount;
    const name = where === 'management' ? 'management' : 'security';
    return [
      ...text(`── With credentials of the ${name} account ${account}`, '').map((line) => paint('bold', line)),
      ...command(`aws sts get-caller-identity --region ${regions.home} --query Account --output text`, ''),
      ...text(`→ ${account}`, ''),
    ];
  }

  /** What belongs to a label begins beside it. */
  function labelled(label: string, [first = '', ...others]: string[]): string[] {
    return [`${INDENT}${paint('dim', label.padEnd(ASIDE.length - INDENT.length))}${first.slice(ASIDE.length)}`, ...others];
  }

  function command(line: string, indent: string): string[] {
    return commandLines(line, width, indent);
  }

  function text(sentence: string, indent: string): string[] {
    return folded(sentence, width - indent.length, 0).map((line) => indent + line);
  }
}
