/** The CDK app: `npm run synth`, or `npx cdk synth|deploy`. Needs no AWS account and no network to synthesize. */
import { Annotations, type App } from 'aws-cdk-lib';
import type { Config } from '../config/schema';
import { hubStack } from '../config/stack-name';
import { type BuildOptions, configOf, newApp, runSynth } from './build';
import { changeWarnings } from './changes';
import { HubStack } from './hub-stack';
import { readRecorded, recordFile, recordOf, writeRecorded } from './recorded';

export type { BuildOptions } from './build';

/**
 * The app, ready for synth(). cdk-nag and CDK's template checks run at synth, which then throws on their errors.
 * @throws Error that lists every problem of the configuration.
 */
export function buildApp(options: BuildOptions = {}): { app: App; config: Config; place?: string } {
  const app = newApp(options);
  const { config, place } = configOf(app, options);
  const { organization, regions } = config.settings;
  const hub = new HubStack(app, hubStack(config), {
    config,
    env: { account: organization.securityAccount, region: regions.home },
    description: 'Security Hub Interpreter: from findings to the Slack channels of their owners',
    terminationProtection: true,
  });
  if (place !== undefined) {
    const recorded = readRecorded(place, config.settings);
    for (const { id, message } of changeWarnings(recordOf(config.settings), recorded, recordFile(place), hub.stackName))
      Annotations.of(hub).addWarningV2(id, message);
  }
  return { app, config, place };
}

if (require.main === module) {
  runSynth((options) => {
    const { app, config, place } = buildApp(options);
    app.synth();
    // `-c record=false` where nobody deploys what is synthesized.
    if (place !== undefined && String(app.node.tryGetContext('record')) !== 'false') writeRecorded(place, config.settings);
  });
}
