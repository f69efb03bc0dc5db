/** The values of a finding one by one: where each stands, and the finding with another in its place. */

export type Step = string | number;

export function leaves(value: unknown, path: Step[] = []): Step[][] {
  if (Array.isArray(value)) return value.flatMap((each, index) => leaves(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]));
}

export const valueAt = (finding: unknown, path: readonly Step[]): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<Step, unknown>)[step], finding);

export function changedAt(value: unknown, [step, ...rest]: readonly Step[], change: (leaf: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? changedAt(each, rest, change) : each));
  const given = value as Record<string, unknown>;
  return { ...given, [step]: changedAt(given[String(step)], rest, change) };
}

export function without(value: unknown, path: readonly Step[]): unknown {
  return changedAt(value, path, () => undefined);
}

export function altered(value: unknown, path: readonly Step[]): unknown {
  return changedAt(value, path, (leaf) =>
    typeof leaf === 'string' ? `x${leaf}` : typeof leaf === 'number' ? leaf + 1 : typeof leaf === 'boolean' ? !leaf : leaf,
  );
}

/** `Resources[].Type` */
export function nameOf(path: readonly Step[]): string {
  return path.reduce<string>((name, step) => (typeof step === 'number' ? `${name}[]` : name === '' ? step : `${name}.${step}`), '');
}
