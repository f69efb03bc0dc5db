/** Reads config/ from disk and says everything that is wrong with it, with its place in the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigFile, type Fault, formatProblems, type Problem, pathText } from './problem';
import { findSecrets, redact } from './rules/secrets';
import type { Config } from './schema';
import { parseSource, type Source } from './source';
import { validate } from './validate';

export { formatProblems, type Problem } from './problem';

interface Loaded {
  /** The path to the file, below the folder that was asked for. */
  file: string;
  source?: Source;
  problems: Problem[];
}

/**
 * @param dir the folder with settings.yaml and routes.yaml.
 * @param now epoch milliseconds, which tell whether a mute has ended.
 * @returns the configuration where no problem is an error, and all problems by file and line. Never throws.
 */
export function loadConfig(dir: string, now: number): { config?: Config; problems: Problem[] } {
  const files: Record<ConfigFile, Loaded> = { 'settings.yaml': read(dir, 'settings.yaml'), 'routes.yaml': read(dir, 'routes.yaml') };
  const { config, faults } = validate(
    {
      settings: files['settings.yaml'].source?.value,
      routes: files['routes.yaml'].source?.value,
      written: (file, path) => files[file].source?.written(path),
    },
    now,
  );
  const problems = sorted([
    ...Object.values(files).flatMap((loaded) => loaded.problems),
    ...faults.map((fault) => placed(fault, files[fault.file])),
  ]);
  const refused = problems.some((problem) => problem.level === 'error');
  return { config: refused ? undefined : config, problems };
}

/** The configuration has errors; the message lists all of its problems. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly Problem[]) {
    super(`The configuration has errors, so nothing is built from it:\n${formatProblems(problems)}`);
  }
}

/**
 * For whatever is built from the configuration. Warnings are printed and let pass.
 * @param print where warnings go; standard error unless told otherwise.
 * @throws ConfigError with every problem, where one of them is an error.
 */
export function loadConfigOrThrow(dir: string, now: number, print: (text: string) => void = console.error): Config {
  const { config, problems } = loadConfig(dir, now);
  if (!config) throw new ConfigError(problems);
  if (problems.length > 0) print(formatProblems(problems));
  return config;
}

function read(dir: string, name: ConfigFile): Loaded {
  const file = join(dir, name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const reason = code === 'ENOENT' ? 'the file is not there' : `the file cannot be read (${code})`;
    const remedy = `Put it into ${dir}: start from an example in config/examples/.`;
    return { file, problems: [{ rule: 'file', level: 'error', file, line: 1, column: 1, path: '', message: reason, remedy }] };
  }
  const source = parseSource(text);
  const broken = source.faults.map((fault): Problem => ({ file, ...fault, path: pathText(fault.path) }));
  const secrets = findSecrets(text).map(
    ({ what, offset, shown, remedy }): Problem => ({
      rule: 'secret',
      level: 'error',
      file,
      ...source.placeAt(offset),
      path: pathText(source.pathAt(offset)),
      value: shown,
      message: `this looks like ${what} (${shown})`,
      remedy,
    }),
  );
  return { file, source, problems: [...broken, ...secrets] };
}

function placed(fault: Fault, { file, source }: Loaded): Problem {
  const other = fault.other && source ? `${pathText(fault.other)} (line ${source.locate(fault.other).line})` : '';
  const value = source?.written(fault.path);
  return {
    rule: fault.rule,
    level: fault.level,
    file,
    ...(source?.locate(fault.path, fault.atKey) ?? { line: 1, column: 1 }),
    path: pathText(fault.path),
    ...(value === undefined ? {} : { value }),
    message: fault.message.replace('{other}', other),
    remedy: fault.remedy,
  };
}

/** A key, a value or a suggestion may hold what looks like a secret: problems are printed and logged. */
function withoutSecrets(problem: Problem): Problem {
  const { value, ...others } = problem;
  const texts = { path: redact(problem.path), message: redact(problem.message), remedy: redact(problem.remedy) };
  return { ...others, ...texts, ...(value === undefined ? {} : { value: redact(value) }) };
}

/** By file, line and column; the same thing found twice is told once. */
function sorted(problems: Problem[]): Problem[] {
  const byPlace = problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  const seen = new Set<string>();
  return byPlace.map(withoutSecrets).filter((problem) => {
    const key = [problem.file, problem.line, problem.column, problem.message].join('\n');
    return !seen.has(key) && seen.add(key);
  });
}
