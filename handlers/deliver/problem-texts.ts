/** The words of what a problem holds, each read once a look. */
import type { Severity } from '../domain/finding/finding';
import type { Rendering } from '../domain/message/message';
import { rowKeys, type TextRow } from '../domain/problem/rows';
import { LISTED, type ProblemView } from '../domain/problem/view';
import type { Ledger } from '../ports';

export class ProblemTexts {
  private readonly texts = new Map<string, TextRow | undefined>();

  constructor(private readonly ledger: Ledger) {}

  /** Of the member that heads the message. */
  async of(view: ProblemView): Promise<TextRow> {
    const key = view.lead.textKey ?? '';
    // A closing that overtook its opening has no words of its own.
    return (
      (await this.textOf(key)) ?? {
        kind: 'third-party' as const,
        product: 'unknown',
        title: view.lead.resource.name,
        description: '',
        types: [],
        brief: { kind: 'third-party' as const },
      }
    );
  }

  private async textOf(key: string): Promise<TextRow | undefined> {
    if (!this.texts.has(key)) this.texts.set(key, (await this.ledger.read<TextRow>(rowKeys.text(key)))?.value);
    return this.texts.get(key);
  }

  /**
   * The titles of a problem that may hold several: what its owner mends as one, or a scanner's, or what several actors did to one
   * resource. A control has one, in the wordings of its standards; a threat to several resources is named by its type.
   */
  async titles(view: ProblemView, text: TextRow): Promise<Rendering['titles']> {
    if (text.kind === 'control' || (text.kind === 'guardduty' && view.members > 1)) return undefined;
    const named: { title: string; severity: Severity }[] = [];
    for (const { textKey, severity } of view.titles.slice(0, LISTED))
      named.push({ title: (await this.textOf(textKey))?.title ?? '', severity });
    return { named, count: view.titles.length };
  }
}
