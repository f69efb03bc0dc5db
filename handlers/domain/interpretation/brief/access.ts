/** Access that was granted: AWS's actions, which kind of principal, and which condition keys; no name and no value of either. */
import type { Brief } from './fields';
import type { Access } from '../../finding/particulars';
import { matching } from './closed';

/**
 * The keys that IAM Access Analyzer takes into account, and global ones.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-filter-keys.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const CONDITION_KEYS: readonly string[] = [
  ...['aws:CalledVia', 'aws:MultiFactorAuthPresent', 'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalIsAWSService'],
  ...['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:PrincipalServiceName', 'aws:PrincipalType', 'aws:ResourceAccount'],
  ...['aws:ResourceOrgID', 'aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceIp', 'aws:SourceOrgID'],
  ...['aws:SourceOrgPaths', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:UserId', 'aws:UserName', 'aws:ViaAWSService', 'aws:VpcSourceIp'],
  ...['kms:CallerAccount', 'kms:EncryptionContext', 'kms:GrantIsForAWSResource', 'kms:ViaService', 'lambda:FunctionUrlAuthType'],
  ...['s3:DataAccessPointAccount', 's3:DataAccessPointArn', 's3:ExistingObjectTag', 's3:x-amz-acl', 'sts:ExternalId'],
];

export function accessFields(access: Access | undefined): Partial<Brief> {
  const condition = access?.condition?.toLowerCase();
  return {
    actions: access?.actions?.filter((action) => /^[a-z0-9-]{2,30}:[A-Z][A-Za-z]{2,60}$/.test(action)).slice(0, 30),
    principalKind: matching(access?.principalKind, /^(AWS|CanonicalUser|Federated|Service|Everyone)$/),
    public: access?.public,
    condition: condition === undefined ? undefined : condition === 'none' ? 'none' : 'some',
    // Where a word ends, or SourceVpc would stand in SourceVpce; IAM does not tell upper from lower case.
    conditionKeys: CONDITION_KEYS.filter((key) => new RegExp(`(?<![\\w:-])${key}(?![\\w-])`, 'i').test(condition ?? '')),
  };
}
