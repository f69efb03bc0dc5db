/** What only the management account can do, in one Region: name the delegated administrator, and cover itself. */
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnDelegatedAdmin } from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import type { Settings } from '../config/schema';
import { MemberEnablement } from './member/enablement';

export interface ManagementStackProps extends StackProps {
  settings: Settings;
  /** false: the security account is the delegated administrator of this Region already, and a second designation fails. */
  designate: boolean;
}

/** Whether anything is left for the management account in a Region: CloudFormation refuses a template without resources. */
export function hasWork(settings: Settings, designate: boolean): boolean {
  return designate || settings.enablement.mode === 'stack-sets';
}

export class ManagementStack extends Stack {
  constructor(scope: Construct, id: string, props: ManagementStackProps) {
    super(scope, id, props);
    const { settings, designate } = props;
    if (designate) {
      // Designating turns Security Hub on in the delegated administrator's account and this Region: no Hub here.
      new CfnDelegatedAdmin(this, 'DelegatedAdmin', { adminAccountId: settings.organization.securityAccount })
        // Removing it takes every member from the administrator and ends central configuration with all its policies:
        // https://docs.aws.amazon.com/securityhub/latest/userguide/remove-admin-overview.html
        // Nobody wants that of a deleted stack. What failed on its own creation is cleaned up all the same.
        .applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
    // Service-managed StackSets pass over the management account, wherever it stands in the organization:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
    if (settings.enablement.mode === 'stack-sets') new MemberEnablement(this, 'Enablement', { settings });
  }
}
