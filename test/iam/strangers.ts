/** Who is not meant, at the policies of resources: other accounts with all rights of their own, roles without rights, services sent by others. */
import type { Context } from './conditions';
import type { Deployed } from './deployed';
import type { Caller, Request } from './evaluate';
import type { Statement } from './statement';

/** One of nobody, and one that a wildcard in the number of this one would let in. */
export const elsewhere = (account: string): string[] => ['999999999999', `${account.slice(0, -1)}${(Number(account.at(-1)) + 1) % 10}`];

/** What IAM knows of each principal that is no service. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export const ofPrincipal = ({ stack }: Deployed, { account, arn = '' }: Caller): Context => ({
  'aws:PrincipalAccount': account,
  'aws:PrincipalArn': arn,
  ...(account === stack.account ? { 'aws:PrincipalOrgID': stack.config.settings.organization.id } : {}),
});

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
  const inOrganization = { 'aws:PrincipalOrgID': stack.config.settings.organization.id };
  const bystander = { account: stack.account, arn: `arn:${partition}:iam::${stack.account}:role/Bystander` };
  const known = ofPrincipal(deployed, bystander);
  const strangers = elsewhere(stack.account).map((account) => ({ account, arn: `arn:${partition}:iam::${account}:role/Stranger` }));
  return actions.flatMap((action): Attempt[] => [
    ...strangers.flatMap((caller): Attempt[] => {
      const context = { ...secure, ...ofPrincipal(deployed, caller) };
      return [
        { who: 'another account', identity: EVERYTHING, request: { caller, action, resource, context } },
        {
          who: 'another account of the organization',
          identity: EVERYTHING,
          request: { caller, action, resource, context: { ...context, ...inOrganization } },
        },
        ...SERVICES.filter((name) => !trusted.includes(`${name}.amazonaws.com`)).map(
          (name): Attempt => ({
            who: `${name}, sent from another account`,
            identity: [],
            request: {
              caller: { account: caller.account, service: `${name}.amazonaws.com` },
              action,
              resource,
              context: {
                ...secure,
                'aws:SourceAccount': caller.account,
                'aws:SourceArn': `arn:${partition}:${name}:${stack.region}:${caller.account}:rule/any`,
              },
            },
          }),
        ),
      ];
    }),
    { who: 'a role without rights', identity: [], request: { caller: bystander, action, resource, context: { ...secure, ...known } } },
    // Even one with all rights, where the wire is not encrypted.
    ...(service === 'sqs' || action === 'sns:Publish'
      ? [
          {
            who: 'anybody, unencrypted',
            identity: EVERYTHING,
            request: { caller: bystander, action, resource, context: { ...known, 'aws:SecureTransport': 'false' } },
          },
        ]
      : []),
  ]);
}
