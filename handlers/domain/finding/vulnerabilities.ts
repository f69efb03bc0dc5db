/** The vulnerabilities that one finding names: Inspector names one, scanners of others may name all that they found in an image. */
import type { Vulnerability } from './finding';
import type { SoftwarePackage } from './particulars';
import { at, type Json, list, number, object, present, text } from '../text/reading';
import { vulnerabilityId, vulnerabilityIn } from './vulnerability-id';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Vulnerability.html */
export function vulnerabilitiesOfAsff(finding: Json, types: readonly string[]): Vulnerability[] | undefined {
  const all = list(finding.Vulnerabilities);
  // Trivy's own template (contrib/asff.tpl) writes no Vulnerabilities, but beside the resource what it knows.
  const beside = all.length === 0 ? at(list(finding.Resources)[0], 'Details', 'Other') : undefined;
  return named(all, (each) => text(at(each, 'Id')), read, text(finding.Title), types);

  function read(each: unknown): Omit<Vulnerability, 'id'> {
    const cvss = list(at(each, 'Cvss'));
    const base = cvss.find((score) => text(at(score, 'Version'))?.startsWith('3')) ?? cvss[0];
    return {
      score: number(at(base, 'BaseScore')) ?? cvssIn(text(at(beside, 'NvdCvssScoreV3'))),
      vector: text(at(base, 'BaseVector')) ?? text(at(beside, 'NvdCvssVectorV3')),
      ecosystem: text(at(list(at(each, 'VulnerablePackages'))[0], 'PackageManager')),
      fixAvailable: text(at(each, 'FixAvailable')),
      exploitAvailable: text(at(each, 'ExploitAvailable')),
      ...present({
        epss: probability(at(each, 'EpssScore')),
        ...(beside === undefined ? packagesOf(list(at(each, 'VulnerablePackages')), OF_ASFF) : packagesOf([beside], OF_TRIVY)),
      }),
    };
  }
}

/** https://schema.ocsf.io/ vulnerability. */
export function vulnerabilitiesOfOcsf(finding: Json): Vulnerability[] | undefined {
  const types = list(at(finding, 'finding_info', 'types')).flatMap((type) => text(type) ?? []);
  const title = text(at(finding, 'finding_info', 'title'));
  // Of what has no CVE, as its vendor calls it.
  const idOf = (each: unknown) => text(at(each, 'cve', 'uid')) ?? text(at(each, 'advisory', 'uid'));
  return named(list(finding.vulnerabilities), idOf, read, title, types);

  function read(each: unknown): Omit<Vulnerability, 'id'> {
    const vulnerability = object(each);
    const cvss = list(at(vulnerability, 'cve', 'cvss'))[0];
    return {
      score: number(at(cvss, 'base_score')),
      vector: text(at(cvss, 'vector_string')),
      ecosystem: text(at(list(vulnerability.affected_packages)[0], 'package_manager')),
      fixAvailable: yesOrNo(vulnerability.is_fix_available),
      exploitAvailable: yesOrNo(vulnerability.is_exploit_available),
      ...present({
        epss: probability(at(vulnerability, 'cve', 'epss', 'score')),
        ...packagesOf(list(vulnerability.affected_packages), OF_OCSF),
      }),
    };
  }
}

function cvssIn(score: string | undefined): number | undefined {
  return score !== undefined && /^(?:\d(?:\.\d)?|10(?:\.0)?)$/.test(score) ? Number(score) : undefined;
}

/** V2 writes it as text. */
function probability(value: unknown): number | undefined {
  const score = number(value) ?? Number(text(value) ?? Number.NaN);
  return score >= 0 && score <= 1 ? score : undefined;
}

type Keys = Record<'name' | 'version' | 'fixed', string> & { epoch?: string; release?: string; command?: string };

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_SoftwarePackage.html */
const OF_ASFF: Keys = {
  name: 'Name',
  version: 'Version',
  epoch: 'Epoch',
  release: 'Release',
  fixed: 'FixedInVersion',
  command: 'Remediation',
};
/** https://schema.ocsf.io/objects/affected_package */
const OF_OCSF: Keys = {
  name: 'name',
  version: 'version',
  epoch: 'epoch',
  release: 'release',
  fixed: 'fixed_in_version',
  command: 'remediation',
};
/** https://github.com/aquasecurity/trivy/blob/main/contrib/asff.tpl */
const OF_TRIVY: Keys = { name: 'PkgName', version: 'Installed Package', fixed: 'Patched Package' };

