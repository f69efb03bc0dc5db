/** Security Hub in memory: what was marked, and what people set meanwhile. */
import type { FindingReference, Hub, HubState } from '../../handlers/ports';

export type Marked = FindingReference & { note?: string };

export class MemoryHub implements Hub {
  readonly states = new Map<string, HubState>();
  readonly marked: Marked[] = [];
  reads = 0;
  /** Called with what is about to be marked. */
  onMark: (findings: Marked[]) => void = () => undefined;

  async read(findings: FindingReference[]): Promise<HubState[]> {
    this.reads++;
    return findings.map(({ id, productArn }) => this.states.get(id) ?? { id, productArn, workflow: 'NEW', hasNote: false });
  }

  async markNotified(findings: Marked[]): Promise<{ id: string; reason: string }[]> {
    this.onMark(findings);
    for (const { id, productArn, note } of findings)
      this.states.set(id, { id, productArn, workflow: 'NOTIFIED', hasNote: note !== undefined });
    this.marked.push(...findings);
    return [];
  }
}
