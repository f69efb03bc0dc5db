/** The words of a finding: kept once, however many findings and problems share them. */
import type { Config } from '../../config/schema';
import { briefOf, type OfficialText, officialText } from '../domain/interpretation/brief';
import type { Finding } from '../domain/finding/finding';
import type { Report } from '../domain/finding/report';
import { rowKeys, type TextRow } from '../domain/problem/rows';
import { textKeyOf } from '../domain/problem/text-key';
import { change } from '../optimistic';
import type { Ledger } from '../ports';

/** Only where the report has come to name it: a re-emission in other words is not worth a row. */
export async function recordText(text: TextRow, known: Report | undefined, report: Report, { ledger }: { ledger: Ledger }): Promise<void> {
  const key = textKeyOf(text);
  const names = (each: Report | undefined) => each?.wordings?.some(({ textKey }) => textKey === key) ?? false;
  if (names(known) || !names(report)) return;
  await change<TextRow, void>(ledger, rowKeys.text(key), (there) => ({ next: there ? undefined : text, result: undefined }));
}

export async function textOf(finding: Finding, { config, ledger }: { config: Config; ledger: Ledger }): Promise<TextRow> {
  const official = finding.provenance === 'aws' && finding.kind === 'control' ? await newestWording(finding, ledger) : undefined;
  return {
    kind: finding.kind,
    product: finding.product,
    title: finding.title.slice(0, 512),
    description: finding.description.slice(0, 1500),
    ...(finding.remediation ? { remediation: { text: finding.remediation.text?.slice(0, 1000), url: finding.remediation.url } } : {}),
    ...(finding.controlId ? { controlId: finding.controlId } : {}),
    types: finding.types.slice(0, 5),
    brief: briefOf(finding, official, config.settings.trustText),
  };
}

interface Wording extends OfficialText {
  /** When Security Hub wrote it, in epoch milliseconds. */
  at?: number;
}

/**
 * Standards word the same control differently, and AWS mends its words: the newest that AWS itself wrote serves all, so
 * that they share one brief.
 */
async function newestWording(finding: Finding, ledger: Ledger): Promise<OfficialText | undefined> {
  const official = officialText(finding);
  if (!finding.controlId) return official;
  const key = rowKeys.controlText(finding.controlId);
  if (!official) return (await ledger.read<Wording>(key))?.value;
  return change<Wording, OfficialText>(ledger, key, (there) => {
    const same = there?.title === official.title && there.description === official.description;
    if (there && (same || finding.updatedAt <= (there.at ?? 0))) return { result: there };
    return { next: { ...official, at: finding.updatedAt }, result: official };
  });
}
