/** How esbuild makes a function's asset: one ESM file with everything in it, and data beside it: the configuration, the phrasebook. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { type BundlingOptions, Charset, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import { compile } from '../../config/phrases/compile';
import { phrasebookFile } from '../../config/phrases/compiled';
import { loadPhrasebook } from '../../config/phrases/load';
import { type Config, LANGUAGES } from '../../config/schema';
import { shellWord } from '../../config/shell';

/** The project's folder: bundles do not depend on where the command was started. */
export const PROJECT = resolve(__dirname, '../..');

/** The checked configuration as the functions read it. */
export function configText({ settings, routes }: Config): string {
  return JSON.stringify({ settings, routes }, null, 2);
}

/** Files that are laid beside a function's code: what they are called there, and where they are. */
export type DataFiles = Readonly<Record<string, string>>;

/**
 * Writes the checked configuration into the cloud assembly. Functions read it at $LAMBDA_TASK_ROOT/config.json, so an edited route
 * changes data and not one byte of code.
 */
export function writeConfig(scope: Construct, config: Config): DataFiles {
  return { 'config.json': written(scope, 'config', configText(config)) };
}

/** The same of the phrasebook, with what the configuration says otherwise: one file a language. */
export function writePhrasebook(scope: Construct, { phrases = {} }: Config): DataFiles {
  // Where no code is bundled, as for a list of the stacks, nobody lays it anywhere, and to read it takes half a second.
  if (!Stack.of(scope).bundlingRequired) return {};
  const entries = loadPhrasebook();
  const files = LANGUAGES.map((language) => {
    const name = phrasebookFile(language);
    return [name, written(scope, name.replace('.json', ''), JSON.stringify(compile(entries, phrases, language)))];
  });
  return Object.fromEntries(files);
}

/** @returns its path. Its name carries its hash: CDK caches a bundle within a process by the commands that make it. */
function written(scope: Construct, name: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const file = resolve(Stage.of(scope)?.outdir ?? '.', `${name}-${hash}.json`);
  writeFileSync(file, content);
  return file;
}

/**
 * `files` are laid beside the code. The SDK is bundled: the runtime's own changes without a deployment and lacks the newest models.
 * No source map: it would make the asset's hash depend on the output folder.
 */
export function bundling(files: DataFiles = {}): BundlingOptions {
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
      afterBundling: (_input, output) =>
        Object.entries(files).map(([name, file]) => `cp ${shellWord(file)} ${shellWord(join(output, name))}`),
    },
  };
}
