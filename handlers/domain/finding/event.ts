/** What arrives on the findings queue: EventBridge events, told apart by their detail-type. */
import { parseAsff } from './asff';
import type { Finding } from './finding';
import { looksLikeOcsf, parseOcsf } from './ocsf';
import { at, entryOf, InvalidFinding, jsonIn, list, object, text, time } from '../text/reading';

export interface FindingsEvent {
  /** imported: admitted by rules; asked: chosen by a person in the console, so told whatever its state. */
  kind: 'imported' | 'asked';
  /** In which format rules bring such findings; what a person chose says it finding by finding. */
  format: 'asff' | 'ocsf';
  id: string;
  /** Epoch milliseconds. */
  time: number;
  findings: unknown[];
}

const BY_DETAIL_TYPE: Record<string, Pick<FindingsEvent, 'kind' | 'format'>> = {
  'Security Hub Findings - Imported': { kind: 'imported', format: 'asff' },
  'Findings Imported V2': { kind: 'imported', format: 'ocsf' },
  'Security Hub Findings - Custom Action': { kind: 'asked', format: 'asff' },
};

/** @throws InvalidFinding for what no rule of this system sends. */
export function parseEvent(body: string): FindingsEvent {
  const event = jsonIn(body);
  if (event === undefined) throw new InvalidFinding('the message is not JSON');
  const detailType = text(at(event, 'detail-type'));
  const known = entryOf(BY_DETAIL_TYPE, detailType);
  if (!known)
    throw new InvalidFinding(
      `the message is no event of Security Hub with findings: its detail-type is ${JSON.stringify(detailType ?? null)}`,
    );
  const findings = list(at(event, 'detail', 'findings'));
  if (findings.length === 0) throw new InvalidFinding('detail.findings is empty or missing: the event tells nothing');
  return { ...known, id: text(at(event, 'id')) ?? '', time: time(at(event, 'time')) ?? 0, findings };
}

/** @throws InvalidFinding with what is missing. */
export function parseFinding(raw: unknown): Finding {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new InvalidFinding('a finding is a JSON object');
  if (Object.keys(object(raw)).length === 0) throw new InvalidFinding('the finding is empty');
  return looksLikeOcsf(raw) ? parseOcsf(raw) : parseAsff(raw);
}
