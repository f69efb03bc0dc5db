/** Whether and how a member was told to a receiver, read from the ledger as it stands after a run. */
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { toldAt } from '../../handlers/domain/problem/told';
import type { Cloud } from '../../local/cloud-types';
import type { MessageReference, ProblemRow, StateRow } from '../../handlers/domain/problem/problem-row';
import { type FindingName, findingKey } from '../../handlers/domain/finding/key';
import { type FindingRow, type ProblemKey, rowKeys, STATES } from '../../handlers/domain/problem/rows';

export interface Telling {
  by: 'post' | 'reply';
  /** When the message that it stands in was posted, in epoch milliseconds. */
  postedAt: number;
  /** Where it stands; a webhook does not say. */
  message?: MessageReference;
}

/** Reads each problem once. */
export function tellings(cloud: Cloud): (problem: ProblemKey, memberId: string) => Promise<Telling | undefined> {
  const known = new Map<string, Promise<{ problem?: ProblemRow; states: Record<string, StateRow> }>>();
  const load = async (key: ProblemKey) => {
    const rows = await partition(cloud, rowKeys.problem(key));
    const problem = rows.find(({ sk }) => sk === 'header')?.value as ProblemRow | undefined;
    const states = rows.flatMap(({ sk, value }) => (sk.startsWith(STATES) ? [[sk.slice(STATES.length), value as StateRow] as const] : []));
    return { problem, states: { ...Object.fromEntries(states), ...problem?.log } };
  };
  return async (key, memberId) => {
    const name = rowKeys.problem(key);
    const loading = known.get(name) ?? load(key);
    known.set(name, loading);
    const { problem, states } = await loading;
    const state = states[memberId];
    if (!problem || !toldAt(state, problem)) return undefined;
    const by = state && state.since <= problem.posted ? 'post' : 'reply';
    return { by, postedAt: problem.message?.postedAt ?? 0, ...(problem.message ? { message: problem.message } : {}) };
  };
}

/** The problem and the member of a finding, as intake recorded them: the log only hashes what others named. */
export async function placeOf(finding: FindingName, cloud: Cloud): Promise<FindingRow | undefined> {
  return (await partition(cloud, rowKeys.finding(findingKey(finding)).pk))[0]?.value as FindingRow | undefined;
}

async function partition({ ledger }: Cloud, pk: string): Promise<{ sk: string; value: unknown }[]> {
  const query = { TableName: ledger.tableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
  const rows: { sk: string; value: unknown }[] = [];
  const pages = paginateQuery({ client: DynamoDBDocumentClient.from(ledger.client) }, { ...query, ConsistentRead: true });
  for await (const { Items = [] } of pages) rows.push(...(Items as typeof rows));
  return rows;
}