/** The first of them that can be mended, and how many there are. */
function packagesOf(packages: unknown[], keys: Keys): Pick<Vulnerability, 'package' | 'packages'> {
  const read = (each: unknown, key: keyof Keys) => (keys[key] === undefined ? undefined : text(at(each, keys[key])));
  const named = packages.filter((each) => read(each, 'name'));
  // Of what has no fix Inspector writes this. https://docs.aws.amazon.com/inspector/latest/user/findings-types.html
  const fixOf = (each: unknown) => (read(each, 'fixed') === 'NotAvailable' ? undefined : read(each, 'fixed'));
  const chosen = named.find(fixOf) ?? named[0];
  if (!chosen) return {};
  const [version, release] = [read(chosen, 'version'), read(chosen, 'release')];
  const epoch = keys.epoch === undefined ? undefined : at(chosen, keys.epoch);
  return {
    package: present({
      name: read(chosen, 'name') ?? '',
      ...withEpochs(version && release ? `${version}-${release}` : version, fixOf(chosen), text(epoch) ?? number(epoch)?.toString()),
      command: read(chosen, 'command'),
    }),
    packages: named.length,
  };
}

/**
 * A reader compares the two, and some products write an epoch into one of them only: so it stands in both, or in neither. One of 0 is the
 * same as none. https://docs.fedoraproject.org/en-US/packaging-guidelines/Versioning/
 */
function withEpochs(
  installed: string | undefined,
  fixed: string | undefined,
  field: string | undefined,
): Pick<SoftwarePackage, 'installed' | 'fixed'> {
  const [, within, bare] = /^(?:(\d{1,9}):)?(.+)$/.exec(installed ?? '') ?? [];
  const [, later, fix] = /^(?:(\d{1,9}):)?(.+)$/.exec(fixed ?? '') ?? [];
  const epoch = within ?? (field !== undefined && /^\d{1,9}$/.test(field) ? field : undefined);
  const isShown =
    [epoch, later].some((each) => Number(each ?? 0) > 0) &&
    [
      [bare, epoch],
      [fix, later],
    ].every(([its, of]) => !its || of);
  const said = (its: string | undefined, of: string | undefined) => (isShown && its ? `${of}:${its}` : its);
  return { installed: said(bare, epoch), fixed: said(fix, later) };
}

function yesOrNo(value: unknown): string | undefined {
  return typeof value === 'boolean' ? (value ? 'YES' : 'NO') : undefined;
}

/** Where none has an id that is one, that which the title names, with what the first says of it. */
function named(
  all: unknown[],
  idOf: (each: unknown) => string | undefined,
  read: (each: unknown) => Omit<Vulnerability, 'id'>,
  title: string | undefined,
  types: readonly string[],
): Vulnerability[] | undefined {
  const found = all.flatMap((each) => {
    const id = vulnerabilityId(idOf(each));
    return id ? [{ id, ...read(each) }] : [];
  });
  if (found.length > 0) return worstFirst(found);
  const id = vulnerabilityIn(title, types);
  return id ? [{ id, ...read(all[0]) }] : undefined;
}

/** Known to be exploited, then by score, then what can be mended; each id once, and the same whatever order they came in. */
function worstFirst(found: readonly Vulnerability[]): Vulnerability[] {
  const yes = (answer: string | undefined) => Number(answer === 'YES');
  const sorted = [...found].sort(
    (a, b) =>
      yes(b.exploitAvailable) - yes(a.exploitAvailable) ||
      (b.score ?? 0) - (a.score ?? 0) ||
      yes(b.fixAvailable) - yes(a.fixAvailable) ||
      (a.id < b.id ? -1 : 1),
  );
  const known = new Set<string>();
  return sorted.filter(({ id }) => !known.has(id) && known.add(id));
}
