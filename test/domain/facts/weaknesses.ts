/** Vulnerabilities, and ports that can be reached, as AWS documents them. */
import { asff, INSTANCE, type Json, ocsf } from './shape';

const xz = { Name: 'xz-libs', Version: '5.6.0', Release: '1.amzn2023', PackageManager: 'OS', FixedInVersion: '0:5.6.1-9.amzn2023' };
/** https://docs.aws.amazon.com/inspector/latest/user/securityhub-integration.html */
export const WEAK = (more: Json = {}, resource: Json = INSTANCE, its: Json = {}) =>
  asff('inspector', {
    Title: 'CVE-2024-3094 - xz-libs',
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Resources: [resource],
    Vulnerabilities: [
      {
        Id: 'CVE-2024-3094',
        VulnerablePackages: [{ ...xz, Remediation: 'dnf update xz-libs', ...its }],
        Cvss: [{ Version: '3.1', BaseScore: 9.8, Source: 'NVD' }],
        EpssScore: 0.94,
        ExploitAvailable: 'YES',
        FixAvailable: 'YES',
        ...more,
      },
    ],
  });
export const WEAK_OCSF = ocsf('inspector', {
  class_uid: 2002,
  finding_info: { title: 'CVE-2024-3094 - xz-libs', types: ['Software and Configuration Checks/Vulnerabilities/CVE', 'Vulnerabilities'] },
  vulnerabilities: [
    {
      cve: { uid: 'CVE-2024-3094', cvss: [{ base_score: 9.8, version: '3.1' }], epss: { score: '0.94' } },
      affected_packages: [
        { name: 'xz-libs', version: '5.6.0', release: '1.amzn2023', fixed_in_version: '0:5.6.1-9.amzn2023', package_manager: 'OS' },
      ],
      is_exploit_available: true,
      is_fix_available: true,
    },
  ],
});
/** https://docs.aws.amazon.com/inspector/latest/user/findings-types.html */
const REACHABLE_TITLE = 'Port 22 is reachable from an Internet Gateway - TCP';
export const REACHABLE = asff('inspector', { Title: REACHABLE_TITLE });
export const REACHABLE_OCSF = ocsf('inspector', { finding_info: { title: REACHABLE_TITLE } });

export const FUNCTION = { Type: 'AwsLambdaFunction', Id: 'checkout' };
export const weak = (n: number) => ({
  Id: `CVE-2025-1000${n}`,
  VulnerablePackages: [{ Name: `lib${n}`, Version: '1', FixedInVersion: '2', PackageManager: 'NPM' }],
  Cvss: [{ Version: '3.1', BaseScore: 9, BaseVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  ExploitAvailable: 'YES',
});
export const weakOcsf = (n: number) => ({
  cve: { uid: `CVE-2025-1000${n}`, cvss: [{ base_score: 9 }] },
  affected_packages: [{ name: `lib${n}`, version: '1', fixed_in_version: '2', package_manager: 'NPM' }],
});
export const VULNERABILITY = ['Software and Configuration Checks/Vulnerabilities/CVE'];
