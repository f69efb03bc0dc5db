/** What outlives a run under a state folder, beside DynamoDB's own files. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedFindings } from './securityhub/hub-findings';
import type { SavedQueue } from './sqs/queue';
import type { LocalSlackMessage } from './slack/slack-workspace';
import { jsonObject } from './protocol/wire';

export interface SavedState {
  /** Where the virtual clock stood: a later run goes on from there. */
  now: number;
  slack: LocalSlackMessage[];
  findings: SavedFindings;
  queues: Record<string, SavedQueue>;
}

const FILE = 'state.json';

/** The state in a folder, which is made when it is not there; undefined in a new one. */
export function readState(directory: string): SavedState | undefined {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, FILE);
  if (!existsSync(file)) return undefined;
  const saved = jsonObject(readFileSync(file, 'utf8'));
  if (!saved) throw new Error(`${file} is damaged: delete the folder ${directory} to start empty.`);
  return saved as unknown as SavedState;
}

/** Whole or not at all. */
export function writeState(directory: string, state: SavedState): void {
  const file = join(directory, FILE);
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
