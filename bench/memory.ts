/**
 * What deliver takes of memory: its bundle as it is deployed, in a function of 256 MB on the local cloud, tells of a problem whose
 * rows were put into the table directly.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { nextDue } from '../cli/run/due';
import { synthesize } from '../cli/run/synthesize';
import { START } from '../cli/simulate/world/world';
import { parseFinding } from '../handlers/domain/finding/event';
import type { Change } from '../handlers/domain/problem/change';
import { fold, toldUpTo } from '../handlers/domain/problem/fold';
import { memberOf } from '../handlers/domain/problem/member';
import { findingKey } from '../handlers/domain/finding/key';
import { memberIdOf } from '../handlers/domain/problem/problem';
import type { ProblemRow } from '../handlers/domain/problem/problem-row';
import { type FindingRow, STATES } from '../handlers/domain/problem/rows';
import { MINUTE } from '../handlers/domain/time';
import { startCloud } from '../local/cloud';
import type { Cloud } from '../local/cloud-types';
import { LOCAL_SLACK_TOKEN } from '../local/slack/slack';
import { account, eventOf, type Parts } from './findings';

const CONTROL = 'EC2.8';
/** An account of the organization. */
const KNOWN = '555555555555';
/** In MB. The stack gives deliver more, and a processor with it. */
export const LIMIT = 256;
/** So many more resources and so many mended, one after the other. */
const CHANGES = 10;
const LEDGER_DAYS = 400;
const ROWS_A_FOLD = 500;
const ROWS_A_WRITE = 25;

export interface Memory {
  resources: number;
  /** The most that an invocation of deliver was seen to use, in MB. */
  used: number;
  /** Messages and replies in Slack's channels after it. */
  told: number;
}

/** @throws Error where deliver died of its memory: nothing is told then. */
export async function memoryOf(resources: number): Promise<Memory> {
  const assembly = await synthesize('config/examples/tokyo-stack-sets');
  limited(assembly.folder);
  const cloud = await startCloud({
    assembly: assembly.folder,
    organization: JSON.parse(readFileSync('cli/demo/organization.json', 'utf8')),
    secrets: { 'security-hub-interpreter/slack-bot-token': LOCAL_SLACK_TOKEN },
    now: START,
    nextDue,
  });
  try {
    const of = (n: number): Parts => ({ control: CONTROL, account: n > 0 && n < resources ? account(n % 500) : KNOWN, resource: `i-${n}` });
    cloud.putEvent(eventOf(of(0)) as Record<string, unknown>);
    await cloud.drain();
    await enlarge(cloud, resources);
    for (const change of [(n: number) => of(resources + n), (n: number) => ({ ...of(n), mended: true })]) {
      for (let n = 0; n < CHANGES; n++) {
        cloud.clock.advanceTo(cloud.clock.now() + 10 * MINUTE);
        cloud.putEvent(eventOf({ ...change(n), at: cloud.clock.now() }) as Record<string, unknown>);
        await cloud.drain();
      }
    }
    const dead = Object.values(cloud.deadLetters()).flat();
    if (dead.length > 0) throw new Error(`${dead.length} dead letters: ${JSON.stringify(dead[0])}`);
    const messages = [...cloud.slack.channels().values()].flat();
    const deliver = cloud.memory().find(({ functionName }) => functionName.includes('Deliver'));
    return {
      resources,
      used: deliver?.maxMemoryUsedMb ?? 0,
      told: messages.length,
    };
  } finally {
    await cloud.close();
    assembly.remove();
  }
}

/** Writes the limit into the template of the assembly. */
function limited(folder: string): void {
  const file = join(folder, 'SecurityHubInterpreter.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string; Properties: object }> };
  for (const [name, { Type, Properties }] of Object.entries(template.Resources))
    if (Type === 'AWS::Lambda::Function' && name.startsWith('Deliver')) Object.assign(Properties, { MemorySize: LIMIT });
  writeFileSync(file, JSON.stringify(template));
}

interface Item {
  pk: string;
  sk: string;
  version: number;
  value: unknown;
}

/** Makes the one problem that was told one of so many resources, all told: by the product's own fold. */
async function enlarge(cloud: Cloud, resources: number): Promise<void> {
  const { tableName, client } = cloud.ledger;
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const { Items } = await documents.send(new ScanCommand({ TableName: tableName }));
  const [row, header] = ['finding', 'header'].map((sk) => (Items as Item[]).find((item) => item.sk === sk));
  if (!row || !header) throw new Error('the first finding was not told');
  const [, receiver = '', fingerprint = ''] = header.pk.split('#');
  const first = row.value as FindingRow;
  let problem = header.value as ProblemRow;
  const rows: Item[] = [];
  for (let from = 1; from < resources; from += ROWS_A_FOLD) {
    const changes: Change[] = [];
    for (let n = from; n < Math.min(from + ROWS_A_FOLD, resources); n++) {
      const { key, value } = copied(first, n);
      const member = memberOf(value.memberId, [value], { receiver, fingerprint }, 0);
      if (member) changes.push({ member, findings: [key] });
      // Of the others only states are read.
      if (n <= CHANGES) rows.push({ pk: `finding#${key}`, sk: 'finding', version: 1, value });
    }
    problem = fold(problem, changes, { now: START, ledgerDays: LEDGER_DAYS });
    for (const [id, value] of Object.entries(problem.log)) rows.push({ pk: header.pk, sk: STATES + id, version: 1, value });
    problem = {
      ...problem,
      log: {},
      spilled: true,
      ...toldUpTo(problem.fold),
      shown: problem.fold,
      edited: problem.fold,
      posted: problem.fold,
    };
  }
  rows.push({ ...header, version: header.version + 1, value: problem });
  for (let from = 0; from < rows.length; from += ROWS_A_WRITE) {
    const puts = rows.slice(from, from + ROWS_A_WRITE).map((Item) => ({ PutRequest: { Item } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
  }
}

/** The row of another finding of the same control, as intake would have written it. */
function copied(first: FindingRow, n: number): { key: string; value: FindingRow } {
  const accountId = account(n % 500);
  const event = eventOf({ control: CONTROL, account: accountId, resource: `i-${n}` }) as { detail: { findings: object[] } };
  const finding = parseFinding(event.detail.findings[0]);
  const [resource] = finding.resources;
  const { told, report } = structuredClone(first);
  if (!told || !resource) throw new Error('the first finding is told to nobody');
  return {
    key: findingKey(finding),
    value: {
      ...first,
      report: { ...report, id: finding.id, accountId },
      memberId: memberIdOf(finding),
      told: { ...told, owner: { ...told.owner, accountId, accountName: `account-${n % 500}` }, resource },
    },
  };
}
