/** That findings of every Region come to the home Region, and that accounts are configured as the mode says. */
import { check, counted, fail, type Item, type Outcome, pass, type Remedy, warn } from '../check';
import type { Settings } from '../../../config/schema';
import type { Context } from '../context';
import { pathName } from '../reads/organization';
import { leftOut, NO_HOME_REGION } from './hub';
import { DEPLOY, deploy } from './remedies';

const NEEDS = ['caller', 'delegated.organizations'];

const aggregator = check({ id: 'aggregator', group: 'Security Hub', title: 'Aggregator', needs: NEEDS }, async (context) => {
  const { hub, config } = context;
  const { home, linked, aggregator: who } = config.settings.regions;
  if (!(await hub.usable()).includes(home)) return NO_HOME_REGION;
  const found = await hub.aggregator();
  const remedy = keepersRemedy(who, createAggregator(home, linked), deploy('The hub stack makes it:'));
  if (!found) {
    if (linked.length === 0) return pass(`none, and none is needed: ${home} is the only Region`);
    return fail('there is none, so findings of linked Regions stay there', remedy);
  }
  if (found.FindingAggregationRegion !== home)
    return fail(`findings go to ${found.FindingAggregationRegion}, which is not the home Region ${home}`, {
      say: `Moving it deletes all configuration policies. Either write regions.home: ${found.FindingAggregationRegion} in settings.yaml, or first remove that aggregator, then ${DEPLOY}:`,
      command: `aws securityhub delete-finding-aggregator --region ${found.FindingAggregationRegion} --finding-aggregator-arn ${found.FindingAggregatorArn}`,
    });
  return linking(found, config.settings.regions, remedy);
});

function keepersRemedy(who: Settings['regions']['aggregator'], command: string, otherwise: Remedy): Remedy {
  return who === 'existing' ? { say: 'settings.yaml says that somebody else keeps the aggregator; this would do:', command } : otherwise;
}

/** NO_REGIONS takes no list. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateFindingAggregator.html */
export function createAggregator(home: string, linked: readonly string[]): string {
  const links = linked.length === 0 ? 'NO_REGIONS' : `SPECIFIED_REGIONS --regions ${linked.join(' ')}`;
  return `aws securityhub create-finding-aggregator --region ${home} --region-linking-mode ${links}`;
}

export function linking(
  aggregator: { RegionLinkingMode?: string; Regions?: string[]; FindingAggregatorArn?: string },
  { home, linked, aggregator: who }: Settings['regions'],
  otherwise: Remedy,
): Outcome {
  const mode = aggregator.RegionLinkingMode ?? '';
  const named = aggregator.Regions ?? [];
  const missing =
    mode === 'ALL_REGIONS'
      ? []
      : linked.filter((region) => (mode === 'ALL_REGIONS_EXCEPT_SPECIFIED' ? named.includes(region) : !named.includes(region)));
  if (missing.length > 0) {
    const command = `aws securityhub update-finding-aggregator --region ${home} --finding-aggregator-arn ${aggregator.FindingAggregatorArn} --region-linking-mode SPECIFIED_REGIONS --regions ${[...new Set([...named, ...linked])].join(' ')}`;
    const found = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not linked to ${home}: findings there are never told`;
    return fail(found, keepersRemedy(who, command, otherwise));
  }
  if (who === 'all' && mode !== 'ALL_REGIONS')
    return warn(`settings.yaml says all Regions, but the aggregator is ${mode}: Regions that AWS adds are not linked`, otherwise);
  const more = mode === 'SPECIFIED_REGIONS' ? named.filter((region) => !linked.includes(region)) : [];
  if (who === 'linked' && mode !== 'SPECIFIED_REGIONS' && mode !== 'NO_REGIONS')
    return warn(`it links Regions by ${mode}, settings.yaml names ${linked.join(', ') || 'none'}`, otherwise);
  if (who === 'linked' && more.length > 0) return warn(`it links ${more.join(', ')} as well, which settings.yaml does not name`, otherwise);
  return pass(`${home} gathers ${mode === 'ALL_REGIONS' ? 'all Regions' : linked.join(', ') || 'no other Region'}`);
}

const newAccounts = check({ id: 'new-accounts', group: 'Security Hub', title: 'New accounts', needs: NEEDS }, async (context) => {
  const { hub } = context;
  const regions = await hub.usable();
  const apart: string[] = [];
  const defaults: string[] = [];
  for (const region of regions) {
    const { AutoEnable, AutoEnableStandards, OrganizationConfiguration } = await hub.organizationConfiguration(region);
    // Under central configuration both are always off: that is the other check's finding.
    if (OrganizationConfiguration?.ConfigurationType === 'CENTRAL') continue;
    if (!AutoEnable) apart.push(region);
    else if (AutoEnableStandards === 'DEFAULT') defaults.push(region);
  }
  const remedies = [...apart, ...defaults].map((region) => ({
    say: `The enroll function sets it once a day; at once, in ${region}:`,
    command: `aws securityhub update-organization-configuration --region ${region} --auto-enable --auto-enable-standards NONE`,
  }));
  if (apart.length > 0) return fail(`accounts that join are not enrolled in ${apart.join(', ')}`, remedies);
  if (defaults.length > 0)
    return warn(`accounts that join get AWS's default standards in ${defaults.join(', ')}, whatever settings.yaml says`, remedies);
  if (regions.length === 0) return NO_HOME_REGION;
  return pass(`enrolled in ${regions.join(', ')}${await leftOut(context)}`);
});

