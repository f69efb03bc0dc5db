/** Security Hub, both of them: read a finding again, and mark it NOTIFIED. */
import {
  type AwsSecurityFinding,
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  type CompositeFilter,
  GetFindingsCommand,
  GetFindingsV2Command,
  type OcsfFindingFilters,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { at, list, text } from '../domain/text/reading';
import { parseFinding } from '../domain/finding/event';
import { NOTED_BY } from '../../config/note';
import type { FindingReference, Hub, HubState, RefusedMark } from '../ports';
import { failingAsAws } from './aws-failure';
import { clientDefaults } from './client-defaults';

/** GetFindings takes 20 values of one attribute. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingFilters.html */
const FILTER_VALUES = 20;
const AWS_ACCOUNT = /^\d{12}$/;
/** OCSF status_id 2: In Progress. The new Security Hub has no NOTIFIED. */
const IN_PROGRESS = 2;
/** Notes of both have at most 512 characters. */
const NOTE = 512;

export function securityHub(): Hub {
  const client = new SecurityHubClient(clientDefaults);

  /** By Id and ProductArn, as BatchUpdateFindings will name them: ids alone bring strangers that chose the same. */
  async function readAsff(findings: FindingReference[]): Promise<HubState[]> {
    const equal = (values: string[]) => values.map((Value) => ({ Value, Comparison: 'EQUALS' as const }));
    const Filters = { Id: equal(only(findings, 'id')), ProductArn: equal(only(findings, 'productArn')) };
    const held = await pages(async (NextToken) => client.send(new GetFindingsCommand({ Filters, MaxResults: 100, NextToken })));
    return (held as AwsSecurityFinding[]).map((finding) => ({
      id: finding.Id ?? '',
      format: 'asff',
      ...placed(finding, finding.ProductArn, finding.AwsAccountId),
      workflow: finding.Workflow?.Status ?? 'NEW',
      hasNote: finding.Note !== undefined,
    }));
  }

  const readOcsf =
    (field: 'metadata.uid' | 'finding_info.uid') =>
    async (findings: FindingReference[]): Promise<HubState[]> => {
      const oneOf = (FieldName: typeof field | 'cloud.account.uid', values: string[]): CompositeFilter => ({
        Operator: 'OR',
        StringFilters: values.map((Value) => ({ FieldName, Filter: { Value, Comparison: 'EQUALS' } })),
      });
      // What is in no AWS account has a name for it of our own, which may stand elsewhere in the finding.
      const accounts = findings.every(({ accountId }) => AWS_ACCOUNT.test(accountId))
        ? [oneOf('cloud.account.uid', only(findings, 'accountId'))]
        : [];
      const Filters: OcsfFindingFilters = {
        CompositeFilters: [oneOf(field, only(findings, 'id')), ...accounts],
        CompositeOperator: 'AND',
      };
      const held = await pages(async (NextToken) => client.send(new GetFindingsV2Command({ Filters, MaxResults: 100, NextToken })));
      return held.map((finding) => ({
        id: text(at(finding, ...field.split('.'))) ?? '',
        format: 'ocsf',
        ...placed(finding, text(at(finding, 'metadata', 'product', 'uid')), text(at(finding, 'cloud', 'account', 'uid'))),
        workflow: (text(at(finding, 'status')) ?? 'New').toUpperCase(),
        hasNote: at(finding, 'comment') !== undefined,
      }));
    };

  return failingAsAws<Hub>('Security Hub', {
    async read(findings) {
      const states: HubState[] = [];
      for (const [read, of] of [
        [readAsff, ({ format }) => format === 'asff'],
        [readOcsf('metadata.uid'), ({ format, byFindingInfo }) => format === 'ocsf' && !byFindingInfo],
        [readOcsf('finding_info.uid'), ({ format, byFindingInfo }) => format === 'ocsf' && byFindingInfo === true],
      ] as [(findings: FindingReference[]) => Promise<HubState[]>, (finding: FindingReference) => boolean][]) {
        const asked = findings.filter(of);
        for (let from = 0; from < asked.length; from += FILTER_VALUES)
          states.push(...(await read(asked.slice(from, from + FILTER_VALUES))));
      }
      return states;
    },

    async shows(format, accountId) {
      const account = { Value: accountId, Comparison: 'EQUALS' as const };
      const one = async (NextToken: string | undefined) =>
        format === 'asff'
          ? client.send(new GetFindingsCommand({ Filters: { AwsAccountId: [account] }, MaxResults: 1, NextToken }))
          : client.send(
              new GetFindingsV2Command({
                Filters: { CompositeFilters: [{ StringFilters: [{ FieldName: 'cloud.account.uid', Filter: account }] }] },
                MaxResults: 1,
                NextToken,
              }),
            );
      let token: string | undefined;
      do {
        const { Findings = [], NextToken } = await one(token);
        if (Findings.length > 0) return true;
        token = NextToken;
      } while (token);
      return false;
    },

    async markNotified(findings) {
      const refused: RefusedMark[] = [];
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
            refused.push({
              id: each.FindingIdentifier?.Id ?? '',
              productArn: each.FindingIdentifier?.ProductArn,
              // Its message may repeat the finding's id, which an importer chose.
              reason: each.ErrorCode ?? 'unprocessed',
            });
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
              productArn: text(at(each, 'FindingIdentifier', 'MetadataProductUid')),
              accountId: text(at(each, 'FindingIdentifier', 'CloudAccountUid')),
              reason: text(at(each, 'ErrorCode')) ?? 'unprocessed',
            });
        }
      }
      return refused;
    },
  });
}

/** As an event would bring it, and by what account and product it is then known. What cannot be read is there all the same. */
function placed(raw: unknown, productArn = '', accountId = ''): Pick<HubState, 'finding' | 'productArn' | 'accountId'> {
  try {
    const finding = parseFinding(raw);
    return { finding, productArn: finding.productArn, accountId: finding.accountId };
  } catch {
    return { productArn, accountId };
  }
}

/** Each value once. */
function only(findings: readonly FindingReference[], name: 'id' | 'productArn' | 'accountId'): string[] {
  return [...new Set(findings.map((finding) => finding[name]))];
}

/** All that answers a question: who imports findings decides how many there are. */
async function pages(ask: (token: string | undefined) => Promise<{ Findings?: unknown[]; NextToken?: string }>): Promise<unknown[]> {
  const found: unknown[] = [];
  let token: string | undefined;
  do {
    const answer = await ask(token);
    found.push(...(answer.Findings ?? []));
    token = answer.NextToken;
  } while (token);
  return found;
}
