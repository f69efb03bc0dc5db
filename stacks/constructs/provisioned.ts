/** Workers that are kept ready behind the alias: always, or in the hours that settings.yaml names. */
import { TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { DAYS, type FunctionLimits } from '../../config/switches/functions';
import type { LiveAlias } from './live-alias';

/**
 * @param timeZone of the hours, by its IANA name: a clock that is put forward puts them forward.
 * Between a deployment and the next begin of the hours there are as many ready as there were before it.
 */
export function keepReady(live: LiveAlias, limits: FunctionLimits, timeZone: string): void {
  const { provisionedConcurrency: count, provisionedHours: hours } = limits;
  if (count === undefined) return;
  if (hours === undefined) {
    const provisioned: CfnAlias.ProvisionedConcurrencyConfigurationProperty = { provisionedConcurrentExecutions: count };
    (live.node.defaultChild as CfnAlias).provisionedConcurrencyConfig = provisioned;
    return;
  }
  const { from, to, days } = hours;
  // Application Auto Scaling knows provisioned concurrency down to none:
  // https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
  const target = live.addAutoScaling({ minCapacity: 0, maxCapacity: count });
  // Where they end after midnight, it is on the day after.
  const ends = to < from ? days.map((day) => DAYS[(DAYS.indexOf(day) + 1) % DAYS.length] ?? day) : days;
  const at = (time: string, weekDays: readonly string[], capacity: number) => {
    const [hour = '', minute = ''] = time.split(':').map((part) => String(Number(part)));
    const weekDay = weekDays.length === DAYS.length ? '*' : weekDays.join(',');
    return {
      schedule: Schedule.cron({ minute, hour, weekDay }),
      timeZone: TimeZone.of(timeZone),
      minCapacity: capacity,
      maxCapacity: capacity,
    };
  };
  target.scaleOnSchedule('Begin', at(from, days, count));
  target.scaleOnSchedule('End', at(to, ends, 0));
}
