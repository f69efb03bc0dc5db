/** What is wrong with the configuration, where, and what to do about it. */
/** Keys and list positions from the top of a file. */
export type ConfigPath = (string | number)[];
export type ConfigFile = 'settings.yaml' | 'routes.yaml';
export type Level = 'error' | 'warning';

/** A problem as a rule finds it: it knows the path, not yet the line. */
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

export interface Problem {
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

/** `route.routes[2].receiver`; a key that is no plain word is quoted. */
export function pathText(path: ConfigPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return steps.join('').replace(/^\./, '');
}

/** One line a problem, then the count; empty where there is none. */
export function formatProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const lines = problems.map((problem) => {
    const about = problem.path ? `${problem.path}: ` : '';
    return `${problem.file}:${problem.line}:${problem.column}  ${problem.level.padEnd(7)}  ${about}${problem.message}.  ${problem.remedy}`;
  });
  return [...lines, countText(problems)].join('\n');
}

function countText(problems: readonly Problem[]): string {
  const count = (level: Level, word: string) => {
    const number = problems.filter((problem) => problem.level === level).length;
    return number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`];
  };
  return [...count('error', 'error'), ...count('warning', 'warning')].join(', ');
}
