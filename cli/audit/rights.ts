/** What each role may do and why; and what else the policies of resources let in. */
import { at, object, text } from '../../handlers/domain/text/reading';
import { type AuditedStack, type Place, type Resource, resourcesOf, several } from './assembly';
import { namerOf, type Named, type Namer } from './value';

export interface Condition {
  operator: string;
  key: string;
  values: string[];
}

export interface Right {
  sid: string;
  effect: 'Allow' | 'Deny';
  actions: string[];
  resources: Named[];
  conditions: Condition[];
  /** As it stands beside the role in the template; '' where nothing stands there. */
  reason: string;
}

export interface AuditedRole {
  anchor: string;
  /** Where the statements stand. */
  policies: string[];
  name: string;
  stack: string;
  place: Place;
  description: string;
  trusts: string[];
  managed: string[];
  rights: Right[];
}

/** Of the metadata of a role: stacks/constructs/right.ts. */
const REASONS = 'security-hub-interpreter:reasons';

export function rolesOf(stacks: readonly AuditedStack[]): AuditedRole[] {
  return stacks.flatMap((stack) => {
    const namer = namerOf(stack);
    const policies = resourcesOf([stack], 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy');
    return resourcesOf([stack], 'AWS::IAM::Role').map((role): AuditedRole => {
      const its = policies.filter(({ properties }) => several(properties.Roles).some((one) => namer.resourceOf(one) === role));
      const reasons = object(at(role.body, 'Metadata', REASONS));
      const inline = several(role.properties.Policies).map((each) => object(each).PolicyDocument);
      const documents = [...its.map(({ properties }) => properties.PolicyDocument), ...inline];
      return {
        anchor: role.anchor,
        policies: its.map(({ anchor }) => anchor),
        name: role.name.replace(/\/Role$/, ''),
        stack: stack.name,
        place: stack.place,
        description: text(role.properties.Description) ?? '',
        trusts: statements(role.properties.AssumeRolePolicyDocument).map((each) => trustText(each, namer)),
        managed: several(role.properties.ManagedPolicyArns).map(namer.named),
        rights: documents.flatMap((document) => statements(document).map((each) => rightOf(each, namer, reasons))),
      };
    });
  });
}

export interface LetIn {
  /** Of the policy, or of the key, in which it stands. */
  anchor: string;
  /** What the policy is of. */
  of: string;
  effect: 'Allow' | 'Deny';
  who: string;
  actions: string[];
  conditions: Condition[];
}

const POLICIES: Record<string, { document: string; of?: string }> = {
  'AWS::SQS::QueuePolicy': { document: 'PolicyDocument', of: 'Queues' },
  'AWS::SNS::TopicPolicy': { document: 'PolicyDocument', of: 'Topics' },
  'AWS::S3::BucketPolicy': { document: 'PolicyDocument', of: 'Bucket' },
  'AWS::KMS::Key': { document: 'KeyPolicy' },
  'AWS::EC2::VPCEndpoint': { document: 'PolicyDocument' },
  'AWS::DynamoDB::Table': { document: 'ResourcePolicy.PolicyDocument' },
  'AWS::Logs::LogGroup': { document: 'ResourcePolicyDocument' },
  'AWS::Logs::ResourcePolicy': { document: 'PolicyDocument' },
  'AWS::SecretsManager::ResourcePolicy': { document: 'ResourcePolicy', of: 'SecretId' },
};

/** Who is let in by the policies of queues, topics, keys and endpoints, and by the permissions of functions. */
export function letInBy(stacks: readonly AuditedStack[]): LetIn[] {
  return stacks.flatMap((stack) => {
    const namer = namerOf(stack);
    return stack.resources.flatMap((resource): LetIn[] => {
      if (resource.type === 'AWS::Lambda::Permission') return [permission(resource, namer)];
      const policy = POLICIES[resource.type];
      if (!policy) return [];
      const of = policy.of === undefined ? resource.name : several(resource.properties[policy.of]).map(namer.named).join(', ');
      const document = at(resource.properties, ...policy.document.split('.'));
      return statements(document).map((each) => ({
        anchor: resource.anchor,
        of,
        effect: each.Effect === 'Deny' ? 'Deny' : 'Allow',
        who: principalOf(each, namer),
        actions: actionsOf(each),
        conditions: conditionsOf(each.Condition, namer),
      }));
    });
  });
}

function permission({ anchor, properties }: Resource, { named }: Namer): LetIn {
  const conditions = ['SourceArn', 'SourceAccount', 'PrincipalOrgID'].flatMap((key) =>
    properties[key] === undefined ? [] : [{ operator: 'ArnLike', key: `aws:${key}`, values: [named(properties[key])] }],
  );
  return {
    anchor,
    of: named(properties.FunctionName),
    effect: 'Allow',
    who: named(properties.Principal),
    actions: [named(properties.Action)],
    conditions,
  };
}

function rightOf(statement: Record<string, unknown>, { named, anchorOf }: Namer, reasons: Record<string, unknown>): Right {
  const sid = text(statement.Sid) ?? '';
  const resources = several(statement.Resource ?? statement.NotResource).map((each) => ({ text: named(each), anchor: anchorOf(each) }));
  return {
    sid,
    effect: statement.Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: actionsOf(statement),
    resources: statement.NotResource === undefined ? resources : resources.map((one) => ({ ...one, text: `all but ${one.text}` })),
    conditions: conditionsOf(statement.Condition, { named, anchorOf } as Namer),
    reason: text(reasons[sid]) ?? '',
  };
}

/** Of what depends on a condition, both: either may be deployed. */
function statements(document: unknown): Record<string, unknown>[] {
  return eitherOf(document)
    .flatMap(({ Statement }) => several(Statement))
    .flatMap(eitherOf);
}

function eitherOf(value: unknown): Record<string, unknown>[] {
  const [, ...branches] = several(object(value)['Fn::If']);
  if (branches.length > 0) return branches.flatMap(eitherOf);
  return 'Ref' in object(value) ? [] : [object(value)];
}

function actionsOf({ Action, NotAction }: Record<string, unknown>): string[] {
  return NotAction === undefined ? several(Action).map(String) : several(NotAction).map((action) => `all but ${String(action)}`);
}

function principalOf({ Principal, NotPrincipal }: Record<string, unknown>, namer: Namer): string {
  if (NotPrincipal !== undefined) return `all but ${principalOf({ Principal: NotPrincipal }, namer)}`;
  if (typeof Principal === 'string') return Principal;
  return Object.values(object(Principal))
    .flatMap((each) => several(each).map(namer.named))
    .join(', ');
}

/** Who may take a role; how, where it is not by sts:AssumeRole. */
function trustText(statement: Record<string, unknown>, namer: Namer): string {
  const actions = actionsOf(statement).join(', ');
  const when = conditionsOf(statement.Condition, namer);
  return [
    statement.Effect === 'Deny' ? 'not ' : '',
    principalOf(statement, namer),
    actions === 'sts:AssumeRole' ? '' : `, by ${actions}`,
    when.length > 0 ? ` (${when.map(conditionText).join(', ')})` : '',
  ].join('');
}

export const conditionText = ({ operator, key, values }: Condition): string => `${operator} ${key} = ${values.join(' | ')}`;

function conditionsOf(condition: unknown, { named }: Namer): Condition[] {
  return Object.entries(object(condition)).flatMap(([operator, keys]) =>
    Object.entries(object(keys)).map(([key, values]) => ({ operator, key, values: several(values).map(named) })),
  );
}
