/** What the apps share: the context, the configuration, the checks at synth. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json';
import { configPlace } from '../config/environment';
import { loadConfigOrThrow } from '../config/load';
import { suggestion } from '../config/nearest';
import type { Config } from '../config/schema';
import { PROJECT } from './constructs/bundling';

/** What the cdk command adds by itself: where a resource comes from, and which folder is a function's code. */
const METADATA = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

export interface BuildOptions {
  /** The checked configuration; without it, what the context's `config` (default config/) and `environment` name is read. */
  config?: Config;
  /** Where the cloud assembly goes; default $CDK_OUTDIR, else cdk.out. */
  outdir?: string;
  /** Beside what cdk.json sets; `{'aws:cdk:bundling-stacks': []}` leaves the functions unbundled. */
  context?: Record<string, unknown>;
  /** cdk-nag at synth; default: unless CDK_VALIDATION=false, which also turns CDK's own template checks off. */
  nag?: boolean;
}

/** @param outdir where the cloud assembly goes unless the options or $CDK_OUTDIR say so. */
export function newApp(options: BuildOptions, outdir = join(PROJECT, 'cdk.out')): App {
  const app = new App({
    // Who builds the app synthesizes it: by default it would happen again at exit, and print an error twice.
    autoSynth: false,
    outdir: options.outdir ?? process.env.CDK_OUTDIR ?? outdir,
    // The cdk command gives cdk.json's context to the app; everybody else gets the same flags, so the same template, from here.
    context: { ...cdkJson.context, ...METADATA, ...options.context },
  });
  if (options.nag ?? process.env.CDK_VALIDATION !== 'false') Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/**
 * @returns the configuration, and the place it was read from (configPlace), if it was read.
 * @throws Error that lists every problem of the configuration.
 */
export function configOf(app: App, options: BuildOptions): { config: Config; place?: string } {
  if (options.config) return { config: options.config };
  checkContext(app);
  const folder: string = app.node.tryGetContext('config') ?? 'config';
  const place = configPlace(folder, app.node.tryGetContext('environment') as string | undefined);
  return { config: loadConfigOrThrow(place, Date.now()), place };
}

/** What `-c` may say. */
const CONTEXT = ['config', 'delegated', 'environment', 'record'];

/**
 * A misspelt `-c environment=dev` would deploy the first deployment in place of dev. What CDK and others put into the context has
 * a sign in its name (`aws:cdk:…`, `@aws-cdk/…`), and what is one word is this project's.
 * @throws Error for such a word that is not known.
 */
function checkContext(app: App): void {
  const stray = Object.keys((app.node.getAllContext() ?? {}) as object).find((key) => /^\w+$/.test(key) && !CONTEXT.includes(key));
  if (stray === undefined) return;
  throw new Error(`-c ${stray}: the context has no such key, so nothing is built.  ${suggestion(stray, CONTEXT, '')}`);
}

/**
 * For the main module of an app: what went wrong is printed without a stack trace. `-c key=value` (--context) and
 * `-o folder` (--output) mean what they mean to the cdk command.
 */
export function runSynth(synth: (options: BuildOptions) => void): void {
  try {
    synth(optionsOf(process.argv.slice(2)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** @throws TypeError for a flag that is not known, as util.parseArgs words it. */
function optionsOf(argv: string[]): BuildOptions {
  const text = { type: 'string' } as const;
  const { context = [], output } = parseArgs({
    args: argv,
    options: { context: { ...text, multiple: true, short: 'c' }, output: { ...text, short: 'o' } },
  }).values;
  const pairs = context.map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]);
  return { context: Object.fromEntries(pairs), outdir: output };
}
