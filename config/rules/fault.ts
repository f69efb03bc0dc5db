/** What the rules about settings.yaml share. */
import type { ConfigPath, Fault, Level } from '../problem';

export function fault(level: Level, path: ConfigPath, message: string, remedy: string): Fault {
  return { level, file: 'settings.yaml', path, message, remedy };
}

/** The texts of a list in whatever state; what is no text keeps its place, so that positions stay those of the file. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map((entry) => (typeof entry === 'string' ? entry : '')) : [];
}
