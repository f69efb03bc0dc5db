/** Central configuration: one policy of Security Hub, and its association with each target. What AWS recommends. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnConfigurationPolicy, type CfnOrganizationConfiguration, CfnPolicyAssociation } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import type { Settings } from '../../config/schema';

export interface CentralConfigurationProps {
  settings: Settings['enablement'];
  /** Policies exist only after this says CENTRAL. */
  after: CfnOrganizationConfiguration;
}

/** Retained: removing this stack must not take Security Hub, its standards or its controls from any account. */
export class CentralConfiguration extends Construct {
  constructor(scope: Construct, id: string, props: CentralConfigurationProps) {
    super(scope, id);
    const { standards, targets } = props.settings;
    const { partition, region } = Stack.of(this);
    const policy = new CfnConfigurationPolicy(this, 'Policy', {
      // Letters, digits and - . ! * / only.
      name: Stack.of(this).stackName,
      description: 'Security Hub on, with the standards of settings.yaml and all of their controls',
      configurationPolicy: {
        securityHub: {
          serviceEnabled: true,
          // By the ARN in the home Region; Security Hub finds the same standard in the linked ones.
          enabledStandardIdentifiers: standards.map((standard) => standardArn(standard, partition, region)),
          // Required with serviceEnabled, also when empty. As a list of what is off, new controls come on by themselves:
          // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_SecurityControlsConfiguration.html
          securityControlsConfiguration: { disabledSecurityControlIdentifiers: [] },
        },
      },
    });
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    policy.addResourceDependency(props.after);
    for (const targetId of targets) {
      // Named by its target: another order of targets in settings.yaml changes nothing.
      const association = new CfnPolicyAssociation(this, `Association-${targetId}`, {
        configurationPolicyId: policy.attrId,
        targetId,
        targetType: targetId.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT',
      });
      association.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
  }
}

/** The one standard that is older than the form of the others: its ARN has no Region. */
const RULESET = 'cis-aws-foundations-benchmark/v/1.2.0';

/** As DescribeStandards answers it. https://docs.aws.amazon.com/cli/latest/reference/securityhub/create-configuration-policy.html */
function standardArn(standard: string, partition: string, region: string): string {
  return standard === RULESET
    ? `arn:${partition}:securityhub:::ruleset/${standard}`
    : `arn:${partition}:securityhub:${region}::standards/${standard}`;
}
