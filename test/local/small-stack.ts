/** A stack with the shape of the hub stack and two small functions, synthesized once a test process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { buildSync } from 'esbuild';

export const CHANNEL = 'C0PRODONC01';
export const SECRET = 'security-hub-interpreter/slack';

export interface SmallAssembly {
  directory: string;
  remove(): void;
}

export function synthesizeSmallStack(): SmallAssembly {
  process.env.CDK_VALIDATION = 'false';
  const directory = mkdtempSync(join(tmpdir(), 'small-stack-'));
  const app = new App({ outdir: join(directory, 'cdk.out') });
  const stack = new Stack(app, 'Small', { env: { account: '222222222222', region: 'ap-northeast-1' } });
  const table = new Table(stack, 'Ledger', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
  });
  const deliveriesDead = new Queue(stack, 'DeliveriesDead', { fifo: true });
  const deliveries = new Queue(stack, 'Deliveries', {
    fifo: true,
    visibilityTimeout: Duration.seconds(180),
    deadLetterQueue: { queue: deliveriesDead, maxReceiveCount: 5 },
  });
  const findingsDead = new Queue(stack, 'FindingsDead');
  const findings = new Queue(stack, 'Findings', {
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: findingsDead, maxReceiveCount: 5 },
  });
  const rulesDead = new Queue(stack, 'RulesDead');
  new Rule(stack, 'Admit', {
    eventPattern: {
      source: ['aws.securityhub'],
      detail: { findings: { Severity: { Label: ['CRITICAL', 'HIGH'] }, Workflow: { Status: ['NEW'] } } },
    },
    targets: [new SqsQueue(findings, { deadLetterQueue: rulesDead })],
  });
  new Rule(stack, 'Told', {
    eventPattern: { source: ['aws.securityhub'], detail: { findings: { Workflow: { Status: ['NOTIFIED'] } } } },
    targets: [new SqsQueue(new Queue(stack, 'ToldQueue'))],
  });
  new Rule(stack, 'Tick', { schedule: Schedule.rate(Duration.minutes(1)), targets: [new SqsQueue(findings)] });
  for (const [name, queue, batchSize] of [
    ['intake', findings, 10],
    ['deliver', deliveries, 10],
  ] as const) {
    const lambda = new LambdaFunction(stack, name, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(bundle(directory, name)),
      timeout: Duration.seconds(30),
      environment: { LEDGER_TABLE: table.tableName, DELIVERIES_QUEUE_URL: deliveries.queueUrl },
    });
    lambda.addEventSource(new SqsEventSource(queue, { batchSize, reportBatchItemFailures: true, maxConcurrency: 10 }));
  }
  return { directory: app.synth().directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function bundle(directory: string, name: string): string {
  const outdir = join(directory, name);
  buildSync({
    entryPoints: { index: join(__dirname, 'functions', `${name}.ts`) },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire as __c}from'node:module';const require=__c(import.meta.url);" },
  });
  writeFileSync(join(outdir, 'config.json'), JSON.stringify({ channel: CHANNEL, secret: SECRET }));
  return outdir;
}
