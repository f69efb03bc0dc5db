/** Security Hub of the security account itself: on, consolidated, and administrator in each Region. */
import { check, fail, type Item, type Outcome, pass, type Remedy, skipped, unknown } from '../check';
import type { Context } from '../context';
import { type CallFailure, failureIn } from '../failure';
import { outcomeOf, sentence } from '../outcome';
import { inManagementAccount } from './remedies';

export const NO_REGION = skipped('no Region can be asked: see Security Hub above');
export const NO_HOME_REGION = skipped('the home Region cannot be asked: see Security Hub above');
const NEEDS = ['caller'];

const on = check({ id: 'hub.on', group: 'Security Hub', title: 'Turned on', needs: NEEDS }, async (context) => {
  const { hub, regions, config } = context;
  const { securityAccount } = config.settings.organization;
  const remedies: Remedy[] = [];
  const off: string[] = [];
  for (const region of regions) {
    const standing = await hub.standing(region);
    if (standing === 'region-off') {
      off.push(`the Region ${region} is not enabled in ${securityAccount}`);
      remedies.push({
        say: 'Enable the Region, in the management account as well, or take it out of regions in settings.yaml:',
        command: `aws account enable-region --region-name ${region}`,
      });
    } else if (standing === 'hub-off') {
      off.push(`it is off in ${region}${region === config.settings.regions.home ? ', the home Region' : ''}`);
      remedies.push({
        say: 'Turn it on without the default standards (designating the administrator does it as well):',
        command: `aws securityhub enable-security-hub --region ${region} --no-enable-default-standards --control-finding-generator SECURITY_CONTROL`,
      });
    }
  }
  if (off.length > 0) return fail(off.join('; '), remedies);
  return (await unanswered(regions, hub.hub)) ?? pass(`in ${regions.join(', ')}`);
});

export const consolidated = check(
  { id: 'hub.consolidated', group: 'Security Hub', title: 'Consolidated', needs: NEEDS },
  async ({ hub, regions }) => {
    const apart: string[] = [];
    const asked = await hub.standingAs(regions, 'usable', 'not-delegated');
    for (const region of asked) {
      const failure = await failureIn(hub.hub(region));
      if (!failure && (await hub.hub(region)).ControlFindingGenerator !== 'SECURITY_CONTROL') apart.push(region);
    }
    if (apart.length > 0)
      return fail(
        `off in ${apart.join(', ')}: one problem is reported once for each standard`,
        apart.map((region) => ({
          say: `Turn it on for the administrator and all its members in ${region}:`,
          command: `aws securityhub update-security-hub-configuration --control-finding-generator SECURITY_CONTROL --region ${region}`,
        })),
      );
    return (await unanswered(asked, hub.hub)) ?? pass(`on in ${asked.join(', ') || 'no Region'}`);
  },
);

const delegated = check(
  { id: 'delegated.security-hub', group: 'Security Hub', title: 'Administrator', needs: ['caller', 'delegated.organizations'] },
  async ({ hub, regions, config }) => {
    const { securityAccount, managementAccount } = config.settings.organization;
    const without = await hub.standingAs(regions, 'not-delegated');
    if (without.length > 0)
      return fail(
        `${securityAccount} is not the administrator in ${without.join(', ')}: it is designated Region by Region`,
        inManagementAccount(
          managementAccount,
          ...without.map(
            (region) => `aws securityhub enable-organization-admin-account --admin-account-id ${securityAccount} --region ${region}`,
          ),
        ),
      );
    const asked = await hub.standingAs(regions, 'usable');
    return (await unanswered(asked, hub.organizationConfiguration)) ?? pass(`${securityAccount} in ${asked.join(', ') || 'no Region'}`);
  },
);

/** The first Region that gave no answer makes the check unknown; all of them are listed. */
export async function unanswered(regions: string[], read: (region: string) => Promise<unknown>): Promise<Outcome | undefined> {
  const failures: CallFailure[] = [];
  for (const region of regions) {
    const failure = await failureIn(read(region));
    if (failure) failures.push(failure);
  }
  const [first] = failures;
  if (!first) return undefined;
  const outcome = outcomeOf(first);
  if (failures.length === 1) return outcome;
  const items = failures.map((failure): Item => ({ line: sentence(failure), data: { region: failure.region, code: failure.code } }));
  return outcome.verdict === 'unknown'
    ? unknown(`${outcome.found}, and likewise in ${failures.length - 1} more`, outcome.remedies ?? [], items)
    : outcome;
}

/** What to say of the Regions that a check had to leave out. */
export async function leftOut({ hub, regions }: Pick<Context, 'hub' | 'regions'>): Promise<string> {
  const usable = await hub.usable();
  const left = regions.filter((region) => !usable.includes(region));
  return left.length === 0 ? '' : ` (without ${left.join(', ')}: see Security Hub above)`;
}

export const hubChecks = [on, consolidated, delegated];
