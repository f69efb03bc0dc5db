/** Types of which CloudFormation in moto makes nothing, without a word, and where their meaning is proven instead. */
export const SKIPPED: Record<string, string> = {
  'AWS::CloudFormation::StackSet': 'the member mechanism has tests of its own',
  'AWS::CloudWatch::Alarm': 'test/stacks reads the template',
  'AWS::CloudWatch::CompositeAlarm': 'test/stacks reads the template',
  'AWS::Lambda::Alias': 'the test makes them as the template says (aliases.ts)',
  'AWS::Lambda::EventInvokeConfig': 'test/stacks reads the template',
  'AWS::Lambda::Permission': 'test/stacks reads the template; moto asks nobody for it',
  'AWS::Logs::QueryDefinition': 'test/stacks reads the template',
  'AWS::Logs::MetricFilter': 'test/stacks reads the template',
  'AWS::S3::BucketPolicy': 'the bootstrap is AWS’s own',
  'AWS::SNS::Subscription': 'test/stacks reads the template',
  'AWS::SNS::TopicPolicy': 'test/stacks reads the template',
  'AWS::SQS::QueuePolicy': 'test/stacks reads the template; moto asks nobody for it',
  'AWS::SecurityHub::ConfigurationPolicy': 'test/stacks reads the template',
  'AWS::SecurityHub::FindingAggregator': 'test/stacks reads the template',
  'AWS::SecurityHub::OrganizationConfiguration': 'test/stacks reads the template',
  'AWS::SecurityHub::PolicyAssociation': 'test/stacks reads the template',
};
