/**
 * Security Hub in memory: a small model of both. Findings come by the events that tests send, or are imported, in which
 * case their events come from here; what is marked, and what people set, changes them.
 */
import { type Importer, importIgnored, importRefusal } from '../../../local/securityhub/finding-life';
import { securityHubRates } from '../../../local/protocol/rated';
import { parseFinding } from '../../../handlers/domain/finding/event';
import type { FindingReference, Hub, HubState, RefusedMark } from '../../../handlers/ports';
import { Findings, type Held, heldOf, IN_PROGRESS, updated } from './findings';
import { awsError } from './limits';

export type Marked = FindingReference & { note?: string };

export interface HubOptions {
  now: () => number;
  /** The Region whose hub it is: Security Hub fills it in. */
  region: string;
  /** See limits.ts. */
  hubRates: boolean;
  hubEvents: boolean;
  /** Takes an event that Security Hub sends. */
  emit(event: object): void;
}

/** GetFindings takes 20 values of an attribute. */
const VALUES = 20;

export class MemoryHub implements Hub {
  readonly marked: Marked[] = [];
  reads = 0;
  /** Calls that the rates turned away. */
  throttled = 0;
  /** Called with what is about to be marked. */
  onMark: (findings: Marked[]) => void = () => undefined;
  /** Which findings it leaves unprocessed, and with which code. */
  refuses: (id: string) => string | undefined = () => undefined;
  private readonly findings: Findings;
  private readonly room: (operation: string) => boolean;
  private coming: { at: number; held: Held }[] = [];
  private sorted = true;
  private events = 0;

  constructor(private readonly options: HubOptions) {
    const { now } = options;
    this.findings = new Findings(now);
    this.room = securityHubRates(now);
  }

  /** What an event says of its findings: Security Hub knows it from the event's own time on, however late the event comes. */
  observe(event: object, at: number): void {
    const { detail, time = '', id = '' } = event as { detail?: { findings?: unknown }; time?: string; id?: string };
    for (const finding of Array.isArray(detail?.findings) ? detail.findings : []) {
      const held = heldOf(finding, at);
      if (!held) continue;
      this.coming.push({ at: Math.min(at, Date.parse(time) || at), held: { ...held, sent: `${time} ${id}` } });
      this.sorted = false;
    }
  }

  /**
   * BatchImportFindings, of one finding. It is created or updated by its id; what people set stays; an UpdatedAt that is not
   * later is ignored without an error; a suppressed one is not updated. Else an event tells of it.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
   * @returns why it was not taken.
   */
  import(importer: Importer, finding: object): string | undefined {
    this.catchUp();
    const { now, region } = this.options;
    const sent = heldOf({ ...finding, Region: region, ProcessedAt: new Date(now()).toISOString() }, now());
    if (sent?.format !== 'asff') return 'InvalidInput: it is no finding in ASFF.';
    const refusal = importRefusal(importer, { accountId: sent.account, productArn: sent.productArn });
    if (refusal) return `InvalidAccess: ${refusal}`;
    const held = this.findings.same(sent);
    if (held && importIgnored(held, sent)) return undefined;
    const next = updated(held, sent);
    // Security Hub resolves its own control findings when they pass.
    this.findings.keep(next.control && next.compliance === 'PASSED' ? { ...next, workflow: 'RESOLVED' } : next);
    this.emit(next);
    return undefined;
  }

  /** BatchUpdateFindings by a person. UpdatedAt stays. @returns how many findings have this id and product: there may be several. */
  update(of: { id: string; productArn: string }, change: { workflow?: string; note?: string }): number {
    this.catchUp();
    const found = this.findings.withId('Id', of.id).filter(({ productArn }) => productArn === of.productArn);
    for (const held of found) this.change(held, change.workflow ?? held.workflow, change.note);
    return found.length;
  }

