/**
 * The types of findings that AWS names: namespaces, their categories and of one namespace the classifiers. Importers
 * must use the namespaces and may write what they like behind them, so only what stands here is anything but free text.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html (copy read in
 * November 2026)
 */
const CHECKS = 'Software and Configuration Checks';

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  [CHECKS]: ['Vulnerabilities', 'AWS Security Best Practices', 'Industry and Regulatory Standards'],
  TTPs: [
    ...['Initial Access', 'Execution', 'Persistence', 'Privilege Escalation', 'Defense Evasion', 'Credential Access', 'Discovery'],
    ...['Lateral Movement', 'Collection', 'Command and Control'],
  ],
  Effects: ['Data Exposure', 'Data Exfiltration', 'Data Destruction', 'Denial of Service', 'Resource Consumption'],
  'Unusual Behaviors': [
    ...['Application', 'Network Flow', 'IP address', 'User', 'VM', 'Container', 'Serverless', 'Process', 'Database', 'Data'],
  ],
  'Sensitive Data Identifications': ['PII', 'Passwords', 'Legal', 'Financial', 'Security', 'Business'],
};

const CLASSIFIERS: Readonly<Record<string, readonly string[]>> = {
  Vulnerabilities: ['CVE'],
  'AWS Security Best Practices': ['Network Reachability', 'Runtime Behavior Analysis'],
  'Industry and Regulatory Standards': [
    ...['CIS Host Hardening Benchmarks', 'CIS AWS Foundations Benchmark', 'PCI-DSS Controls', 'Cloud Security Alliance Controls'],
    ...['ISO 90001 Controls', 'ISO 27001 Controls', 'ISO 27017 Controls', 'ISO 27018 Controls', 'SOC 1', 'SOC 2'],
    ...['HIPAA Controls (USA)', 'NIST 800-53 Controls (USA)', 'NIST CSF Controls (USA)', 'IRAP Controls (Australia)'],
    ...['K-ISMS Controls (Korea)', 'MTCS Controls (Singapore)', 'FISC Controls (Japan)', 'My Number Act Controls (Japan)'],
    ...['ENS Controls (Spain)', 'Cyber Essentials Plus Controls (UK)', 'G-Cloud Controls (UK)', 'C5 Controls (Germany)'],
    ...['IT-Grundschutz Controls (Germany)', 'GDPR Controls (Europe)', 'TISAX Controls (Europe)'],
  ],
};

const DOCUMENTED: ReadonlySet<string> = new Set(
  Object.entries(CATEGORIES).flatMap(([namespace, categories]) => [
    namespace,
    ...categories.flatMap((category) => [
      `${namespace}/${category}`,
      ...(namespace === CHECKS ? (CLASSIFIERS[category] ?? []).map((classifier) => `${namespace}/${category}/${classifier}`) : []),
    ]),
  ]),
);

/** As much of a type as AWS documents, from its front; undefined where not even the namespace is. */
export function documentedType(type: string): string | undefined {
  const parts = type.split('/', 3);
  for (let length = parts.length; length > 0; length--) {
    const path = parts.slice(0, length).join('/');
    if (DOCUMENTED.has(path)) return path;
  }
  return undefined;
}
