/** How many findings of each kind there are, and how many different questions they are to the model. */
import { briefHash, briefOf, officialText } from '../../handlers/domain/interpretation/brief';
import { parseFinding } from '../../handlers/domain/finding/event';
import { InvalidFinding } from '../../handlers/domain/text/reading';

export class BriefCount {
  private readonly kinds = new Map<string, { findings: Set<string>; briefs: Set<string> }>();

  count(findings: unknown): void {
    for (const raw of Array.isArray(findings) ? findings : []) {
      try {
        const finding = parseFinding(raw);
        const { findings, briefs } = this.kinds.get(finding.kind) ?? { findings: new Set(), briefs: new Set() };
        findings.add(`${finding.productArn} ${finding.id}`);
        briefs.add(briefHash(briefOf(finding, officialText(finding), [])));
        this.kinds.set(finding.kind, { findings, briefs });
      } catch (error) {
        if (!(error instanceof InvalidFinding)) throw error;
      }
    }
  }

  of(kind: string): { findings: number; briefs: number } {
    const its = this.kinds.get(kind);
    return { findings: its?.findings.size ?? 0, briefs: its?.briefs.size ?? 0 };
  }

  /** A line a kind, the most findings first. */
  table(): string {
    const lines = [...this.kinds.keys()].map((kind) => ({ kind, ...this.of(kind) })).sort((a, b) => b.findings - a.findings);
    return lines.map(({ kind, findings, briefs }) => `${kind}: ${findings} findings, ${briefs} briefs`).join('\n');
  }
}
