/** What no role may do, in these and in other accounts, whatever else changes: each is tried on every role that is not known to do it. */
import type { Context } from './conditions';
import type { Deployed } from './deployed';
import { profilesOf } from '../../config/models';
import { plain } from './record';
import type { RoleRequest } from './requests';
import { elsewhere } from './strangers';

export interface Probe {
  action: string;
  resource: string;
  context?: Context;
}

const ELSEWHERE = '999999999999';

const each = (service: string, names: string, resources: string[]): Probe[] =>
  names.split(' ').flatMap((name) => resources.map((resource) => ({ action: `${service}:${name}`, resource })));

/** By what it would be. */
export function forbidden(deployed: Deployed): Record<string, Probe[]> {
  const { stack, partition } = deployed;
  const { organization } = stack.config.settings;
  const all = (type: string) => deployed.of(type).map(({ id }) => deployed.arn(id));
  const tables = all('AWS::DynamoDB::Table');
  const queues = all('AWS::SQS::Queue');
  const functions = all('AWS::Lambda::Function');
  const ofOrganization = `arn:${partition}:organizations::${organization.managementAccount}`;
  const groups = [...deployed.of('AWS::Logs::LogGroup').map(({ id }) => id), '/aws/lambda/payroll'];
  const streams = groups.map((id) => deployed.arnOf(`logs:REGION:ACCOUNT:log-group:${id}:log-stream:2026/11/26/1`));
  const roles = [...all('AWS::IAM::Role'), deployed.arnOf('iam::ACCOUNT:role/Admin')];
  return {
    'making and passing identities': [
      ...each('iam', 'PassRole PutRolePolicy AttachRolePolicy UpdateAssumeRolePolicy CreateRole DeleteRolePermissionsBoundary', roles),
      ...each('iam', 'CreateUser CreateAccessKey CreateLoginProfile', [deployed.arnOf('iam::ACCOUNT:user/new')]),
      ...each('iam', 'CreatePolicyVersion', [deployed.arnOf('iam::ACCOUNT:policy/any')]),
      ...each('iam', 'CreateServiceLinkedRole', [deployed.arnOf('iam::ACCOUNT:role/aws-service-role/ecs.amazonaws.com/any')]),
    ],
    'becoming somebody else': each('sts', 'AssumeRole', [
      ...roles,
      `arn:${partition}:iam::${ELSEWHERE}:role/OrganizationAccountAccessRole`,
      `arn:${partition}:iam::${organization.managementAccount}:role/OrganizationAccountAccessRole`,
    ]),
    'changing the organization': each(
      'organizations',
      'AttachPolicy CloseAccount CreateAccount CreateOrganizationalUnit CreatePolicy DeleteOrganizationalUnit DeletePolicy DeregisterDelegatedAdministrator DetachPolicy DisableAWSServiceAccess EnableAWSServiceAccess InviteAccountToOrganization LeaveOrganization MoveAccount PutResourcePolicy RegisterDelegatedAdministrator RemoveAccountFromOrganization TagResource UntagResource UpdateOrganizationalUnit UpdatePolicy',
      ['*', `${ofOrganization}:account/${organization.id}/555555555555`, `${ofOrganization}:ou/${organization.id}/ou-ab12-prod0001`],
    ),
    'logs: deleting, shortening, carrying off, reading': [
      ...each(
        'logs',
        'DeleteLogGroup DeleteLogStream PutRetentionPolicy DeleteRetentionPolicy PutSubscriptionFilter DisassociateKmsKey GetLogEvents FilterLogEvents CreateLogGroup',
        streams,
      ),
    ],
    'writing into logs of others': each('logs', 'PutLogEvents CreateLogStream', streams),
    'the ledger as a whole': each(
      'dynamodb',
      'DeleteTable UpdateTable UpdateTimeToLive UpdateContinuousBackups Scan ExportTableToPointInTime CreateBackup RestoreTableToPointInTime PutResourcePolicy UpdateItem TransactWriteItems PartiQLSelect',
      tables,
    ),
    'other tables': each('dynamodb', 'GetItem BatchGetItem Query PutItem BatchWriteItem DeleteItem', [
      deployed.arnOf('dynamodb:REGION:ACCOUNT:table/payroll'),
      ...tables.flatMap((table) => [`${table}-copy`, `${table}/index/any`, `${table}/stream/2026`]),
    ]),
    'queues as a whole': each(
      'sqs',
      'DeleteQueue PurgeQueue SetQueueAttributes AddPermission RemovePermission CreateQueue StartMessageMoveTask',
      queues,
    ),
    'dead letters: reading and removing': each(
      'sqs',
      'ReceiveMessage DeleteMessage ChangeMessageVisibility',
      queues.filter((arn) => /DeadLetters/.test(arn)),
    ),
    'queues that are not its own': each('sqs', 'SendMessage ReceiveMessage DeleteMessage', [
      ...queues,
      deployed.arnOf('sqs:REGION:ACCOUNT:payroll'),
    ]),
    secrets: [
      ...each('secretsmanager', 'GetSecretValue', [
        ...['database/prod-a1B2c3', 'security-hub-interpreter/slack-admin-a1B2c3', 'security-hub-interpreter/slack-a1B2c34'].map((name) =>
          deployed.arnOf(`secretsmanager:REGION:ACCOUNT:secret:${name}`),
        ),
      ]),
      ...each('secretsmanager', 'PutSecretValue UpdateSecret DeleteSecret PutResourcePolicy ListSecrets RotateSecret', [
        '*',
        deployed.arnOf('secretsmanager:REGION:ACCOUNT:secret:security-hub-interpreter/slack-a1B2c3'),
      ]),
    ],
    models: modelProbes(deployed),
    keys: keyProbes(deployed),
    'what people set in findings': findingProbes(deployed),
    'Security Hub itself': each(
      'securityhub',
      'DisableSecurityHub BatchDisableStandards DeleteMembers DisassociateMembers DisassociateFromAdministratorAccount UpdateFindings BatchImportFindings CreateAutomationRule UpdateStandardsControl UpdateSecurityControl BatchUpdateStandardsControlAssociations DeleteFindingAggregator UpdateFindingAggregator DeleteInsight CreateActionTarget',
      hubsAt(deployed, stack.account),
    ),
    'Security Hub of another account': each(
      'securityhub',
      'GetFindings BatchUpdateFindings DescribeHub CreateMembers UpdateOrganizationConfiguration UpdateSecurityHubConfiguration EnableSecurityHub BatchEnableStandards',
      hubsAt(deployed, ELSEWHERE),
    ),
    functions: each(
      'lambda',
      'UpdateFunctionCode UpdateFunctionConfiguration InvokeFunction AddPermission DeleteFunction PublishVersion CreateFunctionUrlConfig UpdateAlias',
      functions,
    ),
    'alarms and rules': [
      ...each('cloudwatch', 'DeleteAlarms DisableAlarmActions SetAlarmState PutMetricAlarm', all('AWS::CloudWatch::Alarm')),
      ...each('events', 'DisableRule DeleteRule PutRule PutTargets RemoveTargets PutEvents', all('AWS::Events::Rule')),
      ...each('sns', 'Publish Subscribe SetTopicAttributes DeleteTopic', all('AWS::SNS::Topic')),
    ],
    'what has nothing to do with it': [
      ...each('s3', 'GetObject PutObject ListBucket', [`arn:${partition}:s3:::any/object`]),
      ...each('ec2', 'RunInstances TerminateInstances', [deployed.arnOf('ec2:REGION:ACCOUNT:instance/i-1')]),
      ...each('cloudformation', 'UpdateStack DeleteStack CreateStackInstances UpdateStackSet', [
        deployed.arnOf(`cloudformation:REGION:ACCOUNT:stack/${stack.name}/id`),
      ]),
      ...each('ssm', 'GetParameter SendCommand', [deployed.arnOf('ssm:REGION:ACCOUNT:parameter/any')]),
    ],
    // With the credentials of a function: Lambda's own calls have no lambda:SourceFunctionArn, and a function's all have it.
    'the network, by code': each(
      'ec2',
      'CreateNetworkInterface DescribeNetworkInterfaces DescribeSubnets DeleteNetworkInterface DetachNetworkInterface AssignPrivateIpAddresses UnassignPrivateIpAddresses',
      ['*'],
    ).map((probe) => ({ ...probe, context: { 'lambda:SourceFunctionArn': functions[0] ?? '' } })),
  };
}