/** stack-sets: nobody is under central configuration. central-configuration: everybody is, and it worked. */
const central = check({ id: 'central-configuration', group: 'Security Hub', title: 'Central config', needs: NEEDS }, async (context) => {
  const { hub, config } = context;
  const { home } = config.settings.regions;
  if (!(await hub.usable()).includes(home)) return NO_HOME_REGION;
  const wanted = config.settings.enablement.mode === 'central-configuration' ? 'CENTRAL' : 'LOCAL';
  const { OrganizationConfiguration: found } = await hub.organizationConfiguration(home);
  const type = found?.ConfigurationType ?? 'LOCAL';
  if (wanted === 'LOCAL') return type === 'LOCAL' ? pass('not in use, as mode stack-sets needs it') : governed(context);
  if (type !== 'CENTRAL')
    return fail(
      `the organization is configured locally, but settings.yaml says central-configuration`,
      deploy('The hub stack changes it:'),
    );
  if (found?.Status !== 'ENABLED')
    return fail(`it is ${found?.Status}${found?.StatusMessage ? `: ${found.StatusMessage}` : ''}`, {
      say: 'See what it waits for:',
      command: `aws securityhub describe-organization-configuration --region ${home}`,
    });
  return associated(context);
});

export async function governed({ hub, config }: Context): Promise<Outcome> {
  const { home } = config.settings.regions;
  const associations = (await hub.associations()).filter(
    ({ ConfigurationPolicyId }) => ConfigurationPolicyId !== 'SELF_MANAGED_SECURITY_HUB',
  );
  const items = associations.map(({ TargetType, TargetId, ConfigurationPolicyId }): Item => {
    return {
      line: `${TargetType?.toLowerCase().replaceAll('_', ' ')} ${TargetId}  policy ${ConfigurationPolicyId}`,
      data: { targetType: TargetType, target: TargetId, policy: ConfigurationPolicyId },
    };
  });
  const accounts = associations.filter(({ TargetType }) => TargetType === 'ACCOUNT').length;
  return fail(
    `central configuration governs ${counted(accounts, 'account')}: the StackSet changes nothing there`,
    [
      { say: 'AWS recommends it: write enablement.mode: central-configuration in settings.yaml, then:', command: DEPLOY },
      {
        // https://docs.aws.amazon.com/securityhub/latest/userguide/stop-central-configuration.html
        say: 'Or go back to local configuration. AWS refuses it while a policy exists: end each association (start-configuration-policy-disassociation) and delete each policy (delete-configuration-policy) that these list, then:',
        command: [
          `aws securityhub list-configuration-policy-associations --region ${home}`,
          `aws securityhub list-configuration-policies --region ${home}`,
          `aws securityhub update-organization-configuration --region ${home} --auto-enable --auto-enable-standards NONE --organization-configuration ConfigurationType=LOCAL`,
        ].join('\n'),
      },
    ],
    items,
  );
}

async function associated(context: Context): Promise<Outcome> {
  const { hub, organization } = context;
  const [associations, accounts, placement] = await Promise.all([hub.associations(), organization.accounts(), organization.placement()]);
  const byTarget = new Map(associations.map((association) => [association.TargetId ?? '', association]));
  const items = accounts.flatMap(({ id, name }): Item[] => {
    const unit = placement.get(id);
    const where = unit ? pathName(unit) : 'an unknown OU';
    const { AssociationStatus = '', AssociationStatusMessage = '', ConfigurationPolicyId = '' } = byTarget.get(id) ?? {};
    const item = (why: string): Item[] => [{ line: `${id} ${name} (${where})  ${why}`, data: { account: id, name, ou: where, why } }];
    if (!byTarget.has(id)) return item('no configuration policy');
    if (AssociationStatus === 'FAILED') return item(`the policy failed: ${AssociationStatusMessage}`);
    return ConfigurationPolicyId === 'SELF_MANAGED_SECURITY_HUB' ? item('self-managed') : [];
  });
  if (items.length === 0) return pass(`governs all ${counted(accounts.length, 'account')}`);
  return fail(
    `${counted(items.length, 'account')} of ${accounts.length.toLocaleString('en')} not governed`,
    deploy('Put the OU, or the root, of each into enablement.targets of settings.yaml; where a policy failed, mend what it says; then:'),
    items,
  );
}

export const aggregationChecks = (mode: string) => [
  aggregator,
  ...(mode === 'stack-sets' ? [newAccounts] : []),
  ...(mode === 'none' ? [] : [central]),
];
