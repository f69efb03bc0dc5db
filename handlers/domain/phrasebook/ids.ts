/**
 * By which ids a finding may stand in the phrasebook, the one that says most first. Whether it does stands nowhere here: intake, which
 * reads findings, has no phrasebook.
 */
import { statusOf } from '../finding/admission';
import type { Finding } from '../finding/finding';
import { ownType, threatType } from '../finding/threat-type';
import { unique } from '../text/reading';

/** The entry that says that there is none for such findings. */
export const NO_ENTRY = 'general/other-aws';

export function phraseIdsOf(finding: Finding): string[] {
  // What others found is not believed to be what it calls itself, but a known vulnerability that was read from it is one, whoever found it.
  if (finding.provenance !== 'aws') return isKnownVulnerability(finding) ? ['inspector/package'] : [];
  return unique(idsOf(finding).filter((id) => id.length <= 200));
}

function idsOf(finding: Finding): string[] {
  const { kind, particulars } = finding;
  switch (kind) {
    case 'control':
      return controlIds(finding);
    case 'guardduty':
      return threatIds(threatType(finding), particulars.threat?.role);
    case 'macie':
      return [ownType(finding)];
    case 'access-analyzer':
      return accessIds(finding);
    case 'exposure':
      return [...finding.types.map((type) => `exposure/${type}`), 'exposure/*'];
    case 'inspector':
      return [`inspector/${weaknessOf(finding)}`];
    default:
      return [particulars.vulnerabilities?.length ? 'inspector/package' : NO_ENTRY];
  }
}

/** Before findings were consolidated the id was the standard's, and CIS renumbers with each version. */
function controlIds(finding: Finding): string[] {
  const { controlId, generatorId } = finding;
  if (statusOf(finding) === 'unchecked') return ['general/unchecked'];
  const [, version, rule] = /cis-aws-foundations-benchmark\/v\/([\d.]+)\/(?:rule\/)?(\d+(?:\.\d+)*)$/.exec(generatorId) ?? [];
  return [...(controlId?.startsWith('CIS.') && version ? [`CIS.${version}/${rule}`] : []), ...(controlId ? [controlId] : [])];
}

/** How AWS's table of types names families; what it has otherwise is an alias (phrasebook/lists/guardduty.tsv). */
const FAMILIES: Readonly<Record<string, string>> = { IAMUser: 'iam', Kubernetes: 'eks', Container: 'malware-protection-for-ec2' };

/** A type that is newer than the list is told by its purpose and what it is about. @param role one type is an attacker's and a victim's. */
function threatIds(type: string, role: 'ACTOR' | 'TARGET' | undefined): string[] {
  const [, purpose, family] = /^([A-Za-z]+):([A-Za-z0-9]+)\//.exec(type) ?? [];
  if (!purpose || !family) return [];
  return [
    ...(role ? [`${type} ${role}`] : []),
    type,
    `guardduty/${Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : family.toLowerCase()}/${purpose}`,
  ];
}

/** Of a public database, or of a package. A check that merely has the form of an id is none, and CWE is a class of weaknesses in code. */
function isKnownVulnerability({ particulars: { vulnerabilities: [worst] = [] } }: Finding): boolean {
  return worst !== undefined && (/^(?:CVE|GHSA)-/.test(worst.id) || (worst.package !== undefined && !worst.id.startsWith('CWE-')));
}

const UNUSED = { role: 'Role', 'access-key': 'Key', password: 'Password', permission: 'Permission' } as const;

/** ASFF parts the words of the last part by blanks, OCSF does not. */
function accessIds({ types, resources: [resource] }: Finding): string[] {
  const [, kind = 'External', rest = ''] =
    types.map((type) => /(?:^|\/)(External|Internal|Unused)([A-Za-z ]*)$/.exec(type)).find(Boolean) ?? [];
  const unused = Object.entries(UNUSED).flatMap(([what, word]) =>
    kind === 'Unused' && rest.endsWith(word) ? [`access-analyzer/Unused/${what}`] : [],
  );
  return [...unused, `access-analyzer/${kind}/${resource.type}`, `access-analyzer/${kind}/*`];
}

function weaknessOf({ types, title, particulars: { reach, vulnerabilities } }: Finding): 'package' | 'code' | 'reachability' {
  if (reach || types.some((type) => /Network Reachability/i.test(type))) return 'reachability';
  const isCode = types.some((type) => /\bCode\b/.test(type)) || /^CWE-\d/.test(title) || vulnerabilities?.[0]?.id.startsWith('CWE-');
  return isCode ? 'code' : 'package';
}
