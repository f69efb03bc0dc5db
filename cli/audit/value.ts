/** Values of a template as people read them: references by the names of what they lead to. */
import { list, object, text } from '../../handlers/domain/text/reading';
import { type AuditedStack, type Resource, several } from './assembly';

export interface Named {
  text: string;
  /** Where it leads to a resource of the same stack. */
  anchor?: string;
}

export function namerOf({ resources }: Pick<AuditedStack, 'resources'>) {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const named = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const given = object(value);
    const [[operator = '', argument] = []] = Object.entries(given);
    if (operator === 'Ref') return reference(byId, String(argument), '');
    if (operator === 'Fn::GetAtt') return reference(byId, String(list(argument)[0]), String(list(argument)[1]));
    if (operator === 'Fn::Join')
      return list(list(argument)[1])
        .map(named)
        .join(text(list(argument)[0]) ?? '');
    if (operator === 'Fn::Sub') {
      const [template, given] = several(argument);
      return String(template).replace(/\$\{([^}!]+)\}/g, (whole, name: string) =>
        name in object(given) ? named(object(given)[name]) : whole,
      );
    }
    return JSON.stringify(value);
  };
  const anchorOf = (value: unknown): string | undefined => byId.get(referred(value) ?? '')?.anchor;
  return { named, anchorOf, resourceOf: (value: unknown): Resource | undefined => byId.get(referred(value) ?? '') };
}

export type Namer = ReturnType<typeof namerOf>;

function reference(byId: Map<string, Resource>, id: string, attribute: string): string {
  const resource = byId.get(id);
  if (!resource) return `\${${id}}`;
  return attribute === '' || attribute === 'Arn' ? resource.name : `${resource.name}.${attribute}`;
}

/** The logical id that a value refers to, also from within a joined text. */
function referred(value: unknown): string | undefined {
  const given = object(value);
  if (typeof given.Ref === 'string') return given.Ref;
  if (Array.isArray(given['Fn::GetAtt'])) return String(given['Fn::GetAtt'][0]);
  const join = list(list(given['Fn::Join'])[1]);
  return join.map(referred).find((id) => id !== undefined && !id.startsWith('AWS::'));
}
