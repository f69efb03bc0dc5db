/** The requests that IAM sees of a deployment: the recorded calls, on the resources and with the context keys of this very template. */
import { destinationsOf, geographyOf } from '../../config/geographies';
import { profilesOf } from '../../config/models';
import { keyFor } from '../../config/switches/keys';
import { isObject, text } from '../../local/protocol/wire';
import type { Context } from './conditions';
import type { Deployed, Resource, Role } from './deployed';
import { plain, type RecordedCall } from './record';

/** A request of a role, and where it is known from. */
export interface RoleRequest {
  role: Role;
  action: string;
  resource: string;
  context: Context;
  why: string;
}

type Asked = Pick<RoleRequest, 'action' | 'resource'> & { context?: Context };

/** Operations that IAM knows by another action than their own name. */
const ACTIONS: Record<string, string> = {
  'bedrock:Converse': 'bedrock:InvokeModel',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'securityhub:GetFindingsV2': 'securityhub:GetFindings',
  'securityhub:BatchUpdateFindingsV2': 'securityhub:BatchUpdateFindings',
};

/** Six characters that Secrets Manager puts behind a name, and an id that Security Hub gives its new hub. */
const SUFFIX = '-a1B2c3';
const HUB_V2 = '5f2a0e34-6d52-4b9e-9a43-2f4f1f3c7f10';

export function roleOf(deployed: Deployed, { properties }: Resource): Role | undefined {
  return deployed.roles.find(({ arn }) => arn === properties.Role);
}

/** Of the functions; those of what Lambda and others do for them are in services.ts. */
export function requestsOf(deployed: Deployed, calls: readonly RecordedCall[]): RoleRequest[] {
  return deployed.of('AWS::Lambda::Function').flatMap((lambda) => {
    const role = roleOf(deployed, lambda);
    if (!role) return [];
    const { writeBack } = deployed.stack.config.settings;
    return calls
      .filter(({ by, sets }) => by === plain(lambda.id) && (writeBack || sets === undefined))
      .flatMap((call) =>
        asked(deployed, call, lambda).flatMap((request) =>
          [request, ...throughKey(deployed, request)].map(({ context = {}, ...rest }) => ({
            role,
            why: `${call.by} calls ${call.call} on ${call.on}`,
            context,
            ...rest,
          })),
        ),
      );
  });
}

function asked(deployed: Deployed, call: RecordedCall, lambda: Resource): Asked[] {
  const action = ACTIONS[call.call] ?? call.call;
  const resources = (arns: string[]): Asked[] => arns.map((resource) => ({ action, resource, context: contextOf(call) }));
  switch (call.call.split(':')[0]) {
    case 'logs':
      return writesLogs(deployed, lambda);
    case 'bedrock':
      return invokesModel(deployed, action);
    case 'securityhub':
      return [...resources(hubs(deployed, call.on)), ...serviceLinkedRole(deployed, call)];
    case 'organizations':
      return resources([organizationResource(deployed, call.on)]);
    case 'secretsmanager':
      return resources(secretsOf(deployed, call.on));
    default:
      return resources(deployed.resources.filter(({ id }) => plain(id) === call.on).map(({ id }) => deployed.arn(id)));
  }
}

/** What a change of findings sets, as condition keys. https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html */
export function contextOf({ call, sets = {} }: Pick<RecordedCall, 'call' | 'sets'>): Context {
  const syntax = call.endsWith('V2') ? 'OCSF' : 'ASFF';
  return Object.fromEntries(Object.entries(sets).map(([field, value]) => [`securityhub:${syntax}SyntaxPath/${field}`, value]));
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html: Lambda writes with the function's role. */
function writesLogs(deployed: Deployed, { properties }: Resource): Asked[] {
  const group = isObject(properties.LoggingConfig) ? text(properties.LoggingConfig.LogGroup) : '';
  const stream = deployed.arnOf(`logs:REGION:ACCOUNT:log-group:${group}:log-stream:2026/11/26/1`);
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource: stream }));
}

/** The profile, and the model in whichever Region it leads to. https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html */
function invokesModel(deployed: Deployed, action: string): Asked[] {
  const { settings } = deployed.stack.config;
  return settings.model.enabled ? profilesOf(settings).flatMap((profile) => invokesOne(deployed, action, profile)) : [];
}

