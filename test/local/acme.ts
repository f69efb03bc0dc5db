/** The organization of all examples, and findings in it. */
import type { OrganizationInput } from '../../local/organizations/organization-tree';

export const ACME: OrganizationInput = {
  id: 'r-ab12',
  name: 'Root',
  accounts: [{ id: '111111111111', name: 'acme-management' }],
  children: [
    {
      id: 'ou-ab12-sec00001',
      name: 'Security',
      accounts: [
        { id: '222222222222', name: 'security-tooling' },
        { id: '333333333333', name: 'log-archive' },
      ],
    },
    { id: 'ou-ab12-infra001', name: 'Infrastructure', accounts: [{ id: '444444444444', name: 'network-hub' }] },
    {
      id: 'ou-ab12-wkld0001',
      name: 'Workloads',
      children: [
        {
          id: 'ou-ab12-prod0001',
          name: 'Prod',
          accounts: [
            { id: '555555555555', name: 'payments-prod', tags: { team: 'payments', env: 'prod' } },
            { id: '666666666666', name: 'billing-prod', tags: { team: 'billing', env: 'prod' } },
          ],
          children: [
            {
              id: 'ou-ab12-regul001',
              name: 'Regulated',
              accounts: [{ id: '777777777777', name: 'cards-vault-prod', tags: { team: 'payments', env: 'prod', pci: 'true' } }],
            },
          ],
        },
        {
          id: 'ou-ab12-stag0001',
          name: 'Staging',
          accounts: [{ id: '888888888888', name: 'payments-stg', tags: { team: 'payments', env: 'stg' } }],
        },
      ],
    },
    { id: 'ou-ab12-sandb001', name: 'Sandbox', accounts: [{ id: '999999999999', name: 'sandbox-yamada' }] },
  ],
};

export const PRODUCT = 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub';

/** An ASFF event as EventBridge brings it. */
export function findingEvent(id: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: '0',
    id: `event-${id}`,
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '222222222222',
    time: '2026-11-21T00:14:00Z',
    region: 'ap-northeast-1',
    resources: [],
    detail: {
      findings: [
        {
          SchemaVersion: '2018-10-08',
          Id: id,
          ProductArn: PRODUCT,
          AwsAccountId: '555555555555',
          Title: 'S3.2 S3 buckets should block public read access',
          Severity: { Label: 'CRITICAL' },
          Workflow: { Status: 'NEW' },
          RecordState: 'ACTIVE',
          ...overrides,
        },
      ],
    },
  };
}
