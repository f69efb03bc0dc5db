/** The facts of a finding as a reader has them. */
import type { Language } from '../../../config/schema';
import { factsOf } from '../../../handlers/domain/facts/facts';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { deciding, factRow } from '../../../handlers/domain/message/fact-rows';
import { NOW, settings } from '../made';

/** A row each. */
export function said(raw: object, language: Language = 'en'): string[] {
  const reader = { language, settings, now: NOW };
  return factsOf(parseFinding(raw)).map((fact) => {
    const { elements } = factRow(fact, reader) as { elements: { text: string }[] };
    return elements.map(({ text }) => text.replaceAll('\u00a0', ' ')).join('');
  });
}
/** What of them a phone shows. */
export const phone = (raw: object) => deciding(factsOf(parseFinding(raw)), { language: 'en', settings, now: NOW });
