/**
 * What a finding means and what to do, as values: whose words they are, and what is said. Made here from the model's checked words, from an entry of
 * the phrasebook or from the finding itself; they become Slack's elsewhere.
 */
import { type Beyond, beyond } from '../interpretation/beyond';
import type { CheckedBriefing } from '../interpretation/briefing';
import { isJudged } from '../interpretation/verdict';
import { threatType } from '../finding/threat-type';
import type { TextRow } from '../problem/rows';
import { NO_ENTRY } from '../phrasebook/ids';
import type { Phrase } from '../phrasebook/phrase';
import { inert, inertProse } from '../text/inert';
import type { Rendering } from './rendering';

export type Source = 'model' | 'phrasebook' | 'finding';

export interface Said {
  by: Exclude<Source, 'finding'>;
  text: string;
}

export interface Prose {
  meaning: Said[];
  impact: Said[];
  steps: Said[];
  /** The finding's own: foreign text. */
  description?: string;
  remediation?: string;
  /** How many sentences of the model's were held back, and how many of these by the judge. */
  withheld: number;
  overruled: number;
}

/** Beside other words, in UTF-16 units: the link leads to where the whole stands. */
const BESIDE = 120;
/** Where it is all that is said. */
const ALONE = 400;
/**
 * Of what others found, and of what no entry tells, nobody else says what happened and how to mend it. Half of what a description may
 * have, and all of a recommendation. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
const THEIRS = 512;
/** Where the words of an address end, it leads nowhere: what is longer is left out. */
const ADDRESS = 300;

/**
 * The words of the phrasebook, and before them what the model says more of this case, since it is asked not to repeat them; its steps stand
 * behind.
 */
export function proseOf({ text, briefing, phrase }: Pick<Rendering, 'text' | 'briefing' | 'phrase'>): Prose {
  const said = { ...wordsOf(briefing, phrase), ...countsOf(briefing?.withheld ?? []) };
  const own = (limit: number) => inertProse(text.description, limit);
  const isTheirs = text.kind === 'third-party';
  if (sourcesOf(said).includes('finding'))
    return { ...said, description: own(isTheirs ? THEIRS : ALONE) || inert(text.title, 200), remediation: remediationOf(text, ALONE) };
  return {
    ...said,
    ...(saysMore(text) ? { description: own(isTheirs || phrase?.id === NO_ENTRY ? THEIRS : BESIDE) } : {}),
    ...(isTheirs ? { remediation: remediationOf(text, THEIRS) } : {}),
  };
}

/** Of what others found with the page that they name, as text: it leads where its author likes. */
function remediationOf({ kind, remediation = {} }: TextRow, limit: number): string {
  const said = inertProse(remediation.text ?? '', limit);
  const page = kind === 'third-party' ? inert(remediation.url ?? '', ADDRESS + 1) : '';
  const isNamed = page === '' || page.length > ADDRESS || !/^https?:\/\/\S+$/i.test(page) || said.includes(page);
  return [said, isNamed ? '' : page].filter(Boolean).join(' ');
}

function countsOf(withheld: CheckedBriefing['withheld']): Pick<Prose, 'withheld' | 'overruled'> {
  return { withheld: withheld.length, overruled: withheld.filter(({ kind }) => isJudged(kind)).length };
}

function wordsOf(briefing: CheckedBriefing | undefined, phrase: Phrase | undefined): Pick<Prose, 'meaning' | 'impact' | 'steps'> {
  const more: Beyond = briefing ? (phrase ? beyond(briefing, phrase) : { ...briefing, steps: briefing.actions }) : { steps: [] };
  const said = (by: Said['by'], ...texts: (string | undefined)[]) => texts.flatMap((text): Said[] => (text ? [{ by, text }] : []));
  return {
    meaning: [...said('model', more.summary), ...said('phrasebook', phrase?.meaning)],
    impact: [...said('model', more.impact), ...said('phrasebook', phrase?.impact)],
    steps: [...said('phrasebook', ...(phrase?.steps ?? [])), ...said('model', ...more.steps)],
  };
}

/** Whose words there are: the finding's alone where nobody else says anything. */
export function sourcesOf({ meaning, impact, steps }: Pick<Prose, 'meaning' | 'impact' | 'steps'>): Source[] {
  const all = [...meaning, ...impact, ...steps].map(({ by }) => by);
  return all.length > 0 ? [...new Set(all)].sort().reverse() : ['finding'];
}

/** What AWS's products describe in sentences of which facts have each name. */
const TOLD_BY_FACTS: ReadonlySet<TextRow['kind']> = new Set(['guardduty', 'macie', 'access-analyzer']);

/** Of a process and of a workload of Kubernetes no fact has the name. */
const UNNAMED = /:(?:Runtime|Kubernetes)\//;

/** Whether a finding's own text says more than its title and its facts. A control's never does. */
function saysMore(text: TextRow): boolean {
  const { kind, title, description, facts = [] } = text;
  if (kind === 'control' || description === title) return false;
  if (kind === 'guardduty' && UNNAMED.test(threatType(text))) return true;
  return !TOLD_BY_FACTS.has(kind) || !facts.some(({ decides = 0 }) => decides > 0);
}
