/**
 * What AWS's own services ask for: in the name of a role, where the template gives them one, and in their own, where they bring
 * events, alarms and calls. The stand-ins do it without a request, so it is derived from the template, by the page that says so.
 */
import { isObject, objects, text } from '../../local/protocol/wire';
import type { Context } from './conditions';
import type { Deployed, Resource, Role } from './deployed';
import type { Caller } from './evaluate';
import { keyOf, roleOf, type RoleRequest, throughKey } from './requests';
import { listOf } from './statement';

type Asked = { action: string; resource: string; context?: Context };

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
const INTERFACES = [
  ...['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface'],
  ...['AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'],
].map((name) => `ec2:${name}`);

/** In the name of roles. */
export function requestsOfServices(deployed: Deployed): RoleRequest[] {
  const asked = (role: Role | undefined, why: string, all: Asked[]): RoleRequest[] =>
    role === undefined
      ? []
      : all.flatMap((each) => [each, ...throughKey(deployed, each)]).map(({ context = {}, ...rest }) => ({ role, why, context, ...rest }));
  const named = (arn: unknown) => deployed.roles.find((role) => role.arn === arn);
  const everywhere = (actions: string[]): Asked[] => actions.map((action) => ({ action, resource: '*' }));
  const lambdaOf = (arn: unknown) =>
    deployed.of('AWS::Lambda::Function').find(({ id }) => [id, deployed.arn(id)].some((name) => text(arn).startsWith(name)));
  const roleBehind = (arn: unknown) => {
    const lambda = lambdaOf(arn);
    return lambda && roleOf(deployed, lambda);
  };
  return [
    ...deployed.of('AWS::Lambda::EventSourceMapping').flatMap(({ properties }) =>
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      asked(
        roleBehind(properties.FunctionName),
        'Lambda polls its queue',
        onResource(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], properties.EventSourceArn),
      ),
    ),
    ...deployed.of('AWS::Lambda::EventInvokeConfig').flatMap(({ properties }) =>
      // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
      asked(roleBehind(properties.FunctionName), 'Lambda keeps a run that failed', onResource(['sqs:SendMessage'], failureOf(properties))),
    ),
    ...deployed.of('AWS::Lambda::Function').flatMap((lambda) => [
      ...(lambda.properties.VpcConfig === undefined
        ? []
        : asked(roleOf(deployed, lambda), 'Lambda makes its network interfaces', everywhere(INTERFACES))),
      ...(isObject(lambda.properties.TracingConfig)
        ? // https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
          asked(roleOf(deployed, lambda), 'Lambda traces its runs', everywhere(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']))
        : []),
    ]),
    ...deployed
      .of('AWS::CodeDeploy::DeploymentGroup')
      .flatMap(({ properties }) =>
        asked(named(properties.ServiceRoleArn), 'CodeDeploy moves the aliases', [
          ...movesAliases(deployed),
          { action: 'cloudwatch:DescribeAlarms', resource: '*' },
        ]),
      ),
    ...deployed.of('AWS::EC2::FlowLog').flatMap(({ properties }) => {
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
      const stream = deployed.arnOf(`logs:REGION:ACCOUNT:log-group:${text(properties.LogGroupName)}:log-stream:2026/11/26/1`);
      return asked(
        named(properties.DeliverLogsPermissionArn),
        'VPC writes its flow log',
        onResource(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], stream),
      );
    }),
    ...deployed.of('Custom::VpcRestrictDefaultSG').flatMap(({ properties }) => {
      // As aws-cdk-lib/custom-resource-handlers has it, on creation and on deletion.
      const group = deployed.arnOf(`ec2:REGION:ACCOUNT:security-group/${text(properties.DefaultSecurityGroupId)}`);
      const changes = ['Authorize', 'Revoke'].flatMap((verb) => ['Ingress', 'Egress'].map((way) => `ec2:${verb}SecurityGroup${way}`));
      return asked(roleBehind(properties.ServiceToken), 'CDK closes the default security group', onResource(changes, group));
    }),
  ];
}

const onResource = (actions: string[], resource: unknown): Asked[] => actions.map((action) => ({ action, resource: text(resource) }));

function failureOf({ DestinationConfig }: Resource['properties']): unknown {
  return isObject(DestinationConfig) && isObject(DestinationConfig.OnFailure) ? DestinationConfig.OnFailure.Destination : undefined;
}

