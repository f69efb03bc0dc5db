/** Checks of a configuration: Security Hub's own, and a partner's. */
import { asff, BILLING, type Json, type Moment, PAYMENTS, REGION } from './frame';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html */
export function control(moment: Moment): Json {
  const [account, bucket] =
    moment === 'first' ? ([PAYMENTS, 'acme-payments-invoices-2026'] as const) : ([BILLING, 'acme-billing-archive'] as const);
  return asff('aws/securityhub', account, moment, {
    Id: `arn:aws:securityhub:${REGION}:${account}:security-control/S3.2/finding/5a1d3c7e-${moment === 'first' ? '0b9d' : '1c0e'}-4d7c-9d52-2f4a6b8c0e13`,
    GeneratorId: 'security-control/S3.2',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    Severity: { Label: 'CRITICAL', Normalized: 90 },
    Title: 'S3 general purpose buckets should block public read access',
    Description:
      'This control checks whether an Amazon S3 general purpose bucket permits public read access. The control fails if the bucket permits public read access.',
    Remediation: {
      Recommendation: {
        Text: 'For information on how to correct this issue, consult the AWS Security Hub controls documentation.',
        Url: 'https://docs.aws.amazon.com/console/securityhub/S3.2/remediation',
      },
    },
    Compliance: { Status: 'FAILED', SecurityControlId: 'S3.2', AssociatedStandards: [{ StandardsId: 'standards/nist-800-53/v/5.0.0' }] },
    Resources: [{ Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${bucket}`, Partition: 'aws', Region: REGION }],
  });
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-partner-providers.html */
export function ofPartner(moment: Moment): Json {
  const group = moment === 'first' ? 'sg-0a1b2c3d4e5f60718' : 'sg-0b2c3d4e5f6071829';
  return asff('prowler/prowler', PAYMENTS, moment, {
    Id: `prowler-ec2_securitygroup_allow_ingress_from_internet_to_port_3389-${PAYMENTS}-${REGION}-${group}`,
    GeneratorId: 'prowler-ec2_securitygroup_allow_ingress_from_internet_to_port_3389',
    Types: ['Software and Configuration Checks'],
    Severity: { Label: 'HIGH', Original: 'high' },
    Title: 'Ensure no security groups allow ingress from 0.0.0.0/0 or ::/0 to port 3389.',
    Description: `Security group ${group} has port 3389 (RDP) open to the Internet.`,
    Remediation: {
      Recommendation: {
        Text: 'Remove the rule for 0.0.0.0/0 and add the ranges that need it.',
        Url: 'https://hub.prowler.com/check/ec2_securitygroup_allow_ingress_from_internet_to_port_3389',
      },
    },
    Compliance: { Status: 'FAILED' },
    Resources: [
      { Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:${REGION}:${PAYMENTS}:security-group/${group}`, Partition: 'aws', Region: REGION },
    ],
  });
}
