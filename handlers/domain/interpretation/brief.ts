/**
 * The brief is all that the model ever sees of a finding: an allow-list of fields, named one by one for each kind
 * of product, each of a closed vocabulary or of AWS's own text. So no identifier leaves, nothing that an attacker
 * can choose arrives, equal problems ask once, and whatever the answer adds is known to be invented.
 */
import { type Finding, UNTITLED } from '../finding/finding';
import type { Phrase } from '../phrasebook/phrase';
import { canonical, hash } from '../text/identity';
import { identifies, namesItsOwner } from './identifying';
import { cut } from '../text/inert';
import { documentedType } from './finding-types';
import { RESOURCE_TYPES } from './resource-types';
import { threatType } from '../finding/threat-type';

/** Flat, sorted when serialized, absent where unknown. */
export interface Brief {
  kind: Finding['kind'];
  product?: string;
  control?: string;
  title?: string;
  description?: string;
  parameters?: Record<string, string>;
  statusReasons?: string[];
  resourceTypes?: string[];
  types?: string[];
  threatType?: string;
  actionType?: string;
  direction?: string;
  port?: string;
  protocol?: string;
  api?: string;
  cve?: string;
  /** Of Windows, which mends several weaknesses. */
  update?: string;
  score?: number;
  vector?: string;
  ecosystem?: string;
  fixAvailable?: string;
  exploitAvailable?: string;
  dataCategories?: string[];
  public?: boolean;
  shared?: boolean;
  encrypted?: boolean;
  actions?: string[];
  principalKind?: string;
  /** What this project says of such findings, in the reader's language: the answer is to say more. */
  phrase?: Pick<Phrase, 'id' | 'headline' | 'meaning' | 'impact' | 'steps'>;
}

export interface OfficialText {
  title: string;
  description: string;
}

/**
 * @param official of a control: AWS's newest wording of it, so that all its findings give the same brief.
 * @param trustText products (company/product) whose title and description the operator trusts; see settings.yaml.
 */
export function briefOf(finding: Finding, official: OfficialText | undefined, trustText: readonly string[]): Brief {
  return prune({ kind: finding.kind, resourceTypes: typesOf(finding), ...fieldsOf(finding, official, trustText) });
}

/** With what the phrasebook says of such findings; words of whoever deploys are not shown to the model: they may name anybody. */
export function briefWith(brief: Brief, phrase: Phrase | undefined): Brief {
  if (!phrase || phrase.own) return brief;
  const { id, headline, meaning, impact, steps } = phrase;
  return { ...brief, phrase: { id, headline, meaning, impact, steps } };
}

/** The same brief, in the same words, is the same hash. */
export function briefHash(brief: Brief): string {
  return hash(canonical(brief));
}

/** How much of a title and a description the model is shown, in characters. */
const TITLE = 300;
const DESCRIPTION = 1500;
/** What is read beyond that before it is cut: an identifier may stand across the cut. */
const BEYOND = 2048;

/** A title and description that may be shown to the model: none where they hold an identifier. */
export function officialText(finding: Finding): OfficialText | undefined {
  const title = finding.title.slice(0, TITLE + BEYOND);
  const description = finding.description.slice(0, DESCRIPTION + BEYOND);
  const safe = (text: string) => !identifies(text) && !namesItsOwner(text, finding);
  // A control's wording serves all its findings: it must be one.
  if (!title || title === UNTITLED || !safe(title)) return undefined;
  return { title: cut(title, TITLE), description: safe(description) ? cut(description, DESCRIPTION) : '' };
}

