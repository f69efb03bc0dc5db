/** What a synth left in a folder: each stack's template, the configuration that goes with the code, and what cdk-nag said. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/schema';
import { environmentOf } from '../../config/stack-name';
import { at, list, object, text } from '../../handlers/domain/text/reading';

export type Json = Record<string, unknown>;

export interface Resource {
  /** Of this resource in a page: unique in the assembly. */
  anchor: string;
  stack: string;
  id: string;
  type: string;
  /** As people know it: its place in the code, without the stack. */
  name: string;
  properties: Json;
  /** All that the template says of it. */
  body: Json;
}

/** In whose account a stack stands. */
export type Place = 'security' | 'members' | 'management';

export interface AuditedStack {
  name: string;
  place: Place;
  /** The Regions in which the same template is deployed; of members those of the StackSet. */
  regions: string[];
  /** Whether CloudFormation refuses to delete it; undefined where the assembly does not say. */
  protectedFromDeletion?: boolean;
  /** What the template says beside its resources, such as parameters, conditions, transforms and outputs. */
  beside: Json;
  resources: Resource[];
}

/** As stacks/audit.ts writes it. */
export interface Verdict {
  pack: 'AwsSolutions' | 'NIST.800.53.R5';
  rule: string;
  about: string;
  level: 'error' | 'warning';
  /** The file of the template. */
  stack: string;
  /** The logical id. */
  resource: string;
  verdict: 'passes' | 'fails' | 'acknowledged' | 'unknown';
  finding?: string;
  reason?: string;
}

export interface Assembly {
  stacks: AuditedStack[];
  config: Config;
  /** Empty where the synth was not made for an audit. */
  verdicts: (Omit<Verdict, 'stack' | 'resource'> & { anchor: string })[];
}

const MANAGEMENT = 'management';

/** Whether a synth wrote the folder. */
export function isAssembly(folder: string): boolean {
  return existsSync(join(folder, 'cdk.out'));
}

/** @throws Error where the folder is no cloud assembly of this project. */
export function readAssembly(folder: string): Assembly {
  const files = readdirSync(folder);
  const configFile = files.find((file) => /^config-[0-9a-f]+\.json$/.test(file));
  if (configFile === undefined) throw new Error(`${folder} holds no cloud assembly of this project: it has no config-….json.`);
  const config = readJson(folder, configFile) as unknown as Config;
  const { home } = config.settings.regions;
  const hubs = files.filter((file) => /(?<!stackset)\.template\.json$/.test(file)).map((file) => read(folder, file, 'security', [home]));
  const sets = files.filter((file) => file.endsWith('.stackset.template.json'));
  const members = resourcesOf(
    hubs.map(({ stack }) => stack),
    'AWS::CloudFormation::StackSet',
  ).flatMap((set, index) => {
    const template = templateIn(set.body);
    return template ? [stackOf(template, sets[index] ?? `${set.id}.stackset.template.json`, 'members', regionsOf(set))] : [];
  });
  const management = existsSync(join(folder, MANAGEMENT)) ? managementStacks(join(folder, MANAGEMENT)) : [];
  const read_ = [...hubs, ...members, ...management];
  const anchors = new Map(read_.flatMap(({ file, stack }) => stack.resources.map(({ id, anchor }) => [`${file}/${id}`, anchor])));
  const verdicts = files.includes('verdicts.json') ? (readJson(folder, 'verdicts.json') as unknown as Verdict[]) : [];
  // What is laid beside the code does not name it.
  const [environment] = hubs.flatMap(({ stack }) => environmentOf(stack.name) ?? []);
  return {
    stacks: read_.map(({ stack }) => stack),
    config: environment === undefined ? config : { ...config, environment },
    // What stands in several Regions alike is judged once.
    verdicts: verdicts.flatMap(({ stack, resource, ...verdict }) => {
      const anchor = anchors.get(`${stack}/${resource}`);
      return anchor === undefined ? [] : [{ ...verdict, anchor }];
    }),
  };
}

/** Of the Regions in which the same is deployed, the first stands for all. */
function managementStacks(folder: string): { file: string; stack: AuditedStack }[] {
  const alike = new Map<string, { file: string; stack: AuditedStack }>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.template.json'))) {
    const region = /-([a-z]{2,4}(?:-[a-z]+)+-\d)\.template\.json$/.exec(file)?.[1] ?? '';
    const stack = read(folder, file, 'management', [region]);
    const text = JSON.stringify([stack.stack.protectedFromDeletion, stack.stack.resources.map(({ body }) => body)]).replaceAll(region, '');
    const same = alike.get(text);
    if (same) same.stack.regions.push(region);
    else alike.set(text, stack);
  }
  return [...alike.values()];
}

/**
 * What a StackSet brings to accounts: CloudFormation takes it from within the hub's template, not from the file that CDK writes
 * beside it. None where it stands elsewhere.
 */
export function templateIn(stackSet: Json): Json | undefined {
  const body = text(at(stackSet, 'Properties', 'TemplateBody'));
  return body?.startsWith('{') ? (JSON.parse(body) as Json) : undefined;
}

const regionsOf = ({ properties }: Resource): string[] => [
  ...new Set(list(properties.StackInstancesGroup).flatMap((group) => list(object(group).Regions).map(String))),
];

function read(folder: string, file: string, place: Place, regions: string[]): { file: string; stack: AuditedStack } {
  const { stack } = stackOf(readJson(folder, file), file, place, regions);
  const manifest = join(folder, 'manifest.json');
  const isProtected = existsSync(manifest)
    ? at(readJson(folder, 'manifest.json'), 'artifacts', stack.name, 'properties', 'terminationProtection')
    : undefined;
  return { file, stack: { ...stack, ...(typeof isProtected === 'boolean' ? { protectedFromDeletion: isProtected } : {}) } };
}

function stackOf(template: Json, file: string, place: Place, regions: string[]): { file: string; stack: AuditedStack } {
  const name = file.replace(/(\.stackset)?\.template\.json$/, '');
  const { Resources, ...beside } = template;
  const resources = Object.entries(object(Resources)).map(([id, value]): Resource => {
    const body = object(value);
    const type = text(body.Type) ?? '';
    const path = text(at(body, 'Metadata', 'aws:cdk:path')) ?? id;
    const prefix = place === 'security' ? '' : `${place}-${place === 'management' ? `${regions[0]}-` : ''}`;
    const properties = object(body.Properties);
    return { anchor: `r-${prefix}${id}`, stack: name, id, type, name: shortName(path), properties, body };
  });
  return { file, stack: { name, place, regions, beside, resources } };
}

/** `Ledger/Table` of `SecurityHubInterpreter/Ledger/Table/Resource`. */
function shortName(path: string): string {
  const parts = path.split('/').filter((part) => part !== 'Resource' && part !== 'Default');
  const from = parts.indexOf('Enablement') > 0 ? parts.indexOf('Enablement') : 1;
  return parts.slice(from).join('/') || path;
}

function readJson(folder: string, file: string): Json {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
}

export const resourcesOf = (stacks: readonly AuditedStack[], ...types: string[]): Resource[] =>
  stacks.flatMap(({ resources }) => resources.filter(({ type }) => types.includes(type)));

/** What CloudFormation takes as one or as several. */
export function several(value: unknown): unknown[] {
  return Array.isArray(value) ? list(value) : value === undefined ? [] : [value];
}
