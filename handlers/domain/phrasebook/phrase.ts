/** What the phrasebook says of a finding, in one language. */
import type { Phrasebook, PhraseWords } from '../../../config/phrases/compiled';
import { entryOf } from '../text/reading';

export interface Phrase extends PhraseWords {
  id: string;
  /** https link to the page of whoever deploys. */
  runbook?: string;
  /** Words of whoever deploys, which the model is not shown. */
  own?: true;
}

/**
 * @param ids as the finding may be called, the one that says most first.
 * @param resourceType ASFF type of what the message is about.
 */
export function phraseIn({ entries, aliases }: Phrasebook, ids: readonly string[], resourceType: string): Phrase | undefined {
  for (const id of ids.map((each) => each.toLowerCase())) {
    const found = entryOf(entries, id) ?? entryOf(entries, entryOf(aliases, id));
    if (!found) continue;
    const { resources, ...entry } = found;
    return { ...entry, ...entryOf(resources ?? {}, resourceType) };
  }
  return undefined;
}
