/**
 * One finding or more of each kind, in both formats, shaped as AWS's own examples are; names and addresses are of its documentation.
 * ASFF: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html and each product's integration page.
 * OCSF: https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html, https://schema.ocsf.io/ and events as captured.
 */
export type Json = Record<string, unknown>;

export const A = '111122223333';
export const R = 'us-east-1';
export const FIRST = '2026-11-20T23:51:33Z';
export const LAST = '2026-11-21T00:07:10Z';

export function asff(product: string, more: Json): Json {
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:${product}:${R}:${A}:finding/1`,
    ProductArn: `arn:aws:securityhub:${R}::product/${product.includes('/') ? product : `aws/${product}`}`,
    GeneratorId: product,
    AwsAccountId: A,
    Region: R,
    Types: [],
    CreatedAt: FIRST,
    UpdatedAt: LAST,
    FirstObservedAt: FIRST,
    Severity: { Label: 'CRITICAL' },
    Title: 'A finding',
    Description: '',
    Resources: [INSTANCE],
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...more,
  };
}

export function ocsf(product: string, { finding_info = {}, ...more }: Json): Json {
  return {
    class_uid: 2004,
    activity_name: 'Create',
    cloud: { account: { uid: A }, provider: 'AWS', region: R },
    finding_info: {
      uid: `arn:aws:${product}:${R}:${A}:finding/1`,
      title: 'A finding',
      types: [],
      created_time_dt: FIRST,
      first_seen_time_dt: FIRST,
      last_seen_time_dt: LAST,
      modified_time_dt: LAST,
      ...(finding_info as Json),
    },
    metadata: {
      uid: 'ab12',
      product: { uid: `arn:aws:securityhub:${R}::productv2/${product.includes('/') ? product : `aws/${product}`}` },
    },
    resources: [{ type: 'AWS::EC2::Instance', uid: 'i-0abcd1234efgh5678', region: R }],
    severity: 'Critical',
    status: 'New',
    ...more,
  };
}

export const INSTANCE = { Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${R}:${A}:instance/i-0abcd1234efgh5678`, Region: R };
