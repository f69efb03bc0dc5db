/** A user's own files as events: EventBridge events, bare findings, arrays of either, and what the AWS CLI prints. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { looksLikeOcsf } from '../../handlers/domain/finding/ocsf';
import { severityOfNormalized } from '../../handlers/domain/finding/severity';
import { WrongUse } from '../frame/command';
import { at, list, number, object, text, time } from '../../handlers/domain/text/reading';

/** One finding that goes in, or what cannot go in and why. */
export interface Input {
  file: string;
  /** As Security Hub would send it; absent where it cannot. */
  event?: Record<string, unknown>;
  findings: unknown[];
  problem?: string;
}

/** All files below the paths, in the order of their names. @throws Error for a path that is not there. */
export function filesBelow(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new Error(`There is no file or folder ${path}.`);
    if (!stat.isDirectory()) return [path];
    return filesBelow(
      readdirSync(path)
        .filter((name) => !name.startsWith('.'))
        .sort()
        .map((name) => join(path, name)),
    ).filter((file) => /\.(jsonl?|ndjson|txt)$/i.test(file));
  });
}

/** Of files and folders that a person named. @throws WrongUse where there are none. */
export function findingsIn(paths: readonly string[]): Input[] {
  let inputs: Input[];
  try {
    inputs = filesBelow(paths).flatMap(readInputs);
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
  if (inputs.length === 0) throw new WrongUse(`There is no .json, .jsonl, .ndjson or .txt file below ${paths.join(', ')}.`);
  return inputs;
}

export function readInputs(file: string): Input[] {
  const content = readFileSync(file, 'utf8');
  if (content.trim() === '') return [{ file, findings: [], problem: 'the file is empty' }];
  try {
    return inputsOf(JSON.parse(content), file, []);
  } catch (error) {
    const lines = content.split('\n').filter((line) => line.trim() !== '');
    // One JSON value a line, as logs and streams have it.
    const values = lines.map(parsed);
    if (lines.length > 1 && values.every((value) => value !== undefined))
      return values.flatMap((value, index) => inputsOf(value, file, [index]));
    return [{ file, findings: [], problem: `the file is not JSON: ${error instanceof Error ? error.message : error}` }];
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function inputsOf(value: unknown, file: string, place: number[]): Input[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [{ file, findings: [], problem: 'an empty list: no finding' }];
    return value.flatMap((each, index) => inputsOf(each, file, [...place, index]));
  }
  if (typeof value !== 'object' || value === null)
    return [{ file, findings: [], problem: `not a finding but ${JSON.stringify(value)?.slice(0, 60)}` }];
  const json = object(value);
  if (text(json['detail-type']) !== undefined || at(json, 'detail', 'findings') !== undefined) return [eventInput(json, file)];
  if (Array.isArray(json.Findings)) return inputsOf(json.Findings, file, place);
  if (Array.isArray(json.findings) && json.Id === undefined) return inputsOf(json.findings, file, place);
  if (Object.keys(json).length === 0) return [{ file, findings: [], problem: 'an empty object: no finding' }];
  return [{ file, event: eventOf(json, file, place), findings: [json] }];
}

function eventInput(event: Record<string, unknown>, file: string): Input {
  const findings = list(at(event, 'detail', 'findings'));
  if (findings.length === 0) return { file, findings: [], problem: `an event without findings (${String(event['detail-type'])})` };
  return { file, event, findings };
}

/**
 * A bare finding as the event of its import. What Security Hub itself fills in on import is filled in here:
 * RecordState ACTIVE, Workflow.Status NEW, and the label of a normalized severity.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
function eventOf(finding: Record<string, unknown>, file: string, place: number[]): Record<string, unknown> {
  const ocsf = looksLikeOcsf(finding);
  const filled = ocsf ? finding : imported(finding);
  const happened = time(filled.UpdatedAt) ?? time(at(filled, 'finding_info', 'modified_time')) ?? time(filled.time) ?? 0;
  return {
    version: '0',
    id: `replay-${createHash('sha256')
      .update(JSON.stringify([file, place]))
      .digest('hex')
      .slice(0, 24)}`,
    'detail-type': ocsf ? 'Findings Imported V2' : 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    time: new Date(happened).toISOString(),
    resources: [],
    detail: { findings: [filled] },
  };
}

function imported(finding: Record<string, unknown>): Record<string, unknown> {
  const severity = object(finding.Severity ?? at(finding, 'FindingProviderFields', 'Severity'));
  const label = text(severity.Label) ?? severityOfNormalized(number(severity.Normalized));
  return {
    ...finding,
    ...(label ? { Severity: { ...severity, Label: label } } : {}),
    RecordState: finding.RecordState ?? 'ACTIVE',
    Workflow: object(finding.Workflow).Status === undefined ? { ...object(finding.Workflow), Status: 'NEW' } : finding.Workflow,
  };
}
