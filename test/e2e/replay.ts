/** Runs `replay` as its users do, in a process of its own, and reads its lines. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { EXAMPLE } from '../config/example';

export const workFolder = mkdtempSync(join(tmpdir(), 'replay-'));
let assembly: Assembly;

export async function prepare(): Promise<void> {
  assembly = await synthesize(EXAMPLE);
}
export function cleanUp(): void {
  assembly.remove();
  rmSync(workFolder, { recursive: true });
}

export interface Line {
  file: string;
  findingId: string | null;
  accountId: string | null;
  admitted: boolean;
  reason: string;
  receivers: string[];
  outcome: string;
}

export function replay(...args: string[]): { status: number | null; lines: Line[]; summary: Record<string, unknown>; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'cli/hub.ts', 'replay', '--json', '--config', EXAMPLE, '--assembly', assembly.folder, ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  );
  const lines = stdout.split('\n').filter(Boolean);
  return {
    status,
    stderr,
    lines: lines.slice(0, -1).map((line) => JSON.parse(line) as Line),
    summary: JSON.parse(lines.at(-1) ?? '{"summary":{}}').summary,
  };
}

export function file(name: string, content: unknown): string {
  const path = join(workFolder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
