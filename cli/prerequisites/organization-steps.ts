/** What the management account does. CloudFormation has no resources for these, but for the delegation itself. */
import { isOptIn, partitionOf } from '../../config/partitions';
import { regionsInUse } from '../../config/regions';
import type { Settings } from '../../config/schema';
import { SECURITY_HUB, STACK_SETS } from '../doctor/checks/organization';
import { MANAGEMENT_APP } from '../doctor/checks/remedies';
import type { Step } from './step';

/** The service that turns Regions on and off. https://docs.aws.amazon.com/accounts/latest/reference/using-orgs-trusted-access.html */
const ACCOUNTS = 'account.amazonaws.com';

/** @param own tells this project's own commands where the configuration is. */
export function organizationSteps(settings: Settings, own: (command: string) => string): Step[] {
  const stackSets = settings.enablement.mode === 'stack-sets';
  return [
    allFeatures(settings),
    securityHubAccess(settings),
    ...(stackSets ? [stackSetsAccess(settings), stackSetsDelegation(settings)] : []),
    ...optInRegions(settings),
    managementApp(settings, own),
  ];
}

function allFeatures({ regions: { home } }: Settings): Step {
  return {
    id: 'all-features',
    place: 'management',
    title: 'All features of the organization',
    why: 'Delegation, trusted access and service-managed StackSets need them. Most organizations have them from the beginning.',
    commands: [`aws organizations enable-all-features --region ${home}`],
    todo: 'Only where the check below says CONSOLIDATED_BILLING. Every account that was invited then has to accept.',
    proof: {
      command: `aws organizations describe-organization --region ${home} --query Organization.FeatureSet --output text`,
      expect: 'ALL',
    },
    undo: { note: 'It cannot be undone, and harms nothing.' },
  };
}

function securityHubAccess({ regions: { home } }: Settings): Step {
  return {
    id: 'security-hub-access',
    place: 'management',
    title: 'Trusted access for Security Hub',
    why: 'Security Hub may then see the accounts of the organization. Without it no delegated administrator can be designated.',
    commands: [`aws organizations enable-aws-service-access --service-principal ${SECURITY_HUB} --region ${home}`],
    proof: trustOf(SECURITY_HUB, home),
    undo: {
      command: `aws organizations disable-aws-service-access --service-principal ${SECURITY_HUB} --region ${home}`,
      note: 'Last of all: the members are lost with it.',
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html */
function stackSetsAccess({ regions: { home } }: Settings): Step {
  return {
    id: 'stack-sets-access',
    place: 'management',
    title: 'Trusted access for StackSets',
    why: 'The StackSet of the hub stack may then reach accounts without a role being made in each by hand. By this command, not by enable-aws-service-access: it also makes the roles that StackSets needs.',
    commands: [`aws cloudformation activate-organizations-access --region ${home}`],
    proof: { command: `aws cloudformation describe-organizations-access --region ${home} --query Status --output text`, expect: 'ENABLED' },
    undo: {
      command: `aws cloudformation deactivate-organizations-access --region ${home}`,
      note: 'Only where no other service-managed StackSet is in use.',
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html */
function stackSetsDelegation({ organization, regions: { home } }: Settings): Step {
  const registration = `--account-id ${organization.securityAccount} --service-principal ${STACK_SETS} --region ${home}`;
  return {
    id: 'stack-sets-delegation',
    place: 'management',
    title: 'The security account may deploy StackSets',
    why: 'The hub stack is deployed in the security account, and its StackSet acts as a delegated administrator of StackSets.',
    commands: [`aws organizations register-delegated-administrator ${registration}`],
    proof: {
      command: `aws organizations list-delegated-administrators --service-principal ${STACK_SETS} --region ${home} --query 'DelegatedAdministrators[].Id' --output text`,
      expect: organization.securityAccount,
    },
    undo: { command: `aws organizations deregister-delegated-administrator ${registration}`, note: 'After the hub stack is gone.' },
  };
}

/** Each Region has to be on in the management account, in the security account and in every account that is reached there. */
function optInRegions({ organization, regions: { home, linked } }: Settings): Step[] {
  const regions = [home, ...linked].filter(isOptIn);
  if (regions.length === 0) return [];
  const on = (region: string) => `aws account enable-region --region-name ${region} --region ${home}`;
  const others = `$(aws organizations list-accounts --region ${home} --query "Accounts[?State=='ACTIVE' && Id!='${organization.managementAccount}'].Id" --output text)`;
  return [
    {
      id: 'opt-in-regions',
      place: 'management',
      title: `The opt-in Regions ${regions.join(', ')}`,
      why: 'They are off in every account until it turns them on, and nothing can be deployed or aggregated where they are off. It takes minutes to hours; AWS works on a few accounts at a time, so repeat it for those that are refused.',
      commands: [
        `aws organizations enable-aws-service-access --service-principal ${ACCOUNTS} --region ${home}`,
        ...regions.flatMap((region) => [on(region), `for account in ${others}; do ${on(region)} --account-id "$account"; done`]),
      ],
      proof: {
        command: `for account in ${others}; do for region in ${regions.join(' ')}; do aws account get-region-opt-status --account-id "$account" --region-name "$region" --region ${home} --query '[RegionName,RegionOptStatus]' --output text; done; done`,
        expect: 'ENABLED for each account and Region',
      },
      undo: {
        command: `aws account disable-region --account-id ACCOUNT --region-name REGION --region ${home}`,
        note: 'What runs there goes on, and cannot be reached.',
      },
    },
  ];
}

function managementApp(settings: Settings, own: (command: string) => string): Step {
  const { organization, regions, enablement } = settings;
  const central = enablement.mode === 'central-configuration';
  const where = central ? [regions.home] : regionsInUse(settings);
  const covers =
    enablement.mode === 'stack-sets' ? ' It also turns Security Hub on in the management account itself, which StackSets pass over.' : '';
  const linked = central ? ' Central configuration carries the delegation into the linked Regions by itself.' : '';
  return {
    id: 'management-app',
    place: 'management',
    title: 'The delegation, by CloudFormation',
    why: `The security account becomes the delegated administrator of Security Hub, which is turned on there with that.${covers}${linked} It needs no bootstrap in the management account.`,
    commands: [own(MANAGEMENT_APP)],
    todo: `Where the security account is the delegated administrator already, designating it again fails: add -c delegated=all, or the Regions in which it is, such as -c delegated=${where.slice(0, 2).join(',')}.${
      partitionOf(regions.home) === 'aws' ? '' : ` The profile needs a Region of this partition.`
    }`,
    proof: {
      command: `for region in ${where.join(' ')}; do aws securityhub list-organization-admin-accounts --region "$region" --query 'AdminAccounts[].[AccountId,Status]' --output text; done`,
      expect: `${organization.securityAccount} ENABLED, for each Region`,
    },
    undo: {
      command: `aws securityhub disable-organization-admin-account --admin-account-id ${organization.securityAccount} --region REGION`,
      note: 'Deleting the stacks leaves the delegation in place, on purpose. This ends it: every member is taken from the administrator; under central configuration AWS refuses it until the policies are gone.',
    },
  };
}

function trustOf(principal: string, home: string) {
  return {
    command: `aws organizations list-aws-service-access-for-organization --region ${home} --query "EnabledServicePrincipals[?ServicePrincipal=='${principal}'].ServicePrincipal" --output text`,
    expect: principal,
  };
}
