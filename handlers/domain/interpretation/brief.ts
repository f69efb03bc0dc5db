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
import { accessFields } from './brief/access';
import { matching } from './brief/closed';
import { controlFields } from './brief/control';
import { dataFields } from './brief/data';
import { exposureFields } from './brief/exposure';
import type { Brief, OfficialText } from './brief/fields';
import { scannerCheck } from './brief/scanner-checks';
import { threatFields } from './brief/threat';
import { documentedTypes, inspectorFields, weaknessFields } from './brief/vulnerability';
import { RESOURCE_TYPES } from './resource-types';

export type { Brief, OfficialText };

/**
 * @param official of a control: AWS's newest wording of it, so that all its findings give the same brief.
 * @param trustText products (company/product) whose title and description the operator trusts; see settings.yaml.
 */
export function briefOf(finding: Finding, official: OfficialText | undefined, trustText: readonly string[]): Brief {
  return prune({ kind: finding.kind, resourceTypes: typesOf(finding), ...fieldsOf(finding, official, trustText) });
}

/** Without the words of a product that is trusted no longer: what was kept of it while it was stands in the ledger. */
export function briefTrusting(
  { kind, product, brief }: Pick<Finding, 'kind' | 'product'> & { brief: Brief },
  trustText: readonly string[],
): Brief {
  if (kind !== 'third-party' || trustText.includes(product)) return brief;
  const { title: _title, description: _description, ...others } = brief;
  return others;
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
  switch (finding.kind) {
    case 'control':
      return controlFields(finding, official);
    case 'guardduty':
      return threatFields(finding);
    case 'inspector':
      return inspectorFields(finding);
    case 'macie':
      return dataFields(finding);
    case 'access-analyzer':
      return accessFields(finding.particulars.access);
    case 'exposure':
      return exposureFields(finding, officialText(finding));
    case 'aws':
      return { product: finding.product, types: documentedTypes(finding.types) };
    case 'third-party': {
      const trusted = trustText.includes(finding.product) ? officialText(finding) : undefined;
      const [vulnerability] = finding.particulars.vulnerabilities ?? [];
      return {
        ...(vulnerability ? weaknessFields(vulnerability) : {}),
        product: matching(finding.product, /^[a-z][a-z0-9.-]{1,40}\/[a-z][a-z0-9.-]{1,40}$/),
        check: scannerCheck(finding.generatorId),
        types: documentedTypes(finding.types),
        title: trusted?.title,
        description: trusted?.description,
      };
    }
  }
}

/** AWS's own products name types that the list lacks yet; of importers only those on the list are more than their words. */
function typesOf(finding: Finding): string[] {
  const known = (type: string) =>
    finding.provenance === 'aws' ? /^(Aws[A-Z][A-Za-z0-9]{1,60}|Container|Other)$/.test(type) : RESOURCE_TYPES.has(type);
  return [...new Set(finding.resources.map((resource) => resource.type))].filter(known).sort().slice(0, 8);
}

/** Also the last gate: what identifies anybody goes no further, whichever field let it in. */
function prune(brief: Brief): Brief {
  const kept = Object.entries(brief).flatMap(([field, value]) => {
    const nameless = anonymous(field, value);
    return nameless === undefined ? [] : [[field, nameless]];
  });
  return Object.fromEntries(kept) as unknown as Brief;
}

function anonymous(field: string, value: Brief[keyof Brief]): Brief[keyof Brief] {
  // Families and names of types may together be as long as a key: each is looked at by itself.
  const names = (text: string) => (/^(?:threatType|types)$/.test(field) ? text.split('/') : [text]).some(identifies);
  if (typeof value === 'string') return names(value) ? undefined : value;
  if (!Array.isArray(value)) return value;
  const kept = value.filter((each) => !names(each));
  return kept.length > 0 ? kept : undefined;
}
