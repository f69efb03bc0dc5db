/** CloudFormation's intrinsic functions, resolved to the local resources. */
import { isObject, type JsonObject, text } from '../protocol/wire';

export interface Resolution {
  /** What Ref gives for a resource, a parameter or a pseudo parameter; undefined where it is unknown. */
  ref(name: string): string | undefined;
  /** What Fn::GetAtt gives. */
  attribute(resource: string, name: string): string | undefined;
}

/** Resolves a value to its end. Throws with the place and the expression where it cannot. */
export function resolve(value: unknown, resolution: Resolution, place: string): unknown {
  if (Array.isArray(value)) return value.map((entry, index) => resolve(entry, resolution, `${place}.${index}`));
  if (!isObject(value)) return value;
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const resolved = intrinsic(name, argument, resolution, place);
    if (resolved === undefined) {
      throw new Error(
        `The template's ${place} says ${JSON.stringify(value)}, which has no local meaning: teach it to local/template/intrinsics.ts.`,
      );
    }
    return resolved;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]): [string, unknown] => [key, resolve(entry, resolution, `${place}.${key}`)]),
  );
}

/** As resolve, for what must end as a text. */
export function resolveText(value: unknown, resolution: Resolution, place: string): string {
  const resolved = resolve(value, resolution, place);
  return typeof resolved === 'string' ? resolved : String(resolved);
}

function intrinsic(name: string, argument: unknown, resolution: Resolution, place: string): unknown {
  const list = () => {
    const resolved = resolve(argument, resolution, place);
    return Array.isArray(resolved) ? resolved : [];
  };
  switch (name) {
    case 'Ref':
      return resolution.ref(text(argument));
    case 'Fn::GetAtt': {
      const [resource = '', ...path] = Array.isArray(argument) ? argument.map(String) : text(argument).split('.');
      return resolution.attribute(resource, path.join('.'));
    }
    case 'Fn::Join': {
      const [separator, parts] = list();
      return Array.isArray(parts) ? parts.join(text(separator)) : undefined;
    }
    case 'Fn::Select': {
      const [index, parts] = list();
      return Array.isArray(parts) ? parts[Number(index)] : undefined;
    }
    case 'Fn::Split': {
      const [separator, whole] = list();
      return text(whole).split(text(separator));
    }
    case 'Fn::Sub':
      return substitute(argument, resolution, place);
    default:
      return undefined;
  }
}

function substitute(argument: unknown, resolution: Resolution, place: string): string | undefined {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  const variables: JsonObject = isObject(given) ? given : {};
  let unknown = false;
  const result = text(template).replace(/\$\{([^}!]+)\}/g, (_whole, name: string) => {
    const [resource = '', ...path] = name.split('.');
    const value =
      name in variables
        ? resolveText(variables[name], resolution, place)
        : path.length > 0
          ? resolution.attribute(resource, path.join('.'))
          : resolution.ref(resource);
    unknown ||= value === undefined;
    return value ?? '';
  });
  return unknown ? undefined : result.replaceAll('${!', '${');
}
