/** The CDK app: `npm run synth`, or `npx cdk synth|deploy`. Needs no AWS account and no network to synthesize. */
import { Annotations, type App } from 'aws-cdk-lib';
import type { Config } from '../config/schema';
import { HUB_STACK } from '../config/stack-name';
import { type BuildOptions, configOf, newApp, runSynth } from './build';
import { changeWarnings } from './changes';
import { HubStack } from './hub-stack';
import { readRecorded, recordFile, recordOf, writeRecorded } from './recorded';

export type { BuildOptions } from './build';

/**
 * The app, ready for synth(). cdk-nag and CDK's template checks run at synth, which then throws on their errors.
 * @throws Error that lists every problem of the configuration.
 */
export function buildApp(options: BuildOptions = {}): { app: App; config: Config; configFolder?: string } {
  const app = newApp(options);
  const { config, configFolder } = configOf(app, options);
  const { organization, regions } = config.settings;
  const hub = new HubStack(app, HUB_STACK, {
    config,
    env: { account: organization.securityAccount, region: regions.home },
    description: 'Security Hub Interpreter: from findings to the Slack channels of their owners',
    terminationProtection: true,
  });
  if (configFolder !== undefined) {
    const recorded = readRecorded(configFolder, config.settings);
    for (const { id, message } of changeWarnings(recordOf(config.settings), recorded, recordFile(configFolder), hub.stackName))
      Annotations.of(hub).addWarningV2(id, message);
  }
  return { app, config, configFolder };
}

if (require.main === module) {
  runSynth((options) => {
    const { app, config, configFolder } = buildApp(options);
    app.synth();
    // `-c record=false` where nobody deploys what is synthesized.
    if (configFolder !== undefined && String(app.node.tryGetContext('record')) !== 'false') writeRecorded(configFolder, config.settings);
  });
}
