/** What of IAM a stack has once it is deployed: roles, the policies on its resources and keys, each with ARNs in place of references. */
import { partitionOf } from '../../config/partitions';
import type { Config } from '../../config/schema';
import { resolve, type Resolution } from '../../local/template/intrinsics';
import { isObject, type JsonObject, objects, text } from '../../local/protocol/wire';
import { listOf, type Statement } from './statement';

/** A template, and where and from what configuration it is deployed. */
export interface Stack {
  name: string;
  account: string;
  region: string;
  config: Config;
  template: JsonObject;
}

export interface Resource {
  id: string;
  type: string;
  /** With ARNs in place of references. */
  properties: JsonObject;
}

export interface Role {
  id: string;
  arn: string;
  statements: Statement[];
  trust: Statement[];
}

const SUFFIXES: Record<string, string> = { 'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu' };

/** How the ARN of a kind ends; all that can stand in a policy. */
const PATHS: Record<string, (id: string) => string> = {
  'AWS::SQS::Queue': (id) => `sqs:REGION:ACCOUNT:${id}`,
  'AWS::DynamoDB::Table': (id) => `dynamodb:REGION:ACCOUNT:table/${id}`,
  'AWS::SNS::Topic': (id) => `sns:REGION:ACCOUNT:${id}`,
  'AWS::KMS::Key': (id) => `kms:REGION:ACCOUNT:key/${id}`,
  'AWS::Lambda::Function': (id) => `lambda:REGION:ACCOUNT:function:${id}`,
  'AWS::Logs::LogGroup': (id) => `logs:REGION:ACCOUNT:log-group:${id}:*`,
  'AWS::Events::Rule': (id) => `events:REGION:ACCOUNT:rule/${id}`,
  'AWS::CloudWatch::Alarm': (id) => `cloudwatch:REGION:ACCOUNT:alarm:${id}`,
  'AWS::IAM::Role': (id) => `iam::ACCOUNT:role/${id}`,
};
/** Of these a reference is the ARN itself. */
const BY_ARN = ['AWS::SNS::Topic', 'AWS::Lambda::Alias'];

export class Deployed {
  readonly resources: Resource[];
  readonly partition: string;
  private readonly raw: Record<string, JsonObject>;

  constructor(readonly stack: Stack) {
    this.partition = partitionOf(stack.region);
    this.raw = withoutZones(stack.template.Resources ?? {}) as Record<string, JsonObject>;
    this.resources = Object.entries(this.raw).map(([id, { Type, Properties }]) => ({
      id,
      type: text(Type),
      properties: this.resolved(Properties ?? {}) as JsonObject,
    }));
  }

  of(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** @throws Error for a kind of resource that no policy names. */
  arn(id: string): string {
    const type = text(this.raw[id]?.Type);
    if (type === 'AWS::Lambda::Alias') {
      const { FunctionName, Name } = (this.raw[id]?.Properties ?? {}) as JsonObject;
      return `${this.arn(text(this.resolved(FunctionName)))}:${text(Name)}`;
    }
    const path = PATHS[type];
    if (!path) throw new Error(`${id} is of ${type || 'no type'}, of which test/iam/deployed.ts knows no ARN: teach it.`);
    return this.arnOf(path(id));
  }

  /** Of what is no resource of the template: `sqs:REGION:ACCOUNT:name`. */
  arnOf(path: string): string {
    return `arn:${this.partition}:${path}`.replace(':REGION:', `:${this.stack.region}:`).replace(':ACCOUNT:', `:${this.stack.account}:`);
  }

  get suffix(): string {
    return SUFFIXES[this.partition] ?? 'amazonaws.com';
  }

  private known?: Role[];

  get roles(): Role[] {
    this.known ??= this.rolesOf();
    return this.known;
  }

  private rolesOf(): Role[] {
    const policies = this.of('AWS::IAM::Policy');
    return this.of('AWS::IAM::Role').map(({ id, properties }) => ({
      id,
      arn: this.arn(id),
      statements: [
        ...policies
          .filter(({ properties: { Roles } }) => listOf(Roles as string[]).includes(id))
          .map(({ properties: { PolicyDocument } }) => PolicyDocument),
        ...objects(properties.Policies).map(({ PolicyDocument }) => PolicyDocument),
      ].flatMap(statementsIn),
      trust: statementsIn(properties.AssumeRolePolicyDocument),
    }));
  }

  /** The policy of a resource, by the resource's ARN. */
  get resourcePolicies(): Map<string, Statement[]> {
    const found = new Map<string, Statement[]>();
    const add = (arn: string, statements: Statement[]) => found.set(arn, [...(found.get(arn) ?? []), ...statements]);
    for (const { id, type, properties } of this.resources) {
      if (type === 'AWS::KMS::Key') add(this.arn(id), statementsIn(properties.KeyPolicy));
      if (type === 'AWS::SNS::TopicPolicy')
        for (const topic of listOf(properties.Topics as string[])) add(topic, statementsIn(properties.PolicyDocument));
      if (type === 'AWS::SQS::QueuePolicy')
        for (const url of listOf(properties.Queues as string[]))
          add(this.arn(url.split('/').pop() ?? ''), statementsIn(properties.PolicyDocument));
      if (type === 'AWS::Lambda::Permission') add(text(properties.FunctionName), [permission(properties)]);
    }
    return found;
  }

  private resolved(value: unknown): unknown {
    return resolve(value, this.resolution, this.stack.name);
  }

  private get resolution(): Resolution {
    const { account, region, name } = this.stack;
    const pseudo: Record<string, string> = {
      'AWS::Region': region,
      'AWS::AccountId': account,
      'AWS::Partition': this.partition,
      'AWS::URLSuffix': this.suffix,
      'AWS::StackName': name,
      'AWS::StackId': this.arnOf(`cloudformation:REGION:ACCOUNT:stack/${name}/id`),
      'AWS::NoValue': '',
    };
    return {
      ref: (id) => {
        const type = text(this.raw[id]?.Type);
        if (BY_ARN.includes(type)) return this.arn(id);
        if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.${this.suffix}/${account}/${id}`;
        return pseudo[id] ?? id;
      },
      attribute: (id, attribute) => (attribute === 'Arn' && PATHS[text(this.raw[id]?.Type)] ? this.arn(id) : `${id}.${attribute}`),
    };
  }
}

/** No policy speaks of zones, and nothing here knows them. */
function withoutZones(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZones);
  if (!isObject(value)) return value;
  if ('Fn::GetAZs' in value) return ['a', 'b', 'c'];
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutZones(each)]));
}

export function statementsIn(document: unknown): Statement[] {
  return isObject(document) ? (listOf(document.Statement as Statement[]) as Statement[]) : [];
}

/** A permission of Lambda is a statement of the function's policy. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function permission({
  Action,
  FunctionName,
  Principal,
  SourceArn,
  SourceAccount,
  PrincipalOrgID,
  FunctionUrlAuthType,
}: JsonObject): Statement {
  const service = text(Principal).includes('.amazon');
  return {
    Effect: 'Allow',
    Action: text(Action),
    Resource: text(FunctionName),
    Principal: Principal === '*' ? '*' : service ? { Service: text(Principal) } : { AWS: text(Principal) },
    Condition: {
      ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount === undefined && PrincipalOrgID === undefined
        ? {}
        : {
            StringEquals: {
              ...(SourceAccount === undefined ? {} : { 'aws:SourceAccount': SourceAccount }),
              ...(PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': PrincipalOrgID }),
            },
          }),
      ...(FunctionUrlAuthType === undefined ? {} : { StringEquals: { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType } }),
    },
  };
}
