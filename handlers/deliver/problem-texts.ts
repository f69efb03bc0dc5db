/** The words of what a problem holds, each read once a look. */
import type { Rendering } from '../domain/message/rendering';
import { standing } from '../domain/problem/plan';
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

  /** Those of them that are not read yet, at once. */
  private async textsOf(keys: readonly string[]): Promise<(TextRow | undefined)[]> {
    const unread = [...new Set(keys)].filter((key) => !this.texts.has(key));
    if (unread.length > 0) {
      const rows = await this.ledger.readAll<TextRow>(unread.map(rowKeys.text));
      for (const key of unread) this.texts.set(key, rows.find((row) => row.key.pk === rowKeys.text(key).pk)?.value);
    }
    return keys.map((key) => this.texts.get(key));
  }

  /**
   * The titles of a problem that may hold several: what its owner mends as one, or a scanner's, or what several actors did to one
   * resource. A control has one, in the wordings of its standards; a threat to several resources is named by its type. Of one resource
   * also what has the same title and other facts, as Macie has of each object.
   */
  async titles(view: ProblemView, text: TextRow): Promise<Rendering['titles']> {
    if (text.kind === 'control' || (text.kind === 'guardduty' && view.members > 1)) return undefined;
    const all = view.members === 1 ? view.lead.titles.map(([textKey, severity]) => ({ textKey, severity })) : view.titles;
    const worst = all.slice(0, LISTED);
    const texts = await this.textsOf(worst.map(({ textKey }) => textKey));
    const named = worst.map(({ severity }, index) => ({ title: texts[index]?.title ?? '', severity, facts: texts[index]?.facts }));
    return { named, count: all.length };
  }

  /** What decides of each resource that the message shows; of a control nothing differs but whose it is. */
  async memberFacts(view: ProblemView, text: TextRow): Promise<Rendering['memberFacts']> {
    if (text.kind === 'control' || view.members === 1) return undefined;
    const shown = standing(view).slice(0, LISTED);
    const texts = await this.textsOf(shown.map(({ textKey = '' }) => textKey));
    return new Map(shown.map(({ id }, index) => [id, texts[index]?.facts ?? []]));
  }
}