function modelProbes(deployed: Deployed): Probe[] {
  return profilesOf(deployed.stack.config.settings).flatMap((profile, n, all) => {
    const own = deployed.arnOf(`bedrock:REGION::foundation-model/${profile.replace(/^(global|us-gov|[a-z]{2,4})\./, '')}`);
    // No profile leads to another's model.
    const others = all
      .filter((_, other) => other !== n)
      .map((other) => deployed.arnOf(`bedrock:REGION:ACCOUNT:inference-profile/${other}`));
    return [
      ...each('bedrock', 'InvokeModel InvokeModelWithResponseStream', [
        deployed.arnOf('bedrock:REGION::foundation-model/anthropic.claude-opus-4-1-20250805-v1:0'),
        deployed.arnOf('bedrock:REGION:ACCOUNT:inference-profile/us.anthropic.claude-opus-4-1-20250805-v1:0'),
        // Past the profile, which keeps the words in its geography.
        own,
      ]),
      ...[deployed.arnOf('bedrock:REGION:ACCOUNT:inference-profile/other'), ...others].map((through) => ({
        action: 'bedrock:InvokeModel',
        resource: own,
        context: { 'bedrock:InferenceProfileArn': through },
      })),
      ...each('bedrock', 'CreateModelInvocationJob PutModelInvocationLoggingConfiguration CreateModelCustomizationJob InvokeAgent', [
        '*',
        own,
      ]),
    ];
  });
}

