/** Accounts that are members and yet say nothing: no finding of any kind was updated for days. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { DAY } from '../../../handlers/domain/time';
import { check, counted, fail, type Item, pass, warn } from '../check';
import type { Context } from '../context';
import { accountItems, uncovered } from './coverage';
import { equals } from '../reads/hub';
import { leftOut, NO_REGION } from './hub';

/** Values of one attribute in a filter. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingFilters.html */
const FILTER_VALUES = 20;

export const silent = check(
  { id: 'silent', group: 'Coverage', title: 'Silence', needs: ['caller', 'delegated.organizations'] },
  async (context) => {
    const { organization, hub, config, questions, calls } = context;
    const regions = await hub.usable();
    if (regions.length === 0) return NO_REGION;
    const [accounts, gaps] = await Promise.all([organization.accounts(), uncovered(context)]);
    const quiet = new Map<string, string[]>();
    let asked = 0;
    for (const region of regions) {
      const judged: string[] = [];
      for (const { id } of accounts) if (!gaps.get(id)?.[region] && !(await isNew(context, region, id))) judged.push(id);
      asked += judged.length;
      for (const id of await silentAccounts(context, region, judged)) quiet.set(id, [...(quiet.get(id) ?? []), region]);
    }
    const note = `${await leftOut(context)} (${counted(calls.count('securityhub:GetFindings'), 'call')} of GetFindings)`;
    const days = counted(questions.silentDays, 'day');
    if (quiet.size === 0)
      return pass(`all ${counted(asked, 'account and Region', 'accounts and Regions')} reporting within ${days}${note}`);
    const itemOf = await accountItems(context);
    const items = accounts.flatMap((account): Item[] => {
      const missing = quiet.get(account.id);
      return missing ? [itemOf(account, missing.join(', '), missing)] : [];
    });
    const [first = '', [region] = []] = [...quiet][0] ?? [];
    const { mode, standards } = config.settings.enablement;
    // Standards report at least once a day. Where this system turns none on, an account may well have nothing to say.
    const judge = mode === 'none' || standards.length === 0 ? warn : fail;
    return judge(
      `${counted(quiet.size, 'account')} without a finding of any kind for ${days}, although covered${note}`,
      {
        say: `See which standards are on, with credentials of the account, such as ${first}; then whether AWS Config records there:`,
        command: `aws securityhub get-enabled-standards --region ${region}`,
      },
      items,
    );
  },
);

/** A member of less than a day has had no time to speak. */
async function isNew({ hub, timing }: Context, region: string, account: string): Promise<boolean> {
  const { UpdatedAt } = (await hub.members(region)).get(account) ?? {};
  return UpdatedAt !== undefined && timing.now() - UpdatedAt.getTime() < DAY;
}

/**
 * First the Config.1 findings, which are listed anyway and clear nearly everybody. Then the rest in groups of 20: who is
 * seen leaves the group, and it is asked again, until a group is answered with nothing.
 */
async function silentAccounts({ hub, timing, questions }: Context, region: string, accounts: string[]): Promise<string[]> {
  const since = new Date(timing.now() - questions.silentDays * DAY).toISOString();
  const reporting = new Set((await hub.configFindings(region)).filter((finding) => (finding.UpdatedAt ?? '') >= since).map(accountOf));
  const left = accounts.filter((id) => !reporting.has(id));
  const quiet: string[] = [];
  for (let from = 0; from < left.length; from += FILTER_VALUES) {
    let group = left.slice(from, from + FILTER_VALUES);
    let token: string | undefined;
    while (group.length > 0) {
      const page = await hub.findings(
        {
          AwsAccountId: equals(...group),
          Region: equals(region),
          UpdatedAt: [{ DateRange: { Value: questions.silentDays, Unit: 'DAYS' } }],
        },
        token,
      );
      const answering = new Set((page.Findings ?? []).map(accountOf));
      // An empty page may still have a next one; a page with somebody makes a new question.
      const rest = group.filter((id) => !answering.has(id));
      token = rest.length === group.length ? page.NextToken : undefined;
      if (rest.length === group.length && !token) break;
      group = rest;
    }
    quiet.push(...group);
  }
  return quiet;
}

function accountOf(finding: AwsSecurityFinding): string {
  return finding.AwsAccountId ?? '';
}
