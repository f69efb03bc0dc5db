/** Who is not meant, at the policies of resources: other accounts with all rights of their own, roles without rights, services sent by others. */
import type { Deployed } from './deployed';
import type { Request } from './evaluate';
import type { Statement } from './statement';

const ELSEWHERE = '999999999999';
/** What a stranger's own account lets him do. */
const EVERYTHING: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

export interface Attempt {
  who: string;
  request: Request;
  identity: Statement[];
}

const ACTIONS: Record<string, string[]> = {
  sqs: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'PurgeQueue', 'SetQueueAttributes', 'AddPermission', 'GetQueueAttributes'],
  sns: ['Publish', 'Subscribe', 'SetTopicAttributes', 'AddPermission'],
  kms: ['Decrypt', 'Encrypt', 'GenerateDataKey', 'CreateGrant', 'PutKeyPolicy', 'ScheduleKeyDeletion', 'ReEncryptFrom'],
  lambda: ['InvokeFunction', 'InvokeFunctionUrl', 'UpdateFunctionCode', 'GetFunction'],
  iam: ['sts:AssumeRole'],
  dynamodb: ['GetItem', 'PutItem', 'Scan', 'DeleteTable'],
};

/** Services that could be sent by somebody else's resource, or that have nothing to do here. */
const SERVICES = ['events', 'cloudwatch', 'sns', 's3', 'lambda', 'ec2', 'codedeploy', 'vpc-flow-logs', 'apigateway'];

/**
 * @param trusted services that are known to take this role. Whose role a service takes is decided when it is passed to it, which only
 * this account can do.
 */
export function attemptsAt(deployed: Deployed, resource: string, trusted: readonly string[] = []): Attempt[] {
  const { partition, stack } = deployed;
  const service = resource.split(':')[2] ?? '';
  const actions = (ACTIONS[service] ?? []).map((name) => (name.includes(':') ? name : `${service}:${name}`));
  const secure = { 'aws:SecureTransport': 'true' };
  const stranger = { account: ELSEWHERE, arn: `arn:${partition}:iam::${ELSEWHERE}:role/Stranger` };
  const bystander = { account: stack.account, arn: `arn:${partition}:iam::${stack.account}:role/Bystander` };
  return actions.flatMap((action): Attempt[] => [
    { who: 'another account', identity: EVERYTHING, request: { caller: stranger, action, resource, context: secure } },
    {
      who: 'another account of the organization',
      identity: EVERYTHING,
      request: { caller: stranger, action, resource, context: { ...secure, 'aws:PrincipalOrgID': stack.config.settings.organization.id } },
    },
    { who: 'a role without rights', identity: [], request: { caller: bystander, action, resource, context: secure } },
    ...SERVICES.filter((name) => !trusted.includes(`${name}.amazonaws.com`)).map(
      (name): Attempt => ({
        who: `${name}, sent from another account`,
        identity: [],
        request: {
          caller: { account: ELSEWHERE, service: `${name}.amazonaws.com` },
          action,
          resource,
          context: {
            ...secure,
            'aws:SourceAccount': ELSEWHERE,
            'aws:SourceArn': `arn:${partition}:${name}:${stack.region}:${ELSEWHERE}:rule/any`,
          },
        },
      }),
    ),
    // Even one with all rights, where the wire is not encrypted.
    ...(service === 'sqs' || action === 'sns:Publish'
      ? [
          {
            who: 'anybody, unencrypted',
            identity: EVERYTHING,
            request: { caller: bystander, action, resource, context: { 'aws:SecureTransport': 'false' } },
          },
        ]
      : []),
  ]);
}
