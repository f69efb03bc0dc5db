/** The rules by which Security Hub lets a finding live, for whatever holds findings: who may import it, what resets, what goes. */

/** What of a finding decides. Absent compliance: ''. */
export interface FindingState {
  workflow: string;
  recordState: string;
  compliance: string;
}

/**
 * Who calls BatchImportFindings: a service of AWS; an account, for its custom product or for a partner's product that
 * runs in it; or a partner's own account that AWS has put on its list.
 */
export type Importer = { by: 'aws' } | { by: 'account'; account: string } | { by: 'partner' };

const FAILING = ['FAILED', 'WARNING', 'NOT_AVAILABLE'];
const DAY = 24 * 60 * 60_000;

/**
 * NOTIFIED and RESOLVED turn to NEW again by themselves.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
export function resets(before: FindingState, after: Pick<FindingState, 'recordState' | 'compliance'>): boolean {
  return (
    before.workflow !== 'SUPPRESSED' &&
    ((before.recordState === 'ARCHIVED' && after.recordState === 'ACTIVE') ||
      (before.compliance === 'PASSED' && FAILING.includes(after.compliance)))
  );
}

/**
 * Why an importer may not send this finding. The account must be the caller's, but for partners on AWS's list; a custom
 * product's ARN names its account. That only AWS's services send for AWS's products is not written, but follows from who
 * may be granted what. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function importRefusal(
  importer: Importer,
  { accountId, productArn }: { accountId: string; productArn: string },
): string | undefined {
  const [, , , , owner = '', product = ''] = productArn.split(':');
  const [, company = ''] = product.split('/');
  if (importer.by === 'aws') return undefined;
  if (company === 'aws') return 'The product belongs to an AWS service.';
  if (importer.by === 'account' && importer.account !== accountId) return 'AwsAccountId is not the account that sends the finding.';
  if (/^\d{12}$/.test(company) && (importer.by === 'partner' || company !== importer.account || owner !== company))
    return 'The custom product belongs to another account.';
  return undefined;
}

/**
 * Whether an import changes nothing, without an error: it is not later than what is held, or that is suppressed.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export function importIgnored(held: { updatedAt: number; workflow: string }, sent: { updatedAt: number }): boolean {
  return sent.updatedAt <= held.updatedAt || held.workflow === 'SUPPRESSED';
}

/**
 * When Security Hub deletes it if nothing more comes: 90 days after its last update, 30 where it is archived. The clock is
 * UpdatedAt for control findings, and the later of ProcessedAt and UpdatedAt for all others: an UpdatedAt of the year 2199
 * never ends. No event tells of it. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html
 */
export function deletedAt(finding: { recordState: string; updatedAt: number; processedAt: number; control: boolean }): number {
  const since = finding.control ? finding.updatedAt : Math.max(finding.updatedAt, finding.processedAt);
  return since + (finding.recordState === 'ARCHIVED' ? 30 : 90) * DAY;
}
