/**
 * The enroll function and what starts it: each day, and each time that this stack is deployed. By events and not as a
 * custom resource: an account that cannot be enrolled must not roll the deployment back. The stack completes after its
 * StackSet, so Security Hub is on before an account is made a member.
 */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { type IRuleTarget, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../../config/schema';
import type { EnrollEnv } from '../../handlers/enroll/env';
import type { AlarmSpec } from './alarms';
import { enrollAlarms } from './enroll-alarms';
import { enrollRights } from './enroll-rights';
import { InterpreterFunction } from './function';
import type { Keys } from './keys';
import { useQueueKey } from './rights';
import { regionsInUse } from '../../config/regions';

export class Enroll extends Construct {
  readonly deadLetters: Queue;
  readonly alarms: AlarmSpec[];
  readonly run: InterpreterFunction;

  constructor(scope: Construct, id: string, { settings, keys }: { settings: Settings; keys: Keys }) {
    super(scope, id);
    const stack = Stack.of(this);
    const regions = regionsInUse(settings);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...keys.ofQueues,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is itself the dead-letter queue, of EventBridge and of asynchronous invocations; cdk-nag sees only those of other queues.',
    });
    const environment: EnrollEnv = {
      REGIONS: regions.join(','),
      ADMINISTRATOR_ACCOUNT: settings.organization.securityAccount,
      MANAGEMENT_ACCOUNT: settings.organization.managementAccount,
    };
    // No reserved concurrency unless it is asked for: in an account with Lambda's initial quota of ten, reserving even one fails
    // the deployment. Two runs at once do no harm: all they do is idempotent, and the later one finds what the earlier one did.
    this.run = new InterpreterFunction(this, 'Run', {
      handler: 'enroll',
      description: 'Makes every account of the organization a member of Security Hub, in each Region in use',
      limits: settings.functions.enroll,
      timeZone: settings.timeZone,
      logDays: settings.retention.logDays,
      environment: { ...environment },
      rights: [...enrollRights(stack, regions, this.deadLetters), ...useQueueKey({ stack, keys })],
    });
    const { lambda, live, logGroup, role } = this.run;
    const invocations = new EventInvokeConfig(this, 'Invocations', {
      function: lambda,
      qualifier: live.aliasName,
      retryAttempts: 2,
      // The construct for SQS would also grant sqs:GetQueueUrl and sqs:GetQueueAttributes, which nothing uses.
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
    // Lambda tries the role's right to send when this is made.
    invocations.node.addDependency(role, live);

    const target: IRuleTarget = new LambdaFunction(live, {
      deadLetterQueue: this.deadLetters,
      maxEventAge: Duration.hours(6),
      retryAttempts: 185,
    });
    const daily = new Rule(this, 'Daily', {
      description: 'Each day: accounts that joined, came back or were refused before are enrolled',
      schedule: Schedule.rate(Duration.days(1)),
    });
    const deployed = new Rule(this, 'Deployed', {
      description: 'This stack was created or updated: the accounts that its StackSet reached are enrolled',
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: { 'stack-id': [stack.stackId], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } },
      },
    });
    for (const rule of [daily, deployed]) rule.addTarget(target);
    this.alarms = enrollAlarms(lambda, logGroup, this.deadLetters);
  }
}
