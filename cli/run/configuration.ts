/** The configuration of a command, with every mistake told at once. */
import { formatMistakes, loadConfig } from '../../config/load';
import type { Config } from '../../config/schema';
import { WrongConfiguration } from '../frame/command';
import { say } from '../frame/run';
import type { Terminal } from '../frame/terminal';

const PLAIN = { printError: console.error, width: 100, now: Date.now };

/**
 * Says the warnings.
 * @throws WrongConfiguration with all mistakes where there are errors, each with its place and its remedy.
 */
export function configuration(dir: string, terminal: Pick<Terminal, 'printError' | 'width' | 'now'> = PLAIN): Config {
  const { config, mistakes } = loadConfig(dir, terminal.now());
  if (!config) throw new WrongConfiguration(formatMistakes(mistakes));
  if (mistakes.length > 0) say(formatMistakes(mistakes), terminal);
  return config;
}

/** The names of the secrets that hold the addresses of receivers' incoming webhooks. */
export function webhookSecrets({ routes }: Config): string[] {
  return Object.values(routes.receivers).flatMap(({ webhookSecret }) => webhookSecret ?? []);
}
