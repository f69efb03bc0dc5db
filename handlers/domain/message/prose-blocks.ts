/** Prose as a message shows it: each part behind its heading, in one block, since Slack sets a gap between blocks. */
import type { Language, Severity } from '../../../config/schema';
import { type Block, bold, bullets, line, plain, quiet, rich } from './blocks';
import { type Prose, type Said, type Source, sourcesOf } from './prose';
import type { Rendering } from './rendering';
import { modelName, WORDS } from './words';

export function proseBlocks(prose: Prose, severity: Severity | undefined, language: Language): Block[] {
  const { meaning, impact, steps, description, remediation } = prose;
  const words = WORDS[language];
  // Where all is of one source, the footer says so once.
  const mixed = sourcesOf(prose).length > 1;
  const marked = ({ by, text }: Said) => [plain(text), ...(mixed && by === 'model' ? [quiet(words.bracketed(words.sources.model))] : [])];
  const said = severity && words.severity?.(severity);
  // Who says the next sentence is plain where the next line begins.
  const part = (heading: string, ...all: Said[]) =>
    all.length > 0
      ? [line(bold(`${heading}  `), ...all.flatMap((each, index) => [...(index > 0 ? [plain('\n')] : []), ...marked(each)]))]
      : [];
  const own = (heading: string, text: string | undefined) => (text ? [line(bold(`${heading}  `), plain(text))] : []);
  const theirs = [...own(words.details, description), ...own(words.remediation, remediation)];
  // Of what no entry tells, the product itself says more than a model that saw only types.
  const first = !sourcesOf(prose).includes('phrasebook');
  return [
    rich(
      ...(first ? theirs : []),
      ...part(words.meaning, ...meaning),
      // The finding's own, between what others wrote: Japanese readers look for it here.
      ...(said ? own(...said) : []),
      ...part(words.impact, ...impact),
      ...(steps.length > 0 ? [line(bold(words.actions)), bullets(steps.map(marked), 'ordered')] : []),
      ...(first ? [] : theirs),
    ),
  ];
}

/** Whose words they are, for the footer: `AI-generated: check before acting (Claude Haiku 4.5)`. */
export function sourceOf(prose: Prose, { model, interpretationMayCome, paused }: Rendering, language: Language): string[] {
  const words = WORDS[language];
  const named = (source: Source) =>
    source === 'finding' && interpretationMayCome
      ? words.sourceYetToCome
      : `${words.sources[source]}${source === 'model' && model ? words.bracketed(modelName(model)) : ''}`;
  return [
    ...sourcesOf(prose).map(named),
    ...(prose.withheld > 0 ? [words.withheld(prose.withheld, prose.overruled)] : []),
    ...(paused ? [words.paused[paused]] : []),
  ];
}
