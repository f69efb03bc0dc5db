/** The CDK app: `npm run synth`, or `npx cdk synth|deploy`. Needs no AWS account and no network to synthesize. */
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json';
import { loadConfigOrThrow } from '../config/load';
import type { Config } from '../config/schema';
import { PROJECT } from './constructs/bundling';
import { HubStack } from './hub-stack';

export const HUB_STACK = 'SecurityHubInterpreter';

/** What the cdk command adds by itself: where a resource comes from, and which folder is a function's code. */
const METADATA = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

export interface BuildOptions {
  /** The checked configuration; without it, the folder that the context's `config` names (default config/) is read. */
  config?: Config;
  /** Where the cloud assembly goes; default $CDK_OUTDIR, else cdk.out. */
  outdir?: string;
  /** Beside what cdk.json sets; `{'aws:cdk:bundling-stacks': []}` leaves the functions unbundled. */
  context?: Record<string, unknown>;
  /** cdk-nag at synth; default: unless CDK_VALIDATION=false, which also turns CDK's own template checks off. */
  nag?: boolean;
}

/**
 * The app, ready for synth(). cdk-nag and CDK's template checks run at synth, which then throws on their errors.
 * @throws Error that lists every problem of the configuration.
 */
export function buildApp(options: BuildOptions = {}): App {
  const app = new App({
    // Who builds the app synthesizes it: by default it would happen again at exit, and print an error twice.
    autoSynth: false,
    outdir: options.outdir ?? process.env.CDK_OUTDIR ?? join(PROJECT, 'cdk.out'),
    // The cdk command gives cdk.json's context to the app; everybody else gets the same flags, so the same template, from here.
    context: { ...cdkJson.context, ...METADATA, ...options.context },
  });
  const config = options.config ?? loadConfigOrThrow(app.node.tryGetContext('config') ?? 'config', Date.now());
  const { organization, regions } = config.settings;
  new HubStack(app, HUB_STACK, {
    config,
    env: { account: organization.securityAccount, region: regions.home },
    description: 'Security Hub Interpreter: from findings to the Slack channels of their owners',
    terminationProtection: true,
  });
  if (options.nag ?? process.env.CDK_VALIDATION !== 'false') Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

if (require.main === module) {
  try {
    buildApp().synth();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
