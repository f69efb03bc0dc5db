/** Every account against Security Hub's members, and where AWS Config does not record. */
import { check, counted, fail, type Item, pass, type Remedy, warn } from '../check';
import type { Context } from '../context';
import { type Member, pathName, type Unit } from '../reads/organization';
import { leftOut, NO_HOME_REGION, NO_REGION } from './hub';
import { deploy, MANAGEMENT_APP } from './remedies';

/** CreateMembers takes 50. A command that people read has fewer; more go by a pipe. */
const SHOWN_ACCOUNTS = 10;

/** Accounts and Regions where the administrator sees nothing, by account: Region and the status of the membership. */
export async function uncovered({ hub, organization, config }: Context): Promise<Map<string, Record<string, string>>> {
  const { securityAccount } = config.settings.organization;
  const [accounts, regions] = await Promise.all([organization.accounts(), hub.usable()]);
  const members = await Promise.all(regions.map(async (region) => [region, await hub.members(region)] as const));
  const gaps = new Map<string, Record<string, string>>();
  for (const { id } of accounts) {
    if (id === securityAccount) continue;
    for (const [region, known] of members) {
      const status = known.get(id)?.MemberStatus ?? '';
      if (/^enabled$/i.test(status)) continue;
      gaps.set(id, { ...gaps.get(id), [region]: status === '' ? 'no member' : status.toLowerCase() });
    }
  }
  return gaps;
}

const members = check(
  { id: 'members', group: 'Coverage', title: 'Members', needs: ['caller', 'delegated.organizations'] },
  async (context) => {
    const { organization, hub, config } = context;
    const regions = await hub.usable();
    if (regions.length === 0) return NO_REGION;
    const [accounts, gaps] = await Promise.all([organization.accounts(), uncovered(context)]);
    const note = await leftOut(context);
    if (gaps.size === 0) return pass(`all ${counted(accounts.length, 'account')} in ${counted(regions.length, 'Region')}${note}`);
    const itemOf = await accountItems(context);
    const items = accounts.flatMap((account): Item[] => {
      const missing = Object.entries(gaps.get(account.id) ?? {});
      const line = missing.map(([region, status]) => `${region} ${status}`).join(', ');
      return missing.length > 0 ? [itemOf(account, line, Object.fromEntries(missing))] : [];
    });
    const holes = [...gaps.values()].reduce((sum, missing) => sum + Object.keys(missing).length, 0);
    return fail(
      `${counted(gaps.size, 'account')} of ${accounts.length.toLocaleString('en')} not covered, ${counted(holes, 'account and Region', 'accounts and Regions')} in all${note}`,
      memberRemedies(config.settings, gaps),
      items,
    );
  },
);

function memberRemedies(settings: Context['config']['settings'], gaps: Map<string, Record<string, string>>): Remedy[] {
  const { managementAccount } = settings.organization;
  const { mode } = settings.enablement;
  if (mode === 'central-configuration')
    return [
      deploy('A configuration policy makes members. Put the OU, or the root, of each into enablement.targets of settings.yaml, then:'),
    ];
  const itself: Remedy = {
    say: `StackSets leave out the management account. With credentials of ${managementAccount}, first:`,
    command: MANAGEMENT_APP,
  };
  const byRegion = new Map<string, string[]>();
  for (const [account, missing] of gaps)
    for (const region of Object.keys(missing)) byRegion.set(region, [...(byRegion.get(region) ?? []), account]);
  const commands = [...byRegion].map(([region, accounts]) => createMembers(region, accounts));
  const say =
    mode === 'none'
      ? 'Whoever turns Security Hub on has left them out. To make them members:'
      : 'The enroll function does it once a day. At once:';
  const needsIt = gaps.has(managementAccount) && mode === 'stack-sets';
  return [...(needsIt ? [itself] : []), { say, command: commands.join('\n') }];
}

function createMembers(region: string, accounts: string[]): string {
  const command = `aws securityhub create-members --region ${region} --account-details`;
  if (accounts.length <= SHOWN_ACCOUNTS) return `${command} ${accounts.map((account) => `AccountId=${account}`).join(' ')}`;
  const filter = `.checks[] | select(.id == "members").items[] | select(.regions["${region}"]) | "AccountId=" + .account`;
  return `npm run --silent doctor -- --json | jq -r '${filter}' | xargs -n 50 ${command}`;
}

export const awsConfig = check(
  { id: 'aws-config', group: 'Coverage', title: 'AWS Config', needs: ['caller', 'delegated.organizations'] },
  async (context) => {
    const { organization, hub, config } = context;
    const regions = await hub.usable();
    // Findings of all Regions are read there.
    if (!regions.includes(config.settings.regions.home)) return NO_HOME_REGION;
    const accounts = new Map((await organization.accounts()).map(({ id, name }) => [id, name]));
    const without = new Map<string, string[]>();
    let reported = 0;
    for (const region of regions) {
      for (const { AwsAccountId = '', Compliance } of await hub.configFindings(region)) {
        if (!accounts.has(AwsAccountId)) continue;
        reported++;
        if (Compliance?.Status === 'FAILED') without.set(AwsAccountId, [...new Set([...(without.get(AwsAccountId) ?? []), region])]);
      }
    }
    const note = await leftOut(context);
    if (without.size === 0)
      return reported === 0
        ? pass(`no Config.1 finding says that it is missing${note}`)
        : pass(`records in all ${counted(reported, 'account and Region', 'accounts and Regions')} that report${note}`);
    const itemOf = await accountItems(context);
    const items = [...without].map(([id, missing]) => itemOf({ id, name: accounts.get(id) ?? '' }, missing.join(', '), missing));
    const [first = '', [region] = []] = [...without][0] ?? [];
    return warn(
      `${counted(without.size, 'account')} where it does not record as Config.1 asks: most controls find nothing there`,
      {
        say: `Whoever runs the recorders sees why, with credentials of the account, such as ${first}:`,
        command: `aws configservice describe-configuration-recorder-status --region ${region}`,
      },
      items,
    );
  },
);

/** Makes the item of an account, with its OU as people write it; where the tree cannot be read, nothing is lost but the name. */
export async function accountItems({ organization }: Context) {
  const placement = await organization.placement().catch(() => new Map<string, Unit>());
  return ({ id, name }: Pick<Member, 'id' | 'name'>, what: string, regions: unknown): Item => {
    const unit = placement.get(id);
    const ou = unit ? pathName(unit) : 'OU unknown';
    return { line: `${id} ${name} (${ou})  ${what}`, data: { account: id, name, ou, regions } };
  };
}

export const coverageChecks = [members, awsConfig];
