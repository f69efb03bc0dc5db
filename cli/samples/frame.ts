/** What every finding of a product has, in the format of each Security Hub. */

export type Json = Record<string, unknown>;

export const REGION = 'ap-northeast-1';
/** Accounts of the demo's organization. */
export const PAYMENTS = '555555555555';
export const BILLING = '666666666666';
export const CARDS = '777777777777';

/** When the first finding is sent; the second follows it, and both end some hours later. */
export const BEGAN = Date.parse('2026-11-21T00:14:00Z');
const MINUTE = 60_000;
export const LATER = 40 * MINUTE;
export const ENDED = 6 * 60 * MINUTE;

/** How the sample problem's second finding stands to its first: in time, and told in the same message. */
export type Moment = 'first' | 'second';

export const instant = (at: number): string => new Date(at).toISOString();
export const sentAt = (moment: Moment): number => BEGAN + (moment === 'first' ? 0 : LATER);

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html */
export function asff(product: string, account: string, moment: Moment, more: Json): Json {
  const seen = instant(sentAt(moment) - 4 * MINUTE);
  return {
    SchemaVersion: '2018-10-08',
    ProductArn: `arn:aws:securityhub:${REGION}::product/${product}`,
    AwsAccountId: account,
    Region: REGION,
    CreatedAt: seen,
    FirstObservedAt: seen,
    UpdatedAt: instant(sentAt(moment)),
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...more,
  };
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html */
export function ocsf(product: string, account: string, moment: Moment, { finding_info, ...more }: Json): Json {
  const seen = instant(sentAt(moment) - 4 * MINUTE);
  return {
    class_uid: 2004,
    activity_name: 'Create',
    cloud: { account: { uid: account }, provider: 'AWS', region: REGION },
    metadata: { product: { uid: `arn:aws:securityhub:${REGION}::productv2/${product}` } },
    finding_info: { created_time_dt: seen, first_seen_time_dt: seen, modified_time_dt: instant(sentAt(moment)), ...(finding_info as Json) },
    status: 'New',
    ...more,
  };
}
