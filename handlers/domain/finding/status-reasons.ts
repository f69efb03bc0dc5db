/**
 * Why Security Hub says what it says of a control: the whole list of `Compliance.StatusReasons[].ReasonCode`, each with
 * the compliance that it comes with and what it means. The words for readers are elsewhere. As of November 2026.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-findings-create-update.html
 */
import { entryOf } from '../text/reading';
import type { Compliance } from './finding';

/** Why a control could not be checked, as far as the reader's next step differs. */
export type Unchecked =
  /** The resource lies in another account or Region: the control must run there. */
  | 'elsewhere'
  /** The resource's owner must grant a right first. */
  | 'right-of-owner'
  /** AWS Config lacks a right. */
  | 'right-of-config'
  /** Out of the rule's scope, or resource or rule are gone: nothing to do. */
  | 'not-applicable'
  /** The rule of AWS Config failed (right, parameter, subscription, time-out, suspended account). */
  | 'rule-failed'
  /** The rule is being created: it will be checked. */
  | 'not-yet'
  /** The service failed or was throttled: it will be checked again. */
  | 'service'
  /** No code, or one that AWS added later. */
  | 'unknown';

interface Reason {
  compliance: Compliance;
  unchecked?: Unchecked;
}

export const STATUS_REASONS: Readonly<Record<string, Reason>> = {
  CLOUDTRAIL_METRIC_FILTER_NOT_VALID: { compliance: 'FAILED' },
  CLOUDTRAIL_METRIC_FILTERS_NOT_PRESENT: { compliance: 'FAILED' },
  CLOUDTRAIL_MULTI_REGION_NOT_PRESENT: { compliance: 'FAILED' },
  CLOUDWATCH_ALARM_ACTIONS_NOT_VALID: { compliance: 'FAILED' },
  CLOUDWATCH_ALARMS_NOT_PRESENT: { compliance: 'FAILED' },
  CONFIG_RECORDER_CUSTOM_ROLE: { compliance: 'FAILED' },
  CONFIG_RECORDER_DISABLED: { compliance: 'FAILED' },
  CONFIG_RECORDER_MISSING_REQUIRED_RESOURCE_TYPES: { compliance: 'FAILED' },
  LAMBDA_CUSTOM_RUNTIME_DETAILS_NOT_AVAILABLE: { compliance: 'FAILED' },
  SNS_SUBSCRIPTION_NOT_PRESENT: { compliance: 'FAILED' },
  SNS_TOPIC_INVALID: { compliance: 'FAILED' },
  // The spelling is AWS's.
  CLOUDTRAIL_REGION_INVAILD: { compliance: 'WARNING', unchecked: 'elsewhere' },
  S3_BUCKET_CROSS_ACCOUNT_CROSS_REGION: { compliance: 'WARNING', unchecked: 'elsewhere' },
  SNS_TOPIC_CROSS_ACCOUNT: { compliance: 'WARNING', unchecked: 'right-of-owner' },
  SNS_TOPIC_CROSS_ACCOUNT_CROSS_REGION: { compliance: 'WARNING', unchecked: 'elsewhere' },
  CONFIG_ACCESS_DENIED: { compliance: 'NOT_AVAILABLE', unchecked: 'right-of-config' },
  CONFIG_RETURNS_NOT_APPLICABLE: { compliance: 'NOT_AVAILABLE', unchecked: 'not-applicable' },
  CONFIG_RULE_EVALUATION_ERROR: { compliance: 'NOT_AVAILABLE', unchecked: 'rule-failed' },
  CONFIG_RULE_NOT_FOUND: { compliance: 'NOT_AVAILABLE', unchecked: 'not-yet' },
  INTERNAL_SERVICE_ERROR: { compliance: 'NOT_AVAILABLE', unchecked: 'service' },
  THROTTLING_ERROR: { compliance: 'NOT_AVAILABLE', unchecked: 'service' },
  CONFIG_EVALUATIONS_EMPTY: { compliance: 'PASSED' },
};

/** What the reason codes of an unchecked control mean: each once, sorted; `unknown` alone where none says. */
export function uncheckedBecause(codes: readonly string[]): Unchecked[] {
  const meanings = new Set(codes.flatMap((code) => entryOf(STATUS_REASONS, code)?.unchecked ?? []));
  return meanings.size > 0 ? [...meanings].sort() : ['unknown'];
}
