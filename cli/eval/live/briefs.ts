/** The findings that a model is asked about: this project's sample problems, and entries of the phrasebook. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Phrasebook } from '../../../config/phrases/compiled';
import type { Language, Severity } from '../../../config/schema';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { type Brief, briefOf, briefWith, officialText } from '../../../handlers/domain/interpretation/brief';
import { phraseIdsOf } from '../../../handlers/domain/phrasebook/ids';
import { type Phrase, phraseIn } from '../../../handlers/domain/phrasebook/phrase';
import { SAMPLE_PROBLEMS } from '../../samples/samples';

/** What is asked, in one language. */
export interface Question {
  name: string;
  language: Language;
  severity: Severity;
  /** With the entry's words in it. */
  brief: Brief;
  phrase?: Phrase;
}

interface Case {
  name: string;
  severity: Severity;
  phrases: string[];
  brief: Brief;
}

/**
 * Thirty: each in one language, by turns.
 * @param language all of them in this one.
 */
export function questions(phrasebook: (language: Language) => Phrasebook, language?: Language): Question[] {
  return cases().map(({ name, severity, phrases, brief }, index) => {
    const its = language ?? (index % 2 === 0 ? 'en' : 'ja');
    const phrase = phraseIn(phrasebook(its), phrases, brief.resourceTypes?.[0] ?? '');
    return { name, language: its, severity, brief: briefWith(brief, phrase), ...(phrase ? { phrase } : {}) };
  });
}

function cases(): Case[] {
  const written = JSON.parse(readFileSync(join(__dirname, 'briefs.json'), 'utf8')) as (Omit<Case, 'phrases'> & { phrase: string })[];
  const samples = SAMPLE_PROBLEMS.map(({ name, finding }): Case => {
    const parsed = parseFinding(finding('first'));
    return { name, severity: parsed.severity, phrases: phraseIdsOf(parsed), brief: briefOf(parsed, officialText(parsed), []) };
  });
  return [...samples, ...written.map(({ phrase, ...each }) => ({ ...each, phrases: [phrase] }))];
}