function fieldsOf(finding: Finding, official: OfficialText | undefined, trustText: readonly string[]): Partial<Brief> {
  const { particulars } = finding;
  switch (finding.kind) {
    case 'control':
      return {
        control: matching(finding.controlId, /^[A-Za-z0-9.]{1,40}$/),
        title: official?.title,
        description: official?.description,
        parameters: parametersOf(particulars.parameters),
        statusReasons: particulars.statusReasons?.filter((code) => /^[A-Z][A-Z_]{2,60}$/.test(code)).sort(),
      };
    case 'guardduty': {
      const threat = particulars.threat ?? {};
      return {
        threatType: matching(threatType(finding), /^[A-Z][A-Za-z]{2,40}:[A-Z][A-Za-z0-9]{1,40}[-/.][A-Za-z0-9.&!-]{2,80}$/),
        actionType: matching(threat.actionType, /^[A-Z][A-Z_]{2,40}$/),
        direction: matching(threat.direction, /^(INBOUND|OUTBOUND|UNKNOWN)$/),
        // Ephemeral ports say nothing and would make each brief another.
        port: Number(threat.port) < 32768 ? matching(threat.port, /^\d{1,5}$/) : undefined,
        protocol: matching(threat.protocol, /^(TCP|UDP|ICMP|[0-9]{1,3})$/i),
        api: matching(threat.api, /^(?!GeneratedFinding)[A-Z][A-Za-z0-9]{2,60}$/),
      };
    }
    case 'inspector': {
      const [vulnerability] = particulars.vulnerabilities ?? [];
      if (!vulnerability) return { types: knownTypes(finding.types) };
      return {
        cve: matching(vulnerability.id, /^CVE-\d{4}-\d{4,7}$/),
        update: matching(vulnerability.id, /^KB\d{6,8}$/),
        score: vulnerability.score !== undefined && vulnerability.score >= 0 && vulnerability.score <= 10 ? vulnerability.score : undefined,
        vector: matching(vulnerability.vector, /^(CVSS:\d\.\d\/)?([A-Z]{1,3}:[A-Z]\/?){4,30}$/i),
        ecosystem: matching(vulnerability.ecosystem, /^[A-Z0-9_]{2,30}$/i),
        fixAvailable: matching(vulnerability.fixAvailable, /^(YES|NO|PARTIAL)$/),
        exploitAvailable: matching(vulnerability.exploitAvailable, /^(YES|NO)$/),
      };
    }
    case 'macie':
      return {
        types: finding.types.filter((type) =>
          /^(?:[A-Za-z ]{3,40}\/)*(?:Policy|SensitiveData):[A-Za-z0-9]{2,30}[/-][A-Za-z0-9]{2,60}$/.test(type),
        ),
        dataCategories: particulars.data?.categories?.filter((category) => /^[A-Z][A-Z_]{2,40}$/.test(category)),
        public: particulars.data?.public,
        shared: particulars.data?.shared,
        encrypted: particulars.data?.encrypted,
      };
    case 'access-analyzer':
      return {
        actions: particulars.access?.actions?.filter((action) => /^[a-z0-9-]{2,30}:[A-Z][A-Za-z]{2,60}$/.test(action)).slice(0, 30),
        principalKind: matching(particulars.access?.principalKind, /^(AWS|CanonicalUser|Federated|Service|Everyone)$/),
        public: particulars.access?.public,
      };
    case 'exposure':
      return { types: knownTypes(finding.types) };
    case 'aws':
      return { product: finding.product, types: knownTypes(finding.types) };
    case 'third-party': {
      const trusted = trustText.includes(finding.product) ? officialText(finding) : undefined;
      return {
        product: matching(finding.product, /^[a-z][a-z0-9.-]{1,40}\/[a-z][a-z0-9.-]{1,40}$/),
        types: [...new Set(finding.types.flatMap((type) => documentedType(type) ?? []))].slice(0, 5),
        title: trusted?.title,
        description: trusted?.description,
      };
    }
  }
}

/** Of AWS's own products: the namespaces of ASFF's types, and below them short plain words, which AWS wrote. */
const NAMESPACE =
  /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[A-Za-z][A-Za-z &:.-]{1,59}){0,2}$/;

function knownTypes(types: readonly string[]): string[] {
  return types.filter((type) => NAMESPACE.test(type)).slice(0, 5);
}

/** Numbers and switches only: a parameter's text may be a name that the customer chose. */
function parametersOf(parameters: Record<string, string> | undefined): Record<string, string> | undefined {
  const plain = Object.entries(parameters ?? {}).filter(
    ([name, value]) => /^[A-Za-z]{2,60}$/.test(name) && /^(\d{1,6}|true|false)$/.test(value),
  );
  return plain.length > 0 ? Object.fromEntries(plain) : undefined;
}

/** AWS's own products name types that the list lacks yet; of importers only those on the list are more than their words. */
function typesOf(finding: Finding): string[] {
  const known = (type: string) =>
    finding.provenance === 'aws' ? /^(Aws[A-Z][A-Za-z0-9]{1,60}|Container|Other)$/.test(type) : RESOURCE_TYPES.has(type);
  return [...new Set(finding.resources.map((resource) => resource.type))].filter(known).sort().slice(0, 8);
}

function matching(value: string | undefined, pattern: RegExp): string | undefined {
  return value !== undefined && pattern.test(value) ? value : undefined;
}

/** Also the last gate: what identifies anybody goes no further, whichever field let it in. */
function prune(brief: Brief): Brief {
  const kept = Object.entries(brief).flatMap(([field, value]) => {
    const nameless = anonymous(value);
    return nameless === undefined ? [] : [[field, nameless]];
  });
  return Object.fromEntries(kept) as unknown as Brief;
}

function anonymous(value: Brief[keyof Brief]): Brief[keyof Brief] {
  if (typeof value === 'string') return identifies(value) ? undefined : value;
  if (!Array.isArray(value)) return value;
  const kept = value.filter((each) => !identifies(each));
  return kept.length > 0 ? kept : undefined;
}
