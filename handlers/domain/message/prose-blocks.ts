/** Prose as a message shows it: each part behind its heading, in one block, since Slack sets a gap between blocks. */
import type { Language } from '../../../config/schema';
import { type Block, bold, bullets, line, plain, rich } from './blocks';
import type { Prose } from './prose';
import type { Rendering } from './rendering';
import { modelName, WORDS } from './words';

export function proseBlocks({ meaning, impact, steps, description, remediation }: Prose, { view }: Rendering, language: Language): Block[] {
  const words = WORDS[language];
  const severity = words.severity?.(view.severity);
  const part = (heading: string, said: string | undefined) => (said ? [line(bold(`${heading}  `), plain(said))] : []);
  return [
    rich(
      ...part(words.meaning, meaning),
      // The finding's own, between what others wrote: Japanese readers look for it here.
      ...(severity ? part(...severity) : []),
      ...part(words.impact, impact),
      ...(steps.length > 0
        ? [
            line(bold(words.actions)),
            bullets(
              steps.map((step) => [plain(step)]),
              'ordered',
            ),
          ]
        : []),
      ...part(words.details, description),
      ...part(words.remediation, remediation),
    ),
  ];
}

/** Whose words they are, for the footer: `AI-generated: check before acting (Claude Haiku 4.5)`. */
export function sourceOf({ source, withheld }: Prose, { model, interpretationMayCome }: Rendering, language: Language): string[] {
  const words = WORDS[language];
  const name = source === 'model' && model ? words.bracketed(modelName(model)) : '';
  return [
    source === 'finding' && interpretationMayCome ? words.sourceYetToCome : `${words.sources[source]}${name}`,
    ...(withheld > 0 ? [words.withheld(withheld)] : []),
  ];
}
