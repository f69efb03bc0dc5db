/** What holds data: under which key, for how long, and what becomes of it when the stack is deleted. */
import { at, number, object, text } from '../../handlers/domain/text/reading';
import type { Config } from '../../config/schema';
import type { AuditedStack, Place, Resource } from './assembly';
import { namerOf, type Named, type Namer } from './value';

export interface Kept {
  anchor: string;
  name: string;
  place: Place;
  kind: 'table' | 'queue' | 'logs' | 'topic' | 'environment';
  key: Named & { by: 'customer' | 'aws' | 'none' };
  /** In seconds; absent where nothing is kept, or the table's rows say it themselves. */
  seconds?: number;
  /** What else says how long. */
  until?: string;
  /** So many days longer what has left by its term can be brought back: point-in-time recovery. Absent where it is off. */
  recoveryDays?: number;
  /** What CloudFormation does with it when the stack is deleted. */
  removal: 'Delete' | 'Retain' | 'Snapshot' | 'RetainExceptOnCreate';
}

const DAY = 86_400;

export function keptIn(stacks: readonly AuditedStack[], { settings }: Config): Kept[] {
  return stacks.flatMap((stack) => {
    const namer = namerOf(stack);
    return stack.resources.flatMap((resource): Kept[] => {
      const about = aboutOf(resource, namer, settings.retention.ledgerDays);
      if (!about) return [];
      const removal = (text(resource.body.DeletionPolicy) ?? 'Delete') as Kept['removal'];
      return [{ anchor: resource.anchor, name: resource.name, place: stack.place, removal, ...about }];
    });
  });
}

/**
 * How far back a table can be brought back, by its properties in a template; undefined where it cannot.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-pointintimerecoveryspecification.html
 */
export function recoveryDaysOf(properties: unknown): number | undefined {
  const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays } = object(at(properties, 'PointInTimeRecoverySpecification'));
  return PointInTimeRecoveryEnabled === true ? (number(RecoveryPeriodInDays) ?? 35) : undefined;
}

function aboutOf(
  { type, properties }: Resource,
  namer: Namer,
  ledgerDays: number,
): Pick<Kept, 'kind' | 'key' | 'seconds' | 'until' | 'recoveryDays'> | undefined {
  const keyed = (value: unknown, otherwise: Kept['key']): Kept['key'] =>
    value === undefined ? otherwise : { text: namer.named(value), anchor: namer.anchorOf(value), by: 'customer' };
  switch (type) {
    case 'AWS::DynamoDB::Table': {
      const ttl = text(at(properties, 'TimeToLiveSpecification', 'AttributeName'));
      const on = at(properties, 'TimeToLiveSpecification', 'Enabled') === true;
      const enabled = at(properties, 'SSESpecification', 'SSEEnabled') === true;
      const recoveryDays = recoveryDaysOf(properties);
      return {
        kind: 'table',
        key: keyed(at(properties, 'SSESpecification', 'KMSMasterKeyId'), {
          text: enabled ? 'alias/aws/dynamodb' : 'a key that DynamoDB owns',
          by: 'aws',
        }),
        until: on ? `each row at its ${ttl}: retention.ledgerDays (${ledgerDays}) after the end of what it serves` : 'no end',
        ...(recoveryDays === undefined ? {} : { recoveryDays }),
      };
    }
    case 'AWS::SQS::Queue': {
      const managed = properties.SqsManagedSseEnabled;
      const none = managed === false || managed === 'false';
      return {
        kind: 'queue',
        key: keyed(properties.KmsMasterKeyId, none ? { text: 'no encryption', by: 'none' } : { text: 'SSE-SQS', by: 'aws' }),
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
        seconds: number(properties.MessageRetentionPeriod) ?? 4 * DAY,
      };
    }
    case 'AWS::Logs::LogGroup': {
      const days = number(properties.RetentionInDays);
      return {
        kind: 'logs',
        key: keyed(properties.KmsKeyId, { text: 'a key that CloudWatch Logs owns', by: 'aws' }),
        ...(days === undefined ? { until: 'no end' } : { seconds: days * DAY }),
      };
    }
    case 'AWS::SNS::Topic':
      return { kind: 'topic', key: keyed(properties.KmsMasterKeyId, { text: 'no encryption', by: 'none' }), until: 'passed on, not kept' };
    case 'AWS::Lambda::Function':
      return {
        kind: 'environment',
        key: keyed(properties.KmsKeyArn, { text: 'alias/aws/lambda', by: 'aws' }),
        until: `as long as the function: ${Object.keys(object(at(properties, 'Environment', 'Variables'))).join(', ') || 'nothing'}`,
      };
    default:
      return undefined;
  }
}
