/** What the operator's role needs, and no more: `npm run doctor -- --policy`. Nothing in it changes anything. */
import { profilesOf } from '../../config/models';
import { partitionOf } from '../../config/partitions';
import { regionsInUse } from '../../config/regions';
import type { Config } from '../../config/schema';
import { hubStack, namesIn } from '../../config/stack-name';
import { keyRight } from '../../config/switches/key-policy';
import { keyFor } from '../../config/switches/keys';

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** An IAM policy document. The wildcards are calls that take no resource, or, of secrets, the six characters that AWS appends. */
export function operatorPolicy(
  config: Config,
  { before, bedrock }: { before: boolean; bedrock: boolean },
): { Version: string; Statement: Statement[] } {
  const { settings, routes } = config;
  const stack = hubStack(config);
  const { home } = settings.regions;
  const { securityAccount } = settings.organization;
  const { mode } = settings.enablement;
  const partition = partitionOf(home);
  const arn = (service: string, resource: string, region = home) => `arn:${partition}:${service}:${region}:${securityAccount}:${resource}`;
  const allow = (Sid: string, actions: string[], Resource: string | string[], Condition?: Statement['Condition']): Statement[] =>
    actions.length === 0 ? [] : [{ Sid, Effect: 'Allow', Action: actions, Resource, ...(Condition ? { Condition } : {}) }];
  const inUse = { StringEquals: { 'aws:RequestedRegion': regionsInUse(settings) } };
  const atHome = { StringEquals: { 'aws:RequestedRegion': home } };
  const secrets = [settings.slack.tokenSecret, ...Object.values(routes.receivers).map(({ webhookSecret }) => webhookSecret)].filter(
    (name) => name !== undefined,
  );
  const secretKey = keyRight(keyFor(settings.keys, 'secrets'), 'secretsmanager', {
    region: home,
    account: securityAccount,
    stackName: stack,
  });
  const stackSets = mode === 'stack-sets';
  return {
    Version: '2012-10-17',
    Statement: [
      ...allow(
        'ReadOrganization',
        [
          ...['organizations:DescribeOrganization', 'organizations:ListAccounts', 'organizations:ListAccountsForParent'],
          ...['organizations:ListAWSServiceAccessForOrganization', 'organizations:ListDelegatedServicesForAccount'],
          ...['organizations:ListOrganizationalUnitsForParent', 'organizations:ListRoots'],
        ],
        '*',
      ),
      ...allow(
        'ReadSecurityHub',
        [
          'securityhub:DescribeHub',
          'securityhub:DescribeOrganizationConfiguration',
          'securityhub:DescribeProducts',
          ...(before ? ['securityhub:GetAdministratorAccount'] : []),
          'securityhub:GetFindingAggregator',
          'securityhub:GetFindings',
          ...(mode === 'none' ? [] : ['securityhub:ListConfigurationPolicyAssociations']),
          'securityhub:ListEnabledProductsForImport',
          'securityhub:ListFindingAggregators',
          ...(before ? [] : ['securityhub:ListMembers']),
        ],
        '*',
        inUse,
      ),
      ...allow(
        'ReadRecorders',
        before ? ['config:DescribeConfigurationRecorderStatus', 'config:ListConfigurationRecorders'] : [],
        '*',
        inUse,
      ),
      ...allow('ReadHubStack', ['cloudformation:DescribeStacks'], arn('cloudformation', `stack/${stack}/*`)),
      // A StackSet of service-managed permissions belongs to the management account, whichever account asks.
      ...allow(
        'ReadStackSets',
        [
          ...(stackSets ? ['cloudformation:DescribeOrganizationsAccess'] : []),
          ...(stackSets && !before ? ['cloudformation:DescribeStackSet', 'cloudformation:ListStackInstances'] : []),
        ],
        '*',
        atHome,
      ),
      ...allow(
        'AskWhetherFindingsCanBeMarked',
        settings.writeBack && !before ? ['iam:SimulatePrincipalPolicy'] : [],
        arn('iam', `role/${namesIn(stack)}`, ''),
      ),
      // Of an own VPC there is nothing to look at before the deployment.
      ...allow(
        'ReadNetwork',
        settings.network && !(before && settings.network.vpc === 'own')
          ? ['ec2:DescribeRouteTables', 'ec2:DescribeVpcAttribute', 'ec2:DescribeVpcEndpoints']
          : [],
        '*',
        atHome,
      ),
      // Which alarms there are is asked of all: CloudWatch takes no name where it lists.
      ...allow('ReadAlarms', before ? [] : ['cloudwatch:DescribeAlarms'], arn('cloudwatch', 'alarm:*')),
      ...allow('ReadSubscribers', before ? [] : ['sns:ListSubscriptionsByTopic'], [
        arn('sns', namesIn(stack)),
        ...(settings.alarms.topicArn ? [settings.alarms.topicArn] : []),
      ]),
      ...allow('CountDeadLetters', before ? [] : ['sqs:GetQueueAttributes'], arn('sqs', namesIn(stack))),
      ...allow(
        'ReadSlackSecrets',
        secrets.length === 0 ? [] : ['secretsmanager:GetSecretValue'],
        secrets.map((name) => arn('secretsmanager', `secret:${name}-??????`)),
      ),
      ...(secretKey && secrets.length > 0 ? allow('OpenSecrets', ['kms:Decrypt'], secretKey.resource, secretKey.condition) : []),
      ...allow(
        'ReadModel',
        settings.model.enabled ? ['bedrock:GetFoundationModel', 'bedrock:GetFoundationModelAvailability'] : [],
        '*',
        atHome,
      ),
      ...allow(
        'AskModel',
        bedrock && settings.model.enabled ? ['bedrock:InvokeModel'] : [],
        profilesOf(settings).flatMap((profile) => [
          arn('bedrock', `inference-profile/${profile}`),
          `arn:${partition}:bedrock:*::foundation-model/${profile.split('.').slice(1).join('.')}`,
        ]),
      ),
    ],
  };
}
