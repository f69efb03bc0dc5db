/** A new version takes over step by step, and goes back by itself where the functions fail meanwhile: CodeDeploy moves the aliases. */
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Construct } from 'constructs';
import type { InterpreterFunction } from './function';
import { LIVE } from './live-alias';
import { grant } from './right';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
const STEPS = {
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  linear: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
} as const;

export interface GradualDeploymentProps {
  steps: keyof typeof STEPS;
  functions: readonly InterpreterFunction[];
  /**
   * Only of what a new version does by itself: an alarm that rings already, such as of dead letters that nobody sent back, would
   * stop the deployment that mends it. At most ten.
   */
  alarms: IAlarm[];
}

/** Each function's alias is moved by a deployment of its own; where one goes back, CloudFormation takes the others back with it. */
export class GradualDeployment extends Construct {
  constructor(scope: Construct, id: string, { steps, functions, alarms }: GradualDeploymentProps) {
    super(scope, id);
    const application = new LambdaApplication(this, 'Application');
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      description: 'Moves the aliases of the functions, and looks at their alarms',
    });
    // What AWSCodeDeployRoleForLambdaLimited grants for every function, for these alone and without the hooks that nobody has.
    grant(role, [
      {
        sid: 'MoveAliases',
        reason: 'CodeDeploy moves the aliases to the new versions, and back',
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        // Not the alias's own ARN: it waits for its group, which waits for this.
        resources: functions.flatMap(({ lambda }) => [lambda.functionArn, `${lambda.functionArn}:${LIVE}`]),
      },
      {
        sid: 'LookAtAlarms',
        reason: 'CodeDeploy goes back where an alarm on errors rings',
        actions: ['cloudwatch:DescribeAlarms'],
        resources: ['*'],
        wildcard: 'DescribeAlarms answers for names; CodeDeploy asks without naming a resource, as its managed policy has it.',
      },
    ]);
    for (const { live, node } of functions) {
      const group = new LambdaDeploymentGroup(this, node.path.split('/').slice(1).join(''), {
        application,
        alias: live,
        deploymentConfig: STEPS[steps],
        alarms,
        role: role.withoutPolicyUpdates(),
        autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      });
      group.node.addDependency(role);
    }
  }
}
