/** What a template has that the proof could not judge: each is a problem until somebody has looked. */
import { isObject, type JsonObject, objects, text } from '../../local/protocol/wire';
import type { Deployed, Stack } from './deployed';
import { RIGHTLESS } from './known';
import { plain } from './record';
import { type Condition, listOf, type Statement } from './statement';

/** Where the policies stand that test/iam/deployed.ts and the proof read. */
const READ: Record<string, string> = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::EC2::VPCEndpoint': 'PolicyDocument',
};
const OF_ROLES = ['AssumeRolePolicyDocument', 'Policies'];

/** Context keys that requests of the proof carry, or whose absence they mean. */
const CARRIED = [
  /^aws:(SecureTransport|SourceArn|SourceAccount|PrincipalAccount|PrincipalArn|PrincipalOrgID)$/i,
  /^(kms:ViaService|kms:EncryptionContext:aws:logs:arn|bedrock:InferenceProfileArn|iam:AWSServiceName)$/i,
  /^lambda:(SourceFunctionArn|FunctionUrlAuthType)$/i,
  /^securityhub:(ASFF|OCSF)SyntaxPath\/[\w.]+$/i,
];

export function unreadIn(deployed: Deployed, statements: readonly Statement[]): string[] {
  return [
    ...deployed.resources.flatMap(({ id, type, properties }) => {
      const unknown = (what: string) => `${plain(id)} ${what}, which the proof does not know: teach it what rights that gives (test/iam/)`;
      if (!RIGHTLESS.includes(type)) return [unknown(`is of ${type}`)];
      const { Condition } = (deployed.stack.template.Resources as Record<string, JsonObject>)[id] ?? {};
      return [
        ...Object.entries(properties)
          .filter(([name, value]) => READ[type] !== name && !(type === 'AWS::IAM::Role' && OF_ROLES.includes(name)) && hasPolicy(value))
          .map(([name]) => unknown(`has a policy in ${name}`)),
        ...strays(deployed, type, properties).map((name) => unknown(`gives its rights to ${name}`)),
        ...(Condition === undefined ? [] : [unknown(`is there under the condition ${text(Condition)}`)]),
        ...(properties.PermissionsBoundary === undefined ? [] : [unknown('has a permissions boundary')]),
        ...(type === 'AWS::CloudFormation::StackSet' && !templateIn(properties) ? [unknown('has its template elsewhere')] : []),
      ];
    }),
    ...statements.flatMap(({ Condition = {}, Sid = 'no Sid' }) =>
      keysOf(Condition)
        .filter((key) => !CARRIED.some((carried) => carried.test(key)))
        .map((key) => `A statement (${Sid}) asks for ${key}, which no request of the proof carries: teach it to test/iam/unread.ts`),
    ),
    ...statements
      .filter(({ NotPrincipal }) => NotPrincipal)
      .map(({ Sid = 'no Sid' }) => `A statement (${Sid}) says whom it is not about: say whom`),
  ];
}

/** Users, groups, and roles that the template does not make. */
function strays({ roles }: Deployed, type: string, { Users, Groups, Roles }: JsonObject): string[] {
  if (type !== 'AWS::IAM::Policy') return [];
  const others = listOf(Roles as string[]).filter((name) => !roles.some(({ id }) => id === name));
  return [...listOf(Users as string[]), ...listOf(Groups as string[]), ...others].map(text);
}

function hasPolicy(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasPolicy);
  return isObject(value) && ('Statement' in value || Object.values(value).some(hasPolicy));
}

const keysOf = (condition: Condition): string[] => Object.values(condition).flatMap((keys) => Object.keys(keys));

function templateIn({ TemplateBody }: JsonObject): JsonObject | undefined {
  return typeof TemplateBody === 'string' ? (JSON.parse(TemplateBody) as JsonObject) : undefined;
}

/** What the StackSets of a stack bring to an account of the organization: the template within theirs. */
export function memberStacks({ template, region, config }: Stack): Stack[] {
  return objects(Object.values(template.Resources ?? {}))
    .filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet')
    .flatMap(({ Properties }) => {
      const brought = isObject(Properties) ? templateIn(Properties) : undefined;
      return brought ? [{ name: 'member', account: '555555555555', region, config, template: brought }] : [];
    });
}
