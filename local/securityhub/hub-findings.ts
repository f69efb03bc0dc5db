/**
 * What Security Hub holds: the findings of the events that were put, and what
 * BatchImportFindings and BatchUpdateFindings made of them, until Security Hub deletes them.
 */
import { isObject, type JsonObject, objects, text } from '../protocol/wire';
import { deletedAt, type FindingState, resets } from './finding-life';

export interface HubFindings {
  /** Takes the findings of a Security Hub event, of either format; others leave it as it is. */
  put(event: JsonObject): void;
  /** The clock by which findings are deleted, in epoch milliseconds. */
  now(): number;
  asff(): JsonObject[];
  ocsf(): JsonObject[];
  /** The one of this account, product and id, in ASFF. */
  same(finding: JsonObject): JsonObject | undefined;
  /** The finding as it is from now on: it was processed now. */
  keep(finding: JsonObject): void;
  /** All that BatchUpdateFindings means by an id and a product: a partner's may have the same id in several accounts. */
  findAsff(id: unknown, productArn: unknown): JsonObject[];
  /** By metadata uid, or by account, finding and product. */
  findOcsf(identifier: { metadataUid?: unknown; account?: unknown; finding?: unknown; product?: unknown }): JsonObject | undefined;
  save(): SavedFindings;
  restore(saved: SavedFindings): void;
}

export interface SavedFindings {
  asff: JsonObject[];
  ocsf: JsonObject[];
  /** By key; the state of an earlier version has none. */
  times?: Record<string, Times>;
}

interface Times {
  /** When Security Hub took an import or an update of it last. */
  processed: number;
  /** When an event told of it last. */
  heard?: number;
}

/** @param now epoch milliseconds. */
export function createHubFindings(now: () => number = Date.now): HubFindings {
  const asff = new Map<string, JsonObject>();
  const ocsf = new Map<string, JsonObject>();
  /** Keys by product and id. */
  const named = new Map<string, Set<string>>();
  const index = (key: string, finding: JsonObject) => {
    const name = nameOf(finding);
    named.set(name, (named.get(name) ?? new Set()).add(key));
  };
  const times = new Map<string, Times>();
  /** Before this instant none is deleted. */
  let next = Number.POSITIVE_INFINITY;
  const keep = (finding: JsonObject, heard?: number) => {
    const key = keyOf(finding);
    const known = { processed: now(), heard: heard ?? times.get(key)?.heard };
    times.set(key, known);
    next = Math.min(next, deletion(finding, known));
    (isAsff(finding) ? asff : ocsf).set(key, finding);
    if (isAsff(finding)) index(key, finding);
  };
  /** No event tells of a deletion. */
  const alive = (wanted: Map<string, JsonObject>) => {
    if (now() < next) return wanted;
    next = Number.POSITIVE_INFINITY;
    for (const held of [asff, ocsf])
      for (const [key, finding] of held) {
        const at = deletion(finding, times.get(key) ?? { processed: now() });
        if (at > now()) {
          next = Math.min(next, at);
          continue;
        }
        held.delete(key);
        times.delete(key);
        named.get(nameOf(finding))?.delete(key);
      }
    return wanted;
  };
  const putAsff = (incoming: JsonObject) => {
    const key = asffKey(incoming);
    const known = alive(asff).get(key);
    // An event of earlier that comes late changes nothing.
    if (known && Date.parse(text(incoming.UpdatedAt)) < Date.parse(text(known.UpdatedAt))) return;
    keep(withPeoplesWork(incoming, known), now());
  };
  const putOcsf = (incoming: JsonObject) => {
    const known = alive(ocsf).get(ocsfKey(incoming));
    // Title Case statuses: a New that repeats an older event does not undo what was set since.
    const kept = known && incoming.status_id === 1 ? { status_id: known.status_id, status: known.status, comment: known.comment } : {};
    keep({ ...structuredClone(incoming), ...kept }, now());
  };
  const put = (finding: JsonObject) => {
    if (isAsff(finding)) putAsff(finding);
    else if (isObject(finding.finding_info)) putOcsf(finding);
  };
  return {
    /** Takes the findings of a Security Hub event, of either format; others leave it as it is. */
    put(event: JsonObject): void {
      const detail = isObject(event.detail) ? event.detail : {};
      for (const finding of objects(detail.findings)) put(finding);
    },
    now,
    asff: () => [...alive(asff).values()],
    ocsf: () => [...alive(ocsf).values()],
    same: (finding) => alive(asff).get(asffKey(finding)),
    keep: (finding) => keep(finding),
    findAsff(id, productArn) {
      const held = alive(asff);
      return [...(named.get(nameOf({ ProductArn: productArn, Id: id })) ?? [])].map((key) => held.get(key)).filter(isObject);
    },
    findOcsf: ({ metadataUid, account, finding, product }) =>
      metadataUid !== undefined
        ? alive(ocsf).get(String(metadataUid))
        : [...alive(ocsf).values()].find(
            (held) =>
              pathValue(held, 'cloud.account.uid') === account &&
              pathValue(held, 'finding_info.uid') === finding &&
              pathValue(held, 'metadata.product.uid') === product,
          ),
    save: () => ({ asff: [...asff.values()], ocsf: [...ocsf.values()], times: Object.fromEntries(times) }),
    restore(saved) {
      for (const finding of [...saved.asff, ...saved.ocsf]) keep(finding, now());
      for (const [key, known] of Object.entries(saved.times ?? {})) times.set(key, known);
      next = now();
    },
  };
}

