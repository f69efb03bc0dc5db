/**
 * What Security Hub holds: the findings of the events that were put, and what
 * BatchUpdateFindings made of them.
 */
import { isObject, type JsonObject, objects, text } from '../protocol/wire';
import { resets } from './finding-life';

export interface SavedFindings {
  asff: JsonObject[];
  ocsf: JsonObject[];
}

export type HubFindings = ReturnType<typeof createHubFindings>;

export function createHubFindings() {
  const asff = new Map<string, JsonObject>();
  const ocsf = new Map<string, JsonObject>();
  /** Keys by product and id. */
  const named = new Map<string, Set<string>>();
  const index = (key: string, { ProductArn, Id }: JsonObject) => {
    const name = `${text(ProductArn)} ${text(Id)}`;
    named.set(name, (named.get(name) ?? new Set()).add(key));
  };
  const putAsff = (incoming: JsonObject) => {
    const key = asffKey(incoming);
    const known = asff.get(key);
    // An event of earlier that comes late changes nothing.
    if (known && Date.parse(text(incoming.UpdatedAt)) < Date.parse(text(known.UpdatedAt))) return;
    asff.set(key, withPeoplesWork(incoming, known));
    index(key, incoming);
  };
  const putOcsf = (incoming: JsonObject) => {
    const key = ocsfKey(incoming);
    const known = ocsf.get(key);
    // Title Case statuses: a New that repeats an older event does not undo what was set since.
    const kept = known && incoming.status_id === 1 ? { status_id: known.status_id, status: known.status, comment: known.comment } : {};
    ocsf.set(key, { ...structuredClone(incoming), ...kept });
  };
  const put = (finding: JsonObject) => {
    if (typeof finding.Id === 'string' && typeof finding.ProductArn === 'string') putAsff(finding);
    else if (isObject(finding.finding_info)) putOcsf(finding);
  };
  return {
    /** Takes the findings of a Security Hub event, of either format; others leave it as it is. */
    put(event: JsonObject): void {
      const detail = isObject(event.detail) ? event.detail : {};
      for (const finding of objects(detail.findings)) put(finding);
    },
    asff: () => [...asff.values()],
    ocsf: () => [...ocsf.values()],
    /** All that BatchUpdateFindings means by an id and a product: a partner's may have the same id in several accounts. */
    findAsff: (id: unknown, productArn: unknown): JsonObject[] =>
      [...(named.get(`${text(productArn)} ${text(id)}`) ?? [])].flatMap((key) => (asff.has(key) ? [asff.get(key) as JsonObject] : [])),
    /** By metadata uid, or by account, finding and product. */
    findOcsf: ({ metadataUid, account, finding, product }: Record<string, unknown>): JsonObject | undefined =>
      metadataUid !== undefined
        ? ocsf.get(String(metadataUid))
        : [...ocsf.values()].find(
            (held) =>
              pathValue(held, 'cloud.account.uid') === account &&
              pathValue(held, 'finding_info.uid') === finding &&
              pathValue(held, 'metadata.product.uid') === product,
          ),
    save: (): SavedFindings => ({ asff: [...asff.values()], ocsf: [...ocsf.values()] }),
    restore(saved: SavedFindings): void {
      for (const finding of saved.asff) {
        asff.set(asffKey(finding), finding);
        index(asffKey(finding), finding);
      }
      for (const finding of saved.ocsf) ocsf.set(ocsfKey(finding), finding);
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

function stateOf(finding: JsonObject): { workflow: string; recordState: string; compliance: string } {
  return { workflow: workflow(finding), recordState: text(finding.RecordState), compliance: compliance(finding) };
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
