/** Who may publish to the alarm topic: CloudWatch, for the alarms of this account and Region. */
import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** A topic with any policy of its own no longer has the default one that lets the account's alarms in. */
export function alarmTopicPolicy(stack: Stack, topic: ITopic): PolicyStatement {
  return new PolicyStatement({
    sid: 'AlarmsPublish',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': `arn:${stack.partition}:cloudwatch:${stack.region}:${stack.account}:alarm:*` },
    },
  });
}
