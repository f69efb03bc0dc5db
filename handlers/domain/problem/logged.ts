/**
 * What a log line may say: AWS's own ids, names from the operator's configuration, and hashes of all else. Whoever imports findings
 * chooses their ids, products, titles and resources; logs are read by more people, and kept longer, than findings.
 */
import { type FindingName, findingKey } from '../finding/key';
import { productOf } from '../finding/product';
import { hash } from '../text/identity';

/** @returns the finding's key, by which its row stands in the ledger; its id beside it where AWS made it; the account as far as it is one of AWS. */
export function loggedFinding(finding: FindingName): { finding: string; findingId?: string; accountId: string } {
  const { id, productArn, accountId } = finding;
  return {
    finding: findingKey(finding),
    ...(productOf(productArn).provenance === 'aws' ? { findingId: id } : {}),
    accountId: loggedAccount(accountId),
  };
}

/** Of other clouds, and of the new Security Hub, it is what the importer says. */
function loggedAccount(accountId: string): string {
  return /^\d{12}$/.test(accountId) ? accountId : hash(accountId);
}

const FINGERPRINT = /\b(aws|partner|custom):([a-z-]+):[A-Za-z0-9.:!&/_~-]*[A-Za-z0-9!&/_~-]/g;
const ACCOUNT_ROW = /\b(account|parent|owner-unknown)#(\S*)/g;

/** Whatever is logged goes through here, error messages too: every fingerprint that names what others named is hashed where it stands. */
export function loggable<T>(details: T): T {
  if (typeof details === 'string') return inIds(details) as T;
  if (Array.isArray(details)) return details.map(loggable) as T;
  if (typeof details !== 'object' || details === null) return details;
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, loggable(value)])) as T;
}

function inIds(text: string): string {
  return text
    .replace(FINGERPRINT, (whole, provenance: string, kind: string) =>
      // The vulnerabilities of an image or a machine are gathered under its name.
      provenance === 'aws' && kind !== 'vulnerabilities' ? whole : `${provenance}:${kind}:${hash(whole)}`,
    )
    .replace(ACCOUNT_ROW, (_whole, row: string, account: string) => `${row}#${loggedAccount(account)}`);
}
