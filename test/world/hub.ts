/** Security Hub in memory: what was marked, and what people set meanwhile. */
import type { FindingReference, Hub, HubState } from '../../handlers/ports';

export type Marked = FindingReference & { note?: string };

export class MemoryHub implements Hub {
  /** By format and id. */
  readonly states = new Map<string, HubState>();
  readonly marked: Marked[] = [];
  reads = 0;
  /** Called with what is about to be marked. */
  onMark: (findings: Marked[]) => void = () => undefined;

  async read(findings: FindingReference[]): Promise<HubState[]> {
    this.reads++;
    return findings.map(
      ({ format, id, productArn }) => this.states.get(`${format} ${id}`) ?? { id, format, productArn, workflow: 'NEW', hasNote: false },
    );
  }

  async markNotified(findings: Marked[]): Promise<{ id: string; reason: string }[]> {
    this.onMark(findings);
    for (const { id, format, productArn, note } of findings)
      this.states.set(`${format} ${id}`, { id, format, productArn, workflow: 'NOTIFIED', hasNote: note !== undefined });
    this.marked.push(...findings);
    return [];
  }
}
