/** Before the first deployment: whether the Regions and the delegation are there, and what is there already and would collide. */
import { isOptIn } from '../../../config/partitions';
import { check, counted, fail, type Item, type Outcome, pass, type Remedy } from '../check';
import type { Context } from '../context';
import { hubStack } from '../../../config/stack-name';
import { createAggregator, governed, linking } from './aggregation';
import { NO_HOME_REGION, unanswered } from './hub';
import { designatedRegions } from './organization';
import { inManagementAccount, MANAGEMENT_APP } from './remedies';

/** Also Security Hub off is no finding here: designating the administrator turns it on. */
const regionsOn = check({ id: 'regions', group: 'Security Hub', title: 'Regions', needs: ['caller'] }, async ({ hub, regions, config }) => {
  const { securityAccount } = config.settings.organization;
  const off = await hub.standingAs(regions, 'region-off');
  if (off.length > 0)
    return fail(
      `${off.join(', ')} ${off.length === 1 ? 'is' : 'are'} not enabled in ${securityAccount}`,
      off.map((region) => ({
        say: 'Enable the Region, here and in the management account and every account that shall be told of there, or take it out of regions in settings.yaml:',
        command: `aws account enable-region --region-name ${region}`,
      })),
    );
  // Who has not turned Security Hub on is answered all the same.
  const refused = await unanswered(await hub.standingAs(regions, 'usable', 'not-delegated'), hub.hub);
  const optIn = regions.filter(isOptIn);
  const note = optIn.length === 0 ? '' : `; ${optIn.join(', ')} has to be on in every other account too: see the prerequisites`;
  return refused ?? pass(`${regions.join(', ')} can be used${note}`);
});

const delegated = check(
  { id: 'delegated.security-hub', group: 'Security Hub', title: 'Administrator', needs: ['caller', 'delegated.organizations', 'regions'] },
  async (context) => {
    const { hub, config } = context;
    const { securityAccount, managementAccount } = config.settings.organization;
    const wanted = designatedRegions(context);
    const there = await hub.standingAs(wanted, 'usable');
    const without = wanted.filter((region) => !there.includes(region));
    if (without.length === 0)
      return (await unanswered(wanted, hub.organizationConfiguration)) ?? pass(`${securityAccount} in ${wanted.join(', ')}`);
    const strangers: Item[] = [];
    for (const region of await hub.standingAs(without, 'not-delegated')) {
      const account = await hub.administrator(region);
      if (account) strangers.push({ line: `${region}  ${account} is the administrator`, data: { region, administrator: account } });
    }
    const ending = strangers.map(
      ({ data }) => `aws securityhub disable-organization-admin-account --admin-account-id ${data.administrator} --region ${data.region}`,
    );
    const remedy: Remedy = {
      say: `Another account is the administrator there. Either it is the security account: correct organization.securityAccount in settings.yaml. Or end its delegation, which takes every member from it, with credentials of the management account ${managementAccount}:`,
      command: ending.join('\n'),
    };
    return fail(
      `${securityAccount} is not the administrator in ${without.join(', ')}: it is designated Region by Region`,
      [
        ...(strangers.length === 0 ? [] : [remedy]),
        inManagementAccount(managementAccount, `${MANAGEMENT_APP}${there.length === 0 ? '' : ` -c delegated=${there.join(',')}`}`),
      ],
      strangers,
    );
  },
);

