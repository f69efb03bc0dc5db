/**
 * `npm run hub -- prerequisites`: what a person does before the first deployment, as commands with this organization's ids.
 * Asks nothing of AWS.
 */
import type { Config } from '../config/schema';
import { withConfig } from './doctor/config-flag';
import { command, CONFIG, JSON_FLAG } from './frame/command';
import { rekeySecrets } from './prerequisites/key-steps';
import { organizationSteps } from './prerequisites/organization-steps';
import { renderSteps } from './prerequisites/render';
import { securitySteps } from './prerequisites/security-steps';
import type { Step } from './prerequisites/step';
import { configuration } from './run/configuration';
import { painter } from './show/columns';

export const prerequisitesCommand = command({
  name: 'prerequisites',
  group: 'plan',
  summary: 'What comes before the first deployment, as commands with your ids: delegation, Slack app, secret, model.',
  about: 'Asks nothing of AWS. Each command is followed by one that shows its effect, and by how to undo it.',
  flags: { ...CONFIG, ...JSON_FLAG },
  run({ flags }, terminal) {
    const config = configuration(flags.config, terminal);
    const { steps, closing } = prerequisites(config, flags.config);
    const options = { width: terminal.width, paint: painter(terminal.colour) };
    terminal.print(flags.json ? JSON.stringify({ steps, closing }, null, 2) : renderSteps(config, steps, closing, options));
    return 0;
  },
});

/** @param folder of the configuration: this project's own commands are told where it is. */
export function prerequisites(config: Config, configDir: string): { steps: Step[]; closing: string[] } {
  const own = (line: string) => withConfig(line, configDir);
  // An environment that sets nothing up stands beside a deployment that has.
  const beside = config.environment !== undefined && config.settings.enablement.mode === 'none';
  return {
    steps: [...(beside ? [] : organizationSteps(config.settings, own)), ...securitySteps(config, own)],
    closing: [own('npm run doctor -- --before'), own('npx cdk deploy --all'), ...rekeySecrets(config), own('npm run doctor')],
  };
}
