/** Who is asking, of which organization, and who may speak for it. */
import { check, fail, pass, type Remedy } from '../check';
import type { Settings } from '../../../config/schema';
import type { Context } from '../context';
import { failureIn, isOrganizationsRefusal } from '../failure';
import { sentence } from '../outcome';
import { inManagementAccount, MANAGEMENT_APP } from './remedies';

/** https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-securityhub.html */
export const SECURITY_HUB = 'securityhub.amazonaws.com';
/** https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-cloudformation.html */
export const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';

/** What only the management account can do, by an API that has one Region for all. */
function asManagement({ organization, regions }: Settings, command: string): Remedy {
  return inManagementAccount(organization.managementAccount, `${command} --region ${regions.home}`);
}

/** Central configuration takes the administrator of the home Region into the linked ones by itself. */
export function designatedRegions({ config, regions }: Pick<Context, 'config' | 'regions'>): string[] {
  return config.settings.enablement.mode === 'central-configuration' ? regions.slice(0, 1) : regions;
}

const caller = check({ id: 'caller', group: 'Organization', title: 'Caller' }, async ({ stack, config }) => {
  const { securityAccount, managementAccount } = config.settings.organization;
  const failure = await failureIn(stack.caller());
  if (failure?.kind === 'credentials')
    return fail(sentence(failure), {
      say: `Sign in to the security account ${securityAccount}, then see who you are:`,
      command: 'aws sts get-caller-identity',
    });
  const { Account = '', Arn = '' } = await stack.caller();
  if (Account === securityAccount)
    return pass(`the security account ${Account}, as ${(Arn.split(':').pop() ?? '').replace(/^assumed-role\//, '')}`);
  const which = Account === managementAccount ? `the management account ${Account}` : `account ${Account}`;
  return fail(`these credentials are of ${which}, not of the security account ${securityAccount}`, [
    { say: `Take a profile of ${securityAccount}, and run the doctor again:`, command: 'AWS_PROFILE=<its profile> npm run doctor' },
    { say: 'If the security account is another one, correct organization.securityAccount in settings.yaml.' },
  ]);
});

const organization = check({ id: 'organization', group: 'Organization', title: 'Organization', needs: ['caller'] }, async (context) => {
  const { organization: reads, config } = context;
  const { id, managementAccount } = config.settings.organization;
  const answer = await reads.organization();
  const master = answer.MasterAccountId ?? '';
  const problems: string[] = [];
  const remedies: Remedy[] = [];
  if (answer.Id !== id) {
    problems.push(`these credentials belong to organization ${answer.Id}, not to ${id}`);
    remedies.push({ say: `Write organization.id: ${answer.Id} in settings.yaml, or take credentials of ${id}.` });
  }
  if (master !== managementAccount) {
    problems.push(`the management account is ${master}, not ${managementAccount}`);
    remedies.push({ say: `Write organization.managementAccount: "${master}" in settings.yaml.` });
  }
  if (answer.FeatureSet !== 'ALL') {
    problems.push(`only ${answer.FeatureSet} is on, and delegation needs all features`);
    remedies.push(inManagementAccount(managementAccount, `aws organizations enable-all-features --region ${config.settings.regions.home}`));
  }
  if (problems.length > 0) return fail(problems.join('; '), remedies);
  return pass(`${id} of ${managementAccount}, all features on`);
});

const trustedAccess = check(
  { id: 'trusted-access', group: 'Organization', title: 'Trusted access', needs: ['organization'] },
  async ({ organization: reads, stack, config }) => {
    const stackSets = config.settings.enablement.mode === 'stack-sets';
    const trusted = await reads.trustedServices();
    const remedies: Remedy[] = [];
    const missing: string[] = [];
    if (!trusted.includes(SECURITY_HUB)) {
      missing.push(SECURITY_HUB);
      remedies.push(asManagement(config.settings, `aws organizations enable-aws-service-access --service-principal ${SECURITY_HUB}`));
    }
    if (stackSets) {
      const listed = trusted.includes(STACK_SETS);
      // Organizations may say yes while StackSets has not made its own half: only its own answer counts as well.
      const access = listed ? await accessOf(stack) : 'DISABLED';
      if (access !== 'ENABLED') {
        missing.push(listed ? `${STACK_SETS} (StackSets itself says ${access})` : STACK_SETS);
        remedies.push(asManagement(config.settings, 'aws cloudformation activate-organizations-access'));
      }
    }
    if (missing.length > 0) return fail(`not given to ${missing.join(' and ')}`, remedies);
    return pass(`given to Security Hub${stackSets ? ' and StackSets' : ''}`);
  },
);

/** Whoever is no delegated administrator for StackSets is not told: that is the other check's finding. */
async function accessOf(stack: Context['stack']): Promise<string> {
  const answer = stack.organizationsAccess();
  const failure = await failureIn(answer);
  return failure?.kind === 'refused' && failure.code === 'ValidationError' ? 'ENABLED' : answer;
}

const delegatedOrganizations = check(
  { id: 'delegated.organizations', group: 'Organization', title: 'Delegated admin', needs: ['organization'] },
  async ({ organization: reads, config, regions }) => {
    const { securityAccount, managementAccount } = config.settings.organization;
    const designated = designatedRegions({ config, regions });
    const register: Remedy[] = [
      inManagementAccount(managementAccount, MANAGEMENT_APP),
      {
        say: 'Or by hand, Region by Region:',
        command: designated
          .map((region) => `aws securityhub enable-organization-admin-account --admin-account-id ${securityAccount} --region ${region}`)
          .join('\n'),
      },
    ];
    const failure = await failureIn(reads.delegatedServices(securityAccount));
    if (failure && isOrganizationsRefusal(failure))
      return fail(`${securityAccount} is not a delegated administrator of anything, so it may not read the organization`, register);
    const services = await reads.delegatedServices(securityAccount);
    if (services.includes(SECURITY_HUB)) return pass(`${securityAccount} is registered for ${SECURITY_HUB}`);
    return fail(`${securityAccount} is not registered for ${SECURITY_HUB}`, register);
  },
);

const delegatedStackSets = check(
  { id: 'delegated.stack-sets', group: 'Organization', title: 'StackSets admin', needs: ['organization'] },
  async ({ organization: reads, config }) => {
    const { securityAccount } = config.settings.organization;
    const services = await reads.delegatedServices(securityAccount);
    if (services.includes(STACK_SETS)) return pass(`${securityAccount} is registered for StackSets`);
    return fail(
      `${securityAccount} is not registered for ${STACK_SETS}, so it cannot run StackSets for the organization`,
      asManagement(
        config.settings,
        `aws organizations register-delegated-administrator --account-id ${securityAccount} --service-principal ${STACK_SETS}`,
      ),
    );
  },
);

export const organizationChecks = (mode: string) => [
  caller,
  organization,
  delegatedOrganizations,
  ...(mode === 'stack-sets' ? [delegatedStackSets] : []),
  trustedAccess,
];
