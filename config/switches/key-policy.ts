/** What a key's policy must say for each use, beside letting the account's IAM decide. */
import { type Partition, partitionOf } from '../partitions';
import { HUB_STACK } from '../stack-name';
import type { KeyUse } from './keys';

export interface KeyStatement {
  Sid: string;
  Effect: 'Allow';
  Principal: { Service: string } | { AWS: string };
  Action: string[];
  Resource: '*';
  Condition?: Record<string, Record<string, string>>;
}

export interface KeyPlace {
  region: string;
  account: string;
  stackName?: string;
}

/** CloudFormation keeps at least so much of a stack's name in the names that it makes. */
const KEPT = 24;

/** How a partition's service principals with a Region in them end. */
const SUFFIXES: Partial<Record<Partition, string>> = { 'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu' };

/**
 * A topic under the AWS managed key alias/aws/sns would stay silent: its policy does not name CloudWatch.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
function alarmsPublish({ account }: KeyPlace): KeyStatement {
  return service('AlarmsPublish', 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], {
    StringEquals: { 'aws:SourceAccount': account },
  });
}

/**
 * Without it every event is lost, dead letters included, as they are under the same key.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-sqs-encrypted
 */
function eventsSend({ account }: KeyPlace): KeyStatement {
  return service('EventsSend', 'events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], {
    StringEquals: { 'aws:SourceAccount': account },
  });
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logsEncrypt({ region, account, stackName = HUB_STACK }: KeyPlace): KeyStatement {
  const partition = partitionOf(region);
  return service(
    'LogsEncrypt',
    `logs.${region}.${SUFFIXES[partition] ?? 'amazonaws.com'}`,
    ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:${stackName.slice(0, KEPT)}*`,
      },
    },
  );
}

const OF_USE: Partial<Record<KeyUse, (place: KeyPlace) => KeyStatement>> = {
  alarms: alarmsPublish,
  queues: eventsSend,
  logs: logsEncrypt,
};

/** The statements of services; what roles and people do with the key, the account's IAM lets them. */
export function keyStatements(uses: readonly KeyUse[], place: KeyPlace): KeyStatement[] {
  return uses.flatMap((use) => OF_USE[use]?.(place) ?? []);
}

/**
 * Lets the account's IAM decide, as a key's first statement usually does; a key of another account has to say it for this one.
 * CreateGrant is what DynamoDB and Lambda want of whoever deploys.
 */
export function accountStatement({ region, account }: KeyPlace): KeyStatement {
  const actions = ['CreateGrant', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'];
  return {
    Sid: 'SecurityAccount',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
    Action: actions.map((action) => `kms:${action}`),
    Resource: '*',
  };
}

function service(Sid: string, name: string, Action: string[], Condition: KeyStatement['Condition']): KeyStatement {
  return { Sid, Effect: 'Allow', Principal: { Service: name }, Action, Resource: '*', Condition };
}

/** Services through which a person needs the right to use a key. */
export type KeyedService = 'dynamodb' | 'sqs' | 'secretsmanager';

/**
 * What an IAM policy of a person names to use the key of a use through its service: an existing one by its ARN, that of the
 * stack by its alias, as its id is not known before it is there.
 * @returns undefined where the key is AWS's, which needs no right.
 */
export function keyRight(
  key: string,
  service: KeyedService,
  { region, account, stackName = HUB_STACK }: KeyPlace,
): { resource: string; condition: Record<string, Record<string, string>> } | undefined {
  if (key === 'aws') return undefined;
  const partition = partitionOf(region);
  const through = { StringEquals: { 'kms:ViaService': `${service}.${region}.${SUFFIXES[partition] ?? 'amazonaws.com'}` } };
  if (key !== 'own') return { resource: key, condition: through };
  const byAlias = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(stackName) } };
  return { resource: `arn:${partition}:kms:${region}:${account}:key/*`, condition: { ...through, ...byAlias } };
}

/** Of the stack's own key, where somebody has to name it. */
export function keyAlias(stackName = HUB_STACK): string {
  return `alias/${stackName}`;
}
