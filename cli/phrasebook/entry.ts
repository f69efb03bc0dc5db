/** An entry of the phrasebook as a message shows it: its words alone, as no finding is at hand. */
import { nearest } from '../../config/nearest';
import type { Phrasebook, PhraseEntry, PhraseWords } from '../../config/phrases/compiled';
import type { Language } from '../../config/schema';
import { context, header, links, rich, type SlackMessage } from '../../handlers/domain/message/blocks';
import type { Said } from '../../handlers/domain/message/prose';
import { proseBlocks } from '../../handlers/domain/message/prose-blocks';
import { WORDS } from '../../handlers/domain/message/words';

/** By its id in any case, by what a standard calls it, or by the last part of its id where only one ends so. */
export function entriesNamed({ entries, aliases }: Phrasebook, name: string): PhraseEntry[] {
  const id = name.toLowerCase();
  const exact = entries[id] ?? entries[aliases[id] ?? ''];
  return exact ? [exact] : Object.values(entries).filter((entry) => entry.id.toLowerCase().endsWith(`/${id}`));
}

/** Of a control service and number: another number of another service is another thing, however alike they are written. */
const CONTROL = /^(.+)\.(\d+)$/;

/** The id that was probably meant: of a control one edit away in its service, or of its number where the service itself is misspelt. */
export function meantEntry(name: string, ids: readonly string[]): string | undefined {
  const parts = (id: string) => CONTROL.exec(id.toLowerCase())?.slice(1) ?? [];
  const [service, number] = parts(name);
  if (service === undefined)
    return nearest(
      name,
      ids.filter((id) => !CONTROL.test(id)),
      Math.min(3, Math.max(1, Math.floor(name.length / 5))),
    );
  const its = ids.filter((id) => parts(id)[0] === service);
  if (its.length > 0) return nearest(name, its, 1);
  return nearest(
    name,
    ids.filter((id) => parts(id)[1] === number),
    service.length > 4 ? 2 : 1,
  );
}

/** One message, and one for each type of resource of which something else is said. */
export function entryMessages({ id, resources = {}, runbook, ...words }: PhraseEntry, language: Language): SlackMessage[] {
  const others = Object.entries(resources).map(([type, its]) => message(`${id} · ${type}`, { ...words, ...its }, runbook, language));
  return [message(id, words, runbook, language), ...others];
}

function message(
  footer: string,
  { headline, meaning, impact, steps }: PhraseWords,
  runbook: string | undefined,
  language: Language,
): SlackMessage {
  const said = (text: string): Said => ({ by: 'phrasebook', text });
  const prose = { meaning: [said(meaning)], impact: [said(impact)], steps: steps.map(said), withheld: 0, overruled: 0 };
  return {
    text: headline,
    blocks: [
      header(headline),
      ...proseBlocks(prose, undefined, language),
      ...(runbook ? [rich(...links([{ label: WORDS[language].runbook, url: runbook }]))] : []),
      context(footer),
    ],
  };
}
