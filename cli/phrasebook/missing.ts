/** Which findings the phrasebook has no words for. */
import { SEVERITIES } from '../../config/severities';
import type { Phrasebook } from '../../config/phrases/compiled';
import { parseFinding } from '../../handlers/domain/finding/event';
import type { Finding, Severity } from '../../handlers/domain/finding/finding';
import { NO_ENTRY, phraseIdsOf } from '../../handlers/domain/phrasebook/ids';
import { phraseIn } from '../../handlers/domain/phrasebook/phrase';
import { counted } from '../doctor/check';
import type { Input } from '../run/inputs';

export interface Missing {
  /** Of AWS's own products; what others found the phrasebook says nothing of. */
  findings: number;
  told: number;
  /** Of those that are CRITICAL or HIGH. */
  worst: { findings: number; told: number };
  foreign: number;
  unreadable: number;
  /** By which id an entry would be found: the worst first, then most findings. */
  lacking: { id: string; title: string; findings: number; severities: Severity[] }[];
}

export function missingIn(inputs: readonly Input[], book: Phrasebook): Missing {
  const missing: Missing = { findings: 0, told: 0, worst: { findings: 0, told: 0 }, foreign: 0, unreadable: 0, lacking: [] };
  for (const finding of inputs.flatMap(({ findings }) => findings).map(readable)) {
    if (!finding) missing.unreadable++;
    else if (finding.provenance !== 'aws') missing.foreign++;
    else count(finding, book, missing);
  }
  const rank = ({ severities }: Missing['lacking'][number]) => Math.max(...severities.map((each) => SEVERITIES.indexOf(each)));
  missing.lacking.sort((a, b) => rank(b) - rank(a) || b.findings - a.findings || (a.id < b.id ? -1 : 1));
  return missing;
}

function count(finding: Finding, book: Phrasebook, missing: Missing): void {
  const ids = phraseIdsOf(finding);
  const phrase = phraseIn(book, ids, finding.resources[0].type);
  // That there are no words for its kind is no word on it.
  const isTold = phrase !== undefined && phrase.id !== NO_ENTRY;
  for (const counts of [missing, ...(finding.severity === 'CRITICAL' || finding.severity === 'HIGH' ? [missing.worst] : [])]) {
    counts.findings++;
    if (isTold) counts.told++;
  }
  if (isTold) return;
  const id = phrase || !ids[0] ? `(${finding.product})` : ids[0];
  const known = missing.lacking.find((each) => each.id === id);
  if (!known) missing.lacking.push({ id, title: finding.title, findings: 1, severities: [finding.severity] });
  else {
    known.findings++;
    if (!known.severities.includes(finding.severity)) known.severities.push(finding.severity);
  }
}

function readable(raw: unknown): Finding | undefined {
  try {
    return parseFinding(raw);
  } catch {
    return undefined;
  }
}

/** Lines: what lacks, then the figures. */
export function renderMissing({ findings, told, worst, foreign, unreadable, lacking }: Missing): string[] {
  const share = (part: number, whole: number) => (whole === 0 ? '' : ` (${Math.round((100 * part) / whole)} %)`);
  return [
    ...lacking.map(({ id, title, findings, severities }) => `${id}  ${counted(findings, 'finding')}, ${severities.join(', ')}: ${title}`),
    ...(lacking.length > 0 ? [''] : []),
    `${told} of ${counted(findings, 'finding')} of AWS’s products have words${share(told, findings)}; CRITICAL and HIGH: ${worst.told} of ${worst.findings}${share(worst.told, worst.findings)}`,
    ...(foreign > 0 ? [`${counted(foreign, 'finding')} of other products: told in their own words`] : []),
    ...(unreadable > 0 ? [`${unreadable} could not be read as findings`] : []),
  ];
}
