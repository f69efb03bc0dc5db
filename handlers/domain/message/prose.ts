/** What a finding means and what to do: the model's checked words, and the finding's own beside them or in their place. */
import type { Language } from '../../../config/schema';
import { threatType } from '../finding/threat-type';
import type { TextRow } from '../problem/rows';
import { inert } from '../text/inert';
import { type Block, bold, bullets, line, plain, quiet } from './blocks';
import type { Rendering } from './rendering';
import { WORDS } from './words';

/** One part a heading: Slack sets a gap between blocks, not within one. */
export function prose({ view, text, briefing, interpretationMayCome }: Rendering, language: Language): Block[][] {
  const words = WORDS[language];
  const severity = words.severity?.(view.severity);
  const titled = (title: string, body: string): Block[][] => (body ? [[line(bold(`${title}\n`), plain(body))]] : []);
  const own = titled(words.details, inert(text.description, 400));
  if (!briefing) {
    return [
      [line(quiet(interpretationMayCome ? words.notInterpretedYet : words.notInterpreted))],
      ...(own.length > 0 ? own : titled(words.details, inert(text.title, 200))),
      ...titled(words.remediation, inert(text.remediation?.text ?? '', 400)),
    ];
  }
  const actions = briefing.actions.map((action) => [plain(action)]);
  return [
    [line(bold(words.meaning), plain('  '), quiet(words.generated), plain(`\n${briefing.summary}`))],
    // The finding's own, between what the model wrote: Japanese readers look for it here.
    ...(severity ? [[line(bold(`${severity[0]}  `), plain(severity[1]))]] : []),
    ...titled(words.impact, briefing.impact),
    ...(actions.length > 0 ? [[line(bold(words.actions)), bullets(actions, 'ordered')]] : []),
    ...(briefing.withheld.length > 0 ? [[line(quiet(words.withheld(briefing.withheld.length)))]] : []),
    ...(saysMore(text) ? own : []),
    // Of what others found the model saw no more than its type: how to mend it is its author's to say, in 512 characters at the most.
    ...(text.kind === 'third-party' ? titled(words.remediation, inert(text.remediation?.text ?? '', 512)) : []),
  ];
}

/** What AWS's products describe in sentences of which facts have each name. */
const TOLD_BY_FACTS: ReadonlySet<TextRow['kind']> = new Set(['guardduty', 'macie', 'access-analyzer']);

/** Whether a finding's own text says more than its title and its facts. A control's never does; of a process no fact has the name. */
function saysMore(text: TextRow): boolean {
  const { kind, title, description, facts = [] } = text;
  if (kind === 'control' || description === title) return false;
  if (kind === 'guardduty' && threatType(text).includes(':Runtime/')) return true;
  return !TOLD_BY_FACTS.has(kind) || !facts.some(({ decides = 0 }) => decides > 0);
}
