/** Security Hub in memory: what was marked, and what people set meanwhile. */
import type { FindingReference, Hub, HubState, RefusedMark } from '../../../handlers/ports';

export type Marked = FindingReference & { note?: string };

export class MemoryHub implements Hub {
  private readonly held = new Map<string, HubState>();
  readonly marked: Marked[] = [];
  reads = 0;
  /** Called with what is about to be marked. */
  onMark: (findings: Marked[]) => void = () => undefined;
  /** Which findings it leaves unprocessed, and with which code. */
  refuses: (id: string) => string | undefined = () => undefined;

  /** From now on it answers so for this finding, also where only its id and product were asked for. */
  hold(state: HubState): void {
    this.held.set(nameOf(state), state);
  }

  /** As GetFindings does by Id and ProductArn: another account's finding with both the same is in the answer. */
  async read(findings: FindingReference[]): Promise<HubState[]> {
    this.reads++;
    const asked = new Set(findings.map(nameOf));
    const strangers = [...this.held.values()].filter(
      (held) => !asked.has(nameOf(held)) && findings.some(({ id, productArn }) => held.id === id && held.productArn === productArn),
    );
    return [...findings.map((finding) => this.held.get(nameOf(finding)) ?? unmarked(finding)), ...strangers];
  }

  async markNotified(findings: Marked[]): Promise<RefusedMark[]> {
    this.onMark(findings);
    const refused = findings.flatMap(({ id, productArn }) => {
      const code = this.refuses(id);
      return code ? [{ id, productArn, reason: `${code} ${code}: the finding was not updated.` }] : [];
    });
    const taken = findings.filter(({ id }) => !this.refuses(id));
    for (const finding of taken) this.hold({ ...unmarked(finding), workflow: 'NOTIFIED', hasNote: finding.note !== undefined });
    this.marked.push(...taken);
    return refused;
  }
}

function unmarked({ id, format, productArn, accountId }: FindingReference): HubState {
  return { id, format, productArn, accountId, workflow: 'NEW', hasNote: false };
}

function nameOf({ format, accountId, productArn, id }: FindingReference | HubState): string {
  return [format, accountId, productArn, id].join(' ');
}
