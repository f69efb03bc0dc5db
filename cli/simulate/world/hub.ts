/** Security Hub in memory: what was marked, and what people set meanwhile. */
import type { FindingReference, Hub, HubState } from '../../../handlers/ports';

export type Marked = FindingReference & { note?: string };

export class MemoryHub implements Hub {
  /** By format and id. */
  readonly states = new Map<string, HubState>();
  readonly marked: Marked[] = [];
  reads = 0;
  /** Called with what is about to be marked. */
  onMark: (findings: Marked[]) => void = () => undefined;
  /** Which findings it leaves unprocessed, and with which code. */
  refuses: (id: string) => string | undefined = () => undefined;

  async read(findings: FindingReference[]): Promise<HubState[]> {
    this.reads++;
    return findings.map(
      ({ format, id, productArn }) => this.states.get(`${format} ${id}`) ?? { id, format, productArn, workflow: 'NEW', hasNote: false },
    );
  }

  async markNotified(findings: Marked[]): Promise<{ id: string; reason: string }[]> {
    this.onMark(findings);
    const refused = findings.flatMap(({ id }) => {
      const code = this.refuses(id);
      return code ? [{ id, reason: `${code} ${code}: the finding was not updated.` }] : [];
    });
    const taken = findings.filter(({ id }) => !this.refuses(id));
    for (const { id, format, productArn, note } of taken)
      this.states.set(`${format} ${id}`, { id, format, productArn, workflow: 'NOTIFIED', hasNote: note !== undefined });
    this.marked.push(...taken);
    return refused;
  }
}
