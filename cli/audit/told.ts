/** What leaves to Slack: of the sample findings the fields whose values stand in their messages, found out by the code that writes them. */
import { type Config, LANGUAGES, type Language } from '../../config/schema';
import { FACT_WORDS } from '../../handlers/domain/message/fact-words';
import { languageOf } from '../../handlers/domain/message/heading';
import { SAMPLE_PROBLEMS } from '../samples/samples';
import { type Sample, samples } from '../samples/told';

export interface ToldField {
  field: string;
  /** In messages about which kinds of findings. */
  kinds: string[];
  /** A value that stood there. */
  example: string;
}

/** Shorter values stand in any text by chance. */
const SHORTEST = 4;

/** Of what begins so, the rest is the name: messages name a resource by its end. */
const ENDS = /[^/:]+$/;

/** What any receiver is sent, each in its own language: whoever reads the page counts for nothing. */
export async function slackFields(config: Config): Promise<ToldField[]> {
  const spoken = new Set(Object.values(config.routes.receivers).map((receiver) => languageOf(receiver, config.settings)));
  const told: Sample[] = [];
  for (const language of LANGUAGES.filter((each) => spoken.has(each))) told.push(...(await samples(config.settings, language)));
  const found = new Map<string, ToldField>();
  for (const problem of SAMPLE_PROBLEMS) {
    const texts = told.filter(({ name }) => name === problem.name).map(({ message, replies }) => JSON.stringify([message, replies]));
    for (const [field, value] of strings(problem.finding('first'))) {
      const part = [value, ENDS.exec(value)?.[0] ?? ''].find(
        (each) => each.length >= SHORTEST && texts.some((text) => text.includes(JSON.stringify(each).slice(1, -1))),
      );
      if (part === undefined) continue;
      const known = found.get(field) ?? { field, kinds: [], example: part.slice(0, 90) };
      if (!known.kinds.includes(problem.name)) known.kinds.push(problem.name);
      found.set(field, known);
    }
  }
  return [...found.values()].sort((a, b) => b.kinds.length - a.kinds.length || a.field.localeCompare(b.field));
}

/** The facts that a message may name, in the words of the message. */
export function factLabels(language: Language): string[] {
  return Object.values(FACT_WORDS[language].labels);
}

function strings(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((each) => strings(each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => strings(each, path === '' ? key : `${path}.${key}`));
}
