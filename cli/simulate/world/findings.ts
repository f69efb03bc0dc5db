/** The findings that Security Hub holds, in memory. One is known by its format, account, product and id, never by its id alone. */
import { deletedAt, resets } from '../../../local/securityhub/finding-life';

export interface Held {
  format: 'asff' | 'ocsf';
  account: string;
  productArn: string;
  /** Id; of the new Security Hub finding_info.uid. */
  id: string;
  metadataUid?: string;
  region: string;
  /** As Security Hub names it: NEW, NOTIFIED, …; of the new one the status in capitals. */
  workflow: string;
  hasNote: boolean;
  recordState: string;
  compliance: string;
  control: boolean;
  updatedAt: number;
  /** Of an event that was observed: its time and id, which order events of one update. */
  sent?: string;
  processedAt: number;
  /** As its importer sent it last. */
  finding: Json;
  note?: string;
}
export type Json = Readonly<Record<string, unknown>>;

/** What the new Security Hub calls a workflow, in capitals, as adapters read it. */
export const IN_PROGRESS = 'IN PROGRESS';

export class Findings {
  private readonly byName = new Map<string, Held>();
  private readonly byId = new Map<string, Held[]>();

  constructor(private readonly now: () => number) {}

  /** The same finding: also one of the same id from another account or product is another. */
  same(finding: Held): Held | undefined {
    const held = this.byName.get(nameOf(finding));
    if (!held || deletedAt(held) > this.now()) return held;
    this.forget(held);
    return undefined;
  }

  keep(finding: Held): void {
    const held = this.same(finding);
    if (held) {
      Object.assign(held, finding);
      return;
    }
    this.byName.set(nameOf(finding), finding);
    for (const key of keysOf(finding)) {
      const others = this.byId.get(key);
      if (others) others.push(finding);
      else this.byId.set(key, [finding]);
    }
  }

  /** All that have this id in this field, whoever imported them: Id and finding_info.uid are chosen by importers. */
  withId(field: 'Id' | 'metadata.uid' | 'finding_info.uid', id: string): Held[] {
    return (this.byId.get(`${field} ${id}`) ?? []).filter((held) => this.same(held));
  }

  /** Whether any is of this account. */
  hasOf(format: Held['format'], account: string): boolean {
    return [...this.byName.values()].some((held) => held.format === format && held.account === account && this.same(held));
  }

  private forget(held: Held): void {
    this.byName.delete(nameOf(held));
    for (const key of keysOf(held)) {
      const left = (this.byId.get(key) ?? []).filter((other) => other !== held);
      if (left.length > 0) this.byId.set(key, left);
      else this.byId.delete(key);
    }
  }
}

/** As it is after this update: what people set stays, unless Security Hub resets it. */
export function updated(held: Held | undefined, update: Held): Held {
  if (!held) return update;
  const workflow = resets(held, update) ? 'NEW' : held.workflow;
  return { ...update, workflow, hasNote: held.hasNote, note: held.note };
}

/** Reads a finding of either format as far as Security Hub itself goes by it. undefined: it is none. */
export function heldOf(finding: unknown, processedAt: number): Held | undefined {
  if (!isJson(finding)) return undefined;
  const at = (...path: string[]) => path.reduce<unknown>((value, key) => (isJson(value) ? value[key] : undefined), finding);
  const text = (...path: string[]) => String(at(...path) ?? '');
  if (at('finding_info', 'uid') !== undefined) {
    return {
      format: 'ocsf',
      account: text('cloud', 'account', 'uid'),
      productArn: text('metadata', 'product', 'uid'),
      id: text('finding_info', 'uid'),
      ...(at('metadata', 'uid') === undefined ? {} : { metadataUid: text('metadata', 'uid') }),
      region: text('cloud', 'region'),
      workflow: text('status').toUpperCase() || 'NEW',
      hasNote: at('comment') !== undefined,
      recordState: text('activity_name') === 'Close' ? 'ARCHIVED' : 'ACTIVE',
      compliance: { Pass: 'PASSED', Fail: 'FAILED' }[text('compliance', 'status')] ?? '',
      control: false,
      updatedAt: Number(at('finding_info', 'modified_time') ?? at('time') ?? processedAt),
      processedAt,
      finding,
    };
  }
  if (typeof at('Id') !== 'string' || typeof at('ProductArn') !== 'string') return undefined;
  const updatedAt = Date.parse(text('UpdatedAt'));
  return {
    format: 'asff',
    account: text('AwsAccountId'),
    productArn: text('ProductArn'),
    id: text('Id'),
    region: text('Region'),
    workflow: text('Workflow', 'Status') || 'NEW',
    hasNote: at('Note') !== undefined,
    recordState: text('RecordState') || 'ACTIVE',
    compliance: text('Compliance', 'Status'),
    control: text('ProductArn').endsWith('product/aws/securityhub'),
    updatedAt: Number.isNaN(updatedAt) ? processedAt : updatedAt,
    processedAt,
    finding,
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function nameOf({ format, account, productArn, id, metadataUid = '' }: Held): string {
  return [format, account, productArn, id, metadataUid].join(' ');
}

function keysOf({ format, id, metadataUid }: Held): string[] {
  if (format === 'asff') return [`Id ${id}`];
  return [`finding_info.uid ${id}`, ...(metadataUid === undefined ? [] : [`metadata.uid ${metadataUid}`])];
}
