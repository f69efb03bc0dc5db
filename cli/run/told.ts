/** Whether and how a member was told to a receiver, read from the ledger as it stands after a run. */
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Cloud } from '../../local/cloud-types';
import { type HeaderRow, type ProblemKey, rowKeys, type ToldPage } from '../../handlers/domain/problem/rows';

export interface Telling {
  by: 'post' | 'reply';
  /** When the message that it stands in was posted, in epoch milliseconds. */
  postedAt: number;
}

/** Reads each problem once. */
export function tellings(cloud: Cloud): (problem: ProblemKey, memberId: string) => Promise<Telling | undefined> {
  const known = new Map<string, Promise<{ header?: HeaderRow; told: ToldPage }>>();
  const load = async (problem: ProblemKey) => {
    const rows = await partition(cloud, rowKeys.problem(problem));
    const header = rows.find(({ sk }) => sk === 'header')?.value as HeaderRow | undefined;
    return { header, told: Object.assign({}, ...rows.filter(({ sk }) => sk.startsWith('told#')).map(({ value }) => value)) as ToldPage };
  };
  return async (problem, memberId) => {
    const key = rowKeys.problem(problem);
    const loading = known.get(key) ?? load(problem);
    known.set(key, loading);
    const { header, told } = await loading;
    const entry = told[memberId];
    const effective = entry?.next && entry.next.telling <= (header?.confirmed ?? 0) ? entry.next : entry?.now;
    return effective && { by: effective.by, postedAt: header?.message?.postedAt ?? 0 };
  };
}

async function partition({ ledger }: Cloud, pk: string): Promise<{ sk: string; value: unknown }[]> {
  const query = { TableName: ledger.tableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
  const rows: { sk: string; value: unknown }[] = [];
  const pages = paginateQuery({ client: DynamoDBDocumentClient.from(ledger.client) }, { ...query, ConsistentRead: true });
  for await (const { Items = [] } of pages) rows.push(...(Items as typeof rows));
  return rows;
}
