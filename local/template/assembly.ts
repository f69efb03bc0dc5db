/** A synthesized CDK assembly (cdk.out): which stack it holds, its template, and where the assets lie. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isObject, type JsonObject, jsonObject, text } from '../protocol/wire';

export interface StackAssembly {
  name: string;
  account: string;
  region: string;
  template: JsonObject;
  /** The folder of the asset with this S3 key; undefined where the assembly does not have it. */
  asset(s3Key: string): string | undefined;
}

/** Used where the assembly does not say in which account and Region it will be. */
const ANYWHERE = { account: '222222222222', region: 'ap-northeast-1' };

/** Reads the stack `stackName`, or the only one with Lambda functions that queues call. Throws where there is none. */
export function readAssembly(directory: string, stackName?: string): StackAssembly {
  const manifest = read(join(directory, 'manifest.json'));
  const stacks = Object.entries(isObject(manifest.artifacts) ? manifest.artifacts : {}).flatMap(([id, artifact]) =>
    isObject(artifact) && artifact.type === 'aws:cloudformation:stack' ? [stackOf(directory, id, artifact)] : [],
  );
  const fitting = stacks.filter((stack) => (stackName === undefined ? hasEventSource(stack.template) : stack.name === stackName));
  const [stack] = fitting;
  if (!stack || fitting.length > 1) {
    throw new Error(
      `${directory} holds ${fitting.length} stacks ${stackName ? `named ${stackName}` : 'with event source mappings'} (of ${stacks.map(({ name }) => name).join(', ') || 'none'}): synthesize again, or name the stack.`,
    );
  }
  return stack;
}

function stackOf(directory: string, id: string, artifact: JsonObject): StackAssembly {
  const properties = isObject(artifact.properties) ? artifact.properties : {};
  const template = read(join(directory, text(properties.templateFile)));
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(text(artifact.environment)) ?? [];
  let folders: Map<string, string> | undefined;
  return {
    name: text(properties.stackName) || id,
    account: account && /^\d{12}$/.test(account) ? account : ANYWHERE.account,
    region: region && !region.startsWith('unknown') ? region : ANYWHERE.region,
    template,
    asset(s3Key) {
      folders ??= assetFolders(directory, id);
      return folders.get(s3Key);
    },
  };
}

function assetFolders(directory: string, stackId: string): Map<string, string> {
  const folders = new Map<string, string>();
  const { files } = read(join(directory, `${stackId}.assets.json`));
  for (const file of Object.values(isObject(files) ? files : {})) {
    if (!isObject(file) || !isObject(file.source) || !isObject(file.destinations)) continue;
    const path = resolve(directory, text(file.source.path));
    for (const destination of Object.values(file.destinations)) if (isObject(destination)) folders.set(text(destination.objectKey), path);
  }
  return folders;
}

function hasEventSource(template: JsonObject): boolean {
  return Object.values(isObject(template.Resources) ? template.Resources : {}).some(
    (resource) => isObject(resource) && resource.Type === 'AWS::Lambda::EventSourceMapping',
  );
}

function read(file: string): JsonObject {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read: run "npm run synth" to make the assembly.`, { cause });
  }
  const parsed = jsonObject(content);
  if (!parsed) throw new Error(`${file} is not a JSON object: run "npm run synth" again.`);
  return parsed;
}
