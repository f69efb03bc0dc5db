/** The hub stack's template, without bundling and without checks unless asked for. */
import { Template } from 'aws-cdk-lib/assertions';
import type { App, Stack } from 'aws-cdk-lib';
import type { Config } from '../../config/schema';
import { type BuildOptions, buildApp } from '../../stacks/app';
import { HUB_STACK } from '../../config/stack-name';
import { exampleConfig } from './example-config';
import { temporaryFolder } from './temporary-folder';

// CDK's own template checks take 5 s a process; `npm run synth` makes them.
process.env.CDK_VALIDATION = 'false';

const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

export function hubApp({ config = exampleConfig, context = UNBUNDLED, ...options }: BuildOptions = {}): App {
  return buildApp({ config, context, outdir: temporaryFolder(), ...options }).app;
}

export const hubStackOf = (app: App) => app.node.findChild(HUB_STACK) as Stack;

export const hubTemplate = (config?: Config) => Template.fromStack(hubStackOf(hubApp({ config })));

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
