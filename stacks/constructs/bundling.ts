/** How esbuild makes a function's asset: one ESM file with everything in it, and the configuration beside it as data. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { type BundlingOptions, Charset, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import type { Config } from '../../config/schema';
import { shellWord } from '../../config/shell';

/** The project's folder: bundles do not depend on where the command was started. */
export const PROJECT = resolve(__dirname, '../..');

/** The checked configuration as the functions read it. */
export function configText({ settings, routes }: Config): string {
  return JSON.stringify({ settings, routes }, null, 2);
}

/**
 * Writes the checked configuration into the cloud assembly and answers its path. Functions read it at
 * $LAMBDA_TASK_ROOT/config.json, so an edited route changes data and not one byte of code. Its name
 * carries its hash: CDK caches a bundle within a process by the commands that make it.
 */
export function writeConfig(scope: Construct, config: Config): string {
  const content = configText(config);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const file = resolve(Stage.of(scope)?.outdir ?? '.', `config-${hash}.json`);
  writeFileSync(file, content);
  return file;
}

/**
 * `configFile` is laid beside the code. The SDK is bundled: the runtime's own changes without a deployment and lacks the newest models.
 * No source map: it would make the asset's hash depend on the output folder.
 */
export function bundling(configFile?: string): BundlingOptions {
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    bundleAwsSDK: true,
    minify: true,
    charset: Charset.UTF8,
    // CommonJS packages in an ESM bundle still call require for Node's own modules.
    banner: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_input, output) => (configFile ? [`cp ${shellWord(configFile)} ${shellWord(join(output, 'config.json'))}`] : []),
    },
  };
}
