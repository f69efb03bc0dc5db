/** Stacks as CloudFormation in moto has them, beside the templates that were deployed. */
import { DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Resource, resourcesOf } from '../../local/template/resources';
import { isObject, jsonObject, text } from '../../local/protocol/wire';
import type { Aws } from './aws';

export interface DeployedResource extends Resource {
  /** Name, URL or id, as Ref gives it; undefined where moto made nothing. */
  physicalId?: string;
}

export interface DeployedStack {
  name: string;
  id: string;
  status: string;
  outputs: Record<string, string>;
  /** All of the template, in its order. */
  resources: DeployedResource[];
}

/** The stacks of the assembly in `folder` that belong to this account and Region. */
export async function stacksOf({ cloudFormation }: Aws, folder: string): Promise<DeployedStack[]> {
  const manifest = jsonObject(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const artifacts = Object.entries(isObject(manifest?.artifacts) ? manifest.artifacts : {});
  return Promise.all(
    artifacts.flatMap(([id, artifact]) => {
      if (!isObject(artifact) || artifact.type !== 'aws:cloudformation:stack' || !isObject(artifact.properties)) return [];
      const name = text(artifact.properties.stackName) || id;
      const template = jsonObject(readFileSync(join(folder, text(artifact.properties.templateFile)), 'utf8')) ?? {};
      return [stackOf(name, resourcesOf(template))];
    }),
  );

  async function stackOf(name: string, resources: Resource[]): Promise<DeployedStack> {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    const physical = new Map<string, string>();
    let NextToken: string | undefined;
    do {
      const page = await cloudFormation.send(new ListStackResourcesCommand({ StackName: name, NextToken }));
      for (const each of page.StackResourceSummaries ?? []) physical.set(each.LogicalResourceId ?? '', each.PhysicalResourceId ?? '');
      NextToken = page.NextToken;
    } while (NextToken);
    return {
      name,
      id: Stacks[0]?.StackId ?? '',
      status: Stacks[0]?.StackStatus ?? '',
      outputs: Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
      resources: resources.map((resource) => ({ ...resource, physicalId: physical.get(resource.id) })),
    };
  }
}

/** How many of each type the template has and moto did not make. */
export function skippedTypes(resources: DeployedResource[]): Map<string, number> {
  const skipped = new Map<string, number>();
  for (const { type, physicalId } of resources) if (!physicalId) skipped.set(type, (skipped.get(type) ?? 0) + 1);
  return skipped;
}

/** The name of the ledger's table. */
export function ledgerOf(stack: DeployedStack): string {
  return physicalIdOf(stack, ({ type }) => type === 'AWS::DynamoDB::Table');
}

/** @throws Error where the stack has no such resource, or moto did not make it. */
export function physicalIdOf(stack: DeployedStack, is: (resource: DeployedResource) => boolean): string {
  const physicalId = stack.resources.find(is)?.physicalId;
  if (!physicalId) throw new Error(`${stack.name} has no such resource: ${is}`);
  return physicalId;
}
