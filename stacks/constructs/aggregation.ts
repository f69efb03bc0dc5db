/** Cross-Region aggregation: findings of the linked Regions are copied to the home Region, where this system listens. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnFindingAggregator } from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import type { Settings } from '../../config/schema';
import { regionsInUse } from '../../config/regions';

/**
 * An administrator has one aggregator. Changing its home Region, or removing it, makes AWS delete all configuration
 * policies: so it is retained, and only cleaned up where its very first creation fails.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html
 * @returns undefined where an existing one is left alone, or where there is no other Region to bring findings from.
 * @throws Error for central configuration without another Region, which CloudFormation cannot set up.
 */
export function findingAggregator(scope: Construct, settings: Pick<Settings, 'regions' | 'enablement'>): CfnFindingAggregator | undefined {
  const { aggregator } = settings.regions;
  const [, ...linked] = regionsInUse(settings);
  if (aggregator === 'existing') return undefined;
  if (aggregator === 'linked' && linked.length === 0) {
    if (settings.enablement.mode !== 'central-configuration') return undefined;
    // The API knows NO_REGIONS, CloudFormation does not: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-securityhub-findingaggregator.html
    throw new Error(
      'settings.yaml: central configuration needs an aggregator, and CloudFormation cannot make one that links no Region. ' +
        'Run "aws securityhub create-finding-aggregator --region-linking-mode NO_REGIONS" in the security account’s home Region ' +
        'and write regions.aggregator: existing; or link a Region; or write aggregator: all.',
    );
  }
  const resource = new CfnFindingAggregator(
    scope,
    'Aggregator',
    aggregator === 'all' ? { regionLinkingMode: 'ALL_REGIONS' } : { regionLinkingMode: 'SPECIFIED_REGIONS', regions: linked },
  );
  resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return resource;
}
