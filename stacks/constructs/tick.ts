/**
 * The minute's tick: a schedule, a queue of its own and a function of its own, so that what has come due waits behind no storm
 * of findings. The function may read what is due, send wake-ups and have intake ask for owners, and nothing else.
 */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { TickEnv } from '../../handlers/tick/env';
import type { AlarmSpec } from './alarms';
import { InterpreterFunction } from './function';
import { type RightsContext, tickRights } from './rights';
import { tickAlarms } from './tick-alarms';

/** The next tick is a minute away: a late one is worth nothing. */
const BRIEF = { maxEventAge: Duration.minutes(2), retryAttempts: 2 };
/** Longer than five receives take; a function that was away for a day then finds sixty ticks and not fourteen hundred. */
const RETENTION = Duration.hours(1);

export interface TickProps extends RightsContext {
  logDays: number;
}

export class Tick extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly run: InterpreterFunction;
  readonly alarms: AlarmSpec[];

  constructor(scope: Construct, id: string, { logDays, ...context }: TickProps) {
    super(scope, id);
    const { ledger, queues, settings, keys } = context;
    const common: QueueProps = { ...keys.ofQueues, enforceSSL: true };
    const limits = settings.functions.tick;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...common,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      retentionPeriod: RETENTION,
      // Six times the function's timeout: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * limits.timeoutSeconds),
      // Code drops a tick that it could not do; this catches what crashes the function each time.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    new Rule(this, 'EachMinute', {
      description: 'Once a minute: work that became due, such as a late interpretation',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters, ...BRIEF })],
    });
    const environment: TickEnv = {
      LEDGER_TABLE: ledger.table.tableName,
      DELIVERIES_QUEUE_URL: queues.deliveries.queueUrl,
      TICK_QUEUE_URL: this.queue.queueUrl,
      FINDINGS_QUEUE_URL: queues.findings.queueUrl,
    };
    this.run = new InterpreterFunction(this, 'Run', {
      handler: 'tick',
      description: 'Once a minute: wakes the problems of which something has come due',
      limits,
      timeZone: settings.timeZone,
      logDays,
      environment: { ...environment },
      rights: tickRights(context, this.queue),
      // One look does for all that wait; two at a time are the fewest that Lambda takes.
      source: { queue: this.queue, batchSize: 10, maxConcurrency: 2 },
    });
    this.alarms = tickAlarms(this.run.lambda, this.run.logGroup, this.deadLetters);
  }
}
