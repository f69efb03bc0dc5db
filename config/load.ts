/** Reads config/ from disk and says everything that is wrong with it, with its place in the file. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT_NAME, environmentsFolder, isOverlaid, overlaid, placeOf } from './environment';
import { type Loaded, missing, placed, read, sorted } from './file';
import { type ConfigFile, formatMistakes, type Mistake } from './mistake';
import { suggestion } from './nearest';
import type { ConfigPath } from './path';
import { readOwnPhrases } from './phrases/load';
import { allToOne } from './routing/all-to';
import { checkEnvironment, type Deployment } from './rules/environment';
import type { Config } from './schema';
import { validate } from './validate';

export { formatMistakes, type Mistake } from './mistake';

/** Rules of what only another mode of enablement makes use of. */
const NEEDLESS = ['enablement-needless-targets', 'functions-unused'];

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
  const own = readOwnPhrases(dir);
  const mistakes = sorted([
    ...[base, routes, ...(overlay ? [overlay] : [])].flatMap((loaded) => loaded.mistakes),
    ...faults
      .map((fault) => ({ fault, where: holder(fault.file, fault.path) }))
      // The targets of the settings mean something there; an environment that turns nothing on need not take them away.
      .filter(({ fault: { rule }, where }) => !(overlay && where === base && NEEDLESS.includes(rule)))
      .map(({ fault, where }) => placed(fault, where)),
    ...beside,
    ...own.mistakes,
  ]);
  const refused = !config || mistakes.some((mistake) => mistake.level === 'error');
  const others = { ...(environment === undefined ? {} : { environment }), ...(own.entries ? { phrases: own.entries } : {}) };
  return { config: refused ? undefined : allToOne({ ...config, ...others }), mistakes };
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
