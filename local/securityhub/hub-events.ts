/** The events that Security Hub emits. */
import type { JsonObject } from '../protocol/wire';

/** What Security Hub emits when a finding was updated. */
export function findingEvent(finding: JsonObject, { account, region }: { account: string; region: string }, now: number): JsonObject {
  return {
    version: '0',
    id: `00000000-0000-4000-8000-${String(now).padStart(12, '0').slice(-12)}`,
    'detail-type': typeof finding.Id === 'string' ? 'Security Hub Findings - Imported' : 'Findings Imported V2',
    source: 'aws.securityhub',
    account,
    time: new Date(now).toISOString(),
    region,
    resources: typeof finding.Id === 'string' ? [`${String(finding.ProductArn)}/${finding.Id}`] : [],
    detail: { findings: [structuredClone(finding)] },
  };
}
