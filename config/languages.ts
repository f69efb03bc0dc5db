/** What is the same of a language wherever it is written. Apart from the schema, so that the functions need not carry its library. */
import type { Language } from './terms';

export const WRITTEN: Record<Language, { locale: string; betweenSentences: string }> = {
  ja: { locale: 'ja-JP', betweenSentences: '' },
  en: { locale: 'en-GB', betweenSentences: ' ' },
};
