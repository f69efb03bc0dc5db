/**
 * `npm run slack-manifest`: the Slack app, ready to paste. Alone on standard output, so that it can be copied or piped;
 * what to do with it goes to standard error.
 */
import { parseArgs } from 'node:util';
import type { AppsManifestCreateArguments } from '@slack/web-api';
import { formatProblems, loadConfig } from '../config/load';
import { DELIVERY_SCOPES, DOCTOR_SCOPES } from './slack-scopes';

type Manifest = AppsManifestCreateArguments['manifest'];

/** https://docs.slack.dev/reference/app-manifest */
export function slackManifest(): Manifest {
  return {
    display_information: {
      name: 'Security Hub',
      description: 'Findings of AWS Security Hub, told to those who can act on them',
      background_color: '#232f3e',
    },
    features: { bot_user: { display_name: 'security-hub' } },
    oauth_config: { scopes: { bot: [...DELIVERY_SCOPES, ...DOCTOR_SCOPES] } },
    // It only speaks: it hears no events, has no buttons that call back, and its token stays valid until it is revoked,
    // because nobody here could refresh it.
    settings: { org_deploy_enabled: false, socket_mode_enabled: false, token_rotation_enabled: false },
  };
}

/** @param host of the Web API: GovSlack has a site of its own. */
export function slackAppsPage(host: string): string {
  return `https://api.${host}/apps`;
}

/** @returns the exit code: 0; 1 where the configuration has errors; 2 where the flags are wrong. */
export function runSlackManifest(argv: string[], output: { print(text: string): void; printError(text: string): void }): 0 | 1 | 2 {
  let folder: string;
  try {
    folder = parseArgs({ args: argv, options: { config: { type: 'string', default: 'config' } } }).values.config;
  } catch (error) {
    output.printError(`${(error as Error).message}\n\nnpm run slack-manifest [-- --config DIR]`);
    return 2;
  }
  const { config, problems } = loadConfig(folder, Date.now());
  if (problems.length > 0) output.printError(formatProblems(problems));
  if (!config) return 1;
  output.print(JSON.stringify(slackManifest(), null, 2));
  const { host } = config.settings.slack;
  output.printError(
    `\nPaste it at ${slackAppsPage(host)}: Create New App, From a manifest, JSON. Install the app to the workspace, and store the Bot User OAuth Token (OAuth & Permissions) as \`npm run prerequisites\` says.`,
  );
  if (Object.values(config.routes.receivers).every(({ channel }) => channel === undefined))
    output.printError('Every receiver of routes.yaml is an incoming webhook, so this app has nobody to tell.');
  return 0;
}

if (require.main === module) {
  process.exitCode = runSlackManifest(process.argv.slice(2), { print: console.log, printError: console.error });
}
