/** The resources of a template and what they are called and addressed by locally. */
import type { StackAssembly } from './assembly';
import { type Resolution, resolveText } from './intrinsics';
import { isObject, type JsonObject, text } from '../protocol/wire';

export interface Resource {
  /** Logical id. */
  id: string;
  type: string;
  properties: JsonObject;
}

export function resourcesOf(template: JsonObject): Resource[] {
  return Object.entries(isObject(template.Resources) ? template.Resources : {}).flatMap(([id, resource]) =>
    isObject(resource) ? [{ id, type: text(resource.Type), properties: isObject(resource.Properties) ? resource.Properties : {} }] : [],
  );
}

/** The property that names a resource; without one CloudFormation makes a name, which here is the logical id. */
const NAME_PROPERTY: Record<string, string> = {
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
};

export function physicalName({ id, type, properties }: Resource): string {
  const given = properties[NAME_PROPERTY[type] ?? ''];
  if (typeof given === 'string') return given;
  return type === 'AWS::SQS::Queue' && properties.FifoQueue === true ? `${id}.fifo` : id;
}

/** `queueUrl` gives a queue's URL by its name. */
export function resolutionOf(stack: StackAssembly, resources: Resource[], queueUrl: (name: string) => string): Resolution {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const parameters = isObject(stack.template.Parameters) ? stack.template.Parameters : {};
  const pseudo: Record<string, string> = {
    'AWS::Region': stack.region,
    'AWS::AccountId': stack.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`,
  };
  const resolution: Resolution = {
    ref(name) {
      const resource = byId.get(name);
      // An alias is referred to by its ARN, unlike its function.
      if (resource?.type === 'AWS::Lambda::Alias') {
        const { FunctionName, Name } = resource.properties;
        return `${lambdaArn(resolveText(FunctionName, resolution, `${name}.FunctionName`), stack)}:${text(Name)}`;
      }
      if (resource) return resource.type === 'AWS::SQS::Queue' ? queueUrl(physicalName(resource)) : physicalName(resource);
      const parameter = parameters[name];
      return pseudo[name] ?? (isObject(parameter) && parameter.Default !== undefined ? String(parameter.Default) : undefined);
    },
    attribute(id, name) {
      const resource = byId.get(id);
      if (!resource) return undefined;
      if (name === 'Arn') return arnOf(resource, stack);
      if (name === 'QueueName') return physicalName(resource);
      return name === 'QueueUrl' ? queueUrl(physicalName(resource)) : undefined;
    },
  };
  return resolution;
}

function lambdaArn(name: string, { region, account }: StackAssembly): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

function arnOf(resource: Resource, { region, account }: StackAssembly): string {
  const name = physicalName(resource);
  const [, service = '', kind = ''] = resource.type.toLowerCase().split('::');
  const path = { queue: name, function: `function:${name}`, table: `table/${name}`, globaltable: `table/${name}`, rule: `rule/${name}` }[
    kind
  ];
  return `arn:aws:${service}:${region}:${account}:${path ?? `${kind}/${name}`}`;
}
