/** The shim for the gap "aliases of functions": moto's Lambda has them, its CloudFormation makes none and finds no value for a Ref to one. */
import { CreateAliasCommand, GetAliasCommand, PublishVersionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { isObject, type JsonObject, text } from '../../local/protocol/wire';
import type { Aws } from './aws';
import type { DeployedResource } from './stack';

const LIVE = 'live';

/** Writes into a template what a Ref to an alias answers, and names the function itself where one is called: there is no alias yet. @returns whether there was one. */
export function refToFunctions(template: JsonObject): boolean {
  const resources = Object.values(isObject(template.Resources) ? template.Resources : {}).filter(isObject);
  const aliases = new Map(
    Object.entries(isObject(template.Resources) ? template.Resources : {}).flatMap(([id, resource]) => {
      const alias =
        isObject(resource) && resource.Type === 'AWS::Lambda::Alias' && isObject(resource.Properties) ? resource.Properties : {};
      return isObject(alias.FunctionName) ? [[id, text(alias.FunctionName.Ref)] as const] : [];
    }),
  );
  if (aliases.size === 0) return false;
  for (const { Properties } of resources) {
    if (!isObject(Properties) || Properties.FunctionName === undefined) continue;
    const called = [...aliases].find(([alias]) => JSON.stringify(Properties.FunctionName).includes(`{"Ref":"${alias}"}`));
    if (called) Properties.FunctionName = { Ref: called[1] };
  }
  replaceRefs(template, (ref) => {
    const target = aliases.get(ref);
    return target === undefined ? undefined : { 'Fn::Join': ['', [{ 'Fn::GetAtt': [target, 'Arn'] }, `:${LIVE}`]] };
  });
  return true;
}

function replaceRefs(value: unknown, by: (ref: string) => JsonObject | undefined): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const found = isObject(each) && typeof each.Ref === 'string' ? by(each.Ref) : undefined;
    if (found) (value as JsonObject)[key] = found;
    else replaceRefs(each, by);
  }
}

/** The functions that an alias stands before. */
export function aliased(resources: readonly DeployedResource[]): DeployedResource[] {
  const ids = new Set(aliasesAmong(resources).map(({ functionId }) => functionId));
  return resources.filter(({ id }) => ids.has(id));
}

function aliasesAmong(resources: readonly DeployedResource[]): { functionId: string; description: string }[] {
  return resources.flatMap(({ type, properties: { FunctionName, Description } }) =>
    type === 'AWS::Lambda::Alias' && isObject(FunctionName) ? [{ functionId: text(FunctionName.Ref), description: text(Description) }] : [],
  );
}

/** After a deployment that changed something: each alias points to the version that it published, as its template says. */
export async function moveAliases({ lambda }: Aws, resources: readonly DeployedResource[]): Promise<void> {
  for (const { functionId, description } of aliasesAmong(resources)) {
    const FunctionName = resources.find(({ id }) => id === functionId)?.physicalId ?? '';
    // CloudFormation in moto publishes before it changes the function; where nothing changed, this answers the version that is there.
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    const alias = { FunctionName, Name: LIVE, FunctionVersion: Version, Description: description };
    await lambda.send(new CreateAliasCommand(alias)).catch(() => lambda.send(new UpdateAliasCommand(alias)));
  }
}

/** The number of the version that is live. */
export async function liveVersion({ lambda }: Aws, FunctionName: string): Promise<string> {
  return (await lambda.send(new GetAliasCommand({ FunctionName, Name: LIVE }))).FunctionVersion ?? '';
}
