/** Whether and how a member was told to a receiver, read from the ledger as it stands after a run. */
import { dynamoReader } from './ledger-reader';
import type { Cloud } from '../../local/cloud-types';
import { type HeaderRow, type ProblemKey, rowKeys, type ToldPage } from '../../handlers/domain/problem/rows';

export interface Telling {
  by: 'post' | 'reply';
  /** When the message that it stands in was posted, in epoch milliseconds. */
  postedAt: number;
}

/** Reads each problem once. */
export function tellings(cloud: Cloud): (problem: ProblemKey, memberId: string) => Promise<Telling | undefined> {
  const reader = dynamoReader(cloud.ledger);
  const known = new Map<string, Promise<{ header?: HeaderRow; told: ToldPage }>>();
  const load = async (problem: ProblemKey) => {
    const rows = await reader.partition(rowKeys.problem(problem));
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
