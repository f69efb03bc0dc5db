/** The hub stack's template, without bundling and without the checks that one test makes for all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { App, Stack } from 'aws-cdk-lib';
import type { Config } from '../../config/schema';
import { buildApp, HUB_STACK } from '../../stacks/app';
import { exampleConfig } from './example-config';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Gone after the file's tests. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hub-stack-'));
  folders.push(folder);
  return folder;
}

export const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

export function hubApp(config: Config = exampleConfig, context: Record<string, unknown> = UNBUNDLED): App {
  return buildApp({ config, outdir: temporaryFolder(), context });
}

export function hubTemplate(config: Config = exampleConfig): Template {
  process.env.CDK_VALIDATION = 'false';
  return Template.fromStack(hubApp(config).node.findChild(HUB_STACK) as Stack);
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
export function statementsOf(template: Template, role: 'Intake' | 'Deliver'): Statement[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
}
