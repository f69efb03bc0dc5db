/** The flags of `doctor`. */
import { CONFIG, WrongUse } from '../frame/command';

/** Findings are kept for 90 days after their last update. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html */
const FINDING_DAYS = 90;

export const FLAGS = {
  before: { about: 'before the first deployment: what is missing, and what is there already and would collide' },
  bedrock: { about: 'asks the model one small question (costs less than a cent)' },
  'silent-days': { value: 'N', about: `an account without a finding for N days is silent; 1 to ${FINDING_DAYS}`, default: '7' },
  policy: { about: 'prints the IAM policy that the doctor needs, and asks nothing' },
  ...CONFIG,
  json: { about: 'one JSON object instead of text, with every list complete' },
} as const;

/** @throws WrongUse */
export function silentDays(days: string): number {
  if (!/^\d{1,2}$/.test(days) || Number(days) < 1 || Number(days) > FINDING_DAYS)
    throw new WrongUse(`--silent-days ${JSON.stringify(days)}: a number of days from 1 to ${FINDING_DAYS}.`);
  return Number(days);
}