function invokesOne(deployed: Deployed, action: string, profile: string): Asked[] {
  const geography = geographyOf(profile);
  if (geography === undefined) return [{ action, resource: deployed.arnOf(`bedrock:REGION::foundation-model/${profile}`) }];
  const through = deployed.arnOf(`bedrock:REGION:ACCOUNT:inference-profile/${profile}`);
  const regions = destinationsOf(profile, deployed.stack.region) ?? [deployed.stack.region, ''];
  return [
    { action, resource: through },
    ...regions.map((region) => ({
      action,
      resource: `arn:${deployed.partition}:bedrock:${region}::foundation-model/${profile.slice(geography.length + 1)}`,
      context: { 'bedrock:InferenceProfileArn': through },
    })),
  ];
}

function hubs({ partition, stack }: Deployed, on: string): string[] {
  const [kind = '', where = ''] = on.split(', ');
  const places = where === 'home' ? [stack.region] : where === 'linked' ? stack.config.settings.regions.linked : [where];
  return places.map(
    (region) => `arn:${partition}:securityhub:${region}:${stack.account}:${kind === 'hubv2' ? `hubv2/${HUB_V2}` : 'hub/default'}`,
  );
}

/** EnableSecurityHub makes the role with its caller's rights. https://docs.aws.amazon.com/securityhub/latest/userguide/using-service-linked-roles.html */
function serviceLinkedRole(deployed: Deployed, { call }: RecordedCall): Asked[] {
  if (call !== 'securityhub:EnableSecurityHub') return [];
  const name = 'securityhub.amazonaws.com';
  const resource = deployed.arnOf(`iam::ACCOUNT:role/aws-service-role/${name}/AWSServiceRoleForSecurityHub`);
  return [{ action: 'iam:CreateServiceLinkedRole', resource, context: { 'iam:AWSServiceName': name } }];
}

function organizationResource({ partition, stack }: Deployed, on: string): string {
  const { id, managementAccount } = stack.config.settings.organization;
  const owned = `arn:${partition}:organizations::${managementAccount}`;
  const resources: Record<string, string> = { account: `${owned}:account/${id}/555555555555`, unit: `${owned}:ou/${id}/ou-ab12-prod0001` };
  return resources[on] ?? on;
}

function secretsOf(deployed: Deployed, on: string): string[] {
  const { settings, routes } = deployed.stack.config;
  const webhooks = Object.values(routes.receivers).flatMap(({ webhookSecret }) => webhookSecret ?? []);
  const names = on === 'webhook' ? webhooks : settings.slack.tokenSecret ? [settings.slack.tokenSecret] : [];
  return names.map((name) => deployed.arnOf(`secretsmanager:REGION:ACCOUNT:secret:${name}${SUFFIX}`));
}

/** What a customer key is used for behind a request, by the key that the resource names. */
export function throughKey(deployed: Deployed, { action, resource }: Asked): Asked[] {
  const [service = '', operation = ''] = action.split(':');
  const via = (actions: string[], key: string): Asked[] =>
    actions.map((name) => ({
      action: `kms:${name}`,
      resource: key,
      context: { 'kms:ViaService': `${service}.${deployed.stack.region}.${deployed.suffix}` },
    }));
  if (service === 'secretsmanager')
    return keyFor(deployed.stack.config.settings.keys, 'secrets') === 'aws' ? [] : via(['Decrypt'], keyOfSecrets(deployed));
  const key = keyOf(deployed, resource);
  if (key === undefined) return [];
  if (service === 'dynamodb') return via(['Decrypt'], key);
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  if (operation === 'SendMessage') return via(['Decrypt', 'GenerateDataKey'], key);
  return operation === 'ReceiveMessage' ? via(['Decrypt'], key) : [];
}

/** The customer key of a queue, table or topic, by its ARN. */
export function keyOf(deployed: Deployed, arn: string): string | undefined {
  const found = deployed.resources.find(({ id, type }) => /::(Queue|Table|Topic)$/.test(type) && deployed.arn(id) === arn);
  if (!found) return undefined;
  const { KmsMasterKeyId, SSESpecification } = found.properties;
  return text(isObject(SSESpecification) ? SSESpecification.KMSMasterKeyId : KmsMasterKeyId) || undefined;
}

function keyOfSecrets(deployed: Deployed): string {
  const key = keyFor(deployed.stack.config.settings.keys, 'secrets');
  const [own] = deployed.of('AWS::KMS::Key');
  return key === 'own' && own ? deployed.arn(own.id) : key;
}