/** An administrator has one aggregator: CloudFormation cannot make a second. */
const aggregator = check(
  { id: 'aggregator', group: 'Security Hub', title: 'Aggregator', needs: ['caller', 'regions', 'system.new'] },
  async (context) => {
    const { config } = context;
    const { home, linked, aggregator: who } = config.settings.regions;
    const found = await existing(context);
    if (!found) {
      if (who !== 'existing') return pass('there is none yet: the hub stack makes it');
      if (linked.length === 0 && config.settings.enablement.mode !== 'central-configuration')
        return pass(`none is needed: ${home} is the only Region`);
      return fail('settings.yaml says that there is one already, and there is none', {
        say: 'Write regions.aggregator: linked, and the hub stack makes it; or make it:',
        command: createAggregator(home, linked),
      });
    }
    const there = found.FindingAggregationRegion ?? '';
    if (there !== home)
      return fail(`there is one already, and its home Region is ${there}, not ${home}`, [
        { say: `Write regions.home: ${there} and regions.aggregator: existing in settings.yaml.` },
        {
          say: 'Or remove it, where nobody else relies on it: AWS then deletes all configuration policies with it.',
          command: `aws securityhub delete-finding-aggregator --region ${there} --finding-aggregator-arn ${found.FindingAggregatorArn}`,
        },
      ]);
    if (who !== 'existing')
      return fail('there is one already, and AWS allows one only: the deployment would fail', {
        say: 'Write regions.aggregator: existing in settings.yaml. The doctor then looks at which Regions it links:',
        command: 'npm run doctor -- --before',
      });
    return linking(found, config.settings.regions, { say: 'Link them.' });
  },
);

/** Any Region lists it, so the first will do where Security Hub is on. */
async function existing({ hub, regions }: Context) {
  for (const region of regions) if ((await hub.standing(region)) !== 'hub-off') return hub.aggregator(region);
  return undefined;
}

const central = check(
  {
    id: 'central-configuration',
    group: 'Security Hub',
    title: 'Central config',
    needs: ['caller', 'delegated.organizations', 'delegated.security-hub', 'system.new'],
  },
  async (context) => {
    const { hub, config } = context;
    const { home } = config.settings.regions;
    if (!(await hub.usable()).includes(home)) return NO_HOME_REGION;
    const { OrganizationConfiguration: found } = await hub.organizationConfiguration(home);
    const isCentral = found?.ConfigurationType === 'CENTRAL';
    if (config.settings.enablement.mode === 'stack-sets')
      return isCentral ? governed(context) : pass('not in use, as mode stack-sets needs it');
    if (!isCentral) return pass('not in use yet: the hub stack turns it on');
    return policiesInTheWay(context);
  },
);

/** A target has one policy of its own: the hub stack's would take the place of what somebody decided. */
async function policiesInTheWay({ hub, config }: Context): Promise<Outcome> {
  const { targets } = config.settings.enablement;
  const own = (await hub.associations()).filter(
    ({ TargetId = '', AssociationType }) => targets.includes(TargetId) && AssociationType === 'APPLIED',
  );
  if (own.length === 0) return pass('in use already, and no target has a policy of its own');
  const items = own.map(({ TargetId, ConfigurationPolicyId }): Item => {
    return { line: `${TargetId}  policy ${ConfigurationPolicyId}`, data: { target: TargetId, policy: ConfigurationPolicyId } };
  });
  const { home } = config.settings.regions;
  const ending = own.map(
    ({ TargetId = '', ConfigurationPolicyId }) =>
      `aws securityhub start-configuration-policy-disassociation --region ${home} --configuration-policy-identifier ${ConfigurationPolicyId} --target ${TargetId.startsWith('r-') ? 'RootId' : 'OrganizationalUnitId'}=${TargetId}`,
  );
  return fail(
    `it is in use, and ${counted(own.length, 'target has', 'targets have')} a policy already that the hub stack would replace`,
    [
      { say: 'Where that policy shall stay, write enablement.mode: none and targets: [] in settings.yaml.' },
      {
        say: 'Where this system shall govern instead, end each association first:',
        command: ending.join('\n'),
      },
    ],
    items,
  );
}

/** What is left of a first creation that failed is no deployment. */
const NOTHING = /^(ROLLBACK_COMPLETE|REVIEW_IN_PROGRESS|DELETE_COMPLETE)$/;

const first = check({ id: 'system.new', group: 'This system', title: 'Not deployed', needs: ['caller'] }, async ({ stack, config }) => {
  const name = hubStack(config);
  const { home } = config.settings.regions;
  const found = await stack.stack();
  if (!found || NOTHING.test(found.StackStatus ?? '')) return pass(`${name} is not deployed in ${home} yet`);
  return fail(`${name} is deployed in ${home} already: what it made is not in its way`, {
    say: 'Look at what is deployed:',
    command: 'npm run doctor',
  });
});

export const beforeChecks = (mode: string) => [regionsOn, delegated, aggregator, ...(mode === 'none' ? [] : [central]), first];
