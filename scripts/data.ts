/** `npm run data`: writes into docs/security.md what is kept where, how long, under which key, who can read it and how it goes: from the stack's template and the kinds of rows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { recoveryDaysOf } from '../cli/audit/kept';
import { type rowKeys, sharedFor } from '../handlers/domain/problem/rows';
import { DAY } from '../handlers/domain/time';
import { PROJECT } from '../stacks/constructs/bundling';
import { withHub } from './example-hub';

export const SECURITY = join(PROJECT, 'docs/security.md');

interface Kept {
  what: string;
  /** It has no date while so. */
  while?: string;
  /** Days after its last write, or after it is no longer so, at the most. @param ledgerDays of settings.yaml. */
  days(ledgerDays: number): number;
}

type Kind = Exclude<keyof typeof rowKeys, 'findingBy' | 'problem' | 'marks'>;

const always = (days: number) => () => days;
const shared = (ledgerDays: number) => sharedFor(ledgerDays) / DAY;
/** What leaves with the last of many leaves at the end of a week. */
const byWeeks = (ledgerDays: number) => ledgerDays + 14;
const asLedger = (ledgerDays: number) => ledgerDays;

/** By kind of row. A kind that is new does not compile until it says here how long it stays; test/world/year.slow.test.ts holds it to that. */
export const ROWS: Record<Kind, Kept> = {
  finding: { what: 'one finding: its state, id, account, Region, resource, owner, receivers', while: 'it is open', days: asLedger },
  header: {
    what: 'one problem of one receiver: counts, its message’s place, what was told',
    while: 'a finding of it is open',
    days: byWeeks,
  },
  state: { what: 'one resource of a problem: account, resource, since when', while: 'it is open', days: byWeeks },
  text: { what: 'the words of findings that share them: title, description, facts, the model’s brief', days: shared },
  controlText: { what: 'AWS’s words of one control', days: shared },
  delivery: { what: 'one telling: when, where, counts, hashes of brief and message, the model’s name', days: asLedger },
  notify: { what: 'a finding that is to be marked as notified', days: asLedger },
  mark: { what: 'a change that a problem has not counted yet', days: asLedger },
  flag: { what: 'a problem that is to be looked at', while: 'nobody looked', days: always(0) },
  due: { what: 'when a problem is to be looked at again', while: 'its time has not come', days: always(0) },
  account: { what: 'an account’s name, OU and tags that routes ask for', days: shared },
  parent: { what: 'the OU of an account or OU', days: shared },
  unit: { what: 'an OU’s name', days: shared },
  briefing: { what: 'the model’s answer to a brief', days: always(90) },
  lease: { what: 'who is asking the model', days: always(1) },
  slot: { what: 'whose turn it is at a channel or service', days: always(7) },
  hold: { what: 'a channel that Slack refuses, and with which code', days: always(2) },
  away: { what: 'a service that is away, or a model that fails, and since when', days: always(2) },
  toMark: { what: 'a problem whose findings wait to be marked as notified', days: asLedger },
  purges: { what: 'an answer of the model that a person took back: who, when, why', days: asLedger },
  spent: { what: 'tokens and money that the model took in a month, by day', days: always(400) },
  failures: { what: 'how often a message failed, and why at last', days: always(15) },
  unknownAccount: { what: 'an account whose owner is asked for', days: always(7) },
  unknownOwner: { what: 'a finding that waits for it: account, product, types, Region', days: always(7) },
};

/** The settings of the tables: as they are without a word. */
const LEDGER_DAYS = 400;

/** What each place holds, by the beginning of its logical id. One that is new fails until it stands here. */
const PLACES: Record<string, string> = {
  LedgerTable: 'the ledger: its rows below',
  QueuesFindingsDeadLetters: 'findings that intake gave up, as they came, with the reason',
  QueuesFindings: 'events of findings, as Security Hub sends them',
  QueuesDeliveriesDeadLetters: 'names of problems that deliver gave up, with the reason',
  QueuesDeliveries: 'names of problems to look at',
  QueuesRulesDeadLetters: 'events that EventBridge could not bring, as they came',
  TickDeadLetters: 'ticks that failed',
  TickQueue: 'ticks, and names of problems whose time comes',
  EnrollDeadLetters: 'failed runs of enroll',
  IntakeLogs: 'one line a finding: ids, state, route, hashes; no words of it',
  DeliverLogs: 'one line a telling: ids, counts, hashes; no words of it',
  TickRunLogs: 'counts',
  EnrollRunLogs: 'ids of accounts that could not be enrolled, and why',
};

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

