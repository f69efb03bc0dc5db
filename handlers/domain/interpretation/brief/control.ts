/** A control: AWS's own words for it, why it failed, and of the resource what tells which of several reasons it is. */
import type { Brief, OfficialText } from './fields';
import type { Finding } from '../../finding/finding';
import type { Configuration } from '../../finding/particulars';
import { known, matching, portsIn } from './closed';

export function controlFields(finding: Finding, official: OfficialText | undefined): Partial<Brief> {
  const { particulars } = finding;
  return {
    control: matching(finding.controlId, /^[A-Za-z0-9.]{1,40}$/),
    title: official?.title,
    description: official?.description,
    parameters: parametersOf(particulars.parameters),
    statusReasons: known(particulars.statusReasons, (code) => /^[A-Z][A-Z_]{2,60}$/.test(code), 8),
    ...configured(official?.title ?? finding.title, finding.updatedAt, particulars.configuration ?? {}),
  };
}

/** Numbers and switches only: a parameter's text may be a name that the customer chose. */
function parametersOf(parameters: Record<string, string> | undefined): Record<string, string> | undefined {
  const plain = Object.entries(parameters ?? {}).filter(
    ([name, value]) => /^[A-Za-z]{2,60}$/.test(name) && /^(\d{1,6}|true|false)$/.test(value),
  );
  return plain.length > 0 ? Object.fromEntries(plain) : undefined;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, Engine */
const ENGINES: ReadonlySet<string> = new Set([
  ...['aurora', 'aurora-mysql', 'aurora-postgresql', 'db2-ae', 'db2-se', 'docdb', 'mariadb', 'mysql', 'neptune', 'postgres'],
  ...['custom-oracle-ee', 'custom-oracle-se2', 'oracle-ee', 'oracle-ee-cdb', 'oracle-se2', 'oracle-se2-cdb'],
  ...['custom-sqlserver-ee', 'custom-sqlserver-se', 'custom-sqlserver-web'],
  ...['sqlserver-ee', 'sqlserver-ex', 'sqlserver-se', 'sqlserver-web'],
]);

/** What has nothing to do with the control would only make its findings several questions. */
function configured(title: string, now: number, { open, off, engine, keyCreatedAt }: Configuration): Partial<Brief> {
  const isOfAccess = /\bpublic|unrestricted|ingress|inbound|incoming|\bports?\b/i.test(title);
  return {
    openPorts: open && isOfAccess ? portsIn(open) : undefined,
    off: off && /\bpublic/i.test(title) ? known(off, () => true, 4) : undefined,
    engine: engine !== undefined && ENGINES.has(engine) ? engine : undefined,
    keyAge: keyCreatedAt !== undefined && /\bkeys?\b/i.test(title) ? ageOf(now - keyCreatedAt) : undefined,
  };
}

const YEAR = 365 * 24 * 3_600_000;

function ageOf(age: number): string | undefined {
  if (age < 0) return undefined;
  return age < YEAR ? 'under a year' : age < 2 * YEAR ? 'over a year' : 'over two years';
}
