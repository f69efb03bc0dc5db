/**
 * What was synthesized first, kept beside the settings as cdk.context.json is: `recorded.json` belongs into version
 * control. With it a synth can say what AWS deletes when the home Region or the mode changes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { environmentsFolder, placeOf } from '../config/environment';
import { type Settings, settingsSchema } from '../config/schema';

const { organization, enablement } = settingsSchema.shape;
const recordedSchema = z.strictObject({
  /** A record of another organization, such as the example's, says nothing about this one. */
  organization: organization.shape.id,
  // Of those that are listed or that settings.yaml names itself: the shape of a code is what both have.
  home: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'home is not the code of a Region'),
  mode: enablement.unwrap().shape.mode.unwrap(),
});

export type Recorded = z.infer<typeof recordedSchema>;

export function recordOf({ organization: { id }, regions: { home }, enablement: { mode } }: Settings): Recorded {
  return { organization: id, home, mode };
}

/** Each environment has a record of its own, beside its file. @param place of the configuration (configPlace). */
export function recordFile(place: string): string {
  const { dir, environment } = placeOf(place);
  return environment === undefined ? join(dir, 'recorded.json') : join(environmentsFolder(dir), `${environment}.recorded.json`);
}

/**
 * @returns undefined before the first synth, and where the record is another organization's.
 * @throws Error where the file is there and cannot be read: without it nobody would be warned.
 */
export function readRecorded(place: string, settings: Settings): Recorded | undefined {
  const file = recordFile(place);
  const recorded = parse(file);
  return recorded?.organization === settings.organization.id ? recorded : undefined;
}

/** Writes the record where there is none of this organization; one that differs stays, until a person has accepted the change. */
export function writeRecorded(place: string, settings: Settings): void {
  if (readRecorded(place, settings)) return;
  const file = recordFile(place);
  try {
    writeFileSync(file, `${JSON.stringify(recordOf(settings), null, 2)}\n`);
  } catch (error) {
    // As in a pipeline whose checkout is read-only: the synth itself went well.
    console.error(`${file} could not be written (${codeOf(error)}): run \`npm run synth\` where it can be, and commit the file.`);
  }
}

function parse(file: string): Recorded | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read (${codeOf(error)}). Make it readable: ${purpose()}`);
  }
  try {
    return recordedSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : (error as Error).message;
    throw new Error(`${file} is not what a synth writes: ${why}. Take it from version control again: ${purpose()}`);
  }
}

function purpose(): string {
  return 'it says what is deployed, and a synth compares the settings with it. If nothing is deployed yet, delete it.';
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
