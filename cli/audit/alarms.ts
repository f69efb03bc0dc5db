/** What rings, what it means, and who hears it. */
import { list, number, text } from '../../handlers/domain/text/reading';
import { type AuditedStack, resourcesOf } from './assembly';
import { namerOf } from './value';

export interface AuditedAlarm {
  anchor: string;
  name: string;
  means: string;
  impact: string;
  first: string;
  /** `above 0`, and what a missing measurement means. */
  rings: string;
  missing: string;
  /** Topics by name. */
  tells: string[];
}

export interface Hearer {
  anchor: string;
  topic: string;
  protocol: string;
  endpoint: string;
}

const RINGS: Record<string, string> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'at or above',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'at or below',
};

export function alarmsOf(stacks: readonly AuditedStack[]): AuditedAlarm[] {
  return stacks.flatMap((stack) => {
    const { named } = namerOf(stack);
    return resourcesOf([stack], 'AWS::CloudWatch::Alarm').map(({ anchor, properties }): AuditedAlarm => {
      const [means = '', impact = '', first = ''] = (text(properties.AlarmDescription) ?? '').split('\n');
      const periods = number(properties.EvaluationPeriods) ?? 1;
      return {
        anchor,
        name: named(properties.AlarmName).replace(`${stack.name}-`, ''),
        means,
        impact: impact.replace(/^Impact: /, ''),
        first: first.replace(/^First: /, ''),
        rings: `${RINGS[text(properties.ComparisonOperator) ?? ''] ?? properties.ComparisonOperator} ${number(properties.Threshold)}, ${number(properties.DatapointsToAlarm) ?? periods} of ${periods}`,
        missing: text(properties.TreatMissingData) ?? 'missing',
        tells: list(properties.AlarmActions).map(named),
      };
    });
  });
}

export function hearersOf(stacks: readonly AuditedStack[]): Hearer[] {
  return stacks.flatMap((stack) => {
    const { named } = namerOf(stack);
    return resourcesOf([stack], 'AWS::SNS::Subscription').map(({ anchor, properties }) => ({
      anchor,
      topic: named(properties.TopicArn),
      protocol: named(properties.Protocol),
      endpoint: named(properties.Endpoint),
    }));
  });
}
