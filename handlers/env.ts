/** Reads the environment against a function's contract. @throws Error that names every variable that is missing. */
export function required<N extends string>(names: readonly N[]): Record<N, string> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`the function's environment lacks ${missing.join(', ')}: deploy the stack again, it sets them`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<N, string>;
}