  /** As GetFindings answers the adapter: by ids alone, so strangers come too; all pages. */
  async read(findings: FindingReference[]): Promise<HubState[]> {
    this.reads++;
    this.catchUp();
    const states: HubState[] = [];
    for (const [field, of] of [
      ['Id', ({ format }) => format === 'asff'],
      ['metadata.uid', ({ format, byFindingInfo }) => format === 'ocsf' && !byFindingInfo],
      ['finding_info.uid', ({ format, byFindingInfo }) => format === 'ocsf' && byFindingInfo === true],
    ] as ['Id' | 'metadata.uid' | 'finding_info.uid', (finding: FindingReference) => boolean][]) {
      const ids = findings.filter(of).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += VALUES) {
        this.turn(field === 'Id' ? 'GetFindings' : 'GetFindingsV2');
        const found = [...new Set(ids.slice(from, from + VALUES))].flatMap((id) =>
          this.findings.withId(field, id).map((held) => ({ id, held })),
        );
        for (const { id, held } of found) states.push(stateOf(id, held));
      }
    }
    return states;
  }

  /** BatchUpdateFindings knows a finding by its id and product; the new one by its uid, or by account, id and product. */
  async markNotified(findings: Marked[]): Promise<RefusedMark[]> {
    this.onMark(findings);
    this.catchUp();
    for (const format of new Set(findings.map((each) => each.format)))
      this.turn(format === 'asff' ? 'BatchUpdateFindings' : 'BatchUpdateFindingsV2');
    const refused: RefusedMark[] = [];
    for (const finding of findings) {
      const found = this.meant(finding);
      const code = this.refuses(finding.id) ?? (found.length > 0 ? undefined : 'FindingNotFound');
      if (code) {
        refused.push({ id: finding.id, productArn: finding.productArn, reason: code });
        continue;
      }
      for (const held of found) this.change(held, finding.format === 'asff' ? 'NOTIFIED' : IN_PROGRESS, finding.note);
      this.marked.push(finding);
    }
    return refused;
  }

  private meant({ format, byFindingInfo, id, productArn, accountId }: FindingReference): Held[] {
    if (format === 'asff') return this.findings.withId('Id', id).filter((held) => held.productArn === productArn);
    if (!byFindingInfo) return this.findings.withId('metadata.uid', id);
    return this.findings.withId('finding_info.uid', id).filter((held) => held.productArn === productArn && held.account === accountId);
  }

  private change(held: Held, workflow: string, note: string | undefined): void {
    held.workflow = workflow;
    held.processedAt = this.options.now();
    if (note !== undefined) Object.assign(held, { note, hasNote: true });
    if (this.options.hubEvents) this.emit(held);
  }

  /** What has come by now. An event that repeats NEW does not undo a mark that it does not know of yet. */
  private catchUp(): void {
    if (this.coming.length === 0) return;
    if (!this.sorted) this.coming.sort((a, b) => a.at - b.at);
    this.sorted = true;
    const now = this.options.now();
    const later = this.coming.findIndex(({ at }) => at > now);
    for (const { held: sent } of this.coming.splice(0, later === -1 ? this.coming.length : later)) {
      const held = this.findings.same(sent);
      // Queues keep no order: what happened before changes nothing, also where it comes after.
      if (held && (sent.updatedAt < held.updatedAt || (sent.updatedAt === held.updatedAt && (sent.sent ?? '') < (held.sent ?? ''))))
        continue;
      const marked = sent.workflow === 'NEW' && (held?.workflow === 'NOTIFIED' || held?.workflow === IN_PROGRESS);
      this.findings.keep(marked ? updated(held, sent) : sent);
    }
  }

  private turn(operation: string): void {
    if (!this.options.hubRates || this.room(operation)) return;
    this.throttled++;
    throw awsError('ThrottlingException', `Rate exceeded: ${operation}`);
  }

  private emit(held: Held): void {
    const { format, finding } = held;
    const { now, region, emit } = this.options;
    emit({
      version: '0',
      id: `hub-${String(++this.events).padStart(8, '0')}`,
      'detail-type': format === 'asff' ? 'Security Hub Findings - Imported' : 'Findings Imported V2',
      source: 'aws.securityhub',
      account: '222222222222',
      time: new Date(now()).toISOString(),
      region,
      resources: [],
      detail: { findings: [{ ...finding, ...peoplesPart(held) }] },
    });
  }
}

function stateOf(id: string, held: Held): HubState {
  const { format, productArn, workflow, hasNote } = held;
  const finding = parseFinding({ ...held.finding, ...peoplesPart(held) });
  return { id, format, accountId: finding.accountId, productArn, workflow, hasNote, finding };
}

/** What people and marks set, as Security Hub answers and sends it. */
function peoplesPart({ format, workflow, note }: Held): object {
  return format === 'ocsf'
    ? { status: workflow === IN_PROGRESS ? 'In Progress' : workflow.charAt(0) + workflow.slice(1).toLowerCase(), comment: note }
    : { Workflow: { Status: workflow }, ...(note === undefined ? {} : { Note: { Text: note } }) };
}
