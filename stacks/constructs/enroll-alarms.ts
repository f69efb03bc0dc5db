/** What tells people that accounts are not covered, and why nobody else would notice: a missing finding makes no noise. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type AlarmSpec, FIVE_MINUTES, linesOf, REDRIVE, ROLLBACK } from './alarms';
import { deadLetterAlarms } from './dead-letter-alarms';

export function enrollAlarms(lambda: IFunction, logs: LogGroup, deadLetters: Queue): AlarmSpec[] {
  return [
    {
      name: 'accounts-not-enrolled',
      harm: 'lost',
      metric: linesOf(logs, 'NotEnrolled', 'account not enrolled', 'AccountsNotEnrolled', Duration.hours(1)),
      above: 0,
      // The run is daily: the alarm stays until a run without such an account, and does not go and come each day.
      outOf: 26,
      means: 'Security Hub did not take accounts of the organization as members.',
      impact: 'Findings of those accounts never arrive here, in the Regions that the log names: nothing is told of them.',
      first: "search the enroll log for 'account not enrolled': each line names account, Region, reason and what to do.",
    },
    {
      name: 'enroll-errors',
      harm: 'none',
      metric: lambda.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      above: 0,
      means: 'Enrolling accounts failed in at least one Region, or ran out of time.',
      impact: 'Accounts that joined since the last good run may not be covered yet. Lambda tries twice more, and the next day again.',
      first: `read the newest ERROR of the enroll log: 'Region failed' names the Region and Security Hub's answer. ${ROLLBACK}`,
    },
    ...deadLetterAlarms({
      name: 'enroll-dead-letters',
      harm: 'none',
      queue: deadLetters,
      means: 'A run that enrolls accounts failed three times, or could not be started at all.',
      impact: 'Accounts that joined since the last good run may not be covered until the next daily run.',
      first: `see the error: ${REDRIVE} --dry-run. Mend it, then ${REDRIVE} enroll starts one run and removes the records (SQS refuses to move them; they are gone after 14 days).`,
    }),
  ];
}
