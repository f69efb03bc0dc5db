/** The configuration of a run, with every problem printed at once. */
import { formatProblems, loadConfig } from '../../config/load';
import type { Config } from '../../config/schema';

export class ConfigurationProblems extends Error {
  override name = 'ConfigurationProblems';
}

/** @throws ConfigurationProblems with all of them, each with its place and its remedy. */
export function configuration(dir: string): Config {
  const { config, problems } = loadConfig(dir, Date.now());
  const errors = problems.filter(({ level }) => level === 'error');
  if (!config || errors.length > 0) throw new ConfigurationProblems(formatProblems(problems));
  return config;
}

/** The names of the secrets that hold the addresses of receivers' incoming webhooks. */
export function webhookSecrets({ routes }: Config): string[] {
  return Object.values(routes.receivers).flatMap(({ webhookSecret }) => webhookSecret ?? []);
}
