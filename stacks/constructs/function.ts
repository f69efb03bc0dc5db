/** A Lambda function of this project: its bundle, role, log group and, where there is one, the queue that calls it. */
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, EventSourceMapping, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionLimits, FunctionName } from '../../config/switches/functions';
import { bundling, type DataFiles, PROJECT } from './bundling';
import { LiveAlias } from './live-alias';
import { keepReady } from './provisioned';
import { grant, type Right } from './right';
import { stands } from './standing';

/** Until a key is chosen for it (keys.ts). */
export const LOGS_OF_AWS = {
  CloudWatchLogGroupEncrypted: {
    reason: 'It is encrypted with a key that CloudWatch Logs owns, and no words of a finding stand in it.',
    switch: 'keys.logs',
  },
};

export interface InterpreterFunctionProps {
  /** Folder under handlers/ whose index.ts exports `handler`. */
  handler: FunctionName;
  description: string;
  limits: FunctionLimits;
  /** Of the hours in the limits, by its IANA name. */
  timeZone: string;
  /** One of the terms that CloudWatch Logs knows; the configuration's schema lists them. */
  logDays: number;
  /** What it reads beside its code. */
  files?: DataFiles;
  environment: Record<string, string>;
  rights: Right[];
  /** The queue that calls it; without one, something else does. */
  source?: QueueSource;
}

export interface QueueSource {
  queue: Queue;
  batchSize: number;
  maxConcurrency: number;
}

export class InterpreterFunction extends Construct {
  readonly lambda: NodejsFunction;
  /** What events, queues and people call. */
  readonly live: LiveAlias;
  readonly logGroup: LogGroup;
  readonly role: Role;
  readonly memorySize: number;

  constructor(scope: Construct, id: string, props: InterpreterFunctionProps) {
    super(scope, id);
    const { limits } = props;
    this.memorySize = limits.memoryMb;
    const logGroup = new LogGroup(this, 'Logs', { retention: props.logDays, removalPolicy: RemovalPolicy.RETAIN });
    this.logGroup = logGroup;
    // A role of its own: the managed AWSLambdaBasicExecutionRole may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: props.description });
    this.role = role;
    this.lambda = new NodejsFunction(this, 'Function', {
      description: props.description,
      entry: join(PROJECT, 'handlers', props.handler, 'index.ts'),
      handler: 'handler',
      projectRoot: PROJECT,
      depsLockFilePath: join(PROJECT, 'package-lock.json'),
      bundling: bundling(props.files),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: limits.memoryMb,
      timeout: Duration.seconds(limits.timeoutSeconds),
      reservedConcurrentExecutions: limits.reservedConcurrency,
      environment: props.environment,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // An earlier version is what a roll-back goes to; all go with the function.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.live = new LiveAlias(this, 'Live', this.lambda);
    keepReady(this.live, limits, props.timeZone);
    grant(role, [
      {
        sid: 'WriteLogs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
        reason: 'Lambda writes what the function logs into its own log group',
      },
      ...props.rights,
    ]);
    if (props.source) this.callFrom(props.source, limits, role);
    this.sayWhatStands(props);
  }

  private sayWhatStands({ handler, source, limits }: InterpreterFunctionProps): void {
    stands(this.logGroup, LOGS_OF_AWS);
    stands(this.lambda, {
      LambdaDLQ: {
        reason: source
          ? 'A queue calls it, and what fails goes from there to a dead-letter queue with an alarm. The setting that the rule looks at is for asynchronous calls.'
          : 'What fails goes to a queue with an alarm, by the newer setting: a destination on failure of its alias (AWS::Lambda::EventInvokeConfig).',
      },
      LambdaInsideVPC: {
        reason: 'Nothing calls it over a network, and all that it calls has a public address.',
        switch: 'network',
      },
    });
    if (limits.reservedConcurrency === undefined)
      stands(this.lambda, {
        LambdaConcurrency: {
          reason: source
            ? `Its queue calls at most ${source.maxConcurrency} at once. A new account has a quota of ten, of which none can be reserved.`
            : 'It runs once a day and after deployments. A new account has a quota of ten, of which none can be reserved.',
          switch: `functions.${handler}.reservedConcurrency`,
        },
      });
  }

  /** Not SqsEventSource: it would grant sqs:GetQueueUrl, which nothing uses. */
  private callFrom({ queue, batchSize, maxConcurrency }: QueueSource, { reservedConcurrency }: FunctionLimits, role: Role): void {
    const mapping = new EventSourceMapping(this, 'Source', {
      target: this.live,
      eventSourceArn: queue.queueArn,
      batchSize,
      // Pollers that take more than may run at once would have messages refused, and count as received.
      maxConcurrency: Math.min(maxConcurrency, reservedConcurrency ?? maxConcurrency),
      reportBatchItemFailures: true,
    });
    // Lambda tries the role's rights on the queue when the mapping is made.
    mapping.node.addDependency(role);
  }
}
