/** An entry of the phrasebook as a message shows it: its words alone, as no finding is at hand. */
import type { Phrasebook, PhraseEntry, PhraseWords } from '../../config/phrases/compiled';
import type { Language } from '../../config/schema';
import { bold, bullets, buttons, context, header, line, plain, rich, type SlackMessage } from '../../handlers/domain/message/blocks';
import { WORDS } from '../../handlers/domain/message/words';

/** By its id in any case, by what a standard calls it, or by the last part of its id where only one ends so. */
export function entriesNamed({ entries, aliases }: Phrasebook, name: string): PhraseEntry[] {
  const id = name.toLowerCase();
  const exact = entries[id] ?? entries[aliases[id] ?? ''];
  return exact ? [exact] : Object.values(entries).filter((entry) => entry.id.toLowerCase().endsWith(`/${id}`));
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
  const words = WORDS[language];
  return {
    text: headline,
    blocks: [
      header(headline),
      rich(line(bold(`${words.meaning}\n`), plain(meaning))),
      rich(line(bold(`${words.impact}\n`), plain(impact))),
      rich(
        line(bold(words.actions)),
        bullets(
          steps.map((step) => [plain(step)]),
          'ordered',
        ),
      ),
      ...(runbook ? buttons([{ label: words.runbook, url: runbook, id: 'open-runbook' }]) : []),
      context(footer),
    ],
  };
}
