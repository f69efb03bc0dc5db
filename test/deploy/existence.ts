/** Whether what a stack lists is really there: each resource is asked for at its own service. */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetEventSourceMappingCommand, GetFunctionCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import assert from 'node:assert/strict';
import { isObject, type JsonObject, jsonObject, objects, text } from '../../local/protocol/wire';
import { type Aws, call, type Where } from './aws';
import type { DeployedResource } from './stack';

type Look = (id: string, properties: JsonObject) => Promise<void>;

/** By type. @throws AssertionError where the resource is not there or is not as its template says. */
export function looks(aws: Aws, where: Where): Record<string, Look> {
  const query = async (service: string, action: Record<string, string>) => ok(await call(where, service, { action }));
  const ec2 = (action: string) => async (id: string) =>
    assert.ok((await query('ec2', { Action: action, Version: '2016-11-15' })).includes(`>${id}<`));
  const json = async (service: string, target: string, body: object) => ok(await call(where, service, { target, body }));
  return {
    'AWS::SQS::Queue': async (QueueUrl, properties) => {
      const { Attributes = {} } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      assert.equal(Attributes.FifoQueue === 'true', properties.FifoQueue === true);
      if (properties.VisibilityTimeout !== undefined) assert.equal(Attributes.VisibilityTimeout, String(properties.VisibilityTimeout));
      if (!isObject(properties.RedrivePolicy)) return assert.equal(Attributes.RedrivePolicy, undefined);
      const redrive = jsonObject(Attributes.RedrivePolicy ?? '') ?? {};
      assert.equal(Number(redrive.maxReceiveCount), properties.RedrivePolicy.maxReceiveCount);
      const [, , , region, account, name] = text(redrive.deadLetterTargetArn).split(':');
      // Throws where the dead-letter queue is not there.
      await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: QueueUrl.replace(/[^/]+$/, name ?? ''), AttributeNames: ['QueueArn'] }));
      assert.deepEqual([region, account], [where.region, where.account]);
    },
    'AWS::DynamoDB::Table': async (TableName, { KeySchema }) => {
      const { Table } = await aws.dynamoDb.send(new DescribeTableCommand({ TableName }));
      assert.equal(Table?.TableStatus, 'ACTIVE');
      assert.deepEqual(Table?.KeySchema, KeySchema);
    },
    'AWS::Events::Rule': async (Name, { EventPattern, ScheduleExpression, Targets }) => {
      const rule = await aws.events.send(new DescribeRuleCommand({ Name }));
      assert.equal(rule.State, 'ENABLED');
      assert.equal(rule.ScheduleExpression || undefined, ScheduleExpression);
      // A pattern that refers to another resource has its value in place of the reference.
      if (!JSON.stringify(EventPattern ?? '').includes('"Ref"')) assert.deepEqual(jsonObject(rule.EventPattern ?? ''), EventPattern);
      const { Targets: deployed = [] } = await aws.events.send(new ListTargetsByRuleCommand({ Rule: Name }));
      assert.equal(deployed.length, objects(Targets).length);
      for (const { Arn } of deployed) assert.match(Arn ?? '', new RegExp(`^arn:aws:(sqs|lambda):${where.region}:${where.account}:`));
    },
    'AWS::Lambda::Function': async (FunctionName, { Timeout, MemorySize, Runtime }) => {
      const { Configuration } = await aws.lambda.send(new GetFunctionCommand({ FunctionName }));
      assert.deepEqual([Configuration?.Timeout, Configuration?.MemorySize, Configuration?.Runtime], [Timeout, MemorySize, Runtime]);
    },
    'AWS::Lambda::EventSourceMapping': async (UUID, { BatchSize, FunctionResponseTypes }) => {
      const mapping = await aws.lambda.send(new GetEventSourceMappingCommand({ UUID }));
      assert.equal(mapping.BatchSize, BatchSize);
      assert.deepEqual(mapping.FunctionResponseTypes, FunctionResponseTypes);
    },
    // Not DescribeKey: over a key that CloudFormation made, moto fails with 500.
    'AWS::KMS::Key': async (id) => assert.ok((await json('kms', 'TrentService.ListKeys', {})).includes(id)),
    'AWS::KMS::Alias': async (name) => assert.ok((await json('kms', 'TrentService.ListAliases', {})).includes(name)),
    'AWS::Logs::LogGroup': async (logGroupNamePrefix, { RetentionInDays }) => {
      const { logGroups } = jsonObject(await json('logs', 'Logs_20140328.DescribeLogGroups', { logGroupNamePrefix })) ?? {};
      assert.equal(objects(logGroups)[0]?.retentionInDays, RetentionInDays);
    },
    // Its policy is a resource of its own, without a name that a template can tell.
    'AWS::IAM::Role': async (RoleName) =>
      assert.match(await query('iam', { Action: 'ListRolePolicies', Version: '2010-05-08', RoleName }), /<PolicyNames>\s*<member>/),
    // With the names that its references came to.
    'AWS::CloudWatch::Dashboard': async (DashboardName) => {
      const body = await query('monitoring', { Action: 'GetDashboard', Version: '2010-08-01', DashboardName });
      assert.match(body, /widgets/);
      assert.doesNotMatch(body, /Fn::|&quot;Ref&quot;|"Ref"/);
    },
    'AWS::EC2::VPC': ec2('DescribeVpcs'),
    'AWS::EC2::Subnet': ec2('DescribeSubnets'),
    'AWS::EC2::NatGateway': ec2('DescribeNatGateways'),
    'AWS::EC2::InternetGateway': ec2('DescribeInternetGateways'),
    'AWS::EC2::VPCEndpoint': ec2('DescribeVpcEndpoints'),
    'AWS::EC2::SecurityGroup': ec2('DescribeSecurityGroups'),
    'AWS::SNS::Topic': async (TopicArn) => void (await query('sns', { Action: 'GetTopicAttributes', Version: '2010-03-31', TopicArn })),
  };
}

/** @returns the types that nobody looked at, though moto says that it made them. */
export async function assertExistence(resources: DeployedResource[], known: Record<string, Look>): Promise<string[]> {
  const unseen = new Set<string>();
  for (const { id, type, properties, physicalId } of resources) {
    const look = known[type];
    if (!look) {
      if (physicalId) unseen.add(type);
      continue;
    }
    assert.ok(physicalId, `moto made nothing of ${id} (${type}), though the stack is complete`);
    try {
      await look(physicalId, properties);
    } catch (cause) {
      throw new Error(`${id} (${type}, ${physicalId}) is not there as its template says: ${String(cause)}`, { cause });
    }
  }
  return [...unseen];
}

function ok({ status, body }: { status: number; body: string }): string {
  assert.equal(status, 200, body.slice(0, 300));
  return body;
}
