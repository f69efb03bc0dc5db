/** What Security Hub holds that is to be told, against what the ledger says was told: silence here is told apart from silence there. */
import type { Owner } from '../../config/routing/owner';
import { admit } from '../../handlers/domain/finding/admission';
import { parseFinding } from '../../handlers/domain/finding/event';
import type { Finding } from '../../handlers/domain/finding/finding';
import { findingKey } from '../../handlers/domain/finding/key';
import { problemsOf } from '../../handlers/domain/problem/marks';
import type { ProblemRow, StateRow } from '../../handlers/domain/problem/problem-row';
import { type FindingRow, rowKeys } from '../../handlers/domain/problem/rows';
import { toldAt } from '../../handlers/domain/problem/told';
import { DAY, HOUR } from '../../handlers/domain/time';
import { routeOf } from '../../handlers/intake/routes';
import type { Ledger } from '../../handlers/ports';
import type { Context } from '../doctor/context';
import { equals } from '../doctor/reads/hub';
import { ouPathOf } from '../doctor/reads/organization';

/** untold: it never came, or waits for longer than a day. muted: routes keep it from everybody. */
export type Telling = 'told' | 'waiting' | 'untold' | 'muted';

export interface Tellings {
  /** By account. */
  accounts: Map<string, Record<Telling, number>>;
  looked: number;
  /** Whether all were looked at. */
  complete: boolean;
}

/** No more are read: GetFindings answers 300 a second. */
const MOST = 10_000;
/** What was updated since may still be on its way. */
const ON_THE_WAY = HOUR;

/**
 * Open findings that are to be told, updated since this system listens.
 * @param since epoch milliseconds. @throws CallFailure, and what the ledger throws.
 */
export async function tellingsOf(context: Context, ledger: Ledger, since: number): Promise<Tellings> {
  const { hub, config, timing } = context;
  const until = timing.now() - ON_THE_WAY;
  const accounts: Tellings['accounts'] = new Map();
  let looked = 0;
  let read = 0;
  let token: string | undefined;
  do {
    const { Findings = [], NextToken } = await hub.findings(
      {
        SeverityLabel: equals(...config.settings.severities),
        RecordState: equals('ACTIVE'),
        WorkflowStatus: equals('NEW'),
        UpdatedAt: [{ Start: new Date(since).toISOString(), End: new Date(until).toISOString() }],
      },
      token,
    );
    const tellings = await judged(Findings, context, ledger);
    for (const [account, telling] of tellings) {
      const counts = accounts.get(account) ?? { told: 0, waiting: 0, untold: 0, muted: 0 };
      counts[telling]++;
      accounts.set(account, counts);
    }
    looked += tellings.length;
    read += Findings.length;
    token = NextToken;
  } while (token && read < MOST);
  return { accounts, looked, complete: token === undefined };
}

async function judged(raw: readonly object[], context: Context, ledger: Ledger): Promise<[account: string, Telling][]> {
  const found = raw.flatMap((each): { account: string; finding?: Finding }[] => {
    const account = (each as { AwsAccountId?: string }).AwsAccountId ?? '';
    try {
      const finding = parseFinding(each);
      return admit(finding, context.config.settings).admitted ? [{ account, finding }] : [];
    } catch {
      // What intake cannot read it cannot tell.
      return [{ account }];
    }
  });
  const keys = found.flatMap(({ finding }) => (finding ? [rowKeys.finding(findingKey(finding))] : []));
  const rows = new Map((await ledger.readAll<FindingRow>(keys)).map(({ key, value }) => [key.pk, value]));
  const known = await toldRows([...rows.values()], ledger);
  const judging = found.map(async ({ account, finding }): Promise<[string, Telling]> => {
    if (!finding) return [account, 'untold'];
    const row = rows.get(rowKeys.finding(findingKey(finding)).pk);
    if (row && known.has(row)) return [account, 'told'];
    if (row && row.receivers.length > 0) return [account, context.timing.now() - finding.updatedAt < DAY ? 'waiting' : 'untold'];
    return [account, (await isMuted(finding, context)) ? 'muted' : 'untold'];
  });
  return Promise.all(judging);
}

/** Those that readers know as open, in each problem that they belong to. */
async function toldRows(rows: readonly FindingRow[], ledger: Ledger): Promise<Set<FindingRow>> {
  const problems = rows.flatMap((row) => problemsOf(row).map((problem) => ({ memberId: row.memberId, problem })));
  const keys = problems.flatMap(({ memberId, problem }) => [rowKeys.header(problem), rowKeys.state(problem, memberId)]);
  const unique = [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
  const read = new Map((await ledger.readAll<unknown>(unique)).map(({ key, value }) => [`${key.pk} ${key.sk}`, value]));
  const isTold = (row: FindingRow) =>
    problemsOf(row).every((problem) => {
      const [header, state] = [rowKeys.header(problem), rowKeys.state(problem, row.memberId)].map(({ pk, sk }) => read.get(`${pk} ${sk}`));
      const known = header as ProblemRow | undefined;
      return known !== undefined && toldAt(known.log[row.memberId] ?? (state as StateRow | undefined), known)?.open === true;
    });
  return new Set(rows.filter((row) => row.receivers.length > 0 && isTold(row)));
}

/** A row of what nobody is told leaves after days: the routes decide anew. Tags of accounts are not read: a mute by one counts as none. */
async function isMuted(finding: Finding, { organization, config, timing }: Context): Promise<boolean> {
  const unit = (await organization.placement()).get(finding.accountId);
  const { accountId, accountName = '', severity } = finding;
  const ouPath = unit ? ouPathOf(unit) : [];
  const owner: Owner = { accountId, accountName, ouPath, tags: {}, knowledge: unit ? 'fresh' : 'unknown' };
  const subject = { ...finding, resourceTypes: finding.resources.map(({ type }) => type), resourceTags: finding.resourceTags ?? {} };
  return routeOf(subject, owner, [severity], config, timing.now()).receivers.length === 0;
}
