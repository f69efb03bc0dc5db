/** What is wrong with the configuration, where, and what to do about it. */
import type { ConfigPath } from './path';

/** The files that the configuration has; entries of the phrasebook stand in files of any name. */
export type ConfigFile = 'settings.yaml' | 'routes.yaml' | `phrasebook/${string}`;
export type Level = 'error' | 'warning';

/** A mistake as a rule finds it: it knows the path, not yet the line. */
export interface Fault {
  /** Which rule is broken, by its name; `shape` is the schema's. */
  rule: string;
  level: Level;
  file: ConfigFile;
  path: ConfigPath;
  /** Point at the key rather than at its value. */
  atKey?: boolean;
  /** What is wrong. `{other}` stands for the place of `other`. */
  message: string;
  /** What to do. */
  remedy: string;
  /** Another place of the same file that the message speaks of. */
  other?: ConfigPath;
}

/** What a rule says of one value, wherever it stands. */
export type Advice = Pick<Fault, 'message' | 'remedy'>;

/** A mistake in its place of the file. */
export interface Mistake {
  /** Which rule is broken, by its name: the same for as long as the rule means the same. */
  rule: string;
  level: Level;
  /** As it can be opened: the folder that was loaded, and the file's name. */
  file: string;
  /** Both count from 1. */
  line: number;
  column: number;
  /** Such as `route.routes[2].receiver`; empty where it is about the file. */
  path: string;
  /** The bad value as the file has it. Absent where something is missing, or where it is a whole section. */
  value?: string;
  message: string;
  remedy: string;
}

/** One line a mistake, then the count; empty where there is none. */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  if (mistakes.length === 0) return '';
  const lines = mistakes.map((mistake) => {
    const about = mistake.path ? `${mistake.path}: ` : '';
    return `${mistake.file}:${mistake.line}:${mistake.column}  ${mistake.level.padEnd(7)}  ${about}${mistake.message}.  ${mistake.remedy}`;
  });
  return [...lines, countText(mistakes)].join('\n');
}

function countText(mistakes: readonly Mistake[]): string {
  const count = (level: Level, word: string) => {
    const number = mistakes.filter((mistake) => mistake.level === level).length;
    return number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`];
  };
  return [...count('error', 'error'), ...count('warning', 'warning')].join(', ');
}
