/** The events that both designs are given: control findings of Security Hub CSPM, as EventBridge brings them. */
import { HOUR } from '../handlers/domain/time';
import { START } from '../cli/simulate/world/world';
import type { Directory } from '../handlers/ports';

export interface Parts {
  control: string;
  account: string;
  resource: string;
  severity?: 'HIGH' | 'CRITICAL';
  /** When Security Hub wrote it, in epoch milliseconds. */
  at?: number;
  /** Compliance PASSED: Security Hub then calls it INFORMATIONAL. */
  mended?: boolean;
  /** As Security Hub sends it again once it was marked. */
  notified?: boolean;
}

const DIVISIONS = ['Retail', 'Payments', 'Logistics', 'Media', 'Data'];
const iso = (time: number) => new Date(time).toISOString();
let sent = 0;

/** @returns an account of a division; two numbers that differ by a multiple of five belong to the same. */
export function account(n: number): string {
  return String(300_000_000_000 + n);
}

/** An organization of five divisions, each with its production under it. */
export const organization: Directory = {
  account: async (id) => {
    const division = Number(id.slice(-3)) % DIVISIONS.length;
    return {
      name: `${DIVISIONS[division]?.toLowerCase()}-${id.slice(-4)}`,
      parentIds: ['r-ab12', 'ou-ab12-workload', `ou-ab12-division${division}`, `ou-ab12-division${division}prod`],
      tags: {},
    };
  },
  organizationalUnitName: async (id) => {
    if (id.endsWith('prod')) return 'Prod';
    return DIVISIONS[Number(id.replace('ou-ab12-division', ''))] ?? 'Workloads';
  },
};

export function eventOf(parts: Parts): object {
  const at = parts.at ?? START;
  return {
    version: '0',
    id: `0f0a1b2c-0000-4000-8000-${String(++sent).padStart(12, '0')}`,
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '222222222222',
    time: iso(at),
    region: 'ap-northeast-1',
    resources: [],
    detail: { findings: [findingOf(parts, at)] },
  };
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html */
function findingOf(
  { control, account: accountId, resource, severity = 'HIGH', mended = false, notified = false }: Parts,
  at: number,
): object {
  const id = `arn:aws:securityhub:ap-northeast-1:${accountId}:security-control/${control}/finding/${resource}`;
  const productArn = 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub';
  const instance = `arn:aws:ec2:ap-northeast-1:${accountId}:instance/${resource}`;
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: productArn,
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: 'ap-northeast-1',
    GeneratorId: `security-control/${control}`,
    AwsAccountId: accountId,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    FirstObservedAt: iso(mended ? at : START - HOUR),
    LastObservedAt: iso(at),
    CreatedAt: iso(START - HOUR),
    UpdatedAt: iso(at),
    Severity: { Label: mended ? 'INFORMATIONAL' : severity, Normalized: severity === 'CRITICAL' ? 90 : 70, Original: severity },
    Title: `Instances should keep to the rule that ${control} checks`,
    Description: `This control checks whether an instance keeps to the rule of ${control}. It fails where the instance does not.`,
    Remediation: {
      Recommendation: {
        Text: 'For information on how to correct this issue, consult the AWS Security Hub controls documentation.',
        Url: `https://docs.aws.amazon.com/console/securityhub/${control}/remediation`,
      },
    },
    ProductFields: {
      'aws/securityhub/ProductName': 'Security Hub',
      'aws/securityhub/CompanyName': 'AWS',
      'Resources:0/Id': instance,
      'aws/securityhub/FindingId': `${productArn}/${id}`,
    },
    Resources: [{ Type: 'AwsEc2Instance', Id: instance, Partition: 'aws', Region: 'ap-northeast-1' }],
    Compliance: {
      Status: mended ? 'PASSED' : 'FAILED',
      SecurityControlId: control,
      AssociatedStandards: [{ StandardsId: 'standards/aws-foundational-security-best-practices/v/1.0.0' }],
    },
    Workflow: { Status: notified ? 'NOTIFIED' : 'NEW' },
    WorkflowState: notified ? 'NOTIFIED' : 'NEW',
    RecordState: 'ACTIVE',
  };
}
