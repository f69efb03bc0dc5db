/** The hub stack's template, without bundling and without checks unless asked for. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { App, Stack } from 'aws-cdk-lib';
import type { Config } from '../../config/schema';
import { type BuildOptions, buildApp } from '../../stacks/app';
import { HUB_STACK } from '../../config/stack-name';
import { once } from '../once';
import { exampleConfig } from './example-config';
import { temporaryFolder } from './temporary-folder';

// CDK's own template checks take 5 s a process; `npm run synth` makes them.
process.env.CDK_VALIDATION = 'false';

const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

export function hubApp({ config = exampleConfig, context = UNBUNDLED, ...options }: BuildOptions = {}): App {
  return buildApp({ config, context, outdir: temporaryFolder(), ...options }).app;
}

export const hubStackOf = (app: App) => app.node.findChild(HUB_STACK) as Stack;

/** Synthesized once a run for each configuration. */
export function hubTemplate(config: Config = exampleConfig): Template {
  const folder = once('hub', config, (outdir) => {
    const template = Template.fromStack(hubStackOf(hubApp({ config, outdir })));
    writeFileSync(join(outdir, 'hub.json'), JSON.stringify(template.toJSON()));
  });
  return Template.fromJSON(JSON.parse(readFileSync(join(folder, 'hub.json'), 'utf8')));
}

export interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

export const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** The statements of one function's role. */
export function statementsOf(template: Template, role: 'Intake' | 'Deliver' | 'Tick' | 'Enroll'): Statement[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
}
