/** Environments: a file beside the settings says what is other in one of several deployments. */
import { type ConfigPath, section } from './path';

const FOLDER = 'environments';

/** It stands before the names of all that is deployed, which AWS cuts at 64 characters. */
export const ENVIRONMENT_NAME = /^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$/;

/** Where an environment's file stands: the place that a configuration is loaded from. Without an environment the folder itself. */
export function configPlace(dir: string, environment: string | undefined): string {
  return environment === undefined ? dir : `${dir}/${FOLDER}/${environment}.yaml`;
}

/** The folder that a place lies in, and the environment that it names. */
export function placeOf(place: string): { dir: string; environment?: string } {
  const [, dir, environment] = new RegExp(`^(.*)/${FOLDER}/(.*)\\.yaml$`).exec(place) ?? [];
  return dir === undefined || environment === undefined ? { dir: place } : { dir, environment };
}

/** The folder of all environments' files. */
export function environmentsFolder(dir: string): string {
  return `${dir}/${FOLDER}`;
}

/** The settings with an environment's own over them: mappings are merged at any depth, everything else is replaced, lists too. */
export function overlaid(settings: unknown, overlay: unknown): unknown {
  // An empty file changes nothing.
  if (overlay === null || overlay === undefined) return settings;
  const [below, above] = [section(settings), section(overlay)];
  if (!below || !above) return overlay;
  const merged = Object.entries(above).map(([key, value]) => [key, section(value) ? overlaid(below[key], value) : value]);
  return { ...below, ...Object.fromEntries(merged) };
}

/** Whether what stands at a path, or in its way, is the environment's. What is in neither file is missing in the settings. */
export function isOverlaid(settings: unknown, overlay: unknown, path: ConfigPath): boolean {
  if (overlay === null || overlay === undefined) return false;
  let below = settings;
  let above: unknown = overlay;
  for (const step of path) {
    const [under, over] = [section(below), section(above)];
    if (!under || !over) return true;
    if (!Object.hasOwn(over, String(step))) return false;
    below = under[String(step)];
    above = over[String(step)];
  }
  return path.length > 0 || !section(above);
}