/**
 * A product's update never touches workflow or note; Security Hub itself resets
 * NOTIFIED and RESOLVED to NEW when the finding becomes active or fails again.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
function withPeoplesWork(incoming: JsonObject, known: JsonObject | undefined): JsonObject {
  const finding = structuredClone(incoming);
  if (!known || workflow(incoming) !== 'NEW') return finding;
  if (resets(stateOf(known), stateOf(incoming))) return finding;
  finding.Workflow = known.Workflow;
  if (known.Note !== undefined) finding.Note = known.Note;
  return finding;
}

function workflow(finding: JsonObject): string {
  return isObject(finding.Workflow) ? text(finding.Workflow.Status) : 'NEW';
}

function compliance(finding: JsonObject): string {
  return isObject(finding.Compliance) ? text(finding.Compliance.Status) : '';
}

/** What of a finding in ASFF decides how it lives. */
export function stateOf(finding: JsonObject): FindingState {
  return { workflow: workflow(finding), recordState: text(finding.RecordState), compliance: compliance(finding) };
}

/**
 * When it is deleted. What an event told of was alive when it told, however old it says it is: a recorded finding that is
 * played again is not deleted before it was heard of.
 */
function deletion(finding: JsonObject, { processed: processedAt, heard = 0 }: Times): number {
  const control = text(finding.ProductArn).endsWith('product/aws/securityhub');
  const closed = finding.RecordState === 'ARCHIVED' || finding.activity_name === 'Close';
  const updated = isAsff(finding) ? Date.parse(text(finding.UpdatedAt)) : Number(pathValue(finding, 'finding_info.modified_time'));
  const updatedAt = Math.max(heard, Number.isNaN(updated) ? processedAt : updated);
  return deletedAt({ recordState: closed ? 'ARCHIVED' : 'ACTIVE', updatedAt, processedAt, control });
}

function keyOf(finding: JsonObject): string {
  return isAsff(finding) ? asffKey(finding) : ocsfKey(finding);
}

function isAsff(finding: JsonObject): boolean {
  return typeof finding.Id === 'string' && typeof finding.ProductArn === 'string';
}

function nameOf({ ProductArn, Id }: JsonObject): string {
  return `${text(ProductArn)} ${text(Id)}`;
}

/** Known by account, product and id. */
function asffKey({ AwsAccountId, ProductArn, Id }: JsonObject): string {
  return [AwsAccountId, ProductArn, Id].map(text).join(' ');
}

function ocsfKey(finding: JsonObject): string {
  const uid = pathValue(finding, 'metadata.uid');
  return uid !== undefined
    ? String(uid)
    : ['cloud.account.uid', 'finding_info.uid', 'metadata.product.uid'].map((path) => String(pathValue(finding, path))).join(' ');
}

/** The value at a dotted path of objects; undefined where the path ends early. */
export function pathValue(from: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), from);
}