/** On the alias and on the function. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html */
function movesAliases(deployed: Deployed): Asked[] {
  const named = deployed
    .of('AWS::Lambda::Alias')
    .flatMap(({ id, properties }) => [deployed.arn(id), deployed.arn(text(properties.FunctionName))]);
  return named.flatMap((resource) =>
    onResource(['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'], resource),
  );
}

/** A request of a service itself: only the policy of the resource lets it in. */
export interface ServiceRequest extends Required<Asked> {
  caller: Caller;
  why: string;
}

export function requestsToResources(deployed: Deployed): ServiceRequest[] {
  const { account } = deployed.stack;
  const by = (service: string, source: string, why: string, asked: Asked): ServiceRequest => ({
    ...asked,
    caller: { account, service },
    context: { 'aws:SourceArn': source, 'aws:SourceAccount': account, 'aws:SecureTransport': 'true', ...asked.context },
    why,
  });
  const underKey = (service: string, source: string, arn: string): ServiceRequest[] => {
    const key = keyOf(deployed, arn);
    if (key === undefined || !deployed.of('AWS::KMS::Key').some(({ id }) => deployed.arn(id) === key)) return [];
    return ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) =>
      by(service, source, `${service} uses the key of ${arn}`, { action, resource: key }),
    );
  };
  const assumes = (service: string, role: unknown) =>
    by(`${service}.amazonaws.com`, text(role), `${service} takes the role`, { action: 'sts:AssumeRole', resource: text(role) });
  return [
    ...deployed.of('AWS::Lambda::Function').map(({ properties }) => assumes('lambda', properties.Role)),
    ...deployed.of('AWS::CodeDeploy::DeploymentGroup').map(({ properties }) => assumes('codedeploy', properties.ServiceRoleArn)),
    ...deployed.of('AWS::EC2::FlowLog').map(({ properties }) => assumes('vpc-flow-logs', properties.DeliverLogsPermissionArn)),
    ...deployed.of('AWS::Events::Rule').flatMap(({ id, properties }) => {
      const targets = objects(properties.Targets).flatMap(({ Arn, DeadLetterConfig }) => [
        text(Arn),
        ...(isObject(DeadLetterConfig) ? [text(DeadLetterConfig.Arn)] : []),
      ]);
      return targets.flatMap((resource) => {
        const action = resource.includes(':lambda:') ? 'lambda:InvokeFunction' : 'sqs:SendMessage';
        const service = 'events.amazonaws.com';
        return [
          by(service, deployed.arn(id), `rule ${id} reaches ${resource}`, { action, resource }),
          ...underKey(service, deployed.arn(id), resource),
        ];
      });
    }),
    ...deployed.of('AWS::CloudWatch::Alarm').flatMap(({ id, properties }) =>
      [...new Set([properties.AlarmActions, properties.OKActions].flatMap((actions) => listOf(actions as string[])))]
        // A topic of somebody else has a policy of its own.
        .filter((topic) => deployed.of('AWS::SNS::Topic').some((each) => deployed.arn(each.id) === topic))
        .flatMap((resource) => [
          by('cloudwatch.amazonaws.com', deployed.arn(id), `alarm ${id} is published`, { action: 'sns:Publish', resource }),
          ...underKey('cloudwatch.amazonaws.com', deployed.arn(id), resource),
        ]),
    ),
    ...deployed.of('AWS::Logs::LogGroup').flatMap(({ properties: { KmsKeyId } }) => {
      if (!deployed.of('AWS::KMS::Key').some((key) => deployed.arn(key.id) === KmsKeyId)) return [];
      // CloudFormation calls a log group by the stack's name and what it makes up.
      const group = deployed.arnOf('logs:REGION:ACCOUNT:log-group:SecurityHubInterpreter-Logs-1a2b');
      const service = `logs.${deployed.stack.region}.${deployed.suffix}`;
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      return ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'DescribeKey'].map((name) =>
        by(service, group, 'CloudWatch Logs encrypts', {
          action: `kms:${name}`,
          resource: text(KmsKeyId),
          context: { 'kms:EncryptionContext:aws:logs:arn': group },
        }),
      );
    }),
  ];
}
