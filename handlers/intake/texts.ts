/** The words of a finding: kept once, however many findings and problems share them. */
import type { Config } from '../../config/schema';
import { briefOf, type OfficialText, officialText } from '../domain/interpretation/brief';
import type { Finding } from '../domain/finding/finding';
import type { Report } from '../domain/finding/report';
import { rowKeys, type TextRow } from '../domain/problem/rows';
import { textKeyOf } from '../domain/problem/text-key';
import { change } from '../optimistic';
import { DAY, expiry, MINUTE } from '../domain/time';
import type { Clock, Ledger } from '../ports';

/** How long a wording that another worker may have replaced is gone by, in milliseconds. */
const REMEMBERED = 10 * MINUTE;
/** Texts and wordings that a worker remembers at the most; a storm is of a few. */
const MOST = 2000;
/** A text outlives what is told with it: each worker writes it anew as findings name it. In milliseconds. */
const KEPT = 90 * DAY;

/** Kept from one message to the next. */
export class Texts {
  private readonly written = new Set<string>();
  private readonly wordings = new Map<string, { wording: Wording; until: number }>();

  constructor(private readonly deps: { ledger: Ledger; clock: Clock; config: Config }) {}

  /** Only what the report names: a re-emission in other words is not worth a row. */
  async record(text: TextRow, report: Report): Promise<void> {
    const { ledger, clock, config } = this.deps;
    const key = textKeyOf(text);
    if (this.written.has(key) || !report.wordings?.some(({ textKey }) => textKey === key)) return;
    const expiresAt = expiry(clock.now() + config.settings.retention.ledgerDays * DAY + KEPT);
    await ledger.writeAll([{ key: rowKeys.text(key), value: text, expiresAt }]);
    if (this.written.size >= MOST) this.written.clear();
    this.written.add(key);
  }

  async of(finding: Finding): Promise<TextRow> {
    const official = finding.provenance === 'aws' && finding.kind === 'control' ? await this.newestWording(finding) : undefined;
    return {
      kind: finding.kind,
      product: finding.product,
      title: finding.title.slice(0, 512),
      description: finding.description.slice(0, 1500),
      ...(finding.remediation ? { remediation: { text: finding.remediation.text?.slice(0, 1000), url: finding.remediation.url } } : {}),
      ...(finding.controlId ? { controlId: finding.controlId } : {}),
      types: finding.types.slice(0, 5),
      brief: briefOf(finding, official, this.deps.config.settings.trustText),
    };
  }

  /**
   * Standards word the same control differently, and AWS mends its words: the newest that AWS itself wrote serves all, so
   * that they share one brief.
   */
  private async newestWording(finding: Finding): Promise<OfficialText | undefined> {
    const official = officialText(finding);
    if (!finding.controlId) return official;
    const now = this.deps.clock.now();
    const known = this.wordings.get(finding.controlId);
    if (known && known.until > now && (!official || newest(known.wording, official, finding))) return known.wording;
    const key = rowKeys.controlText(finding.controlId);
    const wording = official
      ? await change<Wording, Wording>(this.deps.ledger, key, (there) => {
          if (there && newest(there, official, finding)) return { result: there };
          const next = { ...official, at: finding.updatedAt };
          return { next, result: next };
        })
      : (await this.deps.ledger.read<Wording>(key))?.value;
    if (this.wordings.size >= MOST) this.wordings.clear();
    if (wording) this.wordings.set(finding.controlId, { wording, until: now + REMEMBERED });
    return wording;
  }
}

interface Wording extends OfficialText {
  /** When Security Hub wrote it, in epoch milliseconds. */
  at?: number;
}

/** Whether what is there says the same, or was written later. */
function newest(there: Wording, official: OfficialText, { updatedAt }: Finding): boolean {
  const same = there.title === official.title && there.description === official.description;
  return same || updatedAt <= (there.at ?? 0);
}
