/** Sets of sentences to measure the gate by: this repository's own, and files of others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language, Severity } from '../../config/schema';
import type { Brief } from '../../handlers/domain/interpretation/brief';
import type { Briefing } from '../../handlers/domain/interpretation/briefing';
import { at, object, text } from '../../handlers/domain/text/reading';
import { WrongUse } from '../frame/command';

/** A sentence as a model could write it about a finding. */
export interface Sample {
  language: Language;
  kind: string;
  /** Whether it may be shown. */
  good: boolean;
  /** Of which whole answer it is a part, if of one. */
  briefing?: string;
  brief: Brief;
  severity: Severity;
  field: keyof Briefing;
  sentence: string;
}

const FOLDER = join(__dirname, 'sentences');
const FIELDS = { s: 'summary', i: 'impact', a: 'actions' } as const;

/** @returns the repository's own sentences of both languages. Their form is told in sentences/README.md. */
export function ownSamples(): Sample[] {
  const briefs = JSON.parse(readFileSync(join(FOLDER, 'briefs.json'), 'utf8')) as Record<string, { severity: Severity; brief: Brief }>;
  const files = (['en', 'ja'] as const).flatMap((language) =>
    [`${language}.txt`, `later-${language}.txt`].map((file) => ({ language, file })),
  );
  return files.flatMap(({ language, file }) => {
    let [kind, good] = ['', false];
    return readFileSync(join(FOLDER, file), 'utf8')
      .split('\n')
      .flatMap((line, index): Sample[] => {
        const heading = /^## ([a-z-]+) (good|bad)$/.exec(line);
        if (heading) [kind, good] = [heading[1] as string, heading[2] === 'good'];
        const [, name = '', letter = '', sentence = ''] = /^([a-z]+)\.([sia]) (.+)$/.exec(line) ?? [];
        const about = briefs[name];
        if (!about && line !== '' && !heading)
          throw new Error(`sentences/${file}:${index + 1}: neither a heading nor a sentence about a known brief`);
        if (!about) return [];
        const briefing = kind === 'plain' ? { briefing: `${language} ${name}` } : {};
        return [{ language, kind, good, ...briefing, ...about, field: FIELDS[letter as keyof typeof FIELDS], sentence }];
      });
  });
}

/**
 * A file of JSON lines {lang, kind, good, briefing, brief, field, sentence}, and severity where the finding's is known.
 * @throws WrongUse for a file that is not of that form.
 */
export function samplesOf(file: string): Sample[] {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new WrongUse(`${file} cannot be read: ${(error as Error).message}`);
  }
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [sampleOf(line, `${file}:${index + 1}`)]));
}

function sampleOf(line: string, place: string): Sample {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new WrongUse(`${place} is not JSON.`);
  }
  const language = text(at(row, 'lang'));
  const field = text(at(row, 'field'));
  const sentence = text(at(row, 'sentence'));
  const kind = text(at(row, 'kind'));
  const brief = object(at(row, 'brief'));
  const good = at(row, 'good');
  if (!sentence || !kind || !brief || typeof good !== 'boolean' || !isLanguage(language) || !isField(field))
    throw new WrongUse(`${place} wants lang (en, ja), kind, good, brief, field (summary, impact, actions) and sentence.`);
  const briefing = text(at(row, 'briefing'));
  return {
    language,
    kind,
    good,
    ...(briefing ? { briefing: `${language} ${briefing}` } : {}),
    brief: brief as unknown as Brief,
    severity: (text(at(row, 'severity')) as Severity | undefined) ?? 'HIGH',
    field,
    sentence,
  };
}

const isLanguage = (value: string | undefined): value is Language => value === 'en' || value === 'ja';
const isField = (value: string | undefined): value is keyof Briefing => value === 'summary' || value === 'impact' || value === 'actions';
