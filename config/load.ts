/** Reads config/ from disk and says everything that is wrong with it, with its place in the file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT_NAME, environmentsFolder, isOverlaid, overlaid, placeOf } from './environment';
import { type ConfigFile, type Fault, formatMistakes, type Mistake } from './mistake';
import { suggestion } from './nearest';
import { type ConfigPath, pathText } from './path';
import { allToOne } from './routing/all-to';
import { checkEnvironment, type Deployment } from './rules/environment';
import { findSecrets, redact } from './rules/secrets';
import type { Config } from './schema';
import { parseSource, type Source } from './source';
import { validate } from './validate';

export { formatMistakes, type Mistake } from './mistake';

/** Rules of what only another mode of enablement makes use of. */
const NEEDLESS = ['enablement-needless-targets', 'functions-unused'];

interface Loaded {
  /** The path to the file, below the folder that was asked for. */
  file: string;
  source: Source;
  mistakes: Mistake[];
}

/**
 * @param place the folder with settings.yaml and routes.yaml, or the file of an environment below it (configPlace).
 * @param now epoch milliseconds, which tell whether a mute has ended.
 * @returns the configuration where no mistake is an error, and all mistakes by file and line. Never throws.
 */
export function loadConfig(place: string, now: number): { config?: Config; mistakes: Mistake[] } {
  const { dir, environment } = placeOf(place);
  const base = read(dir, 'settings.yaml');
  const routes = read(dir, 'routes.yaml');
  const overlay = environment === undefined ? undefined : readEnvironment(dir, environment);
  const settings = overlaid(base.source.value, overlay?.source.value);
  const holder = (file: ConfigFile, path: ConfigPath) => {
    if (file === 'routes.yaml') return routes;
    return overlay && isOverlaid(base.source.value, overlay.source.value, path) ? overlay : base;
  };
  const written = (file: ConfigFile, path: ConfigPath) => holder(file, path).source.written(path);
  const { config, faults } = validate({ settings, routes: routes.source.value, written }, now);
  const beside =
    environment === undefined || overlay?.source.value === undefined
      ? []
      : checkEnvironment(settings, routes.source.value, otherDeployments(dir, environment, base.source.value)).map((fault) =>
          placed(fault, overlay),
        );
  const mistakes = sorted([
    ...[base, routes, ...(overlay ? [overlay] : [])].flatMap((loaded) => loaded.mistakes),
    ...faults
      .map((fault) => ({ fault, where: holder(fault.file, fault.path) }))
      // The targets of the settings mean something there; an environment that turns nothing on need not take them away.
      .filter(({ fault: { rule }, where }) => !(overlay && where === base && NEEDLESS.includes(rule)))
      .map(({ fault, where }) => placed(fault, where)),
    ...beside,
  ]);
  const refused = !config || mistakes.some((mistake) => mistake.level === 'error');
  return { config: refused ? undefined : allToOne({ ...config, ...(environment === undefined ? {} : { environment }) }), mistakes };
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
export function loadConfigOrThrow(place: string, now: number, print: (text: string) => void = console.error): Config {
  const { config, mistakes } = loadConfig(place, now);
  if (!config) throw new ConfigError(mistakes);
  if (mistakes.length > 0) print(formatMistakes(mistakes));
  return config;
}

function read(dir: string, name: string): Loaded {
  const file = join(dir, name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const reason = code === 'ENOENT' ? 'the file is not there' : `the file cannot be read (${code})`;
    return missing(file, reason, `Put it into ${dir}: start from an example in config/examples/.`);
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

function missing(file: string, message: string, remedy: string): Loaded {
  return {
    file,
    source: { ...parseSource(''), value: undefined },
    mistakes: [{ rule: 'file', level: 'error', file, line: 1, column: 1, path: '', message, remedy }],
  };
}

function readEnvironment(dir: string, name: string): Loaded {
  const file = `environments/${name}.yaml`;
  if (!ENVIRONMENT_NAME.test(name))
    return missing(
      join(dir, 'settings.yaml'),
      `"${name}" is no name of an environment: lower-case letters, digits and hyphens, at most 16, a letter first`,
      'Name the environment by its file, without .yaml.',
    );
  const known = environmentsIn(dir);
  if (known.includes(name)) return read(dir, file);
  const remedy = known.length === 0 ? `Write ${join(dir, file)}: what is other in ${name}.` : suggestion(name, known, '');
  return missing(join(dir, file), `there is no environment "${name}"`, remedy);
}

/** By the files that are there. */
function environmentsIn(dir: string): string[] {
  try {
    return readdirSync(environmentsFolder(dir)).flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}

function otherDeployments(dir: string, environment: string, settings: unknown): Deployment[] {
  const others = environmentsIn(dir).filter((name) => name !== environment && ENVIRONMENT_NAME.test(name));
  return [
    { file: 'settings.yaml', settings },
    ...others.map((name) => ({ file: `environments/${name}.yaml`, settings: overlaid(settings, readEnvironment(dir, name).source.value) })),
  ];
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