function keyProbes(deployed: Deployed): Probe[] {
  const own = deployed.of('AWS::KMS::Key').map(({ id }) => deployed.arn(id));
  const { keys } = deployed.stack.config.settings;
  const foreign = Object.values(keys).filter((key): key is string => typeof key === 'string' && key.startsWith('arn:'));
  const other = deployed.arnOf('kms:REGION:ACCOUNT:key/9999abcd-12ab-34cd-56ef-1234567890ab');
  const through = (service: string, keyArns: string[]): Probe[] =>
    keyArns.map((resource) => ({
      action: 'kms:Decrypt',
      resource,
      context: { 'kms:ViaService': `${service}.${deployed.stack.region}.${deployed.suffix}` },
    }));
  return [
    ...each(
      'kms',
      'Decrypt Encrypt GenerateDataKey ReEncryptFrom CreateGrant ScheduleKeyDeletion DisableKey PutKeyPolicy DisableKeyRotation',
      [...own, ...foreign, other],
    ),
    ...through('s3', [...own, ...foreign]),
    ...['dynamodb', 'sqs', 'secretsmanager'].flatMap((service) => through(service, [other])),
  ];
}

const hubsAt = ({ partition, stack }: Deployed, account: string): string[] =>
  ['hub/default', 'hubv2/5f2a0e34-6d52-4b9e-9a43-2f4f1f3c7f10'].map(
    (hub) => `arn:${partition}:securityhub:${stack.region}:${account}:${hub}`,
  );

