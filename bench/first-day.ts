/**
 * The first day: an organization turns Security Hub on, and all that was ever wrong comes within ten minutes, behind the limits of
 * Slack, Organizations, Security Hub, SQS and the table's partitions.
 */
import type { Config } from '../config/schema';
import { quarterConfig } from '../cli/simulate/population/configuration';
import { type Random, seeded } from '../cli/simulate/world/random';
import { MemorySlack, type Told } from '../cli/simulate/world/slack';
import { SimulatedWorld, START } from '../cli/simulate/world/world';
import { HOUR, MINUTE, SECOND } from '../handlers/domain/time';
import { parseFinding } from '../handlers/domain/finding/event';
import { findingKey } from '../handlers/domain/finding/key';
import type { ProblemRow } from '../handlers/domain/problem/problem-row';
import { type FindingRow, rowKeys } from '../handlers/domain/problem/rows';
import type { Directory } from '../handlers/ports';
import { eventOf, type Parts } from './findings';

const TEAMS = 38;
/** So that one problem is of a tenth of all findings: its control is told to one receiver for all accounts, beside their teams. */
const COMMON = 'EC2.0';
/** Within how long all of it comes. */
const COMES = 10 * MINUTE;
/** When the largest problem rises to CRITICAL, and when a new CRITICAL comes. */
const RISE = 7 * MINUTE;

const FIRST_ACCOUNT = 300_000_000_000;
const account = (n: number) => String(FIRST_ACCOUNT + n);
const channelOf = (receiver: string) => `C0${receiver.toUpperCase().padEnd(9, 'X')}`;

/** Each team has an OU, and five below it in which its accounts stand. */
const organization: Directory = {
  account: async (id) => {
    const n = Number(id) - FIRST_ACCOUNT;
    const team = `ou-ab12-team${n % TEAMS}`;
    return { name: `account-${n}`, parentIds: ['r-ab12', team, `${team}part${n % 5}`], tags: {} };
  },
  organizationalUnitName: async (id) => id.slice('ou-ab12-'.length),
};

/** 40 receivers: the root's, one a team, and one for the control that they have in common. */
function configuration(): Config {
  const teams = Array.from({ length: TEAMS }, (_, n) => `team${n}`);
  const receiver = (name: string) => ({ channel: channelOf(name), language: 'en' as const, securityAccountAccess: false });
  return {
    settings: quarterConfig().settings,
    routes: {
      receivers: Object.fromEntries(['root', 'platform', ...teams].map((name) => [name, receiver(name)])),
      route: {
        receiver: 'root',
        routes: [
          { match: { control: COMMON }, receiver: 'platform', continue: true },
          ...teams.map((name) => ({ match: { ou: name }, receiver: name })),
        ],
      },
    },
  };
}

/** One CRITICAL among all of it, and how long after its event it was told, in milliseconds; infinite where it never was. */
export interface Urgent {
  what: 'the largest problem rises' | 'a new one elsewhere';
  after: number;
}

export interface FirstDay {
  findings: number;
  world: SimulatedWorld;
  slack: MemorySlack;
  urgent: Urgent[];
  problems: number;
  /** Findings that one of those whom they concern was not told of, and problems of which something is untold; messages and replies that said again what stood there. */
  lost: number;
  repeated: number;
  /** When the last of all problems had its first message, in milliseconds after the first event. */
  last: number;
}

/** So many findings, of 200 controls and a fiftieth as many accounts, in ten minutes; the whole day is played. */
export async function firstDay(findings: number, progress: (world: SimulatedWorld) => void = () => undefined): Promise<FirstDay> {
  const random = seeded(11);
  const slack = new MemorySlack(true);
  const config = configuration();
  // As the hub stack runs the functions; each call that leaves one takes 5 ms.
  const world = new SimulatedWorld({ config, directory: organization, slack, random, limits: 'all', batch: 10, workers: 10, callTakes: 5 });
  const accounts = Math.round(findings / 50);
  /** Who must be told of each finding. */
  const owed = new Map<string, string[]>();
  const send = (parts: Parts, at: number) => {
    const event = eventOf({ ...parts, at });
    world.send(event, at - START);
    const key = findingKey(parseFinding((event as { detail: { findings: unknown[] } }).detail.findings[0]));
    owed.set(key, [teamOf(parts.account), ...(parts.control === COMMON ? ['platform'] : [])]);
  };
  for (let n = 0; n < findings; n++)
    send(partsOf(n, accounts, n === 0 ? seeded(1) : random), START + Math.floor((random() * COMES) / SECOND) * SECOND);
  // The first of all is of the common control; the other is the first of its account and of its control.
  const first = partsOf(0, accounts, seeded(1));
  const at = START + RISE;
  send({ ...first, severity: 'CRITICAL' }, at);
  const elsewhere = account(accounts + 1);
  send({ control: 'EC2.900', account: elsewhere, resource: 'i-900', severity: 'CRITICAL' }, at);
  for (const until of [
    ...Array.from({ length: 60 }, (_, n) => (n + 1) * MINUTE),
    ...Array.from({ length: 23 }, (_, n) => (n + 2) * HOUR),
  ]) {
    await world.run(START + until);
    progress(world);
  }
  const told = (receiver: string, control: string) =>
    (slack.told.find((message) => message.at >= at && isOf(message, receiver, control) && message.text.includes('CRITICAL'))?.at ??
      Number.POSITIVE_INFINITY) - at;
  const rows = world.ledger.all();
  const toldTo = new Map(
    rows.flatMap(({ key, value }) => (key.sk === 'finding' ? [[key.pk, (value as FindingRow).receivers] as const] : [])),
  );
  const problems = rows.flatMap(({ key, value }) => (key.sk === 'header' ? [value as ProblemRow] : []));
  const said = slack.replies.map(({ thread, blocks }) => `${thread} ${JSON.stringify(blocks)}`);
  return {
    findings: owed.size,
    world,
    slack,
    urgent: [
      { what: 'the largest problem rises', after: told('platform', COMMON) },
      { what: 'a new one elsewhere', after: told(teamOf(elsewhere), 'EC2.900') },
    ],
    problems: problems.length,
    lost:
      [...owed].filter(([key, receivers]) => receivers.some((each) => !toldTo.get(rowKeys.finding(key).pk)?.includes(each))).length +
      problems.filter(({ message, untold }) => !message || Object.keys(untold.kinds).length > 0).length,
    repeated: slack.posts.length - problems.length + said.length - new Set(said).size,
    last: Math.max(...slack.posts.map((post) => post.at)) - START,
  };
}

function isOf(message: Told, receiver: string, control: string): boolean {
  return message.channel === channelOf(receiver) && message.text.includes(`${control} `);
}

function teamOf(accountId: string): string {
  return `team${(Number(accountId) - FIRST_ACCOUNT) % TEAMS}`;
}

/** Most findings are of few controls: the first has a tenth of all. */
function partsOf(n: number, accounts: number, random: Random): Parts {
  const control = n % 10 === 0 ? 0 : 1 + Math.floor(random() ** 2 * 199);
  return {
    control: `EC2.${control}`,
    account: account(Math.floor(random() * accounts)),
    resource: `i-${n}`,
    severity: control % 10 === 1 ? 'CRITICAL' : 'HIGH',
  };
}
