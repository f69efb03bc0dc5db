/**
 * `npm run --silent hub -- slack-manifest`: the Slack app, ready to paste. Alone on standard output, so that it can be copied or piped;
 * what to do with it goes to standard error.
 */
import type { AppsManifestCreateArguments } from '@slack/web-api';
import { command, CONFIG } from './frame/command';
import { say } from './frame/run';
import { configuration } from './run/configuration';
import { DELIVERY_SCOPES, DOCTOR_SCOPES } from './slack-scopes';

type Manifest = AppsManifestCreateArguments['manifest'];

export const slackManifestCommand = command({
  name: 'slack-manifest',
  group: 'plan',
  summary: 'Prints the manifest of the Slack app, ready to paste.',
  about:
    'Alone on standard output, so that it can be piped (npm run --silent hub -- slack-manifest); what to do with it is on standard error.',
  flags: CONFIG,
  run({ flags }, terminal) {
    const { settings, routes } = configuration(flags.config, terminal);
    terminal.print(JSON.stringify(slackManifest(), null, 2));
    say(
      `\nPaste it at ${slackAppsPage(settings.slack.host)}: Create New App, From a manifest, JSON. Install the app to the workspace, and store the Bot User OAuth Token (OAuth & Permissions) as \`npm run hub -- prerequisites\` says.`,
      terminal,
    );
    if (Object.values(routes.receivers).every(({ channel }) => channel === undefined))
      say('Every receiver of routes.yaml is an incoming webhook, so this app has nobody to tell.', terminal);
    return 0;
  },
});

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
