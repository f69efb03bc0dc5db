/** How Security Hub of the whole organization is set up from the home Region, by the mode of settings.yaml. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnOrganizationConfiguration } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import type { Settings } from '../../config/schema';
import { MemberStackSet } from '../member/stack-set';
import { findingAggregator } from './aggregation';
import { CentralConfiguration } from './central-configuration';

/** AutoEnableStandards is NONE in both: the standards are chosen in settings.yaml, not by AWS's defaults. */
const CONFIGURATIONS = {
  'stack-sets': { configurationType: 'LOCAL', autoEnable: true, autoEnableStandards: 'NONE' },
  'central-configuration': { configurationType: 'CENTRAL', autoEnable: false, autoEnableStandards: 'NONE' },
} as const;

export class Organization extends Construct {
  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    const { mode } = settings.enablement;
    const aggregator = findingAggregator(this, settings);
    if (mode === 'none') return;

    const configuration = new CfnOrganizationConfiguration(this, 'Configuration', CONFIGURATIONS[mode]);
    // Deleting it would put the organization back to local configuration, with automatic enabling off.
    configuration.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    // Central configuration is refused without an aggregator.
    if (aggregator) configuration.addResourceDependency(aggregator);

    if (mode === 'central-configuration') {
      new CentralConfiguration(this, 'Central', { settings: settings.enablement, after: configuration });
      return;
    }
    new MemberStackSet(this, 'Members', { settings });
  }
}
