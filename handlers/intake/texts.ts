/** The words of a finding: kept once, however many findings and problems share them. */
import type { Config } from '../../config/schema';
import { factsOf } from '../domain/facts/facts';
import { briefOf, type OfficialText, officialText } from '../domain/interpretation/brief';
import type { Finding } from '../domain/finding/finding';
import type { Report } from '../domain/finding/report';
import { phraseIdsOf } from '../domain/phrasebook/ids';
import { rowKeys, sharedFor, type TextRow } from '../domain/problem/rows';
import { textKeyOf } from '../domain/problem/text-key';
import { change } from '../optimistic';
import { expiry, MINUTE } from '../domain/time';
import type { Clock, Ledger } from '../ports';

/** How long a wording that another worker may have replaced is gone by, in milliseconds. */
const REMEMBERED = 10 * MINUTE;
/** Texts and wordings that a worker remembers at the most; a storm is of a few. */
const MOST = 2000;
/** Kept from one message to the next. */
export class Texts {
  /** Until when what was written need not be written again, in epoch milliseconds. */
  private readonly written = new Map<string, number>();
  private readonly wordings = new Map<string, { wording: Wording; until: number }>();

  private readonly kept: number;

  constructor(private readonly deps: { ledger: Ledger; clock: Clock; config: Config }) {
    this.kept = sharedFor(deps.config.settings.retention.ledgerDays);
  }

  /** Only what the report names: a re-emission in other words is not worth a row. */
  async record(text: TextRow, report: Report): Promise<void> {
    const { ledger, clock } = this.deps;
    const key = textKeyOf(text);
    const now = clock.now();
    if ((this.written.get(key) ?? 0) > now || !report.wordings?.some(({ textKey }) => textKey === key)) return;
    // It outlives what is told with it: each worker writes it anew as findings name it.
    await ledger.writeAll([{ key: rowKeys.text(key), value: text, expiresAt: expiry(now + this.kept) }]);
    if (this.written.size >= MOST) this.written.clear();
    this.written.set(key, now + this.kept / 2);
  }

  async of(finding: Finding): Promise<TextRow> {
    const official = finding.provenance === 'aws' && finding.kind === 'control' ? await this.newestWording(finding) : undefined;
    const facts = factsOf(finding);
    const phrases = phraseIdsOf(finding);
    return {
      kind: finding.kind,
      product: finding.product,
      title: finding.title.slice(0, 512),
      description: finding.description.slice(0, 1500),
      ...(finding.remediation ? { remediation: { text: finding.remediation.text?.slice(0, 1000), url: finding.remediation.url } } : {}),
      ...(finding.controlId ? { controlId: finding.controlId } : {}),
      ...(finding.provenance !== 'aws' && finding.compliance === 'FAILED' ? { failedCheck: true } : {}),
      types: finding.types.slice(0, 5),
      ...(facts.length > 0 ? { facts } : {}),
      ...(phrases.length > 0 ? { phrases } : {}),
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
    const renewed = (there: Wording | undefined, said: OfficialText) => {
      const stays = there && newest(there, said, finding) ? there : undefined;
      // One write for many reads: it is renewed when half of its time is over.
      if (stays && now - (stays.keptAt ?? 0) < this.kept / 2) return { result: stays };
      const next = { ...(stays ?? { ...said, at: finding.updatedAt }), keptAt: now };
      return { next, result: next, expiresAt: expiry(now + this.kept) };
    };
    const wording = official
      ? await change<Wording, Wording>(this.deps.ledger, key, (there) => renewed(there, official), true)
      : (await this.deps.ledger.read<Wording>(key))?.value;
    if (this.wordings.size >= MOST) this.wordings.clear();
    if (wording) this.wordings.set(finding.controlId, { wording, until: now + REMEMBERED });
    return wording;
  }
}

interface Wording extends OfficialText {
  /** When Security Hub wrote it, in epoch milliseconds. */
  at?: number;
  /** When the row was written, in epoch milliseconds. */
  keptAt?: number;
}

/** Whether what is there says the same, or was written later. */
function newest(there: Wording, official: OfficialText, { updatedAt }: Finding): boolean {
  const same = there.title === official.title && there.description === official.description;
  return same || updatedAt <= (there.at ?? 0);
}
