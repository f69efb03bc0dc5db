/** Everything that runs in the security account's home Region. */
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config/schema';
import type { DeliverEnv } from '../handlers/deliver/env';
import type { IntakeEnv } from '../handlers/intake/env';
import { alarmSpecs } from './constructs/alarm-specs';
import { Alarms } from './constructs/alarms';
import { writeConfig } from './constructs/bundling';
import { CustomerKey } from './constructs/customer-key';
import { Enroll } from './constructs/enroll';
import { InterpreterFunction } from './constructs/function';
import { Ledger } from './constructs/ledger';
import { Organization } from './constructs/organization';
import { Queues } from './constructs/queues';
import { deliverRights, intakeRights } from './constructs/rights';
import { Rules } from './constructs/rules';
import { Tick } from './constructs/tick';

const INTAKE_TIMEOUT = Duration.seconds(60);
/** Bedrock may take 15 s, and Slack may ask for patience more than once. */
const DELIVER_TIMEOUT = Duration.seconds(90);

export class HubStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { config: Config }) {
    super(scope, id, props);
    const { config } = props;
    const { settings, routes } = config;
    const customerKey = new CustomerKey(this, 'CustomerKey');
    const ledger = new Ledger(this, 'Ledger', { key: customerKey.key });
    const queues = new Queues(this, 'Queues', { intakeTimeout: INTAKE_TIMEOUT, deliverTimeout: DELIVER_TIMEOUT });
    const rules = new Rules(this, 'Rules', { settings, findings: queues.findings, deadLetters: queues.rulesDeadLetters });
    const rightsContext = { stack: this, settings, routes, ledger, queues };
    const common = { logDays: settings.retention.logDays, configFile: writeConfig(this, config) };

    const tick = new Tick(this, 'Tick', { ...rightsContext, logDays: settings.retention.logDays });

    const intakeEnv: IntakeEnv = {
      LEDGER_TABLE: ledger.table.tableName,
      DELIVERIES_QUEUE_URL: queues.deliveries.queueUrl,
      TICK_QUEUE_URL: tick.queue.queueUrl,
      FINDINGS_QUEUE_URL: queues.findings.queueUrl,
      FINDINGS_DEAD_LETTER_URL: queues.findingsDeadLetters.queueUrl,
    };
    const intake = new InterpreterFunction(this, 'Intake', {
      ...common,
      handler: 'intake',
      description: 'Takes findings in: owner, route, member, wake-ups',
      memorySize: 512,
      timeout: INTAKE_TIMEOUT,
      environment: { ...intakeEnv },
      rights: intakeRights(rightsContext, tick.queue),
      source: { queue: queues.findings, batchSize: 10, maxConcurrency: 10 },
    });

    const deliverEnv: DeliverEnv = {
      LEDGER_TABLE: ledger.table.tableName,
      DELIVERIES_QUEUE_URL: queues.deliveries.queueUrl,
      TICK_QUEUE_URL: tick.queue.queueUrl,
      DELIVERIES_DEAD_LETTER_URL: queues.deliveriesDeadLetters.queueUrl,
      SLACK_API_URL: `https://${settings.slack.host}/api/`,
    };
    const deliver = new InterpreterFunction(this, 'Deliver', {
      ...common,
      handler: 'deliver',
      description: 'Tells problems: briefing, message, Slack, write-back',
      memorySize: 1024,
      timeout: DELIVER_TIMEOUT,
      environment: { ...deliverEnv },
      rights: deliverRights(rightsContext, tick.queue),
      source: { queue: queues.deliveries, batchSize: 1, maxConcurrency: 10 },
    });

    new Organization(this, 'Organization', { settings });
    const enroll = settings.enablement.mode === 'stack-sets' ? new Enroll(this, 'Enroll', { settings }) : undefined;

    customerKey.allowAlarms();
    const functions = { intake: intake.lambda, deliver: deliver.lambda };
    const logs = { intake: intake.logGroup, deliver: deliver.logGroup };
    new Alarms(this, 'Alarms', {
      settings: settings.alarms,
      key: customerKey.key,
      specs: [...alarmSpecs(queues, functions, ledger.table, rules.all, logs), ...tick.alarms, ...(enroll?.alarms ?? [])],
    });

    const outputs = {
      // The doctor asks IAM what this role may do.
      DeliverRole: deliver.role.roleArn,
      LedgerTable: ledger.table.tableName,
      FindingsQueue: queues.findings.queueUrl,
      DeliveriesQueue: queues.deliveries.queueUrl,
      TickQueue: tick.queue.queueUrl,
      FindingsDeadLetters: queues.findingsDeadLetters.queueUrl,
      DeliveriesDeadLetters: queues.deliveriesDeadLetters.queueUrl,
      RulesDeadLetters: queues.rulesDeadLetters.queueUrl,
      TickDeadLetters: tick.deadLetters.queueUrl,
      ...(enroll ? { EnrollDeadLetters: enroll.deadLetters.queueUrl, EnrollFunction: enroll.lambda.functionName } : {}),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
