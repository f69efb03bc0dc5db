/** Security Hub in memory: what was marked, and what people set meanwhile. */
import type { FindingReference, Hub, HubState } from '../../handlers/ports';

export class MemoryHub implements Hub {
  readonly states = new Map<string, HubState>();
  readonly marked: (FindingReference & { note?: string })[] = [];
  reads = 0;
  fail: (call: 'read' | 'mark') => void = () => undefined;

  async read(findings: FindingReference[]): Promise<HubState[]> {
    this.reads++;
    this.fail('read');
    return findings.map(({ id, productArn }) => this.states.get(id) ?? { id, productArn, workflow: 'NEW', hasNote: false });
  }

  async markNotified(findings: (FindingReference & { note?: string })[]): Promise<{ id: string; reason: string }[]> {
    this.fail('mark');
    for (const finding of findings) {
      this.marked.push(finding);
      this.states.set(finding.id, {
        id: finding.id,
        productArn: finding.productArn,
        workflow: 'NOTIFIED',
        hasNote: finding.note !== undefined,
      });
    }
    return [];
  }
}
