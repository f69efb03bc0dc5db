/** The EventBridge rules of the home Region: each brings its events, unchanged, to the findings queue. */
import { Duration } from 'aws-cdk-lib';
import { type CfnRule, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type EventPattern, type PatternName, type PatternSettings, patterns } from './patterns';

const DESCRIPTIONS: Record<PatternName, string> = {
  admit: 'Open findings of the admitted severities (ASFF)',
  'custom-action': 'Findings that a person sent from the Security Hub console, at any severity',
  closed: 'Findings that were notified, resolved, suppressed, archived or passed (ASFF)',
  'admit-v2': 'Open findings of the admitted severities (OCSF)',
  'closed-v2': 'Findings whose status is no longer New, that passed or were closed (OCSF)',
};

/** EventBridge's own maximum: a findings queue that cannot be reached is tried for a day before its events go to the dead letters. */
const PATIENT = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

export class Rules extends Construct {
  readonly all: Rule[];
  readonly byName: Record<string, Rule>;

  constructor(scope: Construct, id: string, props: { settings: PatternSettings; findings: Queue; deadLetters: Queue }) {
    super(scope, id);
    const { findings: queue, deadLetters: deadLetterQueue } = props;
    const rules = Object.entries(patterns(props.settings)).map(([name, pattern]): [string, Rule] => {
      const rule = this.ruleOf(name as PatternName, pattern);
      rule.addTarget(new SqsQueue(queue, { deadLetterQueue, ...PATIENT }));
      return [name, rule];
    });
    this.all = rules.map(([, rule]) => rule);
    this.byName = Object.fromEntries(rules);
  }

  /** The pattern goes into the template exactly as patterns() gives it; the construct's own type knows no suffix match. */
  private ruleOf(name: PatternName, pattern: EventPattern): Rule {
    const rule = new Rule(this, name, { description: DESCRIPTIONS[name], eventPattern: { source: pattern.source } });
    (rule.node.defaultChild as CfnRule).addPropertyOverride('EventPattern', pattern);
    return rule;
  }
}
