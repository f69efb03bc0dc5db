/** What a finding means and what to do: the model's checked words, and the finding's own beside them or in their place. */
import type { Language } from '../../../config/schema';
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
    // A control's own text says no more than the title; a threat's names who, from where and what.
    ...(text.kind === 'control' ? [] : own),
    // Of what others found the model saw no more than its type: how to mend it is its author's to say.
    ...(text.kind === 'third-party' ? titled(words.remediation, inert(text.remediation?.text ?? '', 400)) : []),
  ];
}
