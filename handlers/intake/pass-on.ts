/**
 * What was told to the root because nobody knew whose it is: remembered by account, and told to its team once Organizations
 * says who that is. Each minute's tick asks again; OwnerLookup sees to it that Organizations is asked no more often than it may be.
 */
import type { Config } from '../../config/schema';
import type { RoutingSubject } from '../../config/routing/walk';
import type { Finding } from '../domain/finding/finding';
import { findingKey } from '../domain/finding/key';
import { Later } from '../domain/failure';
import { marksOf, problemsOf } from '../domain/problem/marks';
import { fingerprintOf } from '../domain/problem/problem';
import { type FindingRow, rowKeys, UNKNOWN_OWNERS } from '../domain/problem/rows';
import { hash } from '../domain/text/identity';
import { DAY, expiry, MINUTE, SECOND } from '../domain/time';
import type { Clock, Journal, Ledger, LedgerRow } from '../ports';
import type { Owed } from './announcement';
import type { OwnerLookup } from './owner-lookup';
import { routeOf } from './routes';

/** What routing looks at of a finding, which its row does not hold. */
export interface UnknownOwnerRow {
  subject: Pick<RoutingSubject, 'accountId' | 'product' | 'controlId' | 'types' | 'resourceTypes' | 'region'>;
  /** For receivers that gather vulnerabilities by their ids. */
  byCve: string;
}
/** An account that such findings are of. */
interface UnknownAccountRow {
  accountId: string;
  nonce: string;
}

export interface PassOnDeps {
  config: Config;
  ledger: Ledger;
  owners: OwnerLookup;
  clock: Clock;
  journal: Journal;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/** Accounts that one tick asks after, and findings that it passes on: what is more waits for the next. */
const ACCOUNTS_A_TICK = 100;
const FINDINGS_A_TICK = 200;
/** One tick waits so long in all for its turns at Organizations, of the minute that Lambda lets it run: for some 130 accounts, or 30 OUs. */
const WAITING = 20 * SECOND;
/** So long an owner is waited for. */
const PATIENCE = 7 * DAY;

/** Before the finding's own row: what fails after it leaves a row of which nothing follows. */
export async function awaitOwner(finding: Finding, { ledger, clock }: Pick<PassOnDeps, 'ledger' | 'clock'>): Promise<void> {
  const { accountId, product, controlId, region } = finding;
  const key = findingKey(finding);
  const value: UnknownOwnerRow = {
    subject: {
      accountId,
      product,
      controlId,
      region,
      types: finding.types.slice(0, 50),
      resourceTypes: finding.resources.slice(0, 50).map(({ type }) => type),
    },
    byCve: fingerprintOf(finding, 'cve'),
  };
  const expiresAt = expiry(clock.now() + PATIENCE);
  // In this order: a tick that finds the account without this finding removes the account's row by its nonce, which is then another.
  await ledger.writeAll([{ key: rowKeys.unknownOwner(accountId, key), value, expiresAt }]);
  const account: UnknownAccountRow = { accountId, nonce: hash(key, String(clock.now())) };
  await ledger.writeAll([{ key: rowKeys.unknownAccount(accountId), value: account, expiresAt }]);
}

/** @returns what it added receivers to: marks are out, and are to be announced. Where that fails the next tick finds them owing. */
export async function passOn(deps: PassOnDeps): Promise<Owed[]> {
  const { ledger, clock } = deps;
  const all = await ledger.list<UnknownAccountRow>(UNKNOWN_OWNERS, '', { limit: 1000 });
  // In turns, as some may stay unknown for ever.
  const first = all.length === 0 ? 0 : (Math.floor(clock.now() / MINUTE) * ACCOUNTS_A_TICK) % all.length;
  const owed: Owed[] = [];
  const deadline = clock.now() + WAITING;
  for (const { key, value } of [...all.slice(first), ...all.slice(0, first)].slice(0, ACCOUNTS_A_TICK)) {
    const left = FINDINGS_A_TICK - owed.length;
    if (left <= 0) break;
    const owner = await inTime(() => deps.owners.ownerOf(value.accountId, undefined), deadline, deps);
    if (!owner || owner.knowledge === 'unknown') continue;
    const waiting = await ledger.list<UnknownOwnerRow>(rowKeys.unknownOwner(value.accountId, '').pk, '', { limit: left });
    if (waiting.length === 0) await ledger.removeNonce(key, value.nonce);
    for (const row of waiting) owed.push(...(await passOnOne(row, owner, deps)));
  }
  return owed;
}

/** @returns undefined where its turn does not come before the deadline. */
async function inTime<T>(work: () => Promise<T>, deadline: number, { clock, sleep }: PassOnDeps): Promise<T | undefined> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Later)) throw error;
      if (error.until > deadline) return undefined;
      await sleep(Math.max(1, error.until - clock.now()));
    }
  }
}

async function passOnOne(
  { key, value }: LedgerRow<UnknownOwnerRow>,
  owner: Parameters<typeof routeOf>[1],
  { ledger, clock, config, journal }: PassOnDeps,
): Promise<Owed[]> {
  const now = clock.now();
  const row = await ledger.read<FindingRow>(rowKeys.findingBy(key.sk));
  const known = row?.value;
  const told = known?.told;
  const open = known?.report.latest.status === 'open';
  const done = !told || !open || told.owner.knowledge !== 'unknown';
  if (!row || !known || (done && !known.owed)) {
    await ledger.remove(key);
    return [];
  }
  let saved: LedgerRow<FindingRow> = row;
  if (!done) {
    const { receivers } = routeOf(value.subject, owner, known.severities ?? [], config, now);
    const passedTo = receivers.map(({ name }) => name).filter((name) => !known.receivers.includes(name));
    const byCve = passedTo.filter(
      (name) => config.routes.receivers[name]?.vulnerabilitiesBy === 'cve' && value.byCve !== known.fingerprint,
    );
    const fingerprints = { ...known.fingerprints, ...Object.fromEntries(byCve.map((name) => [name, value.byCve])) };
    const next: FindingRow = {
      ...known,
      receivers: [...known.receivers, ...passedTo].sort(),
      ...(Object.keys(fingerprints).length > 0 ? { fingerprints } : {}),
      changes: known.changes + 1,
      owed: true,
      told: {
        ...told,
        owner: { ...owner, tags: {} },
        ownerAt: now,
        routePaths: { ...told.routePaths, ...Object.fromEntries(receivers.map(({ name, path }) => [name, path])) },
        ...(passedTo.length > 0 ? { passedTo } : {}),
      },
    };
    // Where another worker wrote it meanwhile, the next tick looks again.
    if (!(await ledger.write(row.key, next, row.version))) return [];
    saved = { key: row.key, value: next, version: row.version + 1 };
    journal.info('owner known', { finding: key.sk, accountId: owner.accountId, passedTo });
  }
  await ledger.writeAll(marksOf(saved.value, config.settings.retention.ledgerDays, now));
  const expiresAt = open ? undefined : expiry(now + config.settings.retention.ledgerDays * DAY);
  return [{ row: saved, again: known.owed === true, problems: problemsOf(saved.value), expiresAt }];
}