/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html, and of V2 its API page; values that the APIs take. */
const FOREIGN: Record<string, string>[] = [
  ...['NEW', 'RESOLVED', 'SUPPRESSED', 'notified'].map((status) => ({ 'ASFFSyntaxPath/Workflow.Status': status })),
  ...['0', '1', '3', '4', '5', '99'].map((status) => ({ 'OCSFSyntaxPath/StatusId': status })),
  { 'ASFFSyntaxPath/Confidence': '50' },
  { 'ASFFSyntaxPath/Criticality': '50' },
  { 'ASFFSyntaxPath/RelatedFindings': 'x' },
  { 'ASFFSyntaxPath/Severity.Label': 'LOW' },
  { 'ASFFSyntaxPath/Severity.Normalized': '1' },
  { 'ASFFSyntaxPath/Severity.Product': '1' },
  { 'ASFFSyntaxPath/Types': 'Effects/Data Exposure' },
  { 'ASFFSyntaxPath/UserDefinedFields.key': 'ticket' },
  { 'ASFFSyntaxPath/UserDefinedFields.value': 'T-1' },
  { 'ASFFSyntaxPath/VerificationState': 'FALSE_POSITIVE' },
  { 'ASFFSyntaxPath/Note.Text': 'Closed by us' },
  { 'ASFFSyntaxPath/Note.Text': 'told in slack: sec-ops' },
  { 'ASFFSyntaxPath/Note.UpdatedBy': 'hanako' },
  { 'OCSFSyntaxPath/SeverityId': '1' },
  { 'OCSFSyntaxPath/Comment': 'Closed by us' },
];

/** Each by itself, and beside what write-back sends. */
function findingProbes(deployed: Deployed): Probe[] {
  const [hub = '', hubV2 = ''] = hubsAt(deployed, deployed.stack.account);
  return FOREIGN.flatMap((fields) => {
    const asff = Object.keys(fields).some((field) => field.startsWith('ASFF'));
    const meant: Record<string, string> = asff ? { 'ASFFSyntaxPath/Workflow.Status': 'NOTIFIED' } : { 'OCSFSyntaxPath/StatusId': '2' };
    return [fields, { ...meant, ...fields }].map((all) => ({
      action: 'securityhub:BatchUpdateFindings',
      resource: asff ? hub : hubV2,
      context: Object.fromEntries(Object.entries(all).map(([field, value]) => [`securityhub:${field}`, value])),
    }));
  });
}

/**
 * Beside each request that a role makes: the same in another account, in another Region, on what has another name, and with other
 * words in a finding. Where a right is as wide as a documented wildcard (stacks/: `wildcard`), the name is free.
 */
export function neighbours({ action, resource, context }: RoleRequest): Record<string, Probe[]> {
  const parts = resource.split(':');
  if (parts.length < 6) return {};
  const [arn, partition, service, region, account = '', ...rest] = parts;
  const name = rest.join(':');
  const written = (changed: { region?: string; account?: string; name?: string }) =>
    [arn, partition, service, changed.region ?? region, changed.account ?? account, changed.name ?? name].join(':');
  const on = (...resources: string[]) => resources.map((each) => ({ action, context, resource: each }));
  const free = /^(organizations|logs)$/.test(service ?? '') || name.startsWith('hubv2/');
  return {
    'in another account': account === '' ? [] : on(...elsewhere(account).map((each) => written({ account: each }))),
    'in another Region': region ? on(written({ region: 'sa-east-1' })) : [],
    'on what has another name': free ? [] : on(`${resource}x`, written({ name: name.replace(/^([^:/]*[:/])?/, '$1x') })),
    'with other words': Object.entries(context)
      .filter(([key]) => /SyntaxPath/.test(key))
      .flatMap(([key, value]) =>
        [`x${value}`, value.slice(1), value.slice(0, Math.floor(value.length / 2))].map((other) => ({
          action,
          resource,
          context: { ...context, [key]: String(other) },
        })),
      ),
  };
}

/** Logical id of a role or a resource, from its ARN. */
export const nameOf = (arn: string): string => plain(arn.split(/[:/]/).pop() ?? '');
