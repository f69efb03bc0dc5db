/** What tells people that the minute's tick fails or has stopped: what waits in the ledger then waits on, and makes no noise. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type AlarmSpec, FIVE_MINUTES, namespaceOf, REDRIVE, ROLLBACK } from './alarms';
import { deadLetterAlarms } from './dead-letter-alarms';

export function tickAlarms(lambda: IFunction, logs: LogGroup, deadLetters: Queue): AlarmSpec[] {
  // The line of a tick that was done (handlers/tick/tick.ts): whatever stops it, the line is missing.
  const ticked = logs.addMetricFilter('Ticked', {
    filterPattern: FilterPattern.stringValue('$.message', '=', 'ticked'),
    metricNamespace: namespaceOf(logs),
    metricName: 'Ticks',
    metricValue: '1',
  });
  return [
    {
      name: 'tick-stopped',
      harm: 'late',
      metric: ticked.metric({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      below: 1,
      periods: 2,
      means: 'The tick of each minute has not been done for 10 minutes, or the stack is new and waits for its first.',
      impact:
        'What is not CRITICAL waits on, first messages as well: where only the schedule fails, timers still wake it; where the function does, nothing but what is CRITICAL goes out. None is lost.',
      first:
        "search the tick log for 'tick failed': the line has the reason. Where there is none, see whether the function is throttled, its event source mapping enabled, and the schedule's rule (it begins with TickEachMinute) enabled.",
    },
    {
      name: 'tick-errors',
      harm: 'none',
      metric: lambda.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      above: 0,
      means: 'The tick function crashed or ran out of time. A tick that fails by itself is no error and is not counted here.',
      impact: "The next minute's tick does its work; where none succeeds, tick-stopped rings.",
      first: `read the newest ERROR of the tick log. ${ROLLBACK}`,
    },
    ...deadLetterAlarms({
      queue: deadLetters,
      name: 'tick-dead-letters',
      harm: 'none',
      means: 'Ticks crashed the tick function five times, or EventBridge could not bring them to their queue.',
      impact: 'None by itself: a later tick does the work of a tick, and wakes within minutes what a timer was to wake.',
      first: `see why: ${REDRIVE} --dry-run, and the newest ERROR of the tick log. Mend it, then empty the queue: ${REDRIVE} tick.`,
    }),
  ];
}
