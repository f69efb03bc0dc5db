/** Security Hub, both of them: read a finding again, and mark it NOTIFIED. */
import {
  type AwsSecurityFinding,
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  GetFindingsCommand,
  GetFindingsV2Command,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { at, list, text } from '../domain/text/reading';
import { NOTED_BY } from '../domain/finding/finding';
import type { FindingReference, Hub, HubState } from '../ports';
import { clientDefaults } from './client-defaults';

/** GetFindings takes 20 values of one attribute. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingFilters.html */
const FILTER_VALUES = 20;
/** OCSF status_id 2: In Progress. The new Security Hub has no NOTIFIED. */
const IN_PROGRESS = 2;
/** Notes of both have at most 512 characters. */
const NOTE = 512;

export function securityHub(): Hub {
  const client = new SecurityHubClient(clientDefaults);

  async function readAsff(ids: string[]): Promise<HubState[]> {
    const answer = await client.send(
      new GetFindingsCommand({ Filters: { Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })) }, MaxResults: 100 }),
    );
    return (answer.Findings ?? []).map((finding: AwsSecurityFinding) => ({
      id: finding.Id ?? '',
      format: 'asff',
      productArn: finding.ProductArn ?? '',
      workflow: finding.Workflow?.Status ?? 'NEW',
      hasNote: finding.Note !== undefined,
    }));
  }

  const readOcsf =
    (field: 'metadata.uid' | 'finding_info.uid') =>
    async (uids: string[]): Promise<HubState[]> => {
      const answer = await client.send(
        new GetFindingsV2Command({
          Filters: {
            CompositeFilters: [
              { Operator: 'OR', StringFilters: uids.map((Value) => ({ FieldName: field, Filter: { Value, Comparison: 'EQUALS' } })) },
            ],
          },
          MaxResults: 100,
        }),
      );
      return (answer.Findings ?? []).map((finding: unknown) => ({
        id: text(at(finding, ...field.split('.'))) ?? '',
        format: 'ocsf',
        productArn: text(at(finding, 'metadata', 'product', 'uid')) ?? '',
        workflow: (text(at(finding, 'status')) ?? 'New').toUpperCase(),
        hasNote: at(finding, 'comment') !== undefined,
      }));
    };

  return {
    async read(findings) {
      const states: HubState[] = [];
      for (const [read, of] of [
        [readAsff, ({ format }) => format === 'asff'],
        [readOcsf('metadata.uid'), ({ format, byFindingInfo }) => format === 'ocsf' && !byFindingInfo],
        [readOcsf('finding_info.uid'), ({ format, byFindingInfo }) => format === 'ocsf' && byFindingInfo === true],
      ] as [(ids: string[]) => Promise<HubState[]>, (finding: FindingReference) => boolean][]) {
        const ids = findings.filter(of).map(({ id }) => id);
        for (let from = 0; from < ids.length; from += FILTER_VALUES) states.push(...(await read(ids.slice(from, from + FILTER_VALUES))));
      }
      return states;
    },

    async markNotified(findings) {
      const refused: { id: string; reason: string }[] = [];
      // One call sets one note for all it names.
      for (const note of [undefined, ...new Set(findings.flatMap((finding) => finding.note ?? []))]) {
        const asff = findings.filter((finding) => finding.format === 'asff' && finding.note === note);
        if (asff.length > 0) {
          const answer = await client.send(
            new BatchUpdateFindingsCommand({
              FindingIdentifiers: asff.map(({ id, productArn }) => ({ Id: id, ProductArn: productArn })),
              // In the same call as the note: a note alone leaves NEW and the rule would fire for ever.
              Workflow: { Status: 'NOTIFIED' },
              ...(note ? { Note: { Text: note.slice(0, NOTE), UpdatedBy: NOTED_BY } } : {}),
            }),
          );
          for (const each of answer.UnprocessedFindings ?? [])
            refused.push({ id: each.FindingIdentifier?.Id ?? '', reason: `${each.ErrorCode} ${each.ErrorMessage ?? ''}`.trim() });
        }
        const ocsf = findings.filter((finding) => finding.format === 'ocsf' && finding.note === note);
        // A call takes uids or identifiers, not both.
        const identifiers = [
          { MetadataUids: ocsf.filter(({ byFindingInfo }) => !byFindingInfo).map(({ id }) => id) },
          {
            FindingIdentifiers: ocsf
              .filter(({ byFindingInfo }) => byFindingInfo)
              .map(({ id, accountId, productArn }) => ({ CloudAccountUid: accountId, FindingInfoUid: id, MetadataProductUid: productArn })),
          },
        ];
        for (const which of identifiers) {
          if (Object.values(which).flat().length === 0) continue;
          const answer = await client.send(
            new BatchUpdateFindingsV2Command({ ...which, StatusId: IN_PROGRESS, ...(note ? { Comment: note.slice(0, NOTE) } : {}) }),
          );
          for (const each of list(answer.UnprocessedFindings))
            refused.push({
              id: text(at(each, 'MetadataUid')) ?? text(at(each, 'FindingIdentifier', 'FindingInfoUid')) ?? '',
              reason: text(at(each, 'ErrorCode')) ?? 'unprocessed',
            });
        }
      }
      return refused;
    },
  };
}
