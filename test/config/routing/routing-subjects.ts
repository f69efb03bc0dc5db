/** Subjects of the example organization. */
import type { RoutingSubject } from '../../../config/routing/walk';

const IDS: Record<string, string> = {
  Security: 'ou-ab12-sec00001',
  Infrastructure: 'ou-ab12-infra001',
  Workloads: 'ou-ab12-wkld0001',
  'Workloads/Prod': 'ou-ab12-prod0001',
  'Workloads/Prod/Regulated': 'ou-ab12-regul001',
  'Workloads/Staging': 'ou-ab12-stag0001',
  Sandbox: 'ou-ab12-sandb001',
};

/** Every OU, and the root as ''. */
export const OUS = ['', ...Object.keys(IDS)];

/** A HIGH finding of Security Hub CSPM in an account of that OU ('' is the root). */
export function subjectIn(ou: string, changes: Partial<RoutingSubject> = {}): RoutingSubject {
  const names = ou === '' ? [] : ou.split('/');
  return {
    accountId: '555555555555',
    ouPath: names.map((name, depth) => ({ id: IDS[names.slice(0, depth + 1).join('/')] ?? '', name })),
    ouKnown: true,
    tags: { team: 'payments', env: 'prod' },
    resourceTags: {},
    severity: 'HIGH',
    product: 'aws/securityhub',
    controlId: 'S3.2',
    types: ['Software and Configuration Checks/AWS Security Best Practices'],
    resourceTypes: ['AwsS3Bucket'],
    region: 'ap-northeast-1',
    ...changes,
  };
}
