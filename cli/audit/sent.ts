/** What leaves: of each finding the fields that the model may see, found out by the code that makes the question. */
import { join } from 'node:path';
import { type Brief, briefOf, officialText } from '../../handlers/domain/interpretation/brief';
import { identifies } from '../../handlers/domain/interpretation/identifying';
import { MEANINGS } from '../../handlers/domain/interpretation/glossary';
import { parseFinding } from '../../handlers/domain/finding/event';
import { filesBelow, readInputs } from '../run/inputs';
import { control } from '../samples/checks';
import { SAMPLE_PROBLEMS } from '../samples/samples';

export interface SentField {
  field: string;
  /** As the model is told it; '' where the name says it. */
  meaning: string;
  /** Which fields of the sample findings it is made of. Empty where none of them has it. */
  from: string[];
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

type Step = string | number;

/** What Security Hub adds to a control that is told why it failed. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html */
const EXPLAINED = {
  SecurityControlParameters: [{ Name: 'maxAccessKeyAge', Value: ['90'] }],
  StatusReasons: [{ ReasonCode: 'CLOUDTRAIL_METRIC_FILTER_NOT_VALID', Description: 'Metric filters are not valid.' }],
};

/** The findings of the demo, and one of each kind; of a control one more, with all that it may have. */
export function sampleFindings(): Record<string, unknown>[] {
  const demo = filesBelow([join(__dirname, '../demo/findings')]).flatMap((file) => readInputs(file).flatMap(({ findings }) => findings));
  const explained = control('first');
  explained.Compliance = { ...(explained.Compliance as object), ...EXPLAINED };
  return [...demo, ...SAMPLE_PROBLEMS.map((problem) => problem.finding('first')), explained] as Record<string, unknown>[];
}

const found = new Map<string, SentField[]>();

/** Of the samples; it takes two seconds, once. */
export function modelFields(trustText: readonly string[]): SentField[] {
  const key = trustText.join();
  const known = found.get(key) ?? fieldsOf(sampleFindings(), trustText);
  found.set(key, known);
  return known;
}

/** Each field of a finding is changed, then left out: what then differs in the brief was made of it. */
function fieldsOf(findings: readonly Record<string, unknown>[], trustText: readonly string[]): SentField[] {
  const from = new Map<string, Set<string>>();
  const words = new Map<string, Map<'text' | 'name', Set<string>>>();
  const examples = new Map<string, string>();
  for (const finding of findings) {
    const brief = briefs(finding, trustText);
    if (!brief) continue;
    for (const [field, value] of Object.entries(brief)) if (!examples.has(field)) examples.set(field, shown(value));
    for (const path of leaves(finding)) {
      for (const changed of [without(finding, path), altered(finding, path)]) {
        const other = briefs(changed, trustText);
        if (!other) continue;
        // Of another kind all is other: that says nothing of the fields.
        const fields = brief.kind === other.kind ? Object.keys({ ...brief, ...other }) : ['kind'];
        for (const field of fields)
          if (JSON.stringify(at(brief, field)) !== JSON.stringify(at(other, field)))
            from.set(field, (from.get(field) ?? new Set()).add(nameOf(path)));
      }
      for (const { kind, value, changed } of invented(finding, path)) {
        const other = briefs(changed, trustText);
        for (const field of Object.keys(other ?? {}))
          if (other?.kind === brief.kind && JSON.stringify(at(other, field)).includes(value)) {
            const its = words.get(field) ?? new Map<'text' | 'name', Set<string>>();
            words.set(field, its.set(kind, (its.get(kind) ?? new Set()).add(productOf(finding))));
          }
      }
    }
  }
  return Object.keys(BRIEF).map((field) => ({
    field,
    meaning: MEANINGS[field as keyof Brief] ?? '',
    from: [...(from.get(field) ?? [])].sort(),
    example: examples.get(field) ?? '',
    words: wordsOf(field, examples.has(field), words.get(field)),
  }));
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
  return { findings: findings.length, values, seen };
}

function wordsOf(field: string, tried: boolean, arrived: ReadonlyMap<'text' | 'name', ReadonlySet<string>> | undefined): Words {
  if (field === ('phrase' satisfies keyof Brief)) return { kind: 'phrasebook', of: [] };
  if (!tried) return { kind: 'untried', of: [] };
  const kind = arrived?.has('text') ? 'text' : arrived?.has('name') ? 'name' : 'closed';
  return { kind, of: kind === 'closed' ? [] : [...(arrived?.get(kind) ?? [])].sort() };
}

/** What nobody but an attacker would write there. */
const SENTENCE = 'Quiet boats carry some salt along the coast.';

/** The finding with a sentence in the place of a value; and with a name of the same form as the value, that nobody knows. */
function invented(finding: unknown, path: Step[]): { kind: 'text' | 'name'; value: string; changed: unknown }[] {
  const leaf = valueAt(finding, path);
  if (typeof leaf !== 'string') return [];
  return [
    { kind: 'text' as const, value: SENTENCE },
    { kind: 'name' as const, value: `${leaf}${/[a-z]$/.test(leaf) ? 'quay' : 'QUAY'}` },
  ].map((each) => ({ ...each, changed: changedAt(finding, path, () => each.value) }));
}

const productOf = (finding: unknown): string => parseFinding(finding).product;

const valueAt = (finding: unknown, path: Step[]): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<Step, unknown>)[step], finding);

const at = (brief: Brief, field: string): unknown => (brief as unknown as Record<string, unknown>)[field];

/** undefined for what is no finding any more. */
function briefs(raw: unknown, trustText: readonly string[]): Brief | undefined {
  try {
    const finding = parseFinding(raw);
    return briefOf(finding, officialText(finding), trustText);
  } catch {
    return undefined;
  }
}

function leaves(value: unknown, path: Step[] = []): Step[][] {
  if (Array.isArray(value)) return value.flatMap((each, index) => leaves(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]));
}

function without(value: unknown, path: Step[]): unknown {
  return changedAt(value, path, () => undefined);
}

function altered(value: unknown, path: Step[]): unknown {
  return changedAt(value, path, (leaf) =>
    typeof leaf === 'string' ? `x${leaf}` : typeof leaf === 'number' ? leaf + 1 : typeof leaf === 'boolean' ? !leaf : leaf,
  );
}

function changedAt(value: unknown, [step, ...rest]: Step[], change: (leaf: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? changedAt(each, rest, change) : each));
  const given = value as Record<string, unknown>;
  return { ...given, [step]: changedAt(given[String(step)], rest, change) };
}

/** `Resources[].Type` */
function nameOf(path: Step[]): string {
  return path.reduce<string>((name, step) => (typeof step === 'number' ? `${name}[]` : name === '' ? step : `${name}.${step}`), '');
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}
