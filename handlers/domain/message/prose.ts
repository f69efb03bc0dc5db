/**
 * What a finding means and what to do, as values: whose words they are, and what is said. Made here from the model's checked words, from an entry of
 * the phrasebook or from the finding itself; they become Slack's elsewhere.
 */
import { threatType } from '../finding/threat-type';
import type { TextRow } from '../problem/rows';
import { inert } from '../text/inert';
import type { Rendering } from './rendering';

export interface Prose {
  source: 'model' | 'phrasebook' | 'finding';
  meaning?: string;
  impact?: string;
  steps: string[];
  /** The finding's own: foreign text. */
  description?: string;
  remediation?: string;
  /** How many sentences of the model's were held back. */
  withheld: number;
}

/** Beside other words, in UTF-16 units: the link leads to where the whole stands. */
const BESIDE = 120;
/** Where it is all that is said. */
const ALONE = 400;
/** Of what others found nobody but its author says how to mend it. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Recommendation.html */
const REMEDIATION = 512;

/** The one place where an entry stands in: for the words of a model that gave none. */
export function proseOf({ text, briefing, entry }: Pick<Rendering, 'text' | 'briefing' | 'entry'>): Prose {
  const said = briefing
    ? ({ source: 'model', meaning: briefing.summary, impact: briefing.impact, steps: briefing.actions } as const)
    : entry && ({ source: 'phrasebook', meaning: entry.meaning, impact: entry.impact, steps: entry.steps } as const);
  const own = (limit: number) => inert(text.description, limit);
  const remediation = (limit: number) => inert(text.remediation?.text ?? '', limit);
  if (!said)
    return {
      source: 'finding',
      steps: [],
      description: own(ALONE) || inert(text.title, 200),
      remediation: remediation(ALONE),
      withheld: 0,
    };
  return {
    ...said,
    withheld: briefing?.withheld.length ?? 0,
    ...(saysMore(text) ? { description: own(BESIDE) } : {}),
    ...(text.kind === 'third-party' ? { remediation: remediation(REMEDIATION) } : {}),
  };
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
