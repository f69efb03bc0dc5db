/** What Security Hub holds that is to be told, against what the ledger says was told: silence here is told apart from silence there. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Owner } from '../../config/routing/owner';
import { admit } from '../../handlers/domain/finding/admission';
import { parseFinding } from '../../handlers/domain/finding/event';
import type { Finding } from '../../handlers/domain/finding/finding';
import { findingKey } from '../../handlers/domain/finding/key';
import { renewedAt } from '../../handlers/domain/finding/report';
import { problemsOf } from '../../handlers/domain/problem/marks';
import { PACE } from '../../handlers/domain/problem/plan';
import type { ProblemRow, StateRow } from '../../handlers/domain/problem/problem-row';
import { type FindingRow, type ProblemKey, rowKeys } from '../../handlers/domain/problem/rows';
import { toldAt } from '../../handlers/domain/problem/told';
import { DAY, HOUR } from '../../handlers/domain/time';
import { routeOf } from '../../handlers/intake/routes';
import type { Ledger } from '../../handlers/ports';
import type { Context } from '../doctor/context';
import { equals } from '../doctor/reads/hub';
import { ouPathOf } from '../doctor/reads/organization';
import { inert } from '../show/inert';

/**
 * untold: it never came, or waits for longer than a day. late: it came, waits for longer than pacing keeps anything back, and the ledger
 * does not say for what. muted: routes keep it from everybody.
 */
export type Telling = 'told' | 'waiting' | 'late' | 'untold' | 'muted';

/** Why, as far as it is known: intake cannot read it; the ledger does not have it; it has it, and no message shows it; or the routes of that time named nobody. */
export type UntoldBy = 'unreadable' | 'not-in-ledger' | 'not-told' | 'no-receiver' | 'late';

/**
 * So long pacing keeps back what is to be told, at the most: until the next broadcast is allowed and what comes meanwhile has gathered.
 * Milliseconds; of HIGH and below the other.
 */
export const LATE_AFTER = {
  CRITICAL: PACE.broadcast.CRITICAL + PACE.gather.CRITICAL,
  other: PACE.broadcast.other + PACE.gather.other,
} as const;

export interface Untold {
  /** As Security Hub has it; each part is '' where it says none. */
  id: string;
  severity: string;
  product: string;
  /** When it was first reported, and last updated, as it says itself. */
  since: string;
  updated: string;
  by: UntoldBy;
}

export interface Tellings {
  /** By account. */
  accounts: Map<string, Record<Telling, number> & { examples: Untold[] }>;
  looked: number;
  /** Whether all were looked at. */
  complete: boolean;
}

/** No more are read: GetFindings answers 300 a second. */
const MOST = 10_000;
/** So many of an account are named. */
const NAMED = 3;
/** What was updated since, and is not in the ledger, may still be on its way there. */
const ON_THE_WAY = HOUR;

/**
 * Open findings that are to be told, updated since this system listens.
 * @param since epoch milliseconds. @throws CallFailure, and what the ledger throws.
 */
export async function tellingsOf(context: Context, ledger: Ledger, since: number): Promise<Tellings> {
  const { hub, config, timing } = context;
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
        UpdatedAt: [{ Start: new Date(since).toISOString(), End: new Date(timing.now()).toISOString() }],
      },
      token,
    );
    const tellings = await judged(Findings, context, ledger);
    for (const { account, telling, raw, finding, by } of tellings) {
      const counts = accounts.get(account) ?? { told: 0, waiting: 0, late: 0, untold: 0, muted: 0, examples: [] };
      counts[telling]++;
      if (by && counts.examples.length < NAMED) counts.examples.push(exampleOf(raw, finding, by));
      accounts.set(account, counts);
    }
    looked += tellings.length;
    read += Findings.length;
    token = NextToken;
  } while (token && read < MOST);
  return { accounts, looked, complete: token === undefined };
}

interface Judged {
  account: string;
  telling: Telling;
  raw: object;
  /** Absent where intake cannot read it. */
  finding?: Finding;
  /** Where it is untold or late. */
  by?: UntoldBy;
}

