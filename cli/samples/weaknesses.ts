/**
 * Software that has to be updated, and what can be reached, shaped as Inspector and the new Security Hub send them.
 * https://docs.aws.amazon.com/inspector/latest/user/securityhub-integration.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html
 */
import { asff, BILLING, type Json, type Moment, ocsf, PAYMENTS, REGION } from './frame';

/** One image with a second weakness: both are mended by the same build. */
export function weakPackage(moment: Moment): Json {
  const [cve, name, version, fixed, file] =
    moment === 'first'
      ? (['CVE-2021-44228', 'org.apache.logging.log4j:log4j-core', '2.14.1', '2.15.0', 'app/lib/log4j-core-2.14.1.jar'] as const)
      : (['CVE-2022-22965', 'org.springframework:spring-beans', '5.3.16', '5.3.18', 'app/lib/spring-beans-5.3.16.jar'] as const);
  const score = moment === 'first' ? 10 : 9.8;
  const digest = 'sha256:6105d6cc76af400325e94d588ce511be5bfdbb73b437dc51eca43917d7a43e3d';
  return asff('aws/inspector', BILLING, moment, {
    Id: `arn:aws:inspector2:${REGION}:${BILLING}:finding/4f5b31a5113c0ac701d2915c${moment === 'first' ? 'e631ee36' : 'f742ff47'}`,
    GeneratorId: 'AWSInspector',
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Severity: { Label: 'CRITICAL', Normalized: 90 },
    Title: `${cve} - ${name}`,
    Description: 'Whoever can send this program a request may have code of their own run by it.',
    Remediation: { Recommendation: { Text: 'Remediation is available. See the fixed version of each package.' } },
    Resources: [
      {
        Type: 'AwsEcrContainerImage',
        Id: `arn:aws:ecr:${REGION}:${BILLING}:repository/billing/invoice-renderer/${digest}`,
        Partition: 'aws',
        Region: REGION,
        Details: { AwsEcrContainerImage: { RepositoryName: 'billing/invoice-renderer', ImageDigest: digest, ImageTags: ['2026.11.3'] } },
      },
    ],
    Vulnerabilities: [
      {
        Id: cve,
        VulnerablePackages: [{ Name: name, Version: version, PackageManager: 'JAR', FilePath: file, FixedInVersion: fixed }],
        Cvss: [{ Version: '3.1', BaseScore: score, BaseVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', Source: 'NVD' }],
        EpssScore: moment === 'first' ? 0.944 : 0.945,
        FixAvailable: 'YES',
        ExploitAvailable: 'YES',
      },
    ],
  });
}

/** Reachability and a weakness together, of the new Security Hub. Each is a problem of its own: it grows by becoming worse. */
export function exposure(moment: Moment): Json {
  const name = 'checkout-webhook';
  const arn = `arn:aws:lambda:${REGION}:${PAYMENTS}:function:${name}`;
  const event = (title: string, tag: string, ...values: string[]) => ({ title, type: 'Finding', tags: [{ name: tag, values }] });
  return ocsf('aws/securityhub-exposure', PAYMENTS, moment, {
    finding_info: {
      uid: `arn:aws:securityhub:${REGION}:${PAYMENTS}:risk/8d9f1c3a-4f67-4c1d-9b2e-0a1b2c3d4e5f`,
      title: 'Publicly invocable Lambda function executed outside of VPC has vulnerability with known exploit',
      desc: 'Anyone may invoke the function, and its code has a weakness that is known to be exploited.',
      types: ['Exposure/Potential Impact/Resource Hijacking'],
      related_events: [
        event('CVE-2023-33246 - org.apache.rocketmq:rocketmq-controller', 'Vulnerability', 'Attack Vector Network', 'Exploit Available'),
        event('Lambda function policies should prohibit public access', 'Reachability', 'Publicly Invocable'),
        event('Lambda functions should be in a VPC', 'Misconfiguration', 'Deployed outside VPC'),
      ],
    },
    severity: moment === 'first' ? 'High' : 'Critical',
    impact: 'High',
    likelihood: moment === 'first' ? 'High' : 'Very High',
    resources: [{ uid: arn, uid_alt: arn, name, type: 'AWS::Lambda::Function', region: REGION }],
  });
}
