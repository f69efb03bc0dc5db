/** The member stack's template as it reaches the accounts: from inside the template of the stack that holds the StackSet. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../../cdk.json';
import type { Settings } from '../../../config/schema';
import { MemberStackSet } from '../../../stacks/member/stack-set';
import { exampleConfig } from '../example-config';
import { temporaryFolder } from '../temporary-folder';

// CDK's own template checks take 5 s a process; `npm run synth` makes them.
process.env.CDK_VALIDATION = 'false';

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

export interface MemberTemplate {
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown }>;
  [section: string]: unknown;
}

/** The example settings with another enablement. */
export const withEnablement = (enablement: Partial<Settings['enablement']>): Settings => ({
  ...exampleConfig.settings,
  enablement: { ...exampleConfig.settings.enablement, ...enablement },
});

/** A stack of the security account with the StackSet in it. */
export function stackWithMembers(settings: Settings = exampleConfig.settings): Stack {
  const context = { ...cdkJson.context, '@aws-cdk/core:validateAgainstDefaultRules': false };
  const app = new App({ outdir: temporaryFolder(), autoSynth: false, context });
  const { securityAccount: account } = settings.organization;
  const stack = new Stack(app, 'SecurityHubInterpreter', { env: { account, region: settings.regions.home } });
  new MemberStackSet(stack, 'Members', { settings });
  return stack;
}

/** Properties of the StackSet. */
export function stackSetOf(stack: Stack): Record<string, unknown> {
  const [found] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFormation::StackSet'));
  return found?.Properties as Record<string, unknown>;
}

export const bodyOf = (stack: Stack): string => String(stackSetOf(stack).TemplateBody);

export const memberTemplate = (settings?: Settings): MemberTemplate => JSON.parse(bodyOf(stackWithMembers(settings))) as MemberTemplate;

export function resourcesOf(template: MemberTemplate, type: string): Resource[] {
  return Object.values(template.Resources).filter((resource) => resource.Type === type);
}

/** The source that Lambda runs. */
export function sourceOf(template: MemberTemplate): string {
  const [lambda] = resourcesOf(template, 'AWS::Lambda::Function');
  if (!lambda) throw new Error('the member template has no function');
  return (lambda.Properties.Code as { ZipFile: string }).ZipFile;
}
