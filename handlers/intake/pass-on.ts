/**
 * What was told to the root because nobody knew whose it is: remembered by account, and told to its team once Organizations
 * says who that is. Each minute's tick asks for each account (tick/tick.ts); the question comes as a message of the findings
 * queue, so that it waits for its turn at Organizations as any other.
 */
import type { Owner } from '../../config/routing/owner';
import type { RouteInput } from '../../config/schema';
import { preferredOwner, taggedOwner } from '../../config/routing/owner-tags';
import type { Finding } from '../domain/finding/finding';
import { findingKey } from '../domain/finding/key';
import { changed } from '../domain/problem/marks';
import { type FindingRow, rowKeys, type UnknownAccountRow } from '../domain/problem/rows';
import { hash } from '../domain/text/identity';
import { jsonIn, object } from '../domain/text/reading';
import { DAY, expiry } from '../domain/time';
import { putMarks, written } from '../finding-rows';
import type { Journal, LedgerRow, OwnerQuestion } from '../ports';
import type { AnnouncementDeps, Owed } from './announcement';
import type { OwnerLookup } from './owner-lookup';
import { type FindingSubject, routed, routeOf } from './routes';

type Row = LedgerRow<FindingRow>;

/** What the finding's own row does not hold of what routing looks at. */
interface UnknownOwnerRow extends Pick<UnknownAccountRow, 'until'> {
  subject: FindingSubject;
  /** Of the finding's change that it was written for. */
  nonce: string;
}

export interface PassOnDeps extends Pick<AnnouncementDeps, 'config' | 'ledger' | 'clock'> {
  owners: OwnerLookup;
  journal: Journal;
}

/** Rows that one call reads, and findings that one question passes on: what is more has the next minute's. */
const PAGE = 100;
const FINDINGS_A_QUESTION = 200;
/** So long an owner is waited for. */
const PATIENCE = 7 * DAY;

/** What the tick asks, as ports.OwnerQuestion; of Amazon EventBridge no body begins like it. @returns undefined for any other message. */
export function questionIn(body: string): OwnerQuestion | undefined {
  if (!body.startsWith('{"owner":')) return undefined;
  const { owner, nonce } = object(jsonIn(body));
  return typeof owner === 'string' && typeof nonce === 'string' ? { owner, nonce } : undefined;
}

/** Told while nobody knew whose it is, and not to everybody perhaps. */
function awaitsOwner({ report, told }: FindingRow): boolean {
  return told?.owner.knowledge === 'unknown' && report.latest.status === 'open';
}

/** Where the finding's row still owes its marks: whatever fails here, its message comes back and it is done again. */
export async function awaitOwner(
  finding: Finding,
  row: FindingRow,
  { ledger, clock, config }: Pick<PassOnDeps, 'ledger' | 'clock' | 'config'>,
): Promise<void> {
  // What is in another cloud is in no OU, ever.
  if (!awaitsOwner(row) || finding.cloud) return;
  const { accountId, product, controlId, region } = finding;
  const key = findingKey(finding);
  const until = clock.now() + PATIENCE;
  const types = finding.types.slice(0, 50);
  const resourceTypes = finding.resources.slice(0, 50).map(({ type }) => type);
  const resourceTags = askedFor(config.routes.route, finding.resourceTags ?? {});
  const value: UnknownOwnerRow = {
    subject: { accountId, product, controlId, region, types, resourceTypes, resourceTags },
    nonce: String(row.changes),
    until,
  };
  const account: UnknownAccountRow = { accountId, until, nonce: hash(key, value.nonce, String(clock.now())) };
  // In this order: who finds nothing of the account removes the account's row only by the nonce that it had before.
  await ledger.writeAll([{ key: rowKeys.unknownOwner(accountId, key), value, expiresAt: expiry(until) }]);
  await ledger.writeAll([{ key: rowKeys.unknownAccount(accountId), value: account, expiresAt: expiry(until) }]);
}

/**
 * @returns what it added receivers to: marks are out, and are to be announced. Their rows here go with a later question, which finds
 * them owing nothing: so whatever dies before is found again.
 * @throws Later while its turn at Organizations has not come.
 */
export async function passOn({ owner: accountId, nonce }: OwnerQuestion, deps: PassOnDeps): Promise<Owed[]> {
  const { ledger, owners, journal } = deps;
  const owner = await owners.ownerOf(accountId, undefined, { critical: false, journal });
  if (owner.knowledge === 'unknown') return [];
  const { pk } = rowKeys.unknownOwner(accountId, '');
  const owed: Owed[] = [];
  let from: string | undefined;
  for (;;) {
    const waiting = await ledger.list<UnknownOwnerRow>(pk, '', { from, limit: PAGE });
    if (waiting.length === 0 && from === undefined) await ledger.removeNonce(rowKeys.unknownAccount(accountId), nonce);
    const rows = await ledger.readAll<FindingRow>(waiting.map(({ key }) => rowKeys.finding(key.sk)));
    for (const { key, value } of waiting) {
      const row = rows.find((each) => each.key.pk === rowKeys.finding(key.sk).pk);
      const stands = row && awaitsOwner(row.value) ? await passOnOne(row, value, owner, deps) : row;
      if (row && stands?.value.owed) {
        await putMarks(stands, deps);
        owed.push({ row: stands, again: row.value.owed === true });
      } else if (stands === row) await ledger.removeNonce(key, value.nonce);
    }
    from = waiting.at(-1)?.key.sk;
    if (waiting.length < PAGE || owed.length >= FINDINGS_A_QUESTION) return owed;
  }
}

/** @returns undefined where another worker wrote the finding meanwhile: the next question looks again. */
async function passOnOne(row: Row, { subject }: UnknownOwnerRow, owner: Owner, deps: PassOnDeps): Promise<Row | undefined> {
  const { clock, config, journal } = deps;
  const { value: known } = row;
  if (!known.told) return undefined;
  const routing = routeOf(subject, owner, known.severities ?? [], config, clock.now());
  const { receivers, told } = routed(known, routing, clock.now());
  const tagged = preferredOwner(known.told.taggedOwner, taggedOwner(config.settings.ownerTags, owner.tags, {}));
  const change = { receivers, told: { ...known.told, ...told, taggedOwner: tagged } };
  const saved = await written({ ...row, value: changed(known, change, config.routes) }, deps);
  const { passedTo = [] } = told;
  if (saved) journal.info('owner known', { finding: findingKey(known.report), accountId: owner.accountId, passedTo });
  return saved;
}

/** Of the tags only those that some route asks for. */
function askedFor({ match, routes = [] }: RouteInput, tags: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const own = Object.keys(match?.resourceTag ?? {}).filter((name) => Object.hasOwn(tags, name));
  return Object.fromEntries([
    ...own.map((name) => [name, tags[name] ?? []] as const),
    ...routes.flatMap((route) => Object.entries(askedFor(route, tags))),
  ]);
}
