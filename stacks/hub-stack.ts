/** Everything that runs in the security account's home Region. */
import { CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config/schema';
import type { DeliverEnv } from '../handlers/deliver/env';
import type { IntakeEnv } from '../handlers/intake/env';
import { alarmSpecs } from './constructs/alarm-specs';
import { Alarms } from './constructs/alarms';
import { writeConfig, writePhrasebook } from './constructs/bundling';
import { Dashboard } from './constructs/dashboard';
import { Enroll } from './constructs/enroll';
import { InterpreterFunction } from './constructs/function';
import { GradualDeployment } from './constructs/gradual-deployment';
import { Keys } from './constructs/keys';
import { Ledger } from './constructs/ledger';
import { nameVersion } from './constructs/named-version';
import { Network } from './constructs/network';
import { Organization } from './constructs/organization';
import { Queries } from './constructs/queries';
import { Queues } from './constructs/queues';
import { deliverRights, intakeRights } from './constructs/rights';
import { Rules } from './constructs/rules';
import { Tick } from './constructs/tick';
import { trace } from './constructs/tracing';
import { workAlarms } from './constructs/work-alarms';
import { versionOf } from './version';

export class HubStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { config: Config }) {
    super(scope, id, props);
    const { config } = props;
    const { settings, routes } = config;
    const limits = settings.functions;
    const keys = new Keys(this, 'CustomerKey', settings.keys);
    const ledger = new Ledger(this, 'Ledger', { key: keys.of('ledger') });
    const queues = new Queues(this, 'Queues', {
      keys,
      intakeTimeout: Duration.seconds(limits.intake.timeoutSeconds),
      deliverTimeout: Duration.seconds(limits.deliver.timeoutSeconds),
    });
    const rules = new Rules(this, 'Rules', { settings, findings: queues.findings, deadLetters: queues.rulesDeadLetters });
    const rightsContext = { stack: this, settings, routes, keys, ledger, queues };
    const common = { logDays: settings.retention.logDays, timeZone: settings.timeZone, files: writeConfig(this, config) };

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
      limits: limits.intake,
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
      files: { ...common.files, ...writePhrasebook(this, config) },
      description: 'Tells problems: briefing, message, Slack, write-back',
      limits: limits.deliver,
      environment: { ...deliverEnv },
      rights: deliverRights(rightsContext, tick.queue),
      source: { queue: queues.deliveries, batchSize: 1, maxConcurrency: 10 },
    });

    new Organization(this, 'Organization', { settings });
    const enroll = settings.enablement.mode === 'stack-sets' ? new Enroll(this, 'Enroll', { settings, keys }) : undefined;

    const functions = { intake: intake.lambda, deliver: deliver.lambda };
    const logs = { intake: intake.logGroup, deliver: deliver.logGroup };
    const alarms = new Alarms(this, 'Alarms', {
      settings: settings.alarms,
      key: keys.of('alarms'),
      specs: [
        ...alarmSpecs(queues, functions, ledger.table, rules.all, logs),
        ...workAlarms(this, { intake, deliver }, settings),
        ...tick.alarms,
        ...(enroll?.alarms ?? []),
      ],
    });

    const all = this.node.findAll().filter((each) => each instanceof InterpreterFunction);
    // Where a metric of the functions stands: apart for each stack. https://docs.aws.amazon.com/powertools/typescript/latest/features/metrics/
    for (const { lambda } of [intake, deliver]) {
      lambda.addEnvironment('POWERTOOLS_METRICS_NAMESPACE', this.stackName);
      if (!settings.metrics) lambda.addEnvironment('POWERTOOLS_METRICS_DISABLED', 'true');
    }
    if (settings.tracing) trace(all);
    nameVersion(all, versionOf(config));
    const { deployment } = settings;
    if (deployment !== 'all-at-once') {
      const errors = ['intake', 'deliver', 'tick', 'enroll'].flatMap((name) => alarms.byName.get(`${name}-errors`) ?? []);
      new GradualDeployment(this, 'Deployment', { steps: deployment, functions: all, alarms: errors });
    }
    new Queries(this, 'Queries', { logs: all.map(({ logGroup }) => logGroup) });
    if (settings.metrics)
      new Dashboard(this, 'Dashboard', {
        functions: { intake, deliver, tick: tick.run },
        queues: {
          findings: queues.findings,
          deliveries: queues.deliveries,
          deadLetters: {
            findings: queues.findingsDeadLetters,
            deliveries: queues.deliveriesDeadLetters,
            rules: queues.rulesDeadLetters,
            tick: tick.deadLetters,
            ...(enroll ? { enroll: enroll.deadLetters } : {}),
          },
        },
        rules: rules.byName,
        ledger,
        alarms: [...alarms.byName.keys()],
      });

    const outputs = {
      // The doctor asks IAM what this role may do.
      DeliverRole: deliver.role.roleArn,
      // The aliases, by which versions are told and rolled back.
      IntakeFunction: intake.live.functionArn,
      DeliverFunction: deliver.live.functionArn,
      TickFunction: tick.run.live.functionArn,
      LedgerTable: ledger.table.tableName,
      FindingsQueue: queues.findings.queueUrl,
      DeliveriesQueue: queues.deliveries.queueUrl,
      TickQueue: tick.queue.queueUrl,
      FindingsDeadLetters: queues.findingsDeadLetters.queueUrl,
      DeliveriesDeadLetters: queues.deliveriesDeadLetters.queueUrl,
      RulesDeadLetters: queues.rulesDeadLetters.queueUrl,
      TickDeadLetters: tick.deadLetters.queueUrl,
      ...(enroll ? { EnrollDeadLetters: enroll.deadLetters.queueUrl, EnrollFunction: enroll.run.live.functionArn } : {}),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });

    if (settings.network) {
      const calling = { ...settings.regions, model: settings.model.enabled, enrolls: enroll !== undefined };
      const network = new Network(this, 'Network', { settings: settings.network, calling, logDays: settings.retention.logDays });
      network.add({ intake, deliver, tick: tick.run, ...(enroll ? { enroll: enroll.run } : {}) });
    }
    keys.encrypt(this);
  }

  /** The first three of the Region, as the deployment finds them: CDK would ask AWS at synth. */
  override get availabilityZones(): string[] {
    return [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
  }
}
