/**
 * GuardDuty's own type of a finding (`UnauthorizedAccess:EC2/SSHBruteForce`), wherever it stands in either format.
 *
 * ASFF: AWS's table puts a namespace and a tactic in front and a hyphen in place of the slash; some rows leave the
 * purpose to the tactic (`TTPs/Exfiltration/IAMUser-AnomalousBehavior`), some put it in the second part, attack
 * sequences and PenTest:IAMUser keep their slash, and anomalies of Kubernetes are a tactic of their own.
 * https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html
 *
 * OCSF: `["Threats", "CryptoCurrency:EC2/BitcoinTool.B!DNS"]`, in any order.
 */
import { entryOf } from '../text/reading';
import type { Finding } from './finding';

/** What AWS's table spells otherwise than its own rule. As of July 2026. */
const SLIPS: Readonly<Record<string, string>> = {
  'TTPs/DefenseEvasion/EC2:Unusual-DNS-Resolver': 'DefenseEvasion:EC2/UnusualDNSResolver',
  'TTPs/DefenseEvasion/EC2:Unusual-DoH-Activity': 'DefenseEvasion:EC2/UnusualDoHActivity',
  'TTPs/DefenseEvasion/EC2:Unusual-DoT-Activity': 'DefenseEvasion:EC2/UnusualDoTActivity',
  'TTPs/Impact/Impact:Runtime-SuspiciousDomainRequest.Reputatio': 'Impact:Runtime/SuspiciousDomainRequest.Reputation',
};

/** @returns GuardDuty's spelling; of what cannot be read as a type of GuardDuty the last part of the first entry, or ''. */
export function threatType(finding: Pick<Finding, 'types'>): string {
  // No real type is longer, and a hostile one must not cost time.
  const types = finding.types.map((type) => type.slice(-200));
  // People may add types of their own (BatchUpdateFindings): the entry that names its purpose counts wherever it stands.
  for (const read of [named, unnamed]) for (const type of types) if (read(type)) return read(type) as string;
  return types[0]?.split('/').at(-1) ?? '';
}

/** The type by which a product itself names what it found: V2 lists broad words ("Threats") before it. '' where there is none. */
export function ownType({ kind, types }: Pick<Finding, 'kind' | 'types'>): string {
  return kind === 'guardduty' || kind === 'macie' ? threatType({ types }) : (types[0] ?? '');
}

/** Purpose, colon, family: the tail from the part with the colon on. */
function named(type: string): string | undefined {
  const slip = entryOf(SLIPS, type);
  if (slip) return slip;
  const parts = type.split('/');
  const at = parts.findIndex((part) => part.includes(':'));
  if (at < 0) return undefined;
  const [, purpose, family, threat] = /^([A-Za-z]+):([A-Za-z0-9]+)[/.-](.+)$/.exec(parts.slice(at).join('/')) ?? [];
  if (!threat) return undefined;
  return `${purpose}:${family}/${parts[at - 1] === 'AnomalousBehavior' ? 'AnomalousBehavior.' : ''}${threat}`;
}

/** The tactic is the purpose: `TTPs/Credential Access/IAMUser-AnomalousBehavior`. */
function unnamed(type: string): string | undefined {
  const [, tactic, family, threat] = /^TTPs\/([A-Za-z ]+)\/([A-Za-z0-9]+)-([^/]+)$/.exec(type) ?? [];
  return tactic && `${tactic.replaceAll(' ', '')}:${family}/${threat}`;
}
