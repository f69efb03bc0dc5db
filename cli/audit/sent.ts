/** What leaves: of each finding the fields that the model may see, found out by the code that makes the question. */
import { type Brief, briefOf, officialText } from '../../handlers/domain/interpretation/brief';
import { identifies } from '../../handlers/domain/interpretation/identifying';
import { MEANINGS } from '../../handlers/domain/interpretation/glossary';
import { parseFinding } from '../../handlers/domain/finding/event';
import { changedAt, leaves, type Step, valueAt } from './leaves';
import { filesOf, sampleFindings } from './samples';
import { at, sourcesOf } from './sources';

export interface SentField {
  field: string;
  /** As the model is told it; '' where the name says it. */
  meaning: string;
  /** Of which fields of the sample findings characters stand in it. */
  from: string[];
  /** Which only decide what it says, or whether it is told. */
  by: string[];
  /** In whose sample findings it was told. */
  products: string[];
  /** A value that it had for one of them. */
  example: string;
  words: Words;
}

/** Whose words a field lets through. */
export interface Words {
  /**
   * `text`: a sentence that is put in the place of a value arrives. `name`: none does, but an invented name of the same form. `closed`: neither,
   * it is of a list, a number or a switch. `phrasebook`: sentences of this project, none of them the finding's. `untried`: no sample has it.
   */
  kind: 'text' | 'name' | 'closed' | 'phrasebook' | 'untried';
  /** Of findings of which products it arrived. */
  of: string[];
}

export interface Samples {
  findings: number;
  /** What they are called, by the file of this repository that they stand in or are made by. */
  files: Record<string, string[]>;
  /** Accounts, ARNs, addresses, keys and other ids that stand in them. */
  values: number;
  /** Those that would have been sent. */
  seen: string[];
}

/** One that is new does not compile until it stands here. The phrasebook's words are added by deliver. */
const BRIEF: Record<keyof Brief, true> = {
  kind: true,
  product: true,
  control: true,
  check: true,
  title: true,
  description: true,
  parameters: true,
  statusReasons: true,
  openPorts: true,
  off: true,
  engine: true,
  keyAge: true,
  resourceTypes: true,
  types: true,
  threatType: true,
  actionType: true,
  role: true,
  direction: true,
  port: true,
  ports: true,
  protocol: true,
  api: true,
  service: true,
  calls: true,
  apiError: true,
  blocked: true,
  mfa: true,
  repeated: true,
  tactics: true,
  techniques: true,
  indicators: true,
  newPolicy: true,
  oldPolicy: true,
  cve: true,
  update: true,
  advisory: true,
  epss: true,
  reachableFrom: true,
  listener: true,
  score: true,
  vector: true,
  ecosystem: true,
  fixAvailable: true,
  exploitAvailable: true,
  dataCategories: true,
  dataKinds: true,
  public: true,
  shared: true,
  encrypted: true,
  actions: true,
  principalKind: true,
  condition: true,
  conditionKeys: true,
  traits: true,
  phrase: true,
};

const found = new Map<string, SentField[]>();

/** Of the samples; it takes two seconds, once. */
export function modelFields(trustText: readonly string[]): SentField[] {
  const key = trustText.join();
  const known = found.get(key) ?? fieldsOf(sampleFindings(), trustText);
  found.set(key, known);
  return known;
}

function fieldsOf(findings: readonly Record<string, unknown>[], trustText: readonly string[]): SentField[] {
  const asking = (finding: unknown) => briefs(finding, trustText);
  const told = new Sets();
  const decides = new Sets();
  const products = new Sets();
  const words = { text: new Sets(), name: new Sets() };
  const examples = new Map<string, string>();
  for (const finding of findings) {
    const brief = asking(finding);
    if (!brief) continue;
    for (const [field, value] of Object.entries(brief)) {
      if (!examples.has(field)) examples.set(field, shown(value));
      products.add(field, productOf(finding));
    }
    for (const { field, of, how } of sourcesOf(finding, asking)) (how === 'told' ? told : decides).add(field, of);
    for (const path of leaves(finding))
      for (const { kind, mark, changed } of invented(finding, path)) {
        const other = asking(changed);
        for (const field of Object.keys(other ?? {}))
          if (other?.kind === brief.kind && JSON.stringify(at(other, field)).toLowerCase().includes(mark))
            words[kind].add(field, productOf(finding));
      }
  }
  return Object.keys(BRIEF).map((field) => ({
    field,
    meaning: MEANINGS[field as keyof Brief] ?? '',
    from: told.of(field),
    by: decides.of(field).filter((of) => !told.of(field).includes(of)),
    products: products.of(field),
    example: examples.get(field) ?? '',
    words: wordsOf(field, examples.has(field), { text: words.text.of(field), name: words.name.of(field) }),
  }));
}

/** Of each field some names, each once. */
class Sets {
  private readonly sets = new Map<string, Set<string>>();

  add(field: string, name: string): void {
    this.sets.set(field, (this.sets.get(field) ?? new Set()).add(name));
  }

  of(field: string): string[] {
    return [...(this.sets.get(field) ?? [])].sort();
  }
}

/** Those that are made of the finding; the phrasebook's entry is not. */
export function ofFinding(fields: readonly SentField[]): SentField[] {
  return fields.filter(({ words: { kind } }) => kind !== 'phrasebook');
}

/** Of the samples: how many of their values identify somebody, and which of these stand in a brief. */
export function identifyingValues(trustText: readonly string[], findings = sampleFindings()): Samples {
  let values = 0;
  const seen: string[] = [];
  for (const finding of findings) {
    const brief = JSON.stringify(briefs(finding, trustText) ?? {});
    const identifying = leaves(finding).flatMap((path) => {
      const value = valueAt(finding, path);
      return typeof value === 'string' && identifies(value) ? [value] : [];
    });
    values += identifying.length;
    seen.push(...identifying.filter((value) => brief.includes(JSON.stringify(value).slice(1, -1))));
  }
  return { findings: findings.length, files: filesOf(), values, seen };
}

function wordsOf(field: string, tried: boolean, arrived: Record<'text' | 'name', string[]>): Words {
  if (field === ('phrase' satisfies keyof Brief)) return { kind: 'phrasebook', of: [] };
  if (!tried) return { kind: 'untried', of: [] };
  if (arrived.text.length > 0) return { kind: 'text', of: arrived.text };
  return arrived.name.length > 0 ? { kind: 'name', of: arrived.name } : { kind: 'closed', of: [] };
}

/** What nobody but an attacker would write there. */
const SENTENCE = 'Quiet boats carry some salt along the coast.';
const NAME = 'quay';

/** The finding with a sentence in the place of a value; and with a name of the same form as the value, that nobody knows. */
function invented(finding: unknown, path: Step[]): { kind: 'text' | 'name'; mark: string; changed: unknown }[] {
  const leaf = valueAt(finding, path);
  if (typeof leaf !== 'string') return [];
  const name = `${leaf}${/[a-z]$/.test(leaf) ? NAME : NAME.toUpperCase()}`;
  return [
    { kind: 'text', mark: SENTENCE.toLowerCase(), changed: changedAt(finding, path, () => SENTENCE) },
    { kind: 'name', mark: NAME, changed: changedAt(finding, path, () => name) },
  ];
}

const productOf = (finding: unknown): string => parseFinding(finding).product;

/** undefined for what is no finding any more. */
function briefs(raw: unknown, trustText: readonly string[]): Brief | undefined {
  try {
    const finding = parseFinding(raw);
    return briefOf(finding, officialText(finding), trustText);
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}
