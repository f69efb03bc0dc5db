/** Reads config/ from disk and says everything that is wrong with it, with its place in the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigFile, type Fault, formatMistakes, type Mistake } from './mistake';
import { pathText } from './path';
import { findSecrets, redact } from './rules/secrets';
import type { Config } from './schema';
import { parseSource, type Source } from './source';
import { validate } from './validate';

export { formatMistakes, type Mistake } from './mistake';

interface Loaded {
  /** The path to the file, below the folder that was asked for. */
  file: string;
  source: Source;
  mistakes: Mistake[];
}

/**
 * @param dir the folder with settings.yaml and routes.yaml.
 * @param now epoch milliseconds, which tell whether a mute has ended.
 * @returns the configuration where no mistake is an error, and all mistakes by file and line. Never throws.
 */
export function loadConfig(dir: string, now: number): { config?: Config; mistakes: Mistake[] } {
  const files: Record<ConfigFile, Loaded> = { 'settings.yaml': read(dir, 'settings.yaml'), 'routes.yaml': read(dir, 'routes.yaml') };
  const { config, faults } = validate(
    {
      settings: files['settings.yaml'].source.value,
      routes: files['routes.yaml'].source.value,
      written: (file, path) => files[file].source.written(path),
    },
    now,
  );
  const mistakes = sorted([
    ...Object.values(files).flatMap((loaded) => loaded.mistakes),
    ...faults.map((fault) => placed(fault, files[fault.file])),
  ]);
  const refused = mistakes.some((mistake) => mistake.level === 'error');
  return { config: refused ? undefined : config, mistakes };
}

/** The configuration has errors; the message lists all of its mistakes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly mistakes: readonly Mistake[]) {
    super(`The configuration has errors, so nothing is built from it:\n${formatMistakes(mistakes)}`);
  }
}

/**
 * For whatever is built from the configuration. Warnings are printed and let pass.
 * @param print where warnings go; standard error unless told otherwise.
 * @throws ConfigError with every mistake, where one of them is an error.
 */
export function loadConfigOrThrow(dir: string, now: number, print: (text: string) => void = console.error): Config {
  const { config, mistakes } = loadConfig(dir, now);
  if (!config) throw new ConfigError(mistakes);
  if (mistakes.length > 0) print(formatMistakes(mistakes));
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
    return {
      file,
      source: { ...parseSource(''), value: undefined },
      mistakes: [{ rule: 'file', level: 'error', file, line: 1, column: 1, path: '', message: reason, remedy }],
    };
  }
  const source = parseSource(text);
  const broken = source.faults.map((fault): Mistake => ({ file, ...fault, path: pathText(fault.path) }));
  const secrets = findSecrets(text).map(
    ({ what, offset, beginning, remedy }): Mistake => ({
      rule: 'secret',
      level: 'error',
      file,
      ...source.placeAt(offset),
      path: pathText(source.pathAt(offset)),
      value: beginning,
      message: `this looks like ${what} (${beginning})`,
      remedy,
    }),
  );
  return { file, source, mistakes: [...broken, ...secrets] };
}

function placed(fault: Fault, { file, source }: Loaded): Mistake {
  const other = fault.other ? `${pathText(fault.other)} (line ${source.locate(fault.other).line})` : '';
  const value = source.written(fault.path);
  return {
    rule: fault.rule,
    level: fault.level,
    file,
    ...source.locate(fault.path, fault.atKey),
    path: pathText(fault.path),
    ...(value === undefined ? {} : { value }),
    message: fault.message.replace('{other}', other),
    remedy: fault.remedy,
  };
}

/** A key, a value or a suggestion may hold what looks like a secret: mistakes are printed and logged. */
function withoutSecrets(mistake: Mistake): Mistake {
  const { value, ...others } = mistake;
  const texts = { path: redact(mistake.path), message: redact(mistake.message), remedy: redact(mistake.remedy) };
  return { ...others, ...texts, ...(value === undefined ? {} : { value: redact(value) }) };
}

/** By file, line and column; the same thing found twice is told once. */
function sorted(mistakes: Mistake[]): Mistake[] {
  const byPlace = mistakes.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  const keysSoFar = new Set<string>();
  return byPlace.map(withoutSecrets).filter((mistake) => {
    const key = [mistake.file, mistake.line, mistake.column, mistake.message].join('\n');
    return !keysSoFar.has(key) && keysSoFar.add(key);
  });
}
