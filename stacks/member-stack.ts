/** What each account of the target OUs gets, in each Region: one stack instance of the StackSet. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ISynthesisSession } from 'aws-cdk-lib';
import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import type { Settings } from '../config/schema';
import { MemberEnablement } from './member/enablement';

/** Bytes that a StackSet takes as TemplateBody. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const TEMPLATE_LIMIT = 51_200;

export class MemberStack extends StackSetStack {
  private body?: string;

  constructor(scope: Construct, id: string, props: { settings: Settings }) {
    super(scope, id);
    this.templateOptions.description =
      'Security Hub Interpreter: turns Security Hub on in this account and Region. Removing this stack leaves Security Hub on.';
    new MemberEnablement(this, 'Enablement', props);
  }

  /** The template's text. Known once this stack is synthesized, which is before the stack around it is. */
  get templateBody(): string | undefined {
    return this.body;
  }

  /** @throws Error where the template is too long for a StackSet. */
  override _synthesizeTemplate(session: ISynthesisSession): void {
    super._synthesizeTemplate(session);
    this.body = readFileSync(join(session.assembly.outdir, this.templateFile), 'utf8');
    const bytes = Buffer.byteLength(this.body);
    if (bytes > TEMPLATE_LIMIT) {
      throw new Error(
        `The template of ${this.node.path} has ${bytes} bytes, and a StackSet takes ${TEMPLATE_LIMIT}: shorten stacks/member/enable.js.`,
      );
    }
  }
}
