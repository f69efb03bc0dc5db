/** The StackSet that turns Security Hub on: as the settings have it, and done in each account and Region. */
import { check, counted, fail, type Item, pass, type Remedy } from '../check';
import { deploy } from './remedies';

const NEEDS = ['caller', 'system.stack', 'delegated.stack-sets'];
/** Commands that people read; the rest is in --json. */
const SHOWN_COMMANDS = 3;

const settings = check({ id: 'stack-set.settings', group: 'Coverage', title: 'StackSet', needs: NEEDS }, async (context) => {
  const { stack, config, regions } = context;
  const { targets } = config.settings.enablement;
  const found = await stack.stackSet();
  if (!found) return fail('the hub stack has no StackSet, although the mode is stack-sets', deploy('Deploy it again:'));
  const { OrganizationalUnitIds, Regions, AutoDeployment } = found;
  const problems = [
    ...difference('target', targets, OrganizationalUnitIds ?? []),
    ...difference('Region', regions, Regions ?? []),
    ...(AutoDeployment?.Enabled ? [] : ['new accounts do not get it (automatic deployment is off)']),
    ...(AutoDeployment?.Enabled && !AutoDeployment.RetainStacksOnAccountRemoval ? ['it deletes its stacks where an account leaves'] : []),
  ];
  if (problems.length > 0) return fail(problems.join('; '), deploy('Deploy what settings.yaml says:'));
  return pass(`in ${targets.join(', ')} and ${regions.join(', ')}`);
});

function difference(word: string, wanted: string[], found: string[]): string[] {
  const missing = wanted.filter((entry) => !found.includes(entry));
  const more = found.filter((entry) => !wanted.includes(entry));
  return [
    ...(missing.length > 0 ? [`it lacks ${word} ${missing.join(', ')}`] : []),
    ...(more.length > 0 ? [`it has ${word} ${more.join(', ')}, which settings.yaml does not name`] : []),
  ];
}

const instances = check({ id: 'stack-set.instances', group: 'Coverage', title: 'Stack instances', needs: NEEDS }, async (context) => {
  const { stack, organization, config } = context;
  const { home } = config.settings.regions;
  const set = (await stack.stackSet())?.StackSetName;
  const broken = set ? await stack.brokenInstances(set) : [];
  if (broken.length === 0) return pass('none failed');
  const names = new Map((await organization.accounts()).map(({ id, name }) => [id, name]));
  const items = broken.map((instance): Item => {
    const { Account = '', Region = '', StackInstanceStatus, StatusReason = '' } = instance;
    const status = StackInstanceStatus?.DetailedStatus ?? '';
    const name = names.get(Account) ?? 'not in the organization';
    return {
      line: `${Account} ${name}  ${Region}  ${status}: ${StatusReason}`,
      data: { account: Account, name, region: Region, status, reason: StatusReason },
    };
  });
  const remedies = broken.slice(0, SHOWN_COMMANDS).map(
    ({ Account, Region, OrganizationalUnitId }): Remedy => ({
      say: `Mend the reason in ${Account}, then try that one again:`,
      command: `aws cloudformation update-stack-instances --region ${home} --call-as DELEGATED_ADMIN --stack-set-name ${set} --deployment-targets OrganizationalUnitIds=${OrganizationalUnitId},Accounts=${Account},AccountFilterType=INTERSECTION --regions ${Region}`,
    }),
  );
  return fail(`${counted(broken.length, 'stack instance')} did not get there`, remedies, items);
});

export const stackSetChecks = [settings, instances];
