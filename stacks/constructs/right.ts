/** A right is one statement of a role's policy with the reason for any wildcard in it: there is no other way to grant here. */
import { Validations } from 'aws-cdk-lib';
import { stands } from './standing';
import { type CfnRole, Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';

export interface Right {
  /** Statement id: letters and digits. Says what the function does with it. */
  sid: string;
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string | string[]>>;
  /** Default Allow. A Deny takes away what another right gives, whatever else is ever granted to the role. */
  effect?: 'Allow' | 'Deny';
  /** What it is for, in a sentence: it stands in the template beside the role, for whoever audits it. */
  reason: string;
  /** Why a resource of an Allow has a wildcard: a fact, for cdk-nag and for whoever audits it. */
  wildcard?: string;
}

/** Of the role in the template: the reasons of its rights, by their sids. CloudFormation keeps it, and it changes nothing. */
export const REASONS = 'security-hub-interpreter:reasons';

export const INLINE = {
  IAMNoInlinePolicy: {
    reason: 'It is of this one role and goes with it; a managed policy could be attached to others.',
  },
};

/**
 * Adds the rights to the role's policy and their reasons to the role's metadata, and acknowledges cdk-nag's AwsSolutions-IAM5 for
 * each wildcard resource by itself. A Deny may be as wide as it likes: it gives nothing.
 * @throws Error for an action with a wildcard, and for an allowed wildcard resource without a reason.
 */
export function grant(role: Role, rights: Right[]): void {
  const resource = role.node.defaultChild as CfnRole;
  const reasons = Object.fromEntries(rights.map(({ sid, reason }) => [sid, reason]));
  resource.addMetadata(REASONS, { ...(resource.getMetadata(REASONS) as Record<string, string> | undefined), ...reasons });
  for (const right of rights) {
    const { sid, actions, resources, conditions, effect = 'Allow' } = right;
    const wide = effect === 'Deny' ? [] : resources.filter((resource) => resource.includes('*'));
    if (actions.some((action) => action.includes('*')))
      throw new Error(`Right ${sid} has a wildcard among its actions: name each action it uses.`);
    if (wide.length > 0 && !right.wildcard)
      throw new Error(`Right ${sid} has a wildcard resource and no reason: narrow it, or say in \`wildcard\` why it cannot be.`);
    role.addToPolicy(
      new PolicyStatement({ sid, effect: Effect[effect.toUpperCase() as 'ALLOW' | 'DENY'], actions, resources, conditions }),
    );
    for (const resource of wide) {
      Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason: right.wildcard ?? '' });
    }
  }
  stands(role.node.findChild('DefaultPolicy'), INLINE);
}
