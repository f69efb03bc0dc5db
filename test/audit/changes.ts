/** Changes of a template, each by what it changes; the template that it is given stays as it is. */
import type { ChangeKind } from '../../cli/audit/audited';
import { isObject, type JsonObject } from '../../local/protocol/wire';

export type Template = JsonObject;
export type Weaken = (template: Template) => Template;
export interface Weakening {
  name: string;
  /** How comparing the deployments tells it: under which kind, of what, and what is so now (cli/audit/changes.ts). */
  told: { kind: ChangeKind; of: RegExp; now: RegExp };
  /** What it weakens. */
  of: 'rights' | 'encryption' | 'retention' | 'egress' | 'alarms' | 'protection';
  /** How the proof says it, where it is a matter of rights as well. */
  proof?: RegExp;
  /** @throws Error where the template has nothing that it could weaken. The template it is given stays as it is. */
  weaken: Weaken;
}

type Change = (part: JsonObject) => void;

/** Changes the first resource of a type whose logical id begins so. */
export function resource(type: string, id: string, change: Change): Weaken {
  return (template) => {
    const copy = structuredClone(template);
    const found = Object.entries(copy.Resources as Record<string, JsonObject>).find(
      ([name, { Type }]) => Type === type && name.startsWith(id),
    );
    if (!found) throw new Error(`the template has no ${type} of ${id}: mend the weakening`);
    change(found[1]);
    return copy;
  };
}

/** Changes its properties. */
export const changed = (type: string, id: string, change: Change): Weaken =>
  resource(type, id, ({ Properties }) => change(Properties as JsonObject));

export const statementsOf = (properties: JsonObject, document: string): JsonObject[] =>
  ((properties[document] as JsonObject).Statement as JsonObject[]).filter(isObject);

/** Changes one statement of a role. */
export function right(role: string, sid: string, change: Change): Weaken {
  return changed('AWS::IAM::Policy', role, (properties) => {
    const statement = statementsOf(properties, 'PolicyDocument').find(({ Sid }) => Sid === sid);
    if (!statement) throw new Error(`${role} has no right ${sid}: mend the weakening`);
    change(statement);
  });
}

/** Adds a statement to the policy of a resource or a role. */
export function alsoSays(type: string, id: string, document: string, statement: JsonObject): Weaken {
  return changed(type, id, (properties) => {
    ((properties[document] as JsonObject).Statement as JsonObject[]).push(statement);
  });
}

export function added(id: string, resource: JsonObject): Weaken {
  return (template) => ({ ...template, Resources: { ...(template.Resources as JsonObject), [id]: resource } });
}

export function removed(type: string, id: string): Weaken {
  return (template) => {
    const copy = structuredClone(template);
    const resources = copy.Resources as Record<string, JsonObject>;
    const name = Object.keys(resources).find((each) => resources[each]?.Type === type && each.startsWith(id));
    if (name === undefined) throw new Error(`the template has no ${type} of ${id}: mend the weakening`);
    delete resources[name];
    return copy;
  };
}

/** Changes what the StackSet brings to the accounts of the organization. */
export function inMembers(weaken: Weaken): Weaken {
  return changed('AWS::CloudFormation::StackSet', '', (properties) => {
    properties.TemplateBody = JSON.stringify(weaken(JSON.parse(String(properties.TemplateBody))), null, 2);
  });
}

/** Adds to a part of the template that is no resource. */
export const beside =
  (section: string, more: JsonObject): Weaken =>
  (template) => ({
    ...template,
    [section]: { ...(template[section] as JsonObject | undefined), ...more },
  });
