/** The words of a finding: kept once, however many findings and problems share them. */
import type { Config } from '../../config/schema';
import { briefOf, type OfficialText, officialText } from '../domain/interpretation/brief';
import type { Finding } from '../domain/finding/finding';
import { canonical, hash } from '../domain/text/identity';
import type { Report } from '../domain/finding/report';
import { rowKeys, type TextRow } from '../domain/problem/rows';
import { change } from '../optimistic';
import type { Ledger } from '../ports';

export function textKeyOf(text: TextRow): string {
  return hash(canonical(text));
}

/** Only where the report has come to name it: a re-emission in other words is not worth a row. */
export async function recordText(text: TextRow, known: Report | undefined, report: Report, { ledger }: { ledger: Ledger }): Promise<void> {
  const key = textKeyOf(text);
  const names = (each: Report | undefined) => each?.wordings?.some(({ textKey }) => textKey === key) ?? false;
  if (names(known) || !names(report)) return;
  await change<TextRow, void>(ledger, rowKeys.text(key), (there) => ({ next: there ? undefined : text, result: undefined }));
}

export async function textOf(finding: Finding, { config, ledger }: { config: Config; ledger: Ledger }): Promise<TextRow> {
  const official = finding.kind === 'control' ? await firstWording(finding, ledger) : undefined;
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

/** Four standards word the same control differently: the first wording serves all, so that they share one brief. */
async function firstWording(finding: Finding, ledger: Ledger): Promise<OfficialText | undefined> {
  const official = officialText(finding);
  if (!finding.controlId) return official;
  if (!official) return (await ledger.read<OfficialText>(rowKeys.controlText(finding.controlId)))?.value;
  return change<OfficialText, OfficialText>(ledger, rowKeys.controlText(finding.controlId), (there) => ({
    next: there ? undefined : official,
    result: there ?? official,
  }));
}
