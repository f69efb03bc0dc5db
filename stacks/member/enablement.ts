/** What turns Security Hub on in one account and Region: a custom resource with a function of its own, whose source an auditor can read. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../../config/schema';
import { grant } from '../constructs/right';
import { stands } from '../constructs/standing';
import { enablementRights } from './rights';

/** The attributes of the custom resource: what enable.js reports, each an output of the stack of the same name with this prefix. */
export const OUTPUT_PREFIX = 'SecurityHub';
export const REPORTED = ['Outcome', 'ConsolidatedControlFindings', 'StandardsTurnedOn', 'StandardsNotOffered'] as const;

/** Patience with a throttled Security Hub (eight attempts a call), and 45 s to answer CloudFormation in any case. */
const TIMEOUT = Duration.minutes(4);
/** Lambda runs a function that fails twice more, a minute and two minutes later; CloudFormation waits for all three. */
const PATIENCE = Duration.minutes(20);

/**
 * No asset, so nothing has to be bootstrapped in the account; no physical name, so an account that was moved
 * between target OUs can keep the resources of its old stack; no parameter, as automatic deployment gives new
 * accounts the defaults. One of these a stack: its outputs have fixed names.
 */
export class MemberEnablement extends Construct {
  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    const { enablement, organization, retention } = settings;
    const description = `Turns Security Hub on in this account and Region; never off. From the security account ${organization.securityAccount}.`;
    const logGroup = new LogGroup(this, 'Logs', { retention: retention.logDays, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description });
    grant(role, [
      {
        sid: 'WriteLogs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
        reason: 'Lambda writes what the function logs into its own log group',
      },
      ...enablementRights(Stack.of(this)),
    ]);
    const source = readFileSync(join(__dirname, 'enable.js'), 'utf8');
    const lambda = new LambdaFunction(this, 'Function', {
      description,
      code: Code.fromInline(source),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      // Not arm64: x86_64 is what Lambda has in every Region, opt-in ones included.
      memorySize: 256,
      timeout: TIMEOUT,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
    stands(logGroup, {
      CloudWatchLogGroupEncrypted: {
        reason:
          'It is encrypted with a key that CloudWatch Logs owns; one of the account would cost in each account and Region. Nothing of a finding stands in it.',
      },
    });
    stands(lambda, {
      LambdaDLQ: { reason: 'CloudFormation calls it and waits for its answer: what fails, fails the stack, and is seen there.' },
      LambdaInsideVPC: { reason: 'It runs only while a stack is deployed, in accounts whose networks are not known here.' },
      LambdaConcurrency: { reason: 'CloudFormation calls it once a deployment. Reserving would take from the concurrency of the account.' },
    });
    const hub = new CustomResource(this, 'Hub', {
      resourceType: 'Custom::SecurityHubEnablement',
      serviceToken: lambda.functionArn,
      serviceTimeout: PATIENCE,
      properties: {
        Standards: enablement.standards,
        // CloudFormation runs it again only when a property changes: so it does with the source.
        Source: createHash('sha256').update(source).digest('hex').slice(0, 12),
      },
    });
    for (const name of REPORTED) {
      new CfnOutput(this, name, { value: hub.getAttString(name) }).overrideLogicalId(`${OUTPUT_PREFIX}${name}`);
    }
  }
}