async function judged(raw: readonly object[], context: Context, ledger: Ledger): Promise<Judged[]> {
  const found = raw.flatMap((each): Omit<Judged, 'telling'>[] => {
    const account = (each as { AwsAccountId?: string }).AwsAccountId ?? '';
    try {
      const finding = parseFinding(each);
      return admit(finding, context.config.settings).admitted ? [{ account, raw: each, finding }] : [];
    } catch {
      // What intake cannot read it cannot tell.
      return [{ account, raw: each }];
    }
  });
  const keys = found.flatMap(({ finding }) => (finding ? [rowKeys.finding(findingKey(finding))] : []));
  const rows = new Map((await ledger.readAll<FindingRow>(keys)).map(({ key, value }) => [key.pk, value]));
  const standing = await standings([...rows.values()], ledger);
  const now = context.timing.now();
  const tellingOf = async (finding: Finding | undefined): Promise<Pick<Judged, 'telling' | 'by'>> => {
    if (!finding) return { telling: 'untold', by: 'unreadable' };
    const row = rows.get(rowKeys.finding(findingKey(finding)).pk);
    const stands = row && standing.get(row);
    if (stands === 'told') return { telling: 'told' };
    if (stands) {
      const waited = now - openSince(finding, row);
      if (waited >= DAY) return { telling: 'untold', by: 'not-told' };
      const late = waited > (finding.severity === 'CRITICAL' ? LATE_AFTER.CRITICAL : LATE_AFTER.other);
      return late && stands === 'untold' ? { telling: 'late', by: 'late' } : { telling: 'waiting' };
    }
    if (await isMuted(finding, context)) return { telling: 'muted' };
    if (!row && now - finding.updatedAt < ON_THE_WAY) return { telling: 'waiting' };
    return { telling: 'untold', by: row ? 'no-receiver' : 'not-in-ledger' };
  };
  return Promise.all(found.map(async (each) => ({ ...each, ...(await tellingOf(each.finding)) })));
}

function exampleOf(raw: object, finding: Finding | undefined, by: UntoldBy): Untold {
  const { Id, Severity, ProductName, CreatedAt, UpdatedAt } = raw as AwsSecurityFinding;
  const [id, severity, product, since, updated] = [Id, Severity?.Label, finding?.product ?? ProductName, CreatedAt, UpdatedAt].map(
    (value) => inert(String(value ?? '')).replaceAll('\n', ' '),
  ) as [string, string, string, string, string];
  return { id, severity, product, since, updated, by };
}

/** Since when it is to be told: daily updates of what stays open put that off no further than its row allows. Epoch milliseconds. */
function openSince({ updatedAt }: Finding, { report, told }: FindingRow): number {
  return Math.min(updatedAt, Math.max(told?.addedAt ?? updatedAt, report.again?.at ?? 0, renewedAt(report)));
}

/** told: readers know it as open, in each problem that it belongs to. waits: where they do not, its problem waits for Slack and says so. */
type Standing = 'told' | 'waits' | 'untold';

/** Of those that somebody is to be told of. */
async function standings(rows: readonly FindingRow[], ledger: Ledger): Promise<Map<FindingRow, Standing>> {
  const problems = rows.flatMap((row) => problemsOf(row).map((problem) => ({ memberId: row.memberId, problem })));
  const keys = problems.flatMap(({ memberId, problem }) => [rowKeys.header(problem), rowKeys.state(problem, memberId)]);
  const unique = [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
  const read = new Map((await ledger.readAll<unknown>(unique)).map(({ key, value }) => [`${key.pk} ${key.sk}`, value]));
  const standingIn = (problem: ProblemKey, memberId: string): Standing => {
    const [header, state] = [rowKeys.header(problem), rowKeys.state(problem, memberId)].map(({ pk, sk }) => read.get(`${pk} ${sk}`));
    const known = header as ProblemRow | undefined;
    if (known && toldAt(known.log[memberId] ?? (state as StateRow | undefined), known)?.open === true) return 'told';
    return known?.waitingSince === undefined ? 'untold' : 'waits';
  };
  const worst = (standing: Standing[]) => (['untold', 'waits'] as const).find((each) => standing.includes(each)) ?? 'told';
  const addressed = rows.filter(({ receivers }) => receivers.length > 0);
  return new Map(addressed.map((row) => [row, worst(problemsOf(row).map((problem) => standingIn(problem, row.memberId)))]));
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