const READS = /^(dynamodb:(GetItem|BatchGetItem|Query|Scan)|sqs:ReceiveMessage|logs:(GetLogEvents|FilterLogEvents|StartQuery))$/;

/** @returns by resource, the roles that may read it, without their hashes. */
function readersIn(resources: Record<string, Resource>): Map<string, string[]> {
  const readers = new Map<string, string[]>();
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::IAM::Policy') continue;
    const { PolicyDocument, Roles } = Properties as {
      PolicyDocument: { Statement: { Effect: string; Action: string | string[]; Resource: unknown }[] };
      Roles: { Ref: string }[];
    };
    const role = Roles.map(({ Ref }) => (/^(Intake|Deliver|Tick|Enroll)/.exec(Ref)?.[0] ?? Ref).toLowerCase()).join(', ');
    for (const { Effect, Action, Resource } of PolicyDocument.Statement) {
      const id = (Resource as { 'Fn::GetAtt'?: string[] })?.['Fn::GetAtt']?.[0];
      if (Effect === 'Allow' && id && [Action].flat().some((action) => READS.test(action)))
        readers.set(id, [...(readers.get(id) ?? []), role]);
    }
  }
  return readers;
}

const days = (seconds: unknown) => {
  const hours = Number(seconds ?? 345_600) / 3600;
  return hours < 48 ? `${hours} h` : `${hours / 24} days`;
};

/** How long, and under which key. */
function keptIn({ Type, Properties }: Resource): [string, string] {
  const customer = (key: unknown) => (key === undefined ? 'AWS’s' : 'the stack’s, which rotates');
  if (Type === 'AWS::DynamoDB::Table') {
    const recovery = recoveryDaysOf(Properties);
    const key = (Properties.SSESpecification as { KMSMasterKeyId?: unknown } | undefined)?.KMSMasterKeyId;
    return [
      `by row${recovery === undefined ? '' : `; what has left can be brought back for ${recovery} days more (point-in-time recovery)`}`,
      customer(key),
    ];
  }
  if (Type === 'AWS::SQS::Queue') {
    const { KmsMasterKeyId, SqsManagedSseEnabled } = Properties;
    return [days(Properties.MessageRetentionPeriod), SqsManagedSseEnabled ? 'AWS’s (SSE-SQS)' : customer(KmsMasterKeyId)];
  }
  return [Properties.RetentionInDays === undefined ? 'for ever' : `${Properties.RetentionInDays} days`, customer(Properties.KmsKeyId)];
}

export function placeTable(): string {
  const resources = withHub('stack-sets', (hub) => Template.fromStack(hub).toJSON().Resources as Record<string, Resource>);
  const readers = readersIn(resources);
  const kept = Object.entries(resources).filter(([, { Type }]) =>
    ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup'].includes(Type),
  );
  const rows = kept.map(([id, resource]) => {
    const place = Object.keys(PLACES).find((name) => id.startsWith(name));
    if (place === undefined) throw new Error(`${id} keeps something: say in scripts/data.ts (PLACES) what.`);
    const roles = [...new Set(readers.get(id) ?? [])].sort().join(', ');
    const after = /^Retain/.test(resource.DeletionPolicy ?? '') ? 'stays; by hand' : 'goes with it';
    return [`\`${place}\``, PLACES[place] ?? '', ...keptIn(resource), roles || 'no role', after];
  });
  return table(['place', 'what', 'how long', 'key', 'roles that read it', 'when the stack is deleted'], rows);
}

export function rowTable(): string {
  const rows = Object.entries(ROWS).map(([kind, { what, while: until, days: kept }]) => {
    const after = kept(LEDGER_DAYS);
    const dated = after === 0 ? '' : `${until ? ', then ' : ''}${after} ${after === 1 ? 'day' : 'days'} at the most`;
    return [`\`${kind}\``, what, `${until ? `while ${until}` : ''}${dated}`];
  });
  return table(['row', 'what', 'how long'], rows);
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const PARTS = { places: placeTable, rows: rowTable };

/**
 * The page with each table between its two marks.
 * @throws Error where the page has lost a mark.
 */
export function written(page: string): string {
  return Object.entries(PARTS).reduce((text, [name, part]) => {
    const begin = `<!-- ${name}: written by \`npm run data\`; what is changed here by hand is lost -->`;
    const end = `<!-- end of the ${name} -->`;
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/security.md has lost the line ${from < 0 ? begin : end}: write it back.`);
    return `${text.slice(0, from + begin.length)}\n\n${part()}\n\n${text.slice(to)}`;
  }, page);
}

if (require.main === module) writeFileSync(SECURITY, written(readFileSync(SECURITY, 'utf8')));
